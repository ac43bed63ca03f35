"""The frame around pages: name, 架空, the safety panel, the language; nothing of the framework."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import streamlit as st

from facilitation.access import Refused
from facilitation.conference import Venue
from facilitation.screen.parts import Node, el, notice, picture
from facilitation.screen.safety import safety
from facilitation.screen.trouble import banner
from facilitation.screen.visit import Visit, advised
from facilitation.store import StoreError

OWN_HEADER = ("projector", "tablet")


def frame(visitor: Visit, page: str) -> None:
    """Draw the header of a page that has none of its own, and say what the last press was refused for."""
    if page not in OWN_HEADER:
        header(visitor)
    banner(visitor, page)
    if page != "projector":
        picture(el("p.wait", visitor.say("keeping.wait"), role="status"), key="wait")
    if said := st.session_state.pop("said", ""):
        st.toast(said, icon=":material/check_circle:")
    for sentence in st.session_state.pop("refused", []):
        notice(sentence)


def header(visitor: Visit) -> None:
    """Name, 架空, the safety panel and the language. Also for a page of its own header that has nothing to show."""
    head = [el("a.brand", visitor.say("app.title"), href="/"), el("span.fictional", visitor.say("fictional.short"))]
    parts = el("header.frame", head, el("span.room"), safety(visitor.say, _venue(visitor)), language(visitor))
    picture(parts, key="frame")


@contextmanager
def headed(visitor: Visit) -> Iterator[None]:
    """For a page of its own header: where its conference cannot be read, or its case is not here, that is said below
    the common one."""
    try:
        yield
    except (Refused, StoreError):
        header(visitor)
        raise


def not_found(visitor: Visit) -> None:
    """What everybody sees where there is nothing for them: whether there would be for others is not said."""
    home = el("a.button", visitor.say("not_found.home"), href="/")
    picture(el("section.hello", el("p", visitor.say("not_found.here")), home), key="not-found")


def _venue(visitor: Visit) -> Venue:
    """Whom to turn to here: of the conference this page is about, where there is one."""
    try:
        conference = advised(visitor)
    except StoreError:  # the page says so itself, below a header that leads away from it
        return Venue()
    return conference.venue if conference else Venue()


def language(visitor: Visit) -> Node:
    """The switch to the other language, for this device only."""
    other = "en" if visitor.language == "ja" else "ja"
    page = (st.context.url or "/").split("://")[-1].partition("/")[2].partition("?")[0]
    query = urlencode([(name, value) for name, value in st.query_params.items() if name != "lang"])
    back = quote(f"/{page}" + (f"?{query}" if query else ""), safe="/")
    return el("a.language", visitor.say("language.switch"), href=f"/lang/{other}?to={back}", lang=other)
