"""A table's tablet."""

import streamlit as st

from facilitation.audience import table
from facilitation.screen.frame import headed, header
from facilitation.screen.parts import NEVER, el, live, picture
from facilitation.screen.table import Table
from facilitation.screen.tablet import tablet as draw
from facilitation.screen.visit import standing, visit

visitor = visit()
wanted = st.query_params.get("s", "")
mine = [(log, seat) for log, seat in visitor.seats() if wanted in ("", seat)] or visitor.seats()[:1]


@st.fragment(run_every=NEVER)
def tablet(log: str, seat: str) -> None:
    """Follows the conference; what is being written is left alone."""
    with headed(visitor):
        conference, token = standing(visitor, log), st.query_params.get("t", "")
        drawn = Table(visitor, conference, seat, token)
    group = conference.seats[seat].group
    words = {"lost": visitor.say("tablet.lost")}
    live(log, table(group), conference.revision, words, token, parts=f"lang={visitor.language}")
    draw(drawn)


with headed(visitor):
    there = visitor.house.conference(mine[0][0]) if mine else None
if there and there.opened and mine[0][1] in there.seats:
    tablet(*mine[0])
else:
    header(visitor)
    picture(
        el(
            "section.hello",
            el("p", visitor.say("tablet.no_seat")),
            el("a.button", visitor.say("tablet.to_door"), href="/"),
        ),
        key="none",
    )
