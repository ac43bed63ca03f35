"""A row of tabs: one part of a page at a time."""

from collections.abc import Mapping

import streamlit as st

from facilitation.screen.visit import Visit


def tabs(visitor: Visit, titles: Mapping[str, str], key: str) -> str:
    """The name of the part that is open, the first until another is chosen; only that one needs to be drawn.

    Not `st.tabs`: while its page runs there are moments in which it takes no press, and pages that follow a room run
    with every card (1 press of 150 went nowhere at six cards a second; here none of 200)."""
    chosen = st.segmented_control(
        visitor.say("tabs"),
        list(titles),
        default=next(iter(titles)),
        format_func=titles.__getitem__,
        key=f"{key}-tabs",
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    return chosen if chosen in titles else next(iter(titles))
