"""The page of a year: which year, the regions, the file, the way to the year's surveys."""

from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from facilitation.calendar import fiscal_year, shown_fiscal_year
from facilitation.export.tables import as_workbook
from facilitation.export.year_tables import year_tables
from facilitation.screen.house import House
from facilitation.screen.listing import not_listed
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.visit import Visit
from facilitation.screen.year_picture import key, region_card
from facilitation.summary import Summary
from facilitation.year import Held, year

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(visitor: Visit) -> None:
    """The whole page."""
    say = visitor.say
    found = ended(visitor.house.conferences())
    sample = el("span.sample", say("demo.mark")) if any(each.demo for each in found) else None
    picture(
        el("section", el("nav.links", el("h1", say("year.title")), sample), el("p.muted", say("year.how"))),
        key="year-head",
    )
    not_listed(visitor)
    if found:
        _of_one_year(visitor, found)
    else:
        picture(el("p.empty", say("year.none")), key="year-none")
    picture(el("p", el("a.quiet", say("year.back"), href="/")), key="year-back")


def _of_one_year(visitor: Visit, found: Sequence[Summary]) -> None:
    """The year that is chosen, with its file and its surveys."""
    say, spoken = visitor.say, visitor.language
    years = sorted({_year(each) for each in found}, reverse=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            say("year.which"), years, format_func=lambda n: shown_fiscal_year(n, spoken), width=200, key="which-year"
        )
        regions = year(held(visitor.house, [each for each in found if _year(each) == chosen]))
        st.download_button(
            say("year.file"),
            data=lambda: _taken(visitor, as_workbook(year_tables(regions, shown_fiscal_year(chosen, spoken), spoken))),
            file_name=f"year-{chosen}.xlsx",
            mime=XLSX,
            on_click="ignore",
            key="year-file",
        )
        picture(_surveys(visitor, chosen), key="year-surveys")
    picture(el("section.at-a-glance", key(spoken), [region_card(each, spoken) for each in regions]), key="year")


def ended(found: Iterable[Summary]) -> list[Summary]:
    """Those that ended and were held on a day; sample conferences only where there are no others."""
    over = [each for each in found if each.outcome and each.date]
    return [each for each in over if not each.demo] or over


def held(house: House, found: Iterable[Summary]) -> list[Held]:
    """Conferences as a year counts them. A case that is gone begins nowhere: no way is found from there."""
    return [Held(each.date, each.region, each.outcome, _start(house, each.case)) for each in found if each.outcome]


def _start(house: House, case: str) -> str:
    told = house.cases.get(case, {})
    return next((str(each.initial_agency) for each in told.values()), "")


def _year(each: Summary) -> int:
    return fiscal_year(date.fromisoformat(each.date))


def _surveys(visitor: Visit, chosen: int) -> Node | None:
    """The newest survey of the year's conferences that has results, opened on the whole year."""
    found: Sequence[str] = [
        each.id
        for each in visitor.house.surveys.all()
        if each.conference and each.released and each.date and fiscal_year(date.fromisoformat(each.date)) == chosen
    ]
    return el("a.button", visitor.say("year.surveys"), href=f"/results?c={found[0]}&scope=year") if found else None


def _taken(visitor: Visit, made: bytes) -> bytes:
    """A file that is made when it is asked for, and that it was asked for is noted."""
    visitor.house.note("organiser", "downloaded", what="year")
    return made
