"""One conference, for organisers: as a file that travels, and how it is deleted."""

import streamlit as st

from facilitation.access import Who
from facilitation.calendar import shown_date
from facilitation.conference import Conference
from facilitation.deleting import DAYS, delete_conference, name_of
from facilitation.export.sealing import LEAST
from facilitation.screen.house import PAGES
from facilitation.screen.listing import title
from facilitation.screen.parts import el, picture, take_form
from facilitation.screen.visit import Visit, attempt

WORDS = ("passphrase", "hint", "take")


def along(visitor: Visit, conference: Conference) -> None:
    """Take it along; below, quietly, delete it."""
    say, day = visitor.say, shown_date(conference.date, visitor.language)
    head = el(
        "section.travelling",
        el("h1", title(visitor, conference)),
        el("p.muted", day, " ", el("span.sample", say("demo.mark")) if conference.demo else None),
        el("h2", say("along.title")),
        el("p", say("along.what")),
    )
    picture(head, key="along")
    words = {name: say(f"along.{name}", least=LEAST) if name == "hint" else say(f"along.{name}") for name in WORDS}
    take_form({"action": f"/archive/{conference.id}", "words": words, "least": LEAST}, key="take")
    _deleting(visitor, conference)
    picture(el("p", el("a.quiet", say("along.back"), href="/")), key="along-back")


def _deleting(visitor: Visit, conference: Conference) -> None:
    """Two steps: the question with the name typed, and only then the press."""
    say, asked = visitor.say, f"deleting-{conference.id}"
    picture(
        el("section.travelling", el("h2", say("deleting.title")), el("p", say("deleting.what", days=DAYS))), key="del"
    )
    if not st.session_state.get(asked):
        if st.button(say("deleting.ask"), key="ask-delete"):
            st.session_state[asked] = True
            st.rerun()
        return
    picture(el("p", say("deleting.type", name=name_of(conference))), key="delete-name")
    with st.form("delete", border=False):
        named = st.text_input(say("deleting.name"), autocomplete="off")
        with st.container(horizontal=True):
            pressed = st.form_submit_button(say("deleting.now", days=DAYS), type="primary")
            kept = st.form_submit_button(say("deleting.not"))
    if kept:
        del st.session_state[asked]
        st.rerun()
    if pressed:
        send, known = visitor.house.send, visitor.house.latest()
        typed = {"named": named, "known": known}
        if attempt(visitor, lambda: send(conference.id, delete_conference, Who("organiser"), **typed)):
            del st.session_state[asked]
            st.session_state["said"] = say("deleting.done")
            st.switch_page(PAGES / "bring.py")
        st.rerun()
