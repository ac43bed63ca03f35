"""The map, for those who lead: scope, cells with their statements, a sentence per stage."""

import streamlit as st

from facilitation.screen.chart import Chart
from facilitation.screen.frame import not_found
from facilitation.screen.parts import NEVER, live
from facilitation.screen.visit import current, standing, visit

visitor = visit()
found = current(visitor)


@st.fragment(run_every=NEVER)
def chart(log: str) -> None:
    """Follows the conference."""
    conference = standing(visitor, log)
    live(log, "lead", conference.revision, {"lost": visitor.say("tablet.lost")})
    Chart(visitor, conference).draw()


if found:
    chart(found.id)
else:
    not_found(visitor)
