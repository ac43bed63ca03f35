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
    here = conference.types_at(table.group)
    answered = sum(role.group == table.group for role in conference.roles.values())
    with st.expander(say("roles.title", n=answered)):
        picture(el("p.muted", say("roles.how")), key="roles-how")
        own = st.pills(
            say("roles.own"), here, format_func=lambda c: AGENCIES[c].short(spoken), key=f"role-own-{answered}"
        )
        strengths: dict[str, int] = {}
        expected: dict[str, list[str]] = {}
        others = [code for code in conference.types if code != own]
        for stage in sharing.FOCUS:
            picture(el("h3", STAGES[stage].name(spoken)), key=f"role-{stage}")
            value = st.segmented_control(
                say("roles.strength"),
                sharing.STRENGTHS,
                format_func=lambda n: say(f"roles.strength{n}"),
                key=f"role-{stage}-own-{answered}",
            )
            if value is not None:
                strengths[stage] = value
            expected[stage] = st.pills(
                say("roles.expected"),
                others,
                selection_mode="multi",
                format_func=lambda c: AGENCIES[c].short(spoken),
                key=f"role-{stage}-others-{answered}-{own}",
            )
        if st.button(say("roles.save"), type="primary", disabled=own is None, key=f"role-save-{answered}"):
            respondent = secrets.token_hex(8)
            table.do(sharing.state_role, respondent=respondent, type=own, strengths=strengths, expected=expected)
