"""The facilitator's desk: what is open, the clock, the one big button, the tables, the cards.

A button that moves something carries in its key the base it was drawn at: a press that comes after somebody else's
finds no such button any more and moves nothing; the page says so by showing the new state.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from facilitation import agenda, cards, commands, limits
from facilitation.access import Who
from facilitation.agencies import AGENCIES, MOST_TYPES
from facilitation.code import shown
from facilitation.conference import Card, Conference
from facilitation.path import STAGES
from facilitation.scenario import Case
from facilitation.screen.network import qr
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.room import address_of, candidates
from facilitation.screen.visit import Visit, attempt
from facilitation.screen.wall import Wall, timer_of


class Desk:
    """One facilitator's view of one conference, for one run."""

    def __init__(self, visitor: Visit, conference: Conference, who: Who) -> None:
        self.visitor, self.conference, self.who = visitor, conference, who
        self.case: Case = visitor.house.case(conference, visitor.language)
        self.say = visitor.say

    def do(self, verb: Callable[..., Any], **fields: Any) -> None:
        """Carry out a command and draw anew."""
        attempt(self.visitor, lambda: self.visitor.house.send(self.conference.id, verb, self.who, **fields))
        st.rerun()

    # --- the timetable and the clock -------------------------------------------------------------------------------

    def now(self) -> None:
        """What is open, what to say, the clock, and the way on."""
        conference, here = self.conference, self.conference.here
        spent = self.visitor.house.spent(conference)
        picture(self._now_picture(here, spent), key="now")
        left, right = st.columns([3, 2])
        with left:
            self._next()
        with right.container(horizontal=True):
            self._clock_buttons(spent)

    def _now_picture(self, here: agenda.Step, spent: float) -> Node:
        timer = timer_of(self.conference, spent, self.visitor.language)
        clock = el("div.clock", el("span.part", el("span", data_show="part"), " ", el("span", data_show="part-left")),
                   el("span.time", data_show="left"), timer=timer, role="timer") if self.conference.timer.seconds else None
        scene = self.case.scenes[here.scene - 1] if here.scene else None
        texts = [el("p.saying", self.say(f"say.{here.kind}"))]
        if scene:
            texts += [el("p.question", scene.question), self._aside("desk.note", scene.note),
                      self._aside("desk.adviser", scene.adviser)]
        if here.kind == "reveal":
            texts += [el("p.question", line) for line in self.case.bridge(self.conference.variant, here.position)]
        return el("section.card.now", el("div.top", el("h1", self.step_name(here)), clock), texts)

    def _aside(self, title: str, text: str) -> Node:
        return el("p.aside", el("b", self.say(title)), " ", text)

    def step_name(self, step: agenda.Step) -> str:
        """A step in words: a scene by its place in this conference and its title."""
        if not step.scene:
            return self.say(f"step.{step.kind}")
        of = sum(1 for each in self.conference.steps if each.scene)
        return f"{self.say('scene.number', n=step.position + 1, of=of)}　{self.case.scenes[step.scene - 1].title}"

    def _next(self) -> None:
        conference, base = self.conference, self.conference.step_revision
        following = conference.step + 1
        if conference.ended:
            return
        with st.container(horizontal=True):
            if conference.step and st.button(self.say("desk.back"), key=f"back-{base}"):
                self.do(commands.open_step, step=conference.step - 1, base=base)
            if following < len(conference.steps):
                name = self.step_name(conference.steps[following])
                if st.button(self.say("desk.next", step=name), type="primary", key=f"next-{base}"):
                    self.do(commands.open_step, step=following, base=base)
            else:
                st.text(self.say("desk.last"))

    def _clock_buttons(self, spent: float) -> None:
        timer, mark = self.conference.timer, self.conference.timer.revision
        if self.conference.ended:
            return
        if timer.running and st.button(self.say("desk.pause"), key=f"pause-{mark}"):
            self.do(commands.pause_timer, spent=spent)
        if not timer.running and timer.seconds and st.button(self.say("desk.resume"), key=f"resume-{mark}"):
            self.do(commands.resume_timer)
        if st.button(self.say("desk.minute"), key=f"minute-{mark}"):
            self.do(commands.add_minute, spent=spent)

    def timetable(self) -> None:
        """All steps, with the way to jump ahead when time is short."""
        rows = [el("li" + (".on" if i == self.conference.step else ".done" if i < self.conference.step else ""),
                   self.step_name(step), el("span.muted", self.say("desk.timed", m=step.seconds // 60)) if step.seconds else None)
                for i, step in enumerate(self.conference.steps)]
        picture(el("ol.timetable", rows), key="timetable")
        st.caption(self.say("desk.when_late"))
        ahead = list(range(self.conference.step + 1, len(self.conference.steps)))
        if ahead and not self.conference.ended:
            step = st.selectbox(self.say("desk.skip"), ahead, index=None, key=f"skip-{self.conference.step_revision}",
                                placeholder="…", format_func=lambda i: self.step_name(self.conference.steps[i]))
            if step is not None:
                self.do(commands.open_step, step=step, base=self.conference.step_revision)

    def on_wall(self) -> None:
        """What the projector shows until the next step."""
        names = {"auto": self.say("desk.wall_auto")} | {name: self.say(f"step.{name}") for name in commands.SHOWN[1:-1]}
        show = st.segmented_control(self.say("desk.on_wall"), list(names), default=self.conference.show, format_func=names.get,
                                    key=f"wall-{self.conference.step_revision}-{self.conference.show}", required=True)
        if show != self.conference.show:
            self.do(commands.show_on_projector, show=show)

    # --- the tables ------------------------------------------------------------------------------------------------

    def groups(self) -> None:
        """Who has joined, who has written, who is ready."""
        conference = self.conference
        picture(el("div.groups", [self._group(n) for n in range(1, conference.groups + 1)]), key="groups")
        lost = [seat for seat in conference.seats.values() if not seat.group]
        if lost:
            st.text(self.say("desk.ungrouped", n=len(lost)))
        if conference.seats and not conference.ended:
            self._seats()

    def _group(self, group: int) -> Node:
        conference, say = self.conference, self.say
        seats = sum(seat.group == group for seat in conference.seats.values())
        if not seats:
            return el("article.card.group.empty", el("b", say("group", n=group)), el("span.muted", say("desk.waiting")))
        people = sum(conference.people.get(group, {}).values())
        ready = conference.ready.get(group, -1) == conference.step
        here, every = conference.written(group, conference.scene), len(conference.of_group(group))
        types = [el(f"span.chip.family-{AGENCIES[code].family}", f"{AGENCIES[code].short(self.visitor.language)} {conference.people[group][code]}")
                 for code in conference.types_at(group)]
        return el(
            "article.card.group", el("b", say("group", n=group)),
            el("span.pill." + ("covered" if ready else "unasked"), say("desk.ready" if ready else "desk.not_ready")),
            el("span", say("desk.joined", n=seats), " · ", say("desk.people", n=people) if people else say("desk.no_people")),
            el("span", say("desk.rules_done" if group in conference.rules else "desk.rules_wait")),
            el("span", say("desk.written", n=here, all=every)), el("div", types),
        )

    def _seats(self) -> None:
        seats = list(self.conference.seats.values())
        names = {seat.id: f"{self.say('desk.seat', n=i + 1)}　{self.say('group', n=seat.group) if seat.group else '–'}"
                 for i, seat in enumerate(seats)}
        left, middle, right = st.columns([2, 2, 2], vertical_alignment="bottom")
        seat = left.selectbox(self.say("desk.move"), list(names), format_func=names.get, key="seat")
        now = self.conference.seats[seat].group
        group = middle.selectbox(self.say("desk.filter_group"), range(1, self.conference.groups + 1), index=max(0, now - 1),
                                 format_func=lambda n: self.say("group", n=n), key=f"group-of-{seat}-{now}")
        if now and group != now:
            self.do(commands.move_seat, seat=seat, group=group)
        with right.popover(self.say("desk.hand")):
            token = self.visitor.house.sign({"hand": [self.conference.id, seat]})
            link = f"http://{address_of(self.conference)}/seat/{token}"
            picture(el("div.qr", el("img", src=qr(link), alt="QR"), el("p", self.say("desk.hand_how"))), key=f"hand-{seat}")

    # --- the cards -------------------------------------------------------------------------------------------------

    def cards(self) -> None:
        """All cards by group and scene; hold back, bring back, correct."""
        conference = self.conference
        if not any(card.readable for card in conference.cards.values()):
            picture(el("p.empty", self.say("desk.no_cards")), key="no-cards")
            return
        with st.container(horizontal=True):
            group = st.selectbox(self.say("desk.filter_group"), [0, *range(1, conference.groups + 1)], width=160,
                                 format_func=lambda n: self.say("group", n=n) if n else self.say("desk.all"), key="cards-group")
            scene = st.selectbox(self.say("desk.filter_scene"), [0, *conference.scenes], width=280, key="cards-scene",
                                 format_func=lambda n: self.case.scenes[n - 1].title if n else self.say("desk.all"))
        for card in reversed(list(conference.cards.values())):
            if card.readable and group in (0, card.group) and scene in (0, card.scene):
                self._card(card)

    def _card(self, card: Card) -> None:
        with st.container(border=True, key=f"card-{card.id}"):
            left, right = st.columns([5, 1])
            with left:
                picture(card_picture(card, self.visitor.language), key=f"picture-{card.id}")
            with right:
                label = self.say("desk.unhide" if card.hidden else "desk.hide")
                if st.button(label, key=f"hide-{card.id}-{card.hidden}", width="stretch"):
                    self.do(cards.hide_card, card=card.id, hidden=not card.hidden)
                if not self.conference.ended:
                    with st.popover("…", help=self.say("desk.correct")):
                        self._correct(card)

    def _correct(self, card: Card) -> None:
        spoken = self.visitor.language
        kind = st.selectbox(self.say("writer.who"), self.conference.types, key=f"type-{card.id}-{card.revision}",
                            index=_index(self.conference.types, card.type), format_func=lambda c: AGENCIES[c].short(spoken))
        stage = st.selectbox(self.say("writer.stage"), list(STAGES), index=_index(tuple(STAGES), card.stage),
                             format_func=lambda s: STAGES[s].short(spoken), key=f"stage-{card.id}-{card.revision}")
        if (kind, stage) != (card.type, card.stage):
            self.do(cards.correct_card, card=card.id, type=kind, stage=stage)

    # --- the room --------------------------------------------------------------------------------------------------

    def room(self) -> None:
        """Joining, address, Wi-Fi, people and places of the venue; a second facilitator."""
        conference, say, venue = self.conference, self.say, self.conference.venue
        wall = Wall(conference, self.case, self.visitor.language, 0.0, address_of(conference))
        left, right = st.columns([1, 2])
        with left:
            picture(el("div.qr", el("h3", say("desk.joining")), el("img", src=qr(wall.join_address), alt="QR"),
                       el("p.code", shown(conference.code)), el("p.address", address_of(conference))), key="join-qr")
            if st.button(say("desk.show_join"), width="stretch"):
                self.do(commands.show_on_projector, show="join")
            with st.popover(say("desk.second"), width="stretch"):
                link = f"http://{address_of(conference)}/lead/{conference.id}/{conference.lead_key}"
                picture(el("div.qr", el("img", src=qr(link), alt="QR"), el("p", say("desk.second_how"))), key="second")
        with right, st.form("venue", border=False):
            offered = list(dict.fromkeys([address_of(conference), *candidates()]))
            fields = {"address": st.selectbox(say("desk.address"), offered, accept_new_options=True,
                                              help=say("desk.address_other"))}
            a, b = st.columns(2)
            fields |= {"wifi": a.text_input(say("desk.wifi"), venue.wifi), "wifi_key": b.text_input(say("desk.wifi_key"), venue.wifi_key),
                       "person": a.text_input(say("desk.person"), venue.person), "room": b.text_input(say("desk.quiet"), venue.room)}
            fields["contacts"] = st.text_area(say("desk.contacts"), venue.contacts, height=80)
            fields |= {"survey": a.text_input(say("desk.survey"), venue.survey), "lecture": b.text_input(say("desk.lecture"), venue.lecture)}
            fields["next_date"] = st.text_input(say("desk.next_date"), venue.next_date)
            if st.form_submit_button(say("desk.save"), type="primary"):
                st.toast(say("desk.saved"))
                self.do(commands.set_venue, **{name: value or "" for name, value in fields.items()})
        if not conference.ended:
            self._types()

    def _types(self) -> None:
        conference, spoken = self.conference, self.visitor.language
        chosen = st.pills(self.say("desk.more_types"), list(AGENCIES), selection_mode="multi", default=list(conference.types),
                          format_func=lambda c: AGENCIES[c].short(spoken), key=f"types-{'-'.join(conference.types)}")
        if set(chosen) != set(conference.types) and 0 < len(chosen) <= MOST_TYPES:
            self.do(commands.set_types, types=chosen)
        groups = st.segmented_control(self.say("desk.more_groups"), range(1, limits.GROUPS + 1), default=conference.groups,
                                      key=f"groups-{conference.groups}", required=True)
        if groups != conference.groups:
            self.do(commands.set_groups, groups=groups)

    def end(self) -> None:
        """Close the conference, open it again, take the record along."""
        conference = self.conference
        picture(el("p", el("a.button", self.say("desk.record"), href=f"/record/{conference.id}")), key="record")
        st.text(self.say("desk.end_ask"))
        label = "desk.reopen" if conference.ended else "desk.end_now"
        if st.button(self.say(label), key=f"end-{conference.ended}"):
            self.do(commands.end_conference, ended=not conference.ended)


def card_picture(card: Card, language: str) -> Node:
    """A card as everybody who may see it sees it."""
    from facilitation.texts import say

    agency = AGENCIES[card.type]
    lines = [el(f"p.{name}", el("b", say(language, f"writer.{name}")), " ", getattr(card, name))
             for name in cards.TEXTS if getattr(card, name)]
    held = el("span.pill.unasked", say(language, "desk.hidden")) if card.hidden else None
    return el(f"div.statement.family-{agency.family}", el("p.muted", say(language, "group", n=card.group), " · ",
              agency.short(language), " · ", STAGES[card.stage].short(language), " ", held), lines)


def _index(values: tuple[str, ...], value: str) -> int:
    return values.index(value) if value in values else 0
