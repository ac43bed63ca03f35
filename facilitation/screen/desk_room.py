"""On the desk: the room. Joining, address, Wi-Fi, people and places, a second facilitator; and the end."""

import streamlit as st

from facilitation import commands, limits
from facilitation.agencies import AGENCIES, MOST_TYPES
from facilitation.code import shown
from facilitation.screen.desk import Desk
from facilitation.screen.desk_typed import kept_until_saved
from facilitation.screen.network import qr
from facilitation.screen.parts import el, notice, picture
from facilitation.screen.room import address_of, advise_address, candidates, join_address, lead_address

WRITTEN = {
    "wifi": "wifi",
    "wifi_key": "wifi_key",
    "person": "person",
    "room": "quiet",
    "contacts": "contacts",
    "survey": "survey",
    "next_date": "next_date",
    "lecture": "lecture",
}
"""Text fields of `conference.Venue`, each with the word it is called by on the desk."""


def room(desk: Desk) -> None:
    """Left the way in, right what the room needs to know, below who is present."""
    left, right = st.columns([1, 2])
    with left:
        _way_in(desk)
    with right:
        _venue(desk)
    if not desk.conference.ended:
        _present(desk)


def _way_in(desk: Desk) -> None:
    conference, say = desk.conference, desk.say
    code = el("p.code", shown(conference.code))
    address = el("p.address", address_of(conference))
    img = el("img", src=qr(join_address(conference)), alt="QR")
    picture(el("div.qr", el("h3", say("desk.joining")), img, code, address), key="join-qr")
    sheets = (("paper.print", "/paper/"), ("keys.print", "/keys/"))
    printed = [el("a.button", say(key), href=to + conference.id, target="_blank") for key, to in sheets]
    picture(el("p.sheets", printed), key="paper")
    if st.button(say("desk.show_join"), width="stretch"):
        desk.do(commands.show_on_projector, show="join")
    with st.popover(say("desk.second"), width="stretch"):
        img = el("img", src=qr(lead_address(conference)), alt="QR")
        picture(el("div.qr", img, el("p", say("desk.second_how"))), key="second")
    if conference.adviser_code:
        with st.popover(say("desk.advise"), width="stretch"):
            img = el("img", src=qr(advise_address(conference)), alt="QR")
            code = el("p.code", shown(conference.adviser_code))
            picture(el("div.qr", code, el("p", say("desk.advise_how")), img), key="advise-qr")


def _venue(desk: Desk) -> None:
    say, venue = desk.say, desk.conference.venue
    saved = {name: (say(f"desk.{label}"), getattr(venue, name)) for name, label in WRITTEN.items()}
    with kept_until_saved(desk, "venue", saved, say("desk.save")):
        offered = list(dict.fromkeys([address_of(desk.conference), *candidates()]))
        address = st.selectbox(
            say("desk.address"),
            offered,
            accept_new_options=True,
            help=say("desk.address_other"),
            key=f"at-{offered[0]}",
        )
        left, right = st.columns(2)
        fields = {
            "address": str(address or ""),
            "wifi": left.text_input(*saved["wifi"]),
            "wifi_key": right.text_input(*saved["wifi_key"]),
            "person": left.text_input(*saved["person"]),
            "room": right.text_input(*saved["room"]),
            "contacts": st.text_area(*saved["contacts"], height=80),
            "survey": left.text_input(*saved["survey"]),
            "next_date": right.text_input(*saved["next_date"]),
            "lecture": st.text_area(*saved["lecture"], height=110),
        }
        if st.form_submit_button(say("desk.save"), type="primary"):
            desk.do(commands.set_venue, saved=True, **fields)


def _present(desk: Desk) -> None:
    """Agency types and groups, until the end; what a table already uses stays."""
    conference, spoken = desk.conference, desk.visitor.language
    chosen = st.pills(
        desk.say("desk.more_types"),
        list(AGENCIES),
        selection_mode="multi",
        default=list(conference.types),
        format_func=lambda code: AGENCIES[code].short(spoken),
        key=f"types-{'-'.join(conference.types)}",
        wrap=True,
    )
    if len(chosen) > MOST_TYPES:
        notice(desk.say("refused.open.many_types", most=MOST_TYPES))
    elif chosen and set(chosen) != set(conference.types):
        desk.do(commands.set_types, types=chosen)
    groups = st.segmented_control(
        desk.say("desk.more_groups"),
        list(range(1, limits.GROUPS + 1)),
        default=conference.groups,
        key=f"groups-{conference.groups}",
        required=True,
    )
    if groups != conference.groups:
        desk.do(commands.set_groups, groups=groups)


def end(desk: Desk) -> None:
    """Close the conference, open it again, take the record along, go on to what the survey says."""
    conference = desk.conference
    record = el("a.button", desk.say("desk.record"), href=f"/record/{conference.id}")
    results = el("a.button", desk.say("desk.results"), href=f"/results?c={conference.id}")
    picture(el("nav.links", record, results if conference.survey else None), key="record")
    if not conference.ended:
        picture(el("p.muted", desk.say("desk.end_ask")), key="end-ask")
    label = desk.say("desk.reopen" if conference.ended else "desk.end_now")
    if st.button(label, key=f"end-{conference.ended}"):
        desk.do(commands.end_conference, ended=not conference.ended)
