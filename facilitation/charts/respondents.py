"""Whose answers stand in a figure: name and colour of a part of the respondents, and which agency types it holds."""

from collections.abc import Iterable, Mapping, Sequence

from facilitation.agencies import AGENCIES, BROAD, broad, group_name, members
from facilitation.charts.dress import FAMILIES, MUTED
from facilitation.suppression import MERGED, UNTYPED
from facilitation.texts import say

Categories = Mapping[str, Sequence[str]]
"""Broad category -> the agency types of it that a survey is about."""


def named(code: str, language: str) -> str:
    """The name of a part of the respondents: its agency type or category, what was put together, those without one."""
    other = {MERGED: "charts.merged", UNTYPED: "charts.untyped"}
    return say(language, other[code]) if code in other else group_name(code, language)


def colour(code: str) -> str:
    """The colour of a part: that of its family of agency types."""
    family = next((agency.family for agency in AGENCIES.values() if agency.code in members(code)), "")
    return FAMILIES.get(family, MUTED)


def held(codes: Iterable[str], merged: Sequence[str], categories: Categories, language: str) -> tuple[str, ...]:
    """Which agency types stand behind the parts `codes` of a figure and behind its `merged`; nothing where each part
    is a type of its own."""
    shown = tuple(codes)
    parts = {code: categories.get(code, ()) for code in BROAD if code in shown}
    if MERGED in shown and merged:
        parts[MERGED] = [type for code in merged for type in (categories.get(code, ()) if code in BROAD else (code,))]
    said = say(language, "charts.between").join(holds(code, types, language) for code, types in parts.items())
    if broad((*shown, *merged)):
        return (say(language, "charts.broad", parts=said),)
    return (said,) if said else ()


def holds(code: str, types: Iterable[str], language: str) -> str:
    """A part with the agency types in it."""
    listed = say(language, "charts.and").join(named(each, language) for each in types)
    return say(language, "charts.holds", part=named(code, language), types=listed)
