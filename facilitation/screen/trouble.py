"""What everybody must know of the store while a page is open: for viewing only, damaged, full, lost."""

import logging

import streamlit as st

from facilitation.access import Refused
from facilitation.screen.house import house
from facilitation.screen.parts import Node, el, notice, picture
from facilitation.screen.rescue import PASSING, steps
from facilitation.screen.visit import Visit, at_hand, sentences, spoken
from facilitation.store import DamagedStore, StoreError

AGAIN = 5
"""Seconds after which a page that met something that passes tries to be drawn."""

WALL = "/projector"
"""What everybody in the room reads: no steps stand there, whoever opened it."""

WAITS = "waits"
"""In the tab: the trouble was said in this run."""


def banner(visitor: Visit, page: str) -> None:
    """A band on every page while nothing can be written; for organisers with the steps that help."""
    here = visitor.house
    if not (here.damage or here.store.read_only):
        return
    key = "banner.damaged" if here.damage else "banner.read_only"
    words = [el("p", el("b", visitor.say(key)), " ", visitor.say("banner.device"))]
    if here.damage and visitor.organiser and page != "projector":
        words.append(_what_to_do(visitor, here.damage))
    picture(el("div.store-banner" + (".on-wall" if page == "projector" else ""), words, role="status"), key="banner")


def _what_to_do(visitor: Visit, refusal: StoreError) -> Node:
    todo = [el("li", step) for step in steps(refusal, visitor.language)]
    return el("details", el("summary", visitor.say("banner.lead")), el("ol", todo))


def say_instead(error: Exception) -> bool:
    """The framework asks here before it shows an error of a page: the store's refusals, and those of what a page needs
    (a case that is gone), have words of their own, for organisers with the steps that help. What passes is waited for:
    nobody has to load the page again."""
    if not isinstance(error, StoreError | Refused):
        return False
    if isinstance(error, DamagedStore):
        house().damage = error
    try:
        for sentence in sentences(error, spoken()):
            notice(sentence)
        if isinstance(error, PASSING):
            visitor = at_hand()
            if visitor.organiser and WALL not in (st.context.url or ""):
                picture(el("div.store-banner", _what_to_do(visitor, error)), key="what-to-do")
            st.session_state[WAITS] = True
            _again()
    except Exception:
        logging.getLogger(__name__).exception("a page's trouble could not be said")
        return False
    return True


@st.fragment(run_every=AGAIN)
def _again() -> None:
    """Drawn with the trouble; whenever it is drawn by itself after that, the page tries once more."""
    if not st.session_state.pop(WAITS, False):
        st.rerun()
