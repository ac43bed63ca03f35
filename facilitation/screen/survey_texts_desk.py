"""What people wrote, read before it is shown: after closing, with consent, a person decides text by text."""

import streamlit as st

from facilitation.personal_data import hits
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.survey_desk import SurveyDesk
from facilitation.survey_sheet import questionnaire_of
from facilitation.survey_texts import AS_WRITTEN, SUMMARISED, Written, decide_text, erase_text, reconsider_text, written
from facilitation.themes import THEMES, UNSORTED

WAITS, DECIDED, NOT_ALLOWED = "waits", "decided", "not_allowed"


def texts(desk: SurveyDesk) -> None:
    """Those that wait first; those nobody may show are counted, not listed."""
    found = written(desk.survey)
    groups: dict[str, list[Written]] = {WAITS: [], DECIDED: [], NOT_ALLOWED: []}
    for text in found:
        groups[_group(text)].append(text)
    counts = desk.say("texts_desk.counts", **{name: len(group) for name, group in groups.items()})
    head = el("p.muted", counts if found else desk.say("texts_desk.none"))
    picture(el("section", el("p", desk.say("texts_desk.how")), head), key="texts-head")
    for text in groups[WAITS]:
        _decide(desk, text)
    if groups[DECIDED]:
        picture(el("h2", desk.say("texts_desk.decided")), key="texts-decided")
        rows = [_decided(desk, text) for text in groups[DECIDED]]
        pressed = picture(el("div.cards", rows), key="decided")
        if pressed:
            desk.do(reconsider_text, sheet=pressed[0], item=pressed[1])


def _group(text: Written) -> str:
    if text.decided:
        return DECIDED
    return WAITS if text.consent in (AS_WRITTEN, SUMMARISED) else NOT_ALLOWED


def _decide(desk: SurveyDesk, text: Written) -> None:
    """The words with what may tell who somebody is, the theme, and four ways on."""
    say, mark = desk.say, f"{text.sheet}-{text.item}"
    with st.container(border=True, key=f"text-{mark}"):
        picture(_words(desk, text), key=f"words-{mark}")
        left, right = st.columns(2, vertical_alignment="bottom")
        theme = left.selectbox(
            say("texts_desk.theme"),
            [UNSORTED, *THEMES],
            index=[UNSORTED, *THEMES].index(text.suggested),
            format_func=lambda code: _theme(desk, code),
            key=f"theme-{mark}",
        )
        other = right.text_input(say(f"texts_desk.other_{text.consent}"), key=f"other-{mark}")
        named = bool(hits(other or text.text))
        sure = named and st.checkbox(say("texts_desk.sure"), key=f"sure-{mark}")
        place = {"sheet": text.sheet, "item": text.item}
        with st.container(horizontal=True):
            if st.button(say("texts_desk.release"), type="primary", key=f"release-{mark}"):
                desk.do(decide_text, **place, theme=theme, text=other, sure=bool(sure))
            if st.button(say("texts_desk.keep"), key=f"keep-{mark}"):
                desk.do(decide_text, **place, theme=theme, keep=True)
            with st.popover(say("texts_desk.erase")):
                st.text(say("texts_desk.erase_ask"))
                if st.button(say("texts_desk.erase_now"), key=f"erase-{mark}"):
                    desk.do(erase_text, **place)


def _words(desk: SurveyDesk, text: Written) -> Node:
    item = questionnaire_of(desk.survey).items[text.item].name(desk.visitor.language)
    head = f"{desk.form_name(text.form)} · {item}"
    return el("div.statement", el("p.muted", head), el("p", _marked(text.text)), el("p.muted", _consent(desk, text)))


def _marked(text: str) -> list[Node]:
    """The words, those that may tell who somebody is in a frame."""
    parts: list[Node] = []
    at = 0
    for hit in hits(text):
        parts += [text[at : hit.start], el("b.personal", text[hit.start : hit.end])]
        at = hit.end
    return [*parts, text[at:]]


def _consent(desk: SurveyDesk, text: Written) -> str:
    return desk.say(f"texts_desk.consent_{text.consent}")


def _theme(desk: SurveyDesk, code: str) -> str:
    return THEMES[code].name(desk.visitor.language) if code else desk.say("texts_desk.unsorted")


def _decided(desk: SurveyDesk, text: Written) -> Node:
    what = text.shown or text.text
    mark = desk.say("texts_desk.is_shown" if text.shown else "texts_desk.is_kept")
    button = el("button.small", desk.say("texts_desk.again"), act=[text.sheet, text.item], type="button")
    pill = el("span.pill" + (".covered" if text.shown else ""), mark)
    return el(
        "article.card-row",
        el("div.statement", el("p.muted", pill, " ", _theme(desk, text.theme)), el("p", what)),
        el("div.acts", button),
        data_key=f"{text.sheet}-{text.item}",
    )
