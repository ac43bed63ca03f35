"""The conferences of a house as organisers see them: the running ones first, some at a time, a field to find one."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import TypeVar

import streamlit as st

from facilitation import limits
from facilitation.access import Refused
from facilitation.agencies import AGENCIES
from facilitation.calendar import fiscal_year, shown_date, shown_fiscal_year
from facilitation.code import shown
from facilitation.conference import Conference
from facilitation.path import BARRIERS, STAGES
from facilitation.screen.parts import Node, el, notice, picture
from facilitation.screen.visit import Visit, sentences
from facilitation.store import StoreError
from facilitation.summary import Summary
from facilitation.survey_summary import SurveySummary
from facilitation.typed import nfkc

AT_ONCE = 30
"""Conferences shown before somebody asks for more; from so many on there is a field to search."""

NAMED = 10
"""Logs that cannot be read, named in a list; `verify` names all of them."""

QUESTIONS = 60
"""Open questions shown, those of the newest conferences; older ones stay in their records."""

Found = TypeVar("Found", Summary, SurveySummary)

LINKS = (("facilitate", "/facilitate?c="), ("projector", "/projector?c="), ("map", "/map?c="))


def listing(visitor: Visit, found: Sequence[Summary]) -> None:
    """The list of `found`, the newest first there."""
    wanted = sorted(narrowed(visitor, found, "find"), key=lambda c: c.ended)
    now = at_once("listed")
    rows = [_row(visitor, each) for each in wanted[:now]]
    empty = el("p.empty", visitor.say("listing.nothing" if found else "home.none"))
    picture(el("div.list", rows or empty), key="conferences")
    more(visitor, len(wanted) - now, "listed")


def narrowed(visitor: Visit, found: Sequence[Found], key: str) -> Sequence[Found]:
    """Those of a long list in whose name, date, code or region every word asked for stands, of one fiscal year or of
    all; a short list as it is."""
    if len(found) <= AT_ONCE:
        return found
    years = sorted({_year(each.date) for each in found}, reverse=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = st.text_input(visitor.say("listing.find"), max_chars=limits.NOTE, key=key)
        names = {0: visitor.say("listing.all_years")} | {n: shown_fiscal_year(n, visitor.language) for n in years if n}
        year = st.selectbox(
            visitor.say("listing.year"), list(names), format_func=names.__getitem__, width=200, key=f"{key}-year"
        )
    words = nfkc(asked).split()
    return [each for each in found if (not year or _year(each.date) == year) and _fits(visitor, each, words)]


def at_once(key: str) -> int:
    """How many rows of a list are shown by now."""
    return AT_ONCE * int(st.session_state.get(key, 1))


def more(visitor: Visit, left: int, key: str) -> None:
    """The button that shows more of a list, where something is left."""
    if left > 0 and st.button(visitor.say("listing.more", n=left), key=f"more-{key}"):
        st.session_state[key] = st.session_state.get(key, 1) + 1
        st.rerun()


def not_listed(visitor: Visit) -> None:
    """Said where lists do not hold everything: because it cannot be read, or not yet."""
    if found := visitor.house.unreadable():
        more = "…" if len(found) > NAMED else ""
        notice(visitor.say("listing.unreadable", logs=" ".join(found[:NAMED]) + more))
    if missing := visitor.house.uncounted():
        picture(el("p.muted", visitor.say("listing.counting", n=missing)), key="counting")


def _fits(visitor: Visit, each: Summary | SurveySummary, words: Sequence[str]) -> bool:
    if not words:
        return True
    name = title(visitor, each) if isinstance(each, Summary) else each.title
    about = _about(name, each.date, each.code, each.region, visitor.language)
    return all(word in about for word in words)


@lru_cache(maxsize=20_000)
def _about(name: str, day: str, code: str, region: str, language: str) -> str:
    """What can be found of one: made alike once, not with every letter that somebody looks for."""
    return nfkc(f"{name} {day} {shown_date(day, language)} {code} {shown(code)} {region}")


@cache
def _year(iso: str) -> int:
    return fiscal_year(date.fromisoformat(iso)) if iso else 0


def _row(visitor: Visit, conference: Summary) -> Node:
    links = [(name, f"{to}{conference.id}") for name, to in LINKS]
    links += [("record", f"/record/{conference.id}?show=1"), ("along", f"/along?c={conference.id}")]
    state = visitor.say("home.ended" if conference.ended else "home.running")
    day = shown_date(conference.date, visitor.language)
    about = (day, shown(conference.code), state, visitor.say("home.cards", n=conference.cards))
    return el(
        "article.card.conference",
        el(
            "div",
            el("b", title(visitor, conference)),
            el("span.muted", " · ".join(about)),
            el("span.sample", visitor.say("demo.mark")) if conference.demo else None,
        ),
        el("nav", [el("a.button", visitor.say(f"home.{name}"), href=address) for name, address in links]),
    )


def open_questions(visitor: Visit, found: Iterable[Summary]) -> None:
    """「次回の問い」: what was hard and has no answer yet, carried on from the conferences that ended (C7)."""
    asked = [(each, question) for each in found for question in each.questions]
    if asked:
        count = el("summary", visitor.say("home.questions", n=len(asked)))
        rows: list[Node] = [_question(visitor, *each) for each in asked[:QUESTIONS]]
        if len(asked) > QUESTIONS:
            rows.append(el("li.muted", visitor.say("listing.older", n=len(asked) - QUESTIONS)))
        picture(el("details.own-map", count, el("ul.questions", rows)), key="questions")


def _question(visitor: Visit, conference: Summary, question: tuple[str, str, str]) -> Node:
    type_, stage, reason = question
    spoken = visitor.language
    words = {
        "type": AGENCIES[type_].short(spoken),
        "stage": STAGES[stage].short(spoken),
        "reason": BARRIERS[reason].name(spoken) if reason else "–",
    }
    head = f"{shown_date(conference.date, spoken)} {title(visitor, conference)} · "
    return el("li", el("span.muted", head), visitor.say("home.question", **words))


def title(visitor: Visit, conference: Conference | Summary) -> str:
    """The conference's name, or its case's title where it has none."""
    if conference.title:
        return conference.title
    try:
        return visitor.house.case(conference, visitor.language).title
    except (Refused, StoreError) as refusal:
        return sentences(refusal, visitor.language)[0]
