"""The audit as a page: which log, narrowed by subject, the newest lines, and all of them to take along."""

from collections.abc import Mapping

import streamlit as st

from facilitation import audit
from facilitation.audit import Line
from facilitation.conference import Seat
from facilitation.keyring import LOG as HOUSE
from facilitation.screen import audit_words
from facilitation.screen.house import House
from facilitation.screen.listing import narrowed, title
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.visit import Visit
from facilitation.summary import Summary

NEWEST = 200
"""Lines on the page; more would only be scrolled past."""


MOST = 100
"""Conferences to choose from; others are found by the field beside them."""


def told(house: House, log: str) -> tuple[Line, ...]:
    """The lines of the house, or of a conference with its survey and with what the house noted of it."""
    own = house.store.entries(HOUSE)
    if log == HOUSE:
        return audit.lines(own)
    survey = house.conference(log).survey
    asked = house.store.entries(survey) if survey else ()
    return audit.lines(house.store.entries(log), asked, audit.concerning(own, log))


def read(visitor: Visit) -> None:
    """The whole page."""
    say = visitor.say
    picture(el("section", el("h1", say("audit.title")), el("p.muted", say("audit.how"))), key="audit-head")
    asked = st.query_params.get("c", HOUSE)
    every = visitor.house.conferences()
    wanted = [*(each for each in every if each.id == asked), *narrowed(visitor, every, "audit-find")[:MOST]]
    names = {HOUSE: say("audit.house")} | {each.id: _name(visitor, each) for each in wanted}
    log = st.selectbox(
        say("audit.which"),
        list(names),
        index=list(names).index(asked) if asked in names else 0,
        format_func=lambda log: names[log],
        key="audit-log",
    )
    found = told(visitor.house, log or HOUSE)
    subjects = [each for each in (*audit.SUBJECTS, audit.OTHER) if any(line.subject == each for line in found)]
    chosen = st.pills(
        say("audit.filter"),
        subjects,
        selection_mode="multi",
        format_func=lambda subject: say(f"audit.subject.{subject}"),
        key=f"audit-subjects-{log}",
    )
    picture(_table(visitor, audit.narrowed(found, chosen), visitor.house.conference(log or HOUSE).seats), key="audit")
    links = [el("a.button", say("audit.sheet"), href=f"/audit-sheet/{log}"), el("a.quiet", say("audit.back"), href="/")]
    picture(el("p.audit-links", links), key="audit-links")


def _name(visitor: Visit, conference: Summary) -> str:
    return f"{conference.date}　{title(visitor, conference)}"


def _table(visitor: Visit, found: tuple[Line, ...], seats: Mapping[str, Seat]) -> Node:
    say, spoken = visitor.say, visitor.language
    if not found:
        return el("p.empty", say("audit.none"))
    many = say("audit.newest", shown=NEWEST, n=len(found)) if len(found) > NEWEST else say("audit.count", n=len(found))
    heads = el("tr", [el("th", say(f"audit.{head}"), scope="col") for head in audit_words.HEADS])
    rows = [
        el(
            "tr",
            el("td.when", audit_words.when(line.at, spoken)),
            el("td", audit_words.who(line.author, seats, spoken)),
            el("td", audit_words.did(line, spoken)),
            el("td.muted", audit_words.details(line, spoken)),
        )
        for line in found[:NEWEST]
    ]
    return el("section", el("p.muted", many), el("table.audit", el("thead", heads), el("tbody", rows)))
