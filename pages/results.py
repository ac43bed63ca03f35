"""A survey's results (`?c=`: the survey, or its conference), for those who lead it."""

import streamlit as st

from facilitation.screen.frame import not_found
from facilitation.screen.parts import el, picture
from facilitation.screen.results import Results
from facilitation.screen.visit import current, survey_leader, visit
from facilitation.survey_round import PREFIX

visitor = visit()
named = st.query_params.get("c", "")
conference = None if named.startswith(PREFIX) else current(visitor)
log = conference.survey if conference else named
found = visitor.house.surveys.survey(log) if log.startswith(PREFIX) else None

if found and survey_leader(visitor.grants, found):
    Results(visitor, found).draw()
elif conference:
    picture(el("p.empty", visitor.say("results.no_survey")), key="no-survey")
else:
    not_found(visitor)
