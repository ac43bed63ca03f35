"""A year's numbers as tables for a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from facilitation.bridges import NO_ROUTE
from facilitation.path import BARRIERS, HELPS, STAGES
from facilitation.texts import say
from facilitation.year import ASKED, QUARTERS, Region, Standings


@dataclass(frozen=True, slots=True)
class Column:
    """A heading."""

    name: str


@dataclass(frozen=True, slots=True)
class YearTable:
    """One sheet."""

    name: str
    title: str
    note: str
    head: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def year_tables(regions: Sequence[Region], when: str, language: str) -> list[YearTable]:
    """Region x stage with every number of the page, and what was named."""
    return [_stages(regions, when, language), _words(regions, when, language)]


def _stages(regions: Sequence[Region], when: str, language: str) -> YearTable:
    quarters = [say(language, f"year.quarter_{n}") for n in range(1, len(QUARTERS) + 1)]
    heads = [
        say(language, "year.sheet.region"),
        say(language, "year.stage"),
        *(say(language, f"year.sheet.{head}") for head in ("asked", *ASKED, "bad_share")),
        say(language, "year.persistent"),
        *(f"{quarter} {say(language, 'year.key')}" for quarter in quarters),
    ]
    rows = [_stage(region, stage, language) for region in regions for stage in STAGES]
    return _table("stages", heads, rows, when, language)


def _stage(region: Region, stage: str, language: str) -> tuple[Any, ...]:
    whole = region.stages[stage]
    return (
        _name(region, language),
        STAGES[stage].short(language),
        whole.asked,
        *(whole.counts[status] for status in ASKED),
        "" if whole.bad_share is None else whole.bad_share,
        say(language, "year.sheet.yes" if whole.persistent else "year.sheet.no"),
        *map(_carried, region.quarters[stage]),
    )


def _carried(each: Standings) -> str:
    return f"{each.carried} / {each.asked}" if each.asked else ""


def _words(regions: Sequence[Region], when: str, language: str) -> YearTable:
    heads = [say(language, f"year.sheet.{head}") for head in ("region", "what", "name", "count")]
    rows = []
    for region in regions:
        lines = [
            *(("reasons", BARRIERS[code].name(language), n) for code, n in region.reasons),
            *(("helps", HELPS[code].name(language), n) for code, n in region.helps),
            *(("ways", way_name(warmth, language), n) for warmth, n in region.ways.items()),
        ]
        if region.thin:
            (a, b), n, _ = region.thin
            lines.append(("thin", f"{STAGES[a].short(language)} – {STAGES[b].short(language)}", n))
        rows += [(_name(region, language), say(language, f"year.{what}"), name, n) for what, name, n in lines]
    return _table("words", heads, rows, when, language)


def way_name(warmth: int, language: str) -> str:
    """The coldest hand-over of a way, in words."""
    return say(language, "year.no_way") if warmth == NO_ROUTE else say(language, f"warmth.{warmth}")


def _name(region: Region, language: str) -> str:
    return region.name or say(language, "year.unnamed")


def _table(name: str, heads: Sequence[str], rows: Sequence[tuple[Any, ...]], when: str, language: str) -> YearTable:
    title = f"{say(language, 'year.title')} {when} {say(language, f'year.sheet.{name}')}"
    return YearTable(name, title, say(language, f"year.sheet.{name}_note"), tuple(map(Column, heads)), tuple(rows))
