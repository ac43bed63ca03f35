"""On the desk: the survey of this conference; it opens and closes with the evening, or by hand."""

import streamlit as st

from facilitation.screen.desk import Desk
from facilitation.screen.listing import title
from facilitation.screen.parts import el, notice, picture
from facilitation.screen.survey_desk import SurveyDesk, state
from facilitation.screen.visit import attempt


def survey(desk: Desk) -> None:
    """Its forms and their counters; a conference that has none yet can be given one."""
    found = desk.visitor.house.surveys.of(desk.conference)
    if found is None and desk.conference.survey in desk.visitor.house.surveys.unreadable():
        notice(desk.say("listing.unreadable", logs=desk.conference.survey))
        return
    if found is None:
        picture(el("p", desk.say("survey_desk.not_yet")), key="no-survey")
        if st.button(desk.say("survey_desk.give"), type="primary", key="give-survey"):
            name = title(desk.visitor, desk.conference)
            attempt(desk.visitor, lambda: desk.visitor.house.give_survey(desk.conference, desk.who, name))
            st.rerun()
        return
    state(SurveyDesk(desk.visitor, found, desk.who, desk.conference))
    whole = el("a.button", desk.say("survey_desk.whole"), href=f"/survey?c={found.id}")
    results = el("a.button", desk.say("survey_desk.results"), href=f"/results?c={found.id}")
    follows = el("p.muted", desk.say("survey_desk.follows"))
    picture(el("div", follows, el("nav.links", whole, results)), key="survey-links")
