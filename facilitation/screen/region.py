"""Which region an event belongs to: one that was named before, or a new one. A year is told by it."""

from typing import Any

import streamlit as st

from facilitation.screen.visit import Visit


def ask_region(visitor: Visit, place: Any = st, chosen: str = "") -> str:
    """The region's name, "" where none was given."""
    known = {each.region for each in visitor.house.conferences() if not each.demo}
    known |= {each.region for each in visitor.house.surveys.all() if not each.demo}
    options = sorted((known | {chosen}) - {""})
    asked = place.selectbox(
        visitor.say("open.region"),
        options,
        index=options.index(chosen) if chosen else None,
        placeholder=visitor.say("open.region_example"),
        accept_new_options=True,
        help=visitor.say("open.region_help"),
        key="region",
    )
    return (asked or "").strip()
