"""A survey's results, for those who lead it: of the survey `?s=`, or of the conference `?c=`."""

import streamlit as st

from facilitation.screen.frame import not_found
from facilitation.screen.parts import el, picture
from facilitation.screen.results import Results
from facilitation.screen.visit import current, survey_leader, visit

visitor = visit()
surveys = visitor.house.surveys
conference = current(visitor)
log = st.query_params.get("s", "") or (conference.survey if conference else "")
found = surveys.survey(log) if log else None

if found and survey_leader(visitor.grants, found):
    Results(visitor, found).draw()
elif conference:
    picture(el("p.empty", visitor.say("results.no_survey")), key="no-survey")
else:
    not_found(visitor)
