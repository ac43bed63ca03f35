"""Which region an event belongs to; those named before are shown, for a year is told by the very name."""

from typing import Any

import streamlit as st

from facilitation import limits
from facilitation.screen.visit import Visit


def ask_region(visitor: Visit, place: Any = st, chosen: str = "") -> str:
    """The region's name, "" where none was given."""
    known = {each.region for each in visitor.house.conferences() if not each.demo}
    known |= {each.region for each in visitor.house.surveys.all() if not each.demo}
    asked = place.text_input(
        visitor.say("open.region"),
        value=chosen,
        max_chars=limits.LINE,
        placeholder=visitor.say("open.region_example"),
        help=visitor.say("open.region_help"),
    )
    if named := sorted(known - {""}):
        place.text(visitor.say("open.region_known", names=visitor.say("open.region_comma").join(named)))
    return str(asked).strip()
