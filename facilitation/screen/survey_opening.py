"""Opening the survey of an event that plays no case: a study meeting, an exchange, a visit."""

from datetime import date

import streamlit as st

from facilitation import limits
from facilitation.access import Who
from facilitation.agencies import AGENCIES, MOST_TYPES
from facilitation.screen.house import PAGES
from facilitation.screen.opening import USUAL
from facilitation.screen.parts import el, picture
from facilitation.screen.region import ask_region
from facilitation.screen.somebody import may_stand
from facilitation.screen.visit import Visit, attempt
from facilitation.survey_items import KINDS


def opening(visitor: Visit) -> None:
    """One page: what kind of event, when, who takes part."""
    say, language = visitor.say, visitor.language
    picture(el("section.home", el("h1", say("survey_open.title")), el("p.muted", say("survey_open.how"))), key="open")
    with st.form("survey-open", border=False):
        kind = st.radio(
            say("survey_open.kind"),
            [each for each in KINDS if each != "case_conference"],
            format_func=lambda each: say(f"survey_open.is_{each}"),
            captions=[say(f"survey_open.asks_{each}") for each in KINDS if each != "case_conference"],
        )
        left, middle, right = st.columns([2, 1, 1])
        name = left.text_input(say("survey_open.name"), max_chars=limits.NOTE)
        day = middle.date_input(say("open.date"), value=date.today(), format="YYYY-MM-DD")
        number = right.number_input(say("survey_desk.expected"), 0, limits.CODES, 20)
        region = ask_region(visitor)
        types = st.pills(
            say("survey_open.types"),
            list(AGENCIES),
            selection_mode="multi",
            default=list(USUAL),
            format_func=lambda code: AGENCIES[code].short(language),
            help=say("survey_open.types_help", most=MOST_TYPES),
        )
        pressed = st.form_submit_button(say("survey_open.start"), type="primary")
    if may_stand(visitor, "survey", pressed, (name, region), where="survey_open.everywhere"):
        _start(visitor, kind=kind, title=name, date=day.isoformat(), expected=int(number), types=types, region=region)


def _start(visitor: Visit, **fields: object) -> None:
    opened: list[str] = []
    if attempt(visitor, lambda: opened.append(visitor.house.surveys.open(Who("organiser"), **fields))):
        st.switch_page(PAGES / "survey.py", query_params={"c": opened[0]})
    st.rerun()
