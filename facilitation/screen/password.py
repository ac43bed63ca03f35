"""Changing the organisers' password: the old one is asked again, the new one twice."""

import streamlit as st

from facilitation import passwords
from facilitation.access import Refused
from facilitation.screen.parts import el, go, notice, picture
from facilitation.screen.visit import Visit, sentences
from facilitation.store import StoreError


def change(visitor: Visit) -> None:
    """The form. A device that knew neither password afterwards would be out: this one is signed in anew."""
    say = visitor.say
    with st.container(key="password", width=520):
        head = el("section", el("h1", say("password.title")), el("p.muted", say("password.how", least=passwords.LEAST)))
        picture(head, key="password-head")
        with st.form("password", border=False):
            old = st.text_input(say("password.old"), type="password")
            new = st.text_input(say("password.new"), type="password", autocomplete="new-password")
            again = st.text_input(say("password.again"), type="password", autocomplete="new-password")
            pressed = st.form_submit_button(say("password.change"), type="primary")
        if pressed:
            _changed(visitor, old, new, again)
        picture(el("p", el("a.quiet", say("password.back"), href="/")), key="password-back")


def _changed(visitor: Visit, old: str, new: str, again: str) -> None:
    house = visitor.house
    try:
        chosen = passwords.acceptable(new, again)
        if not house.password_is(old, visitor.grants.get("device", "")):
            raise Refused("new_password.old")
        house.set_password(chosen)
    except (Refused, StoreError) as refusal:
        for sentence in sentences(refusal, visitor.language):
            notice(sentence)
        return
    st.session_state["said"] = visitor.say("password.changed")
    go(f"/enter/{house.sign({'enter': 'changed'})}")
