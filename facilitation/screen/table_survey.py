"""On the tablet at the end: 「明日からの一歩」 is asked once, on the phones where the survey asks it, else here."""

import streamlit as st

from facilitation.screen.parts import el, picture
from facilitation.screen.table import Table
from facilitation.screen.table_sharing import next_steps
from facilitation.survey_round import OPEN, WAITING, SurveyRound
from facilitation.survey_sheet import STEP, items_of


def last_step(table: Table) -> None:
    """Where the phones ask for the step, the tablet keeps a place for who has none, as soon as that form is open."""
    survey = table.visitor.house.surveys.of(table.conference)
    asks = [state for form, state in survey.forms.items() if _asks(survey, form)] if survey else []
    if table.conference.venue.survey or not {WAITING, OPEN} & set(asks):
        next_steps(table)
    elif OPEN in asks:
        title, words = table.say("step.survey"), table.say("survey_tablet.on_phone")
        picture(el("section.card", el("h2", title), el("p", words)), key="on-phone")
        with st.expander(table.say("survey_tablet.no_phone")):
            next_steps(table)


def _asks(survey: SurveyRound, form: str) -> bool:
    return any(item.id == STEP for item in items_of(survey, form))
