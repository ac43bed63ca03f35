"""The conferences of a house as organisers see them: the running ones first, some at a time, a field to find one."""

from collections.abc import Iterable, Sequence

import streamlit as st

from facilitation import limits
from facilitation.access import Refused
from facilitation.agencies import AGENCIES
from facilitation.code import shown
from facilitation.conference import Conference
from facilitation.path import BARRIERS, STAGES
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.visit import Visit, sentences
from facilitation.store import StoreError
from facilitation.summary import Summary
from facilitation.typed import nfkc

AT_ONCE = 30
"""Conferences shown before somebody asks for more; from so many on there is a field to search."""

QUESTIONS = 60
"""Open questions shown, those of the newest conferences; older ones stay in their records."""

LINKS = (("facilitate", "/facilitate?c="), ("projector", "/projector?c="), ("map", "/map?c="))


def listing(visitor: Visit, found: Sequence[Summary]) -> None:
    """The list of `found`, the newest first there."""
    asked = ""
    if len(found) > AT_ONCE:
        asked = st.text_input(visitor.say("listing.find"), max_chars=limits.NOTE, key="find")
    wanted = sorted(_wanted(visitor, found, asked), key=lambda c: c.ended)
    shown_now = AT_ONCE * st.session_state.get("listed", 1)
    rows = [_row(visitor, each) for each in wanted[:shown_now]]
    empty = el("p.empty", visitor.say("listing.nothing" if asked else "home.none"))
    picture(el("div.list", rows or empty), key="conferences")
    if len(wanted) > shown_now and st.button(visitor.say("listing.more", n=len(wanted) - shown_now), key="more"):
        st.session_state["listed"] = st.session_state.get("listed", 1) + 1
        st.rerun()


def _wanted(visitor: Visit, found: Iterable[Summary], asked: str) -> Iterable[Summary]:
    """Those in whose name, date, code or region every word asked for stands."""
    words = nfkc(asked).split()
    for each in found:
        about = f"{title(visitor, each)} {each.date} {each.code} {shown(each.code)} {each.region}" if words else ""
        if all(word in nfkc(about) for word in words):
            yield each


def _row(visitor: Visit, conference: Summary) -> Node:
    links = [(name, f"{to}{conference.id}") for name, to in LINKS]
    links += [("record", f"/record/{conference.id}?show=1"), ("along", f"/along?c={conference.id}")]
    state = visitor.say("home.ended" if conference.ended else "home.running")
    about = (conference.date, shown(conference.code), state, visitor.say("home.cards", n=conference.cards))
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
    head = f"{conference.date} {title(visitor, conference)} · "
    return el("li", el("span.muted", head), visitor.say("home.question", **words))


def title(visitor: Visit, conference: Conference | Summary) -> str:
    """The conference's name, or its case's title where it has none."""
    if conference.title:
        return conference.title
    try:
        return visitor.house.case(conference, visitor.language).title
    except (Refused, StoreError) as refusal:
        return sentences(refusal, visitor.language)[0]
