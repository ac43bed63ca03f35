"""On the desk: the tables. Who has joined, who has written, who is ready; moving a seat, handing it on."""

import streamlit as st

from facilitation import commands
from facilitation.agencies import AGENCIES
from facilitation.screen.desk import Desk
from facilitation.screen.network import qr
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.room import address_of


def tables(desk: Desk) -> None:
    """All groups side by side, and the seats behind them."""
    conference = desk.conference
    picture(el("div.groups", [_group(desk, n) for n in range(1, conference.groups + 1)]), key="groups")
    lost = sum(not seat.group for seat in conference.seats.values())
    if lost:
        st.text(desk.say("desk.ungrouped", n=lost))
    if conference.seats and not conference.ended:
        _seats(desk)


def _group(desk: Desk, group: int) -> Node:
    conference, say = desk.conference, desk.say
    seats = sum(seat.group == group for seat in conference.seats.values())
    if not seats:
        return el("article.card.group.empty", el("b", say("group", n=group)), el("span", say("desk.waiting")))
    people = sum(conference.people.get(group, {}).values())
    ready = conference.ready.get(group, -1) == conference.step
    here, every = conference.written(group, conference.scene), len(conference.of_group(group))
    return el(
        "article.card.group",
        el("b", say("group", n=group)),
        el("span.pill." + ("covered" if ready else "unasked"), say("desk.ready" if ready else "desk.not_ready")),
        el(
            "span",
            say("desk.joined", n=seats),
            " · ",
            say("desk.people", n=people) if people else say("desk.no_people"),
        ),
        el("span", say("desk.rules_done" if group in conference.rules else "desk.rules_wait")),
        el("span", say("desk.written", n=here, all=every)),
        el("div", [_counted(desk, group, code) for code in conference.types_at(group)]),
    )


def _counted(desk: Desk, group: int, code: str) -> Node:
    agency = AGENCIES[code]
    words = f"{agency.short(desk.visitor.language)} {desk.conference.people[group][code]}"
    return el(f"span.chip.family-{agency.family}", words)


def _seats(desk: Desk) -> None:
    """Move a device to another group, or hand its seat to another device."""
    names = {seat.id: _seat_name(desk, i, seat.group) for i, seat in enumerate(desk.conference.seats.values(), 1)}
    left, middle, right = st.columns([2, 2, 2], vertical_alignment="bottom")
    seat = left.selectbox(desk.say("desk.move"), list(names), format_func=lambda s: names.get(s, s), key="seat")
    if seat is None or seat not in names:
        return
    now = desk.conference.seats[seat].group
    groups = range(1, desk.conference.groups + 1)
    group = middle.selectbox(
        desk.say("desk.filter_group"),
        groups,
        index=groups.index(now) if now in groups else None,
        format_func=lambda n: desk.say("group", n=n),
        key=f"group-of-{seat}-{now}",
        placeholder="–",
    )
    if group and group != now:
        desk.do(commands.move_seat, seat=seat, group=group)
    hand = right.popover(desk.say("desk.hand"), key="hand", on_change="rerun")
    if hand.open:
        with hand:
            _hand_over(desk, seat)


def _hand_over(desk: Desk, seat: str) -> None:
    token = desk.visitor.house.sign({"hand": [desk.conference.id, seat]})
    link = f"{address_of(desk.conference)}/seat/{token}"
    code = el("div.qr", el("img", src=qr(link), alt="QR"), el("p", desk.say("desk.hand_how")))
    picture(code, key=f"hand-{seat}")


def _seat_name(desk: Desk, n: int, group: int) -> str:
    return f"{desk.say('desk.seat', n=n)}　{desk.say('group', n=group) if group else '–'}"
