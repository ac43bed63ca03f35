"""Checking questionnaire files for those who write them, and taking in a house's own beside the standard.

Files lie in `surveys/`. A file beside `standard.toml` adds items and puts them at the end of forms; one with a problem
is left out, so that a slip closes no survey.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from facilitation.scenario_guard import MOST_BYTES, table
from facilitation.scenario_problem import WHOLE, Problem, found, in_file, in_language
from facilitation.scenario_shape import shape
from facilitation.survey_changes import Change, changed
from facilitation.survey_items import STANDARD, SURVEYS, Questionnaire, questionnaire, row_of
from facilitation.survey_meaning import meaning
from facilitation.survey_parts import MOST_ITEMS, QuestionnairePart

STANDARD_FILE = "standard.toml"


def check_files(paths: Iterable[str | Path], language: str) -> list[Problem]:
    """All problems of the questionnaires at `paths` (files, or folders of files), told in `language`. No two files may
    give one id to an item."""
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for path in map(Path, paths):
        files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        problems += [] if files else in_file([found(WHOLE, "survey_no_file")], str(path))
        for file in files:
            more, flaws = read_file(file)
            problems += [*flaws, *in_file(_shared(more, first, file), str(file))]
    return in_language(problems, language)


def read_file(path: Path) -> tuple[Questionnaire | None, list[Problem]]:
    """The questionnaire of a file, or None and everything that is wrong with it. Never more is read than may be."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        return None, in_file([found(WHOLE, "cannot_read")], str(path))
    return read(content, str(path))


def read(content: str | bytes, file_name: str) -> tuple[Questionnaire | None, list[Problem]]:
    """The questionnaire in `content`. Only a file called `standard.toml` may hold the ids of the standard."""
    rows, problems = table(content, MOST_ITEMS)
    if rows is None:
        return None, in_file(problems, file_name)
    known = () if Path(file_name).name == STANDARD_FILE else STANDARD.items.keys()
    problems += [*meaning(rows, known), *_shape(rows)]
    return (None if problems else questionnaire(rows)), in_file(problems, file_name)


def additions(folder: Path = SURVEYS) -> tuple[Change, ...]:
    """The items of every good file beside the standard, as changes to it, in the order of the files' names: a survey
    keeps them in its log, so that it stays whole when a file is changed or taken away."""
    files = [file for file in sorted(folder.glob("*.toml")) if file.name != STANDARD_FILE]
    return tuple(change for file in files if (more := read_file(file)[0]) for change in _as_changes(more))


def asked(folder: Path = SURVEYS) -> Questionnaire:
    """What surveys ask here: the standard and the house's own files."""
    return changed(STANDARD, additions(folder))


def _as_changes(more: Questionnaire) -> Iterator[Change]:
    """The items form by form, in their order; an item that is known already is asked in a further form."""
    for kind, forms in more.forms.items():
        for form, ids in forms.items():
            for item in ids:
                yield {"change": "add", "kind": kind, "forms": [form], "item": row_of(more.items[item])}


def _shape(rows: Mapping[str, Any]) -> list[Problem]:
    try:
        QuestionnairePart.model_validate(rows)
    except ValidationError as error:
        return shape(error)
    return []


def _shared(more: Questionnaire | None, first: dict[str, str], file: Path) -> Iterator[Problem]:
    ids: Collection[str] = more.items if more else ()
    for n, id in enumerate(ids, 1):
        if first.setdefault(id, file.name) != file.name:
            yield found(f"item[{n}].id", "same_id", value=id, first=first[id])
