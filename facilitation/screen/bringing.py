"""For organisers: a conference that was brought as a file, and the conferences that were deleted."""

import streamlit as st

from facilitation.access import Who
from facilitation.calendar import shown_date
from facilitation.conference import Conference
from facilitation.deleting import goes_at, take_back
from facilitation.export.archive_guard import MOST_BYTES
from facilitation.screen.listing import title
from facilitation.screen.parts import Node, bring_form, el, picture
from facilitation.screen.visit import Visit, attempt

WORDS = ("file", "pick", "passphrase", "look", "take", "not", "choose", "working", "lost")


def bringing(visitor: Visit) -> None:
    """The form, and below it what can still be taken back."""
    say = visitor.say
    picture(
        el(
            "section.travelling",
            el("h1", say("bringing.title")),
            el("p", say("bringing.what")),
            el("p.muted", say("bringing.how")),
        ),
        key="bring-head",
    )
    words = {name: say(f"bringing.{name}") for name in WORDS}
    words["too_big"] = say("refused.file.too_big", most=MOST_BYTES // 1_000_000)
    bring_form({"most": MOST_BYTES, "words": words}, key="bring")
    _deleted(visitor)
    picture(el("p", el("a.quiet", say("along.back"), href="/")), key="bring-back")


def _deleted(visitor: Visit) -> None:
    """Those that are on their way out, with the day they go."""
    found = visitor.house.deleted()
    if not found:
        return
    rows = [_row(visitor, conference) for conference in found]
    head = [el("h2", visitor.say("deleting.list")), el("p.muted", visitor.say("deleting.list_how"))]
    pressed = picture(el("section.travelling", head, rows), key="deleted")
    if pressed:
        send = visitor.house.send
        attempt(visitor, lambda: send(pressed, take_back, Who("organiser")))
        st.rerun()


def _row(visitor: Visit, conference: Conference) -> Node:
    gone = shown_date(goes_at(conference).astimezone().date().isoformat(), visitor.language)
    return el(
        "article.card.leaving",
        el(
            "div",
            el("b", title(visitor, conference)),
            el("span.muted", shown_date(conference.date, visitor.language)),
            visitor.say("deleting.goes", day=gone),
        ),
        el("button.small", visitor.say("deleting.take_back"), act=conference.id, type="button"),
        data_key=conference.id,
    )
