"""The questions of a survey, changed without code: hide, order, say otherwise, write own ones, beside the phone.

Ids stay for ever, so that years can be compared; a question said otherwise is a new version and is marked as such.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import streamlit as st

from facilitation.screen.parts import Node, el, picture
from facilitation.screen.room import survey_path
from facilitation.screen.somebody import may_stand
from facilitation.screen.survey_desk import SurveyDesk
from facilitation.survey_changes import LONGEST_QUESTION, MOST_OPTIONS
from facilitation.survey_commands import change_items
from facilitation.survey_items import AT_THE_FORMS, WITH_OPTIONS, Item
from facilitation.survey_sheet import items_of, questionnaire_of

PHONE_HEIGHT = 700
REWORDED = "reworded"
"""Which question is being said otherwise, in this tab."""


def items(desk: SurveyDesk) -> None:
    """Left the questions of one form, right the phone; below, an own question."""
    form = st.segmented_control(
        desk.say("items_desk.form"),
        list(desk.survey.forms),
        default=next(iter(desk.survey.forms)),
        format_func=desk.form_name,
        required=True,
        key="items-form",
    )
    left, right = st.columns([3, 2])
    with left:
        if desk.survey.answered(form):
            picture(el("p.notice", desk.say("items_desk.answered")), key="answered")
        _list(desk, form)
        with st.expander(desk.say("items_desk.add")):
            _add(desk, form)
    with right:
        _phone(desk, form)


def _phone(desk: SurveyDesk, form: str) -> None:
    """The form as a phone shows it, beside its questions."""
    picture(el("p.label", desk.say("items_desk.phone")), key="phone-label")
    query = f"preview={form}&lang={desk.visitor.language}&r={desk.survey.revision}"
    st.iframe(f"{survey_path(desk.survey)}&{query}", height=PHONE_HEIGHT, width=376)


def _list(desk: SurveyDesk, form: str) -> None:
    shown = items_of(desk.survey, form)
    fixed = bool(desk.survey.answered(form))
    rows = [_row(desk, item, n, len(shown), fixed) for n, item in enumerate(shown)]
    hidden = [_hidden(desk, item, fixed) for item in _left_out(desk, form)]
    folded = el("details.own-map", el("summary", desk.say("items_desk.hidden", n=len(hidden))), el("div.items", hidden))
    reworded = st.session_state.get(REWORDED)
    if not fixed and reworded in [item.id for item in shown]:
        _reword(desk, reworded)
    pressed = picture(el("section", el("div.items", rows), folded if hidden else None), key=f"items-{form}")
    if pressed:
        _pressed(desk, form, [item.id for item in shown], *pressed)


def _left_out(desk: SurveyDesk, form: str) -> list[Item]:
    known = questionnaire_of(desk.survey)
    ids = known.forms.get(desk.survey.kind, {}).get(form, ())
    return [known.items[each] for each in ids if each in known.hidden]


def _row(desk: SurveyDesk, item: Item, n: int, of: int, fixed: bool) -> Node:
    say = desk.say

    def button(act: str, sign: str, off: bool = False) -> Node:
        label = say(f"items_desk.{act}")
        return el("button.small", sign, act=[act, item.id], title=label, aria_label=label, type="button", disabled=off)

    acts = [
        button("up", "↑", fixed or n == 0),
        button("down", "↓", fixed or n == of - 1),
        button("hide", say("items_desk.hide"), fixed),
        button("reword", say("items_desk.reword"), fixed),
    ]
    return el("article.item", _name(desk, item), el("div.acts", acts), data_key=item.id)


def _name(desk: SurveyDesk, item: Item) -> Node:
    say = desk.say
    marks = [
        el("span.pill.unasked", say(f"items_desk.type.{item.type}")),
        el("span.pill", say("items_desk.own")) if item.own else None,
        el("span.pill", say("items_desk.version", n=item.version)) if item.version > 1 else None,
    ]
    return el("div", el("p", el("span.muted", item.id), " ", item.name(desk.visitor.language)), el("p.marks", marks))


def _hidden(desk: SurveyDesk, item: Item, fixed: bool) -> Node:
    label = desk.say("items_desk.show")
    button = el("button.small", label, act=["show", item.id], type="button", disabled=fixed)
    return el("article.item.left-out", _name(desk, item), el("div.acts", button), data_key=item.id)


def _pressed(desk: SurveyDesk, form: str, order: list[str], act: str, item: str) -> None:
    if act in ("hide", "show"):
        desk.do(change_items, change=act, item=item)
    elif act == "reword":
        st.session_state[REWORDED] = item
        st.rerun()
    else:
        at = order.index(item)
        to = at + (1 if act == "down" else -1)
        order[at], order[to] = order[to], order[at]
        desk.do(change_items, change="reorder", kind=desk.survey.kind, form=form, items=order)


def _reword(desk: SurveyDesk, id: str) -> None:
    """Other words for a question: the version before is kept."""
    item, say = questionnaire_of(desk.survey).items[id], desk.say
    with st.form(f"reword-{id}"):
        picture(el("h3", say("items_desk.reword_title", item=id)), key="reword-title")
        ja = st.text_area(say("items_desk.ja"), item.ja, max_chars=LONGEST_QUESTION, key=f"ja-{id}")
        en = st.text_area(say("items_desk.en"), item.en, max_chars=LONGEST_QUESTION, key=f"en-{id}")
        picture(el("p.muted", say("items_desk.reword_how")), key="reword-how")
        with st.container(horizontal=True):
            saved = st.form_submit_button(say("items_desk.reword_save"), type="primary")
            dropped = st.form_submit_button(say("items_desk.reword_drop"))
    if dropped:
        del st.session_state[REWORDED]
        st.rerun()
    if _may_ask(desk, f"reword-{id}", saved, (ja, en)):
        del st.session_state[REWORDED]
        desk.do(change_items, change="reword", item=id, words=(ja, en))


def _add(desk: SurveyDesk, form: str) -> None:
    """An own question of any kind. The fields are empty again once it is there, and not when somebody has answered."""
    say, own = desk.say, sum(item.own for item in questionnaire_of(desk.survey).items.values())
    type = st.segmented_control(
        say("items_desk.kind"),
        AT_THE_FORMS,
        default="likert5",
        format_func=lambda each: say(f"items_desk.type.{each}"),
        required=True,
        key=f"own-type-{own}",
    )
    forms = st.pills(
        say("items_desk.forms"),
        list(desk.survey.forms),
        selection_mode="multi",
        default=[form],
        format_func=desk.form_name,
        key=f"own-forms-{form}-{own}",
    )
    with st.form(f"own-{own}", border=False):
        ja = st.text_input(say("items_desk.ja"), max_chars=LONGEST_QUESTION)
        en = st.text_input(say("items_desk.en"), max_chars=LONGEST_QUESTION)
        options = _options(desk, type)
        saved = st.form_submit_button(say("items_desk.save"), type="primary")
    if _may_ask(desk, "own", saved, (ja, en, *chain.from_iterable(options))):
        fields = {"type": type, "words": (ja, en), "options": options}
        desk.do(change_items, change="add", kind=desk.survey.kind, forms=list(forms), **fields)


def _may_ask(desk: SurveyDesk, place: str, saved: bool, words: Sequence[str]) -> bool:
    """Whether everybody may be asked in these words."""
    case = desk.conference.case if desk.conference else ""
    return may_stand(desk.visitor, place, saved, words, where="items_desk.everywhere", case=case)


def _options(desk: SurveyDesk, type: str) -> Sequence[tuple[str, str]]:
    """One line a choice, `日本語 / English`; a grid without lines asks about the agency types that are here."""
    if type not in WITH_OPTIONS:
        return ()
    said: Any = st.text_area(
        desk.say("items_desk.options"), help=desk.say("items_desk.options_how", most=MOST_OPTIONS), height=120
    )
    lines = (line.partition("/") for line in said.splitlines() if line.strip())
    return [(ja.strip(), en.strip()) for ja, _, en in lines]
