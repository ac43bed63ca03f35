"""A year as pictures: a region a card, told in sentences first, then stage by quarter, then what was named."""

from collections.abc import Iterable

from facilitation.export.year_tables import way_name
from facilitation.path import BARRIERS, HELPS, STAGES
from facilitation.screen.mapping import MARKS
from facilitation.screen.parts import Node, el
from facilitation.texts import say
from facilitation.year import ASKED, QUARTERS, Region, Standings


def region_card(region: Region, language: str) -> Node:
    """One region's year."""
    name = region.name or say(language, "year.unnamed")
    held = say(language, "year.held", n=region.conferences, people=region.people)
    return el(
        "section.card.region",
        el("h2", name, " ", el("span.muted", held)),
        el("ul.sums", [el("li", sentence) for sentence in sentences(region, language)]),
        el("div.wide", _table(region, language)),
        el("div.named", _named(region, language)),
    )


def sentences(region: Region, language: str) -> list[str]:
    """What holds first, then every persistent gap as a question."""
    firm = [stage for stage, each in region.stages.items() if each.asked > 1 and not each.left_open]
    names = say(language, "charts.and").join(_short(firm, language))
    told = [say(language, "year.firm_told", stages=names)] if firm else []
    for stage in region.persistent:
        each = region.stages[stage]
        told.append(
            say(
                language,
                "year.gap_told",
                stage=STAGES[stage].short(language),
                asked=each.asked,
                n=each.left_open,
            )
        )
    return told if region.persistent else [*told, say(language, "year.few_told")]


def key(language: str) -> Node:
    """What the bars mean."""
    marks = [el("span", el(f"i.{status}"), f"{MARKS[status]} {say(language, f'status.{status}')}") for status in ASKED]
    return el("p.key", marks, el("span.muted", say(language, "year.key")))


def _table(region: Region, language: str) -> Node:
    whens = [say(language, f"year.quarter_{n}") for n in range(1, len(QUARTERS) + 1)]
    heads = [
        el("th", words, scope="col") for words in (say(language, "year.stage"), *whens, say(language, "year.whole"))
    ]
    rows = [_row(region, stage, whens, language) for stage in STAGES]
    return el("table.year", el("thead", el("tr", heads, el("th"))), el("tbody", rows))


def _row(region: Region, stage: str, whens: Iterable[str], language: str) -> Node:
    whole = region.stages[stage]
    cells = [_cell(each, stage, when, language) for each, when in zip(region.quarters[stage], whens, strict=True)]
    lasting = el("span.pill.gap", say(language, "year.persistent")) if whole.persistent else None
    return el(
        "tr",
        el("th", STAGES[stage].short(language), scope="row"),
        cells,
        _cell(whole, stage, say(language, "year.whole"), language, ".whole"),
        el("td", lasting),
    )


def _cell(each: Standings, stage: str, when: str, language: str, more: str = "") -> Node:
    words = {"stage": STAGES[stage].short(language), "when": when}
    if not each.asked:
        return el(f"td{more}", el("span.muted", "–"), title=say(language, "year.cell_none", **words))
    told = say(language, "year.cell", asked=each.asked, n=each.carried, **words)
    parts = [
        el(f"i.{status}", MARKS[status] if each.counts[status] * 5 >= each.asked else None, style=f"flex: {n}")
        for status in ASKED
        if (n := each.counts[status])
    ]
    shown = el("small", say(language, "year.carried", n=each.carried, asked=each.asked))
    return el(f"td{more}", el("span.bar", parts, role="img", aria_label=told), shown, title=told)


def _named(region: Region, language: str) -> list[Node]:
    reasons = [say(language, "year.named", name=BARRIERS[code].name(language), n=n) for code, n in region.reasons]
    helps = [say(language, "year.named", name=HELPS[code].name(language), n=n) for code, n in region.helps]
    ways = [say(language, "year.way", name=way_name(warmth, language), n=n) for warmth, n in region.ways.items()]
    return [
        _list("reasons", reasons, language),
        _list("helps", helps, language),
        _list("ways", ways, language),
        _list("thin", [_thin(region, language)], language),
    ]


def _thin(region: Region, language: str) -> str:
    if region.thin is None:
        return say(language, "year.thin_none")
    (a, b), n, asked = region.thin
    return say(language, "year.thin_told", a=STAGES[a].short(language), b=STAGES[b].short(language), n=n, asked=asked)


def _list(what: str, lines: list[str], language: str) -> Node:
    rows = [el("li", line) for line in lines] or [el("li.muted", say(language, "year.nothing_named"))]
    return el("div", el("h3", say(language, f"year.{what}")), el("ul", rows))


def _short(stages: Iterable[str], language: str) -> list[str]:
    return [STAGES[stage].short(language) for stage in stages]
