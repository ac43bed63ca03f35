"""On the tablet before the cards: the header, the group, the ground rules, who sits here; and what can be changed."""

import streamlit as st

from facilitation import commands, limits
from facilitation.agencies import AGENCIES
from facilitation.screen.frame import language
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.safety import safety
from facilitation.screen.table import Table
from facilitation.screen.table_parts import clock, step_name
from facilitation.screen.wall_evening import RULES


def header(table: Table) -> Node:
    """Group, place in the timetable, 架空, safety, language, clock."""
    conference, say = table.conference, table.say
    spent = table.visitor.house.spent(conference)
    return el(
        "header.frame.table",
        el("b.group", say("group", n=table.group) if table.group else ""),
        el("span.chip.here", step_name(conference, table.case), data_part="here"),
        el("span.fictional", say("fictional.short")),
        el("span.sample", say("demo.mark")) if conference.demo else None,
        el("span.room"),
        safety(table.visitor.say, conference.venue),
        language(table.visitor),
        el("div.whole", clock(conference, spent, table.visitor.language), data_part="clock"),
        data_at=conference.revision,
    )


def choose_group(table: Table) -> None:
    """One picture and no buttons of the framework's: sixty tablets open this page at one moment, and each button there
    is a widget and a message of its own."""
    groups = range(1, table.conference.groups + 1)
    choice = el("div.choices", [_group(table, group) for group in groups])
    pressed = picture([el("h1.ask", table.say("tablet.choose_group")), choice], key="groups")
    for group in groups:
        if pressed == ["group", group]:
            table.do(commands.move_seat, seat=table.seat.id, group=group)


def _group(table: Table, group: int) -> Node:
    seats = sum(seat.group == group for seat in table.conference.seats.values())
    people = el("small", table.say("tablet.group_people", n=seats)) if seats else None
    return el("button.choice", el("b", table.say("group", n=group)), people, act=["group", group], type="button")


def rules(table: Table) -> None:
    rules = [el("li", table.say(f"rules.{n}")) for n in range(1, RULES + 1)]
    careful = ("care.told", "care.unnamed") if table.conference.sensitive else ()
    told = [el("p.question", table.say(key)) for key in careful]
    picture(el("section.card", el("h1.ask", table.say("tablet.rules")), told, el("ol.rules", rules)), key="rules")
    read = st.checkbox(table.say("tablet.rules_read"), key="rules-read")
    if st.button(table.say("tablet.rules_go"), type="primary", disabled=not read, key="rules-go"):
        table.do(commands.accept_rules)


def people(table: Table) -> None:
    """The agency types at this table and how many people of each."""
    known = table.conference.people.get(table.group, {})
    picture(el("p.muted", table.say("tablet.table_how")), key="people-how")
    with st.form("people", border=False):
        columns = st.columns(3)
        counted = {
            code: columns[i % 3].number_input(
                AGENCIES[code].short(table.visitor.language),
                0,
                limits.PEOPLE_OF_A_TYPE,
                value=known.get(code, 0),
                key=f"people-{code}-{known.get(code, 0)}",
            )
            for i, code in enumerate(table.conference.types)
        }
        if st.form_submit_button(table.say("tablet.table_save"), type="primary"):
            table.do(commands.set_table, people={code: int(n) for code, n in counted.items()})


def changes(table: Table) -> None:
    """Who sits here, and where: drawn only where it is opened (a number field costs as much as five pictures)."""
    if table.conference.ended:
        return
    who = st.expander(table.say("tablet.table_edit"), key="who", on_change="rerun")
    if who.open:
        with who:
            people(table)
    where = st.expander(table.say("tablet.change_group"), key="where", on_change="rerun")
    if where.open:
        with where:
            _other_groups(table)


def _other_groups(table: Table) -> None:
    with st.container(horizontal=True):
        for group in range(1, table.conference.groups + 1):
            if group != table.group and st.button(table.say("group", n=group), key=f"change-{group}"):
                table.do(commands.move_seat, seat=table.seat.id, group=group)
    more = f"/join/{table.conference.code}?more=1"
    others = [(log, seat) for log, seat in table.visitor.seats() if seat != table.seat.id]
    links = [_seat_link(table, log, seat) for log, seat in others]
    picture(el("p", el("a.quiet", table.say("tablet.more_seat"), href=more), links), key="more-seat")


def _seat_link(table: Table, log: str, seat: str) -> Node | None:
    conference = table.visitor.house.conference(log)
    if seat not in conference.seats or log != table.conference.id:
        return None
    group = conference.seats[seat].group
    return el(
        "a.quiet",
        table.say("tablet.other_seat"),
        " ",
        table.say("group", n=group) if group else "",
        href=f"/tablet?s={seat}",
    )
