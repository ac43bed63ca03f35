"""On the desk: what a case to be handled with care waits for before its first scene."""

import streamlit as st

from facilitation import care
from facilitation.screen.desk import Desk
from facilitation.screen.parts import el, picture
from facilitation.screen.somebody import may_stand


def before_the_scenes(desk: Desk) -> None:
    """Nothing for other cases, and nothing more once a scene is open."""
    conference, say = desk.conference, desk.say
    if not conference.sensitive or conference.scenes or conference.ended:
        return
    waits = care.missing(conference)
    marks = [
        el(
            "li" + ("" if name in waits else ".there"),
            say(f"care.{'no' if name in waits else 'has'}_{name}", who=conference.care_adviser),
        )
        for name in care.BEFORE_SCENES
    ]
    head = [el("h2", say("care.title")), el("p.muted", say("care.before"))]
    picture(el("section.card.careful", head, el("ul", marks), el("p.question", say("care.told"))), key="care")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        adviser = st.text_input(say("care.adviser"), conference.care_adviser, key=f"care-{conference.care_adviser}")
        changed = st.button(say("care.change"), key="care-change")
        if "notice" in waits and st.button(say("care.tell"), key="care-tell", type="primary"):
            desk.do(care.tell_notice)
    if may_stand(desk.visitor, "adviser", changed, (adviser,), where="care.everywhere", case=conference.case):
        desk.do(care.name_adviser, adviser=adviser)
