"""On the desk: the agency cards in this region's own words, in place of the examples."""

import streamlit as st

from facilitation import sharing
from facilitation.agencies import AGENCIES, HINTS
from facilitation.screen.desk import Desk
from facilitation.screen.desk_typed import kept_until_saved
from facilitation.screen.parts import el, picture


def agency_cards(desk: Desk) -> None:
    """One type at a time: its four fields, filled with the example until somebody writes better."""
    conference, say, spoken = desk.conference, desk.say, desk.visitor.language
    picture(el("p.muted", say("desk_agencies.how")), key="agencies-how")
    code = st.selectbox(
        say("desk_agencies.type"), conference.types, format_func=lambda c: AGENCIES[c].short(spoken), key="agency-type"
    )
    if code is None or conference.ended:
        return
    fields = {field: _field(desk, code, field) for field in HINTS}
    with kept_until_saved(desk, f"agency-{code}", fields, say("desk_agencies.save")):
        written = {
            field: st.text_area(label, saved, height=80, key=f"hint-{code}-{field}-{saved}")
            for field, (label, saved) in fields.items()
        }
        if st.form_submit_button(say("desk_agencies.save"), type="primary"):
            for field, text in written.items():
                own = "" if text.strip() == AGENCIES[code].hint(field, spoken) else text
                desk.write(sharing.write_hint, type=code, field=field, text=own)
            st.rerun()


def _field(desk: Desk, code: str, field: str) -> tuple[str, str]:
    """What a field is called, and what stands in it."""
    own = desk.conference.agency_hints.get((code, field))
    label = desk.say(f"contacts.{field}") + ("" if own else desk.say("contacts.example"))
    return label, own or AGENCIES[code].hint(field, desk.visitor.language)
