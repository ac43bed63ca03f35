"""Checking case files for those who write them: single files, both languages of a case, a folder of cases."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from facilitation.scenario import LANGUAGES, Case, read_file
from facilitation.scenario_pair import check_pair
from facilitation.scenario_problem import WHOLE, Problem, found, in_file, in_language

__all__ = ["check_files", "check_pair"]


def check_files(paths: Iterable[str | Path], language: str) -> list[Problem]:
    """All problems of the cases at `paths`, told in `language`.

    A path is a file, the folder of a case or a folder of such folders. Where both languages of a case are among
    them, they are compared as well, and no two cases may share an id.
    """
    asked = [(Path(path), _files(Path(path))) for path in paths]
    problems = [one for path, files in asked if not files for one in in_file([found(WHOLE, "no_case")], str(path))]
    read = {file: read_file(file) for _, files in asked for file in files}
    for _, flaws in read.values():
        problems += flaws
    cases = {file: case for file, (case, _) in read.items() if case}
    return in_language([*problems, *_pairs(cases), *_shared_ids(cases)], language)


def _files(path: Path) -> list[Path]:
    """The case files a path stands for; a file stands for itself, whether it is there or not."""
    if not path.is_dir():
        return [path]
    here = [file for language in LANGUAGES if (file := path / f"{language}.toml").exists()]
    return here or sorted(file for language in LANGUAGES for file in path.glob(f"*/{language}.toml"))


def _pairs(cases: dict[Path, Case]) -> Iterator[Problem]:
    """What differs between ja.toml and en.toml of one folder."""
    for file, case in cases.items():
        other = file.with_name("en.toml")
        if file.name == "ja.toml" and other in cases:
            yield from check_pair(case, cases[other], str(other))


def _shared_ids(cases: dict[Path, Case]) -> Iterator[Problem]:
    """Cases of different folders with the same id and language."""
    first: dict[tuple[str, str], Path] = {}
    for file, case in cases.items():
        known = first.setdefault((case.id, case.language), file)
        if known != file:
            yield from in_file([found("id", "same_case", value=case.id, first=known.parent.name)], str(file))
