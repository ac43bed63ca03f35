"""Checks of meaning across the parts of a case: numbers, ids, variants, lengths, answers, the chain.

They read the raw table, not the model: a case with a wrong type in scene 1 still learns what is wrong in scene 5.
Whatever has the wrong shape is passed over here, `scenario_parts` speaks of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from facilitation.scenario_parts import ANY
from facilitation.scenario_problem import Problem, found

Row = Mapping[str, Any]

LENGTHS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "ja": {"narrative": (120, 250), "question": (1, 160), "title": (1, 30), "reveal": (1, 120)},
    "en": {"narrative": (150, 900), "question": (1, 400), "title": (1, 70), "reveal": (1, 300)},
}
"""Shortest and longest text of a scene: what fits the projector and is read aloud in a minute (domain §4.0)."""


def meaning(case: Row) -> Iterator[Problem]:
    """All problems of meaning."""
    for check in (_numbers, _lengths, _variants, _never_asked, _ids, _answers, _aims, _chains):
        yield from check(case)


def _numbers(case: Row) -> Iterator[Problem]:
    """Scenes are numbered 1, 2, 3 … in the order they stand."""
    for expected, (place, scene) in enumerate(_rows(case, "scene"), 1):
        if _number(scene.get("n")) and scene["n"] != expected:
            yield found(f"{place}.n", "scene_number", expected=expected)


def _lengths(case: Row) -> Iterator[Problem]:
    """Texts of a scene have the length that the language and the projector ask for."""
    lengths = LENGTHS.get(str(case.get("language")), {})
    for place, scene in _rows(case, "scene"):
        for field, (low, high) in lengths.items():
            length = len(_string(scene, field).strip())
            if length and not low <= length <= high:
                yield found(f"{place}.{field}", "length", length=length, low=low, high=high)


def _variants(case: Row) -> Iterator[Problem]:
    """A variant plays scenes there are, in their order, each once; minutes are for all of them or for none."""
    numbers = range(1, len(_list(case, "scene")) + 1)
    variants = list(_rows(case, "variant"))
    if variants and "full" not in (variant.get("id") for _, variant in variants):
        yield found("variant", "no_full")
    for place, variant in variants:
        scenes = [n for n in _list(variant, "scenes") if _number(n)]
        for i, n in enumerate(scenes, 1):
            if numbers and n not in numbers:
                yield found(f"{place}.scenes[{i}]", "no_such_scene")
        if any(a >= b for a, b in pairwise(scenes)):
            yield found(f"{place}.scenes", "scene_order")
        minutes = _list(variant, "minutes")
        if minutes and len(minutes) != len(scenes):
            yield found(f"{place}.minutes", "minutes_per_scene", scenes=len(scenes), minutes=len(minutes))


def _never_asked(case: Row) -> Iterator[Problem]:
    """A scene that no variant plays has stages nobody could be asked about."""
    played = {n for _, variant in _rows(case, "variant") for n in _list(variant, "scenes") if _number(n)}
    for n, _ in enumerate(_list(case, "scene"), 1):
        if played and n not in played:
            yield found(f"scene[{n}].stages", "never_asked")


def _ids(case: Row) -> Iterator[Problem]:
    """No id twice among the cast, the variants, the chains, nor among all known and unknown items together."""
    items = [item for place, scene in _rows(case, "scene") for item in _items(place, scene)]
    yield from _twice("id", items)
    yield from _twice("key", _rows(case, "cast"))
    yield from _twice("id", _rows(case, "variant"))
    yield from _twice("id", _rows(case, "chain"))
    for place, scene in _rows(case, "scene"):
        yield from _repeated(f"{place}.stages", _list(scene, "stages"))
        yield from _repeated(f"{place}.tracks", _list(scene, "tracks"))


def _answers(case: Row) -> Iterator[Problem]:
    """A fact answers an unknown of an earlier scene: an answer given at once was never a question."""
    scenes = list(_rows(case, "scene"))
    everywhere = {_string(row, "id") for _, scene in scenes for _, row in _rows(scene, "unknown")}
    earlier: set[str] = set()
    for place, scene in scenes:
        for where, known in _rows(scene, "known"):
            answers = _string(known, "answers")
            if answers and answers not in earlier:
                key = "answers_too_early" if answers in everywhere else "answers_nothing"
                yield found(f"{place}.{where}.answers", key, id=answers)
        earlier |= {_string(row, "id") for _, row in _rows(scene, "unknown")}


def _aims(case: Row) -> Iterator[Problem]:
    """A case has something to teach."""
    aims = case.get("aims")
    if isinstance(aims, dict) and not any(aims.get(aim) == "main" for aim in ("P1", "P2", "P3", "P4")):
        yield found("aims", "no_main_aim")


def _chains(case: Row) -> Iterator[Problem]:
    """Each link starts where the one before it ended."""
    for place, chain in _rows(case, "chain"):
        for (_, before), (where, link) in pairwise(_rows(chain, "links")):
            ends, starts = _string(before, "to"), _string(link, "from")
            if ends and starts and ends != starts and ANY not in (ends, starts):
                yield found(f"{place}.{where}.from", "chain_broken", expected=ends)


def _items(place: str, scene: Row) -> Iterator[tuple[str, Row]]:
    """The known and unknown items of a scene with their places."""
    for field in ("known", "unknown"):
        for where, row in _rows(scene, field):
            yield f"{place}.{where}", row


def _twice(field: str, rows: Iterable[tuple[str, Row]]) -> Iterator[Problem]:
    """Rows whose id an earlier row has already."""
    first: dict[str, str] = {}
    for place, row in rows:
        value = _string(row, field)
        if value and first.setdefault(value, place) != place:
            yield found(f"{place}.{field}", "same_id", value=value, first=first[value])


def _repeated(place: str, codes: Iterable[Any]) -> Iterator[Problem]:
    """Codes that stand twice in one list."""
    for code, count in Counter(code for code in codes if isinstance(code, str)).items():
        if count > 1:
            yield found(place, "repeated", value=code)


def _rows(table: Row, key: str) -> Iterator[tuple[str, Row]]:
    """The tables of a list with their places, counted from 1."""
    return ((f"{key}[{i}]", row) for i, row in enumerate(_list(table, key), 1) if isinstance(row, dict))


def _list(table: Row, key: str) -> list[Any]:
    """A list, empty where there is none."""
    value = table.get(key)
    return value if isinstance(value, list) else []


def _string(row: Row, field: str) -> str:
    """A string, empty where there is none."""
    value = row.get(field)
    return value if isinstance(value, str) else ""


def _number(value: Any) -> bool:
    """A whole number; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool)
