"""Opening a case to be handled with care: it can be read here; it opens once three things are there."""

from typing import Any

import streamlit as st

from facilitation import limits
from facilitation.scenario import Case, Scene
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.visit import Visit


def ask_care(visitor: Visit, case: Case) -> tuple[dict[str, Any], bool]:
    """What `care.prepared` asks for, as far as it was filled in, and whether the start button was pressed. One form: a
    run between two fields would take along what is being typed in the second."""
    say = visitor.say
    scenes = [_scene(scene) for scene in case.scenes]
    read = el("details.own-map", el("summary", say("care.read")), scenes)
    head = [el("h2", say("care.title")), el("p", say("care.why")), el("p.question", say("care.told"))]
    picture(el("section.card.careful", head, read), key="care")
    with st.form("care", border=False):
        left, right = st.columns(2)
        prepared = {
            "adviser": left.text_input(say("care.adviser"), key="care-adviser", max_chars=limits.ROLE),
            "contacts": right.text_area(say("care.contacts"), key="care-contacts", height=80),
            "notice": st.checkbox(say("care.notice"), key="care-notice"),
        }
        return prepared, st.form_submit_button(say("open.start"), type="primary")


def _scene(scene: Scene) -> Node:
    return el("div.scene-text", el("h3", scene.title), el("p", scene.narrative), el("p.muted", scene.question))
