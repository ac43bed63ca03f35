"""The projector: a picture without controls, which follows the conference by itself."""

import streamlit as st

from facilitation.screen.frame import header, not_found
from facilitation.screen.parts import NEVER, live, picture
from facilitation.screen.visit import standing, visit
from facilitation.screen.wall import picture_of
from facilitation.screen.wall_view import Wall

visitor = visit()
log = st.query_params.get("c", "")


@st.fragment(run_every=NEVER)
def wall() -> None:
    """The picture of the moment."""
    here = visitor.house
    conference = standing(visitor, log)
    live(log, "projector", conference.revision, {"lost": visitor.say("tablet.lost")})
    case = here.case(conference, visitor.language)
    survey = here.surveys.of(conference)
    if survey:
        live(survey.id, "projector", survey.revision, {"lost": visitor.say("tablet.lost")})
    picture(picture_of(Wall(conference, case, visitor.language, here.spent(conference), survey)), "wall")


if log and visitor.sees_wall(log) and visitor.house.conference(log).opened:
    wall()
else:
    header(visitor)
    not_found(visitor)
