"""The projector: a picture without controls, which follows the conference by itself."""

import streamlit as st

from facilitation.audience import PROJECTOR
from facilitation.screen.frame import headed, header, not_found
from facilitation.screen.parts import NEVER, el, live, picture
from facilitation.screen.visit import standing, visit
from facilitation.screen.wall import picture_of
from facilitation.screen.wall_view import Wall

visitor = visit()
log = st.query_params.get("c", "")


@st.fragment(run_every=NEVER)
def wall() -> None:
    """The picture of the moment."""
    with headed(visitor):
        conference = standing(visitor, log)
        here = Wall.of(visitor.house, conference, visitor.language)
    words = {"lost": visitor.say("tablet.lost")}
    live(log, PROJECTOR, conference.revision, words, parts=f"lang={visitor.language}")
    if here.survey:
        live(here.survey.id, PROJECTOR, here.survey.revision, words)
    picture(el("div", picture_of(here), data_part="wall", data_at=conference.revision), "wall")


with headed(visitor):
    there = visitor.house.conference(log) if log and visitor.sees_wall(log) else None
if there and there.opened:
    wall()
else:
    header(visitor)
    not_found(visitor)
