"""A survey as those who lead it see it: which form is open, how many have answered, never who; opening and closing."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from facilitation import limits
from facilitation.access import Who
from facilitation.code import shown
from facilitation.conference import Conference
from facilitation.screen.network import qr
from facilitation.screen.parts import Node, el, live, picture
from facilitation.screen.room import survey_address, survey_path
from facilitation.screen.visit import Visit, attempt
from facilitation.survey_commands import close_form, open_form, set_expected
from facilitation.survey_pages import effort
from facilitation.survey_round import CLOSED, OPEN, WAITING, SurveyRound
from facilitation.survey_sheet import items_of

MARKS = {WAITING: "unasked", OPEN: "covered", CLOSED: "closed"}


class SurveyDesk:
    """One leader's view of one survey, for one run; `conference` is the one it belongs to, if any."""

    def __init__(self, visitor: Visit, survey: SurveyRound, who: Who, conference: Conference | None) -> None:
        self.visitor, self.survey, self.who, self.conference = visitor, survey, who, conference
        self.say = visitor.say

    def do(self, verb: Callable[..., Any], **fields: Any) -> None:
        """Carry out a verb and draw anew."""
        self.write(verb, **fields)
        st.rerun()

    def write(self, verb: Callable[..., Any], **fields: Any) -> bool:
        """Carry out a verb; whether it was."""
        surveys = self.visitor.house.surveys
        return attempt(self.visitor, lambda: surveys.send(self.survey.id, verb, self.who, **fields))

    def form_name(self, form: str) -> str:
        """A form in words."""
        return self.say(f"answering.form.{form}")

    @property
    def address(self) -> str:
        """What the QR holds, and the link to send."""
        return survey_address(self.survey, self.conference)

    def listen(self) -> None:
        """Follow the counter."""
        live(self.survey.id, "lead", self.survey.revision, {"lost": self.say("tablet.lost")})


def expected(survey: SurveyRound, conference: Conference | None) -> int:
    """How many answers are expected: what was said, else how many people the tables have counted."""
    if survey.expected or conference is None:
        return survey.expected
    return sum(n for people in conference.people.values() for n in people.values())


def state(desk: SurveyDesk) -> None:
    """Left each form with its counter and what can be done with it, right the way in."""
    desk.listen()
    left, right = st.columns([5, 2])
    with right:
        _way_in(desk)
    with left:
        rows = [_form(desk, form) for form in desk.survey.forms]
        pressed = picture(el("div.forms", rows), key="forms")
        _expected(desk)
    if pressed:
        desk.do(open_form if pressed[0] == "open" else close_form, form=pressed[1])


def _way_in(desk: SurveyDesk) -> None:
    img = el("img", src=qr(desk.address), alt="QR")
    code = el("p.code", shown(desk.survey.code))
    picture(el("div.qr", el("h3", desk.say("survey_desk.way_in")), img, code), key="survey-qr")
    st.code(desk.address, language=None, wrap_lines=True)
    picture(el("p.muted", desk.say("survey_desk.link_how")), key="survey-link")


def _form(desk: SurveyDesk, form: str) -> Node:
    """One form: its state, its counter, what it asks of a hand, and the one thing to do next."""
    survey, say = desk.survey, desk.say
    now = survey.forms[form]
    items = items_of(survey, form)
    needs = effort(items, survey.types)
    writes = any(item.type == "text" for item in items)
    taps = say("answering.taps_and_text" if writes else "answering.taps", least=needs.least, most=needs.most)
    wanted = expected(survey, desk.conference)
    of = say("survey_desk.of", n=wanted) if wanted else say("survey_wall.answered")
    count = el("p.count", el("b", str(survey.answered(form))), of)
    return el(
        f"article.card.form.is-{now}",
        el("div", el("h3", desk.form_name(form)), el("span.pill." + MARKS[now], say(f"survey_desk.is_{now}"))),
        count if now != WAITING else None,
        el("p.muted", say("answering.minutes", minutes=needs.minutes), " · ", taps),
        el("p.acts", _act(desk, form, now), _preview(desk, form)),
        data_key=form,
    )


def _act(desk: SurveyDesk, form: str, now: str) -> Node:
    if form in desk.survey.released:
        return el("span.muted", desk.say("survey_desk.released"))
    act, key = ("close", "close") if now == OPEN else ("open", "open" if now == WAITING else "reopen")
    return el("button.small", desk.say(f"survey_desk.{key}"), act=[act, form], type="button")


def _preview(desk: SurveyDesk, form: str) -> Node:
    address = f"{survey_path(desk.survey)}&preview={form}&lang={desk.visitor.language}"
    return el("a.button", desk.say("survey_desk.preview"), href=address, target="_blank")


def _expected(desk: SurveyDesk) -> None:
    before = expected(desk.survey, desk.conference)
    said = st.number_input(
        desk.say("survey_desk.expected"),
        0,
        limits.CODES,
        min(before, limits.CODES),
        key=f"expected-{before}",
        width=220,
    )
    if said != min(before, limits.CODES):
        desk.do(set_expected, expected=int(said))
