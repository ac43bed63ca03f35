"""A fictional case: its scenes, what each kind of conference plays of it, what is known when; read from one file.

One TOML file per language under `scenarios/<id>/`, written by people of the trade (`scenarios/README.md`). Reading
collects all problems of a file at once; a case with a problem is never played.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, ValidationError

from facilitation.agenda import Step
from facilitation.scenario_facts import Answer, Facts, facts
from facilitation.scenario_guard import MOST_BYTES, table
from facilitation.scenario_meaning import meaning
from facilitation.scenario_pair import check_pair
from facilitation.scenario_parts import (
    ANY,
    Addiction,
    Agency,
    Aims,
    Chain,
    Debrief,
    Id,
    Known,
    Language,
    Link,
    Moment,
    Number,
    Part,
    Person,
    Scene,
    Sensitivity,
    Text,
    Unknown,
    Variant,
)
from facilitation.scenario_problem import WHOLE, BadCase, Problem, found, in_file
from facilitation.scenario_shape import shape

__all__ = [
    "ANY",
    "LANGUAGES",
    "Aims",
    "Answer",
    "BadCase",
    "Case",
    "Chain",
    "Debrief",
    "Facts",
    "Known",
    "Link",
    "Moment",
    "Person",
    "Problem",
    "Scene",
    "Unknown",
    "Variant",
    "checked",
    "library",
    "load_case",
    "read_case",
    "read_file",
]

LANGUAGES = ("ja", "en")
LOCKED = 2


class Case(Part):
    """A fictional case in one language. Lists in the file have singular names: one `[[scene]]` each."""

    id: Id
    version: Number
    language: Language
    title: Text
    type_of_link: Text
    addiction: Addiction
    initial_agency: Agency
    sensitivity: Sensitivity = 0
    aims: Aims
    cast: Annotated[tuple[Person, ...], Field(min_length=1, max_length=20)]
    timeline: Annotated[tuple[Moment, ...], Field(min_length=1, max_length=20)]
    variants: Annotated[tuple[Variant, ...], Field(alias="variant", min_length=1, max_length=4)]
    debrief: Debrief
    chains: Annotated[tuple[Chain, ...], Field(alias="chain", min_length=1, max_length=5)]
    scenes: Annotated[tuple[Scene, ...], Field(alias="scene", min_length=1, max_length=20)]

    @property
    def locked(self) -> bool:
        """Opened only with an adviser trained for it (domain §4.4 F6)."""
        return self.sensitivity == LOCKED

    def variant(self, variant: str) -> Variant:
        """What one kind of conference plays; KeyError where the case has no such variant."""
        return {one.id: one for one in self.variants}[variant]

    def fits(self, variant: str, steps: Iterable[Step]) -> bool:
        """Whether a timetable can be played with this case as it stands here: one that was brought, or that was played
        before the file was changed, may ask for scenes that are not in it."""
        plan, steps = next((one for one in self.variants if one.id == variant), None), tuple(steps)
        scenes = [step.scene for step in steps if step.scene]
        return (
            plan is not None
            and len(scenes) <= len(plan.scenes)
            and max(scenes, default=0) <= len(self.scenes)
            and max((step.position for step in steps), default=0) <= len(plan.scenes)
        )

    def texts(self) -> Iterator[str]:
        """Every text of the case, whatever it is about."""
        yield from _texts_in(self.model_dump())

    def played(self, variant: str) -> tuple[Scene, ...]:
        """The scenes a variant plays, in order, with the minutes they have there."""
        plan = self.variant(variant)
        scenes = [self.scenes[n - 1] for n in plan.scenes]
        minutes = plan.minutes or [scene.minutes for scene in scenes]
        return tuple(s.model_copy(update={"minutes": m}) for s, m in zip(scenes, minutes, strict=True))

    def bridge(self, variant: str, position: int) -> tuple[str, ...]:
        """The reveals to show before the scene at `position` (from 0): of the scene played before it and of all
        skipped between; `position` = number of scenes played gives what is left to the end (domain §4.0)."""
        before, here = self._between(variant, position)
        return tuple(scene.reveal for scene in self.scenes if before <= scene.n < here)

    def facts(self, variant: str, position: int) -> Facts:
        """What is known and unknown when the scene at `position` (from 0) is open; the number of scenes played
        stands for the end, as in `bridge`."""
        edges = [self._between(variant, p) for p in range(position + 1)]
        return facts([[s for s in self.scenes if before < s.n <= here] for before, here in edges])

    def _between(self, variant: str, position: int) -> tuple[int, int]:
        """The numbers of the scene played before `position` (0: none) and of the one at it (past the last: none)."""
        edges = (0, *self.variant(variant).scenes, len(self.scenes) + 1)
        if not 0 <= position < len(edges) - 1:
            raise IndexError(f"no scene {position} in {variant}")
        return edges[position], edges[position + 1]


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts_in(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts_in(each)


def load_case(folder: Path, language: str) -> Case:
    """The case of a folder in one language; BadCase with every problem where it cannot be played."""
    case, problems = read_file(folder / f"{language}.toml")
    if case is None:
        raise BadCase(problems)
    return case


def library(folder: Path) -> Mapping[str, Mapping[str, Case]]:
    """The cases of a folder of folders: id → language → case.

    A case with a problem in either language is left out, for one slip must not close the others;
    `scenario_check.check_files([folder], language)` says what is wrong. Of two cases with one id the first stays.
    """
    cases: dict[str, Mapping[str, Case]] = {}
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        texts = _texts(place)
        if texts:
            cases.setdefault(next(iter(texts.values())).id, texts)
    return MappingProxyType(cases)


def read_file(path: Path) -> tuple[Case | None, list[Problem]]:
    """A case file. Never more than a case may hold is read, however large the file."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        return None, in_file([found(WHOLE, "cannot_read")], str(path))
    case, problems = read_case(content, str(path))
    if case and path.stem in LANGUAGES and path.stem != case.language:
        return None, in_file([found("language", "language_of_file", value=case.language)], str(path))
    return case, problems


def read_case(content: str | bytes, file_name: str) -> tuple[Case | None, list[Problem]]:
    """The case, or None and all problems of shape and meaning."""
    rows, problems = table(content)
    if rows is None:
        return None, in_file(problems, file_name)
    case, more = checked(rows)
    return (None if problems else case), in_file(problems + more, file_name)


def checked(rows: Mapping[str, Any]) -> tuple[Case | None, list[Problem]]:
    """The case that the tables of a file make, or None and what is wrong with them."""
    problems = list(meaning(rows))
    try:
        case = Case.model_validate(rows)
    except ValidationError as error:
        return None, problems + shape(error)
    return (None if problems else case), problems


def _texts(folder: Path) -> Mapping[str, Case]:
    """The languages of one case; empty where any of them has a problem or they are not the same case."""
    files = [file for language in LANGUAGES if (file := folder / f"{language}.toml").exists()]
    cases = [case for case, _ in map(read_file, files) if case]
    if len(cases) < len(files) or (len(cases) == len(LANGUAGES) and check_pair(cases[0], cases[1])):
        return {}
    return MappingProxyType({case.language: case for case in cases})
