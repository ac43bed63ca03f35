"""The two languages of a case are one case: whatever is not wording must be the same in both."""

from collections.abc import Iterator
from typing import Any

from facilitation.scenario_parts import Part
from facilitation.scenario_problem import Problem, found, in_file

WORDING = frozenset(
    {"language", "title", "type_of_link", "name", "note", "when", "what", "before", "turning_point", "linking_act"}
    | {"text", "narrative", "question", "reveal", "adviser"}
)


def check_pair(ja: Part, en: Part, file: str = "en.toml") -> list[Problem]:
    """Where the English case differs from the Japanese one in ids, numbers, codes, minutes, variants or in what
    is there at all; `file` is the English one, for Japanese is the reference."""
    left, right = dict(_skeleton(ja.model_dump(by_alias=True))), dict(_skeleton(en.model_dump(by_alias=True)))
    return in_file(_different(left, right), file)


def _different(ja: dict[str, str], en: dict[str, str]) -> Iterator[Problem]:
    """The places of one that the other lacks or fills with something else."""
    for place in ja.keys() | en.keys():
        if place not in en:
            yield found(place, "only_ja")
        elif place not in ja:
            yield found(place, "only_en")
        elif ja[place] != en[place]:
            yield found(place, "differs", ja=ja[place], en=en[place])


def _skeleton(value: Any, place: str = "", field: str = "") -> Iterator[tuple[str, str]]:
    """Every place of a case with its value; of wording only that it is there."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _skeleton(part, f"{place}.{key}" if place else key, key)
    elif isinstance(value, tuple) and any(isinstance(part, dict) for part in value):
        for i, part in enumerate(value, 1):
            yield from _skeleton(part, f"{place}[{i}]", field)
    elif value not in (None, ()):
        yield place, "" if field in WORDING else _written(value)


def _written(value: Any) -> str:
    """A value as an author would write it."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
