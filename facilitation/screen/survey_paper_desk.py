"""Surveys on paper: cards with codes, the forms to print, and sheets that were typed from them."""

import streamlit as st

from facilitation.answer_sheet import read_answers
from facilitation.screen.parts import el, notice, picture
from facilitation.screen.survey_desk import SurveyDesk
from facilitation.survey_answering import read_in
from facilitation.survey_commands import draw_codes
from facilitation.survey_sheet import questionnaire_of

USUAL = 40
A_PAGE = 10
"""Cards on an A4 page."""
MOST_SHOWN = 12


def on_paper(desk: SurveyDesk) -> None:
    """Cards left, forms in the middle, typed sheets right."""
    left, middle, right = st.columns(3)
    with left:
        _cards(desk)
    with middle:
        _forms(desk)
    with right:
        _typed(desk)


def _cards(desk: SurveyDesk) -> None:
    say, drawn = desk.say, len(desk.survey.cards())
    picture(el("section", el("h2", say("survey_desk.cards")), el("p.muted", say("survey_desk.cards_how"))), key="cards")
    number = st.number_input(say("survey_desk.cards_number"), A_PAGE, 200, USUAL, step=A_PAGE, key="cards-number")
    if st.button(say("survey_desk.cards_draw"), key=f"draw-{drawn}"):
        taken = desk.visitor.house.surveys.taken(desk.survey.id)
        desk.do(draw_codes, count=int(number), taken=taken)
    if drawn:
        link = el("a.button", say("survey_desk.cards_print", n=drawn), href=f"/survey-cards/{desk.survey.id}")
        picture(el("p", link), key="cards-print")


def _forms(desk: SurveyDesk) -> None:
    say, log = desk.say, desk.survey.id
    links = [
        el("a.button", desk.form_name(form), href=f"/survey-paper/{log}?form={form}", target="_blank")
        for form in desk.survey.forms
    ]
    head, how = el("h2", say("survey_desk.sheets")), el("p.muted", say("survey_desk.sheets_how"))
    picture(el("section", head, how, el("p.stack", links)), key="sheets")


def _typed(desk: SurveyDesk) -> None:
    """A typed sheet goes in whole or not at all; every problem is named with its row."""
    say, language = desk.say, desk.visitor.language
    picture(el("section", el("h2", say("survey_desk.typed")), el("p.muted", say("survey_desk.typed_how"))), key="typed")
    with st.container(key=f"upload-{language}"):  # the framework's own button speaks English alone: see the look
        file = st.file_uploader(say("survey_desk.typed_file"), ["csv", "xlsx"], key="typed-file")
    if file is None or not st.button(say("survey_desk.typed_read"), type="primary", key="typed-read"):
        return
    sheet = read_answers(file.getvalue(), questionnaire_of(desk.survey))
    for problem in sheet.problems[:MOST_SHOWN]:
        notice(problem.text(language))
    if sheet.problems:
        notice(say("survey_desk.typed_none", n=len(sheet.problems)))
    elif desk.write(read_in, answers=sheet.answers):
        people = len({answer.respondent for answer in sheet.answers})
        st.session_state["said"] = say("survey_desk.typed_done", n=people)
        st.rerun()
    else:
        st.rerun()
