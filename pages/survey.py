"""A survey (`?c=`, or its conference) for those who lead it; without one, the way to open one for an event."""

import streamlit as st

from facilitation.screen.frame import not_found
from facilitation.screen.parts import NEVER, el, picture
from facilitation.screen.survey_desk import SurveyDesk, state
from facilitation.screen.survey_items_desk import items
from facilitation.screen.survey_opening import opening
from facilitation.screen.survey_paper_desk import on_paper
from facilitation.screen.survey_texts_desk import texts
from facilitation.screen.tabs import tabs
from facilitation.screen.visit import stays, survey_leader, visit
from facilitation.survey_round import PREFIX

TABS = {"state": state, "items": items, "paper": on_paper}
FOR_ORGANISERS = {"texts": texts}

visitor = visit()
named = st.query_params.get("c", "")
log = named if named.startswith(PREFIX) else visitor.house.conference(named).survey
survey = visitor.house.surveys.survey(log)
who = survey_leader(visitor.grants, survey)


@st.fragment(run_every=NEVER)
def desk() -> None:
    """Of the tabs only the open one is drawn."""
    stays(visitor)
    now = visitor.house.surveys.survey(log)
    assert who is not None
    here = SurveyDesk(visitor, now, who, visitor.house.readable(now.conference))
    back = f"/facilitate?c={now.conference}" if now.conference else "/"
    words = visitor.say("survey_desk.back" if now.conference else "desk.home")
    results = el("a.button", visitor.say("survey_desk.results"), href=f"/results?c={log}")
    links = el("nav.links", el("a.button", words, href=back), results)
    sample = el("span.sample", visitor.say("demo.mark")) if now.demo else None
    name = el("h1", now.title or visitor.say("page.survey"), " ", sample)
    picture(el("section.home", name, links), key="survey-head")
    found = TABS | (FOR_ORGANISERS if visitor.organiser else {})
    opened = tabs(visitor, {name: visitor.say(f"survey_desk.{name}") for name in found}, key="survey")
    found[opened](here)


if who:
    desk()
elif not log and visitor.organiser:
    opening(visitor)
else:
    not_found(visitor)
