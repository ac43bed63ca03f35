"""On the tablet before the case: each person's own role and what is expected of others (domain C5)."""

import secrets

import streamlit as st

from facilitation import sharing
from facilitation.agencies import AGENCIES
from facilitation.path import STAGES
from facilitation.screen.parts import el, picture
from facilitation.screen.table import Table


def roles(table: Table) -> None:
    """Before the case, one person after the other: how far the own agency carries three stages, and whom it expects
    there. Choices only, so nothing typed can be lost; said beforehand that it is shown by agency type (C5)."""
    conference, say, spoken = table.conference, table.say, table.visitor.language
    answered = sum(role.group == table.group for role in conference.roles.values())
    turn = st.session_state.setdefault("role_turn", secrets.token_hex(8))
    with st.container(key="before-the-case"), st.expander(say("roles.title", n=answered)):
        picture(el("p.muted", say("roles.how")), key="roles-how")
        own = st.pills(
            say("roles.own"),
            conference.types_at(table.group),
            format_func=lambda code: AGENCIES[code].short(spoken),
            key=f"role-own-{turn}",
        )
        asked = {stage: _asked(table, stage, own, turn) for stage in sharing.FOCUS}
        with st.container(horizontal=True):
            if st.button(say("roles.save"), type="primary", disabled=own is None, key=f"role-save-{turn}"):
                _save(table, str(own), asked, turn)
            before = st.session_state.get("role_before")
            if before and before != turn and st.button(say("roles.again"), key=f"role-again-{before}"):
                st.session_state["role_turn"] = before
                st.rerun()


def _asked(table: Table, stage: str, own: str | None, turn: str) -> tuple[int | None, list[str]]:
    """What one person says of a stage: the own strength (None: left blank) and the types expected there."""
    say, spoken = table.say, table.visitor.language
    picture(el("h3", STAGES[stage].name(spoken)), key=f"role-{stage}")
    strength = st.segmented_control(
        say("roles.strength"),
        sharing.STRENGTHS,
        format_func=lambda n: say(f"roles.strength{n}"),
        key=f"role-{stage}-own-{turn}",
    )
    expected = st.pills(
        say("roles.expected"),
        [code for code in table.conference.types if code != own],
        selection_mode="multi",
        format_func=lambda code: AGENCIES[code].short(spoken),
        key=f"role-{stage}-others-{turn}-{own}",
    )
    return strength, expected


def _save(table: Table, own: str, asked: dict[str, tuple[int | None, list[str]]], turn: str) -> None:
    """One answer a person: the same turn again replaces it."""
    strengths = {stage: strength for stage, (strength, _) in asked.items() if strength is not None}
    expected = {stage: codes for stage, (_, codes) in asked.items()}
    answer = {"respondent": turn, "type": own, "strengths": strengths, "expected": expected}
    if table.write(sharing.state_role, **answer):
        st.session_state["role_before"], st.session_state["role_turn"] = turn, secrets.token_hex(8)
    st.rerun()
