"""An adviser's screen: what people said, what the map hints at, what the adviser writes."""

import streamlit as st

from facilitation.screen.adviser import Adviser
from facilitation.screen.frame import not_found
from facilitation.screen.parts import NEVER, live
from facilitation.screen.visit import advised, standing, visit

visitor = visit()
found = advised(visitor)


@st.fragment(run_every=NEVER)
def advise(log: str) -> None:
    """Follows the conference; what is being written is left alone."""
    conference = standing(visitor, log)
    who = visitor.advises(log)
    assert who is not None
    live(log, "lead", conference.revision, {"lost": visitor.say("tablet.lost")})
    Adviser(visitor, conference, who).draw()


if found:
    advise(found.id)
else:
    not_found(visitor)
