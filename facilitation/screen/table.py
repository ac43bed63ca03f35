"""The tablet of a table: group, ground rules, who sits here, then cards; in the order people need them."""

from typing import Any

import streamlit as st

from facilitation import commands, coverage, limits
from facilitation.access import Who
from facilitation.agencies import AGENCIES, AgencyType
from facilitation.conference import Card, Conference, statements
from facilitation.path import ACTS, BARRIERS, HANDOVERS, HELPS, STAGES, TRACKS
from facilitation.scenario import Case
from facilitation.screen import mapping
from facilitation.screen.frame import language, safety
from facilitation.screen.parts import Node, el, lines, picture, writer
from facilitation.screen.visit import Visit, attempt
from facilitation.screen.wall import RULES, timer_of
from facilitation.texts import catalogue


class Table:
    """One seat's view of its conference, for one run."""

    def __init__(self, visitor: Visit, conference: Conference, seat: str, token: str) -> None:
        self.visitor, self.conference, self.token = visitor, conference, token
        self.seat = conference.seats[seat]
        self.who = Who("seat", seat)
        self.case: Case = visitor.house.case(conference, visitor.language)
        self.say = visitor.say
        self.group = self.seat.group

    def do(self, verb: Any, **fields: Any) -> None:
        """Carry out a command and draw anew."""
        attempt(self.visitor, lambda: self.visitor.house.send(self.conference.id, verb, self.who, **fields))
        st.rerun()

    def draw(self) -> None:
        """What this table needs to do next, and below it what it did."""
        picture(self._header(), key="header")
        if not self.group:
            self._choose_group()
        elif self.group not in self.conference.rules and not self.conference.ended:
            self._rules()
        else:
            self._work()

    # --- the header ------------------------------------------------------------------------------------------------

    def _header(self) -> Node:
        conference, say = self.conference, self.say
        here = conference.here
        name = self._scene_name(here.scene) if here.scene else say(f"step.{here.kind}")
        timer = timer_of(conference, self.visitor.house.spent(conference), self.visitor.language)
        clock = (
            el(
                "div.clock",
                el("span.part", el("span", data_show="part")),
                el("span.time", data_show="left"),
                timer=timer,
                role="timer",
            )
            if conference.timer.seconds and not conference.ended
            else None
        )
        return el(
            "header.frame.table",
            el("b.group", say("group", n=self.group) if self.group else ""),
            el("span.chip.here", name),
            el("span.fictional", say("fictional.short")),
            el("span.sample", say("demo.mark")) if conference.demo else None,
            el("span.room"),
            safety(self.visitor, conference.venue),
            language(self.visitor),
            clock,
        )

    def _scene_name(self, scene: int) -> str:
        of = sum(1 for step in self.conference.steps if step.scene)
        return f"{self.say('scene.number', n=self._number(scene), of=of)}　{self.case.scenes[scene - 1].title}"

    def _number(self, scene: int) -> int:
        """A scene's place in this conference, from 1; a variant that skips scenes numbers its own."""
        return [step.scene for step in self.conference.steps if step.scene].index(scene) + 1

    # --- before the cards ------------------------------------------------------------------------------------------

    def _choose_group(self) -> None:
        picture(el("h1.ask", self.say("tablet.choose_group")), key="ask-group")
        with st.container(horizontal=True, key="groups"):
            for group in range(1, self.conference.groups + 1):
                seats = sum(seat.group == group for seat in self.conference.seats.values())
                name = self.say("group", n=group) + (f"（{self.say('tablet.group_people', n=seats)}）" if seats else "")
                if st.button(name, key=f"group-{group}"):
                    self.do(commands.move_seat, seat=self.seat.id, group=group)

    def _rules(self) -> None:
        rules = [el("li", self.say(f"rules.{n}")) for n in range(1, RULES + 1)]
        picture(el("section.card", el("h1.ask", self.say("tablet.rules")), el("ol.rules", rules)), key="rules")
        read = st.checkbox(self.say("tablet.rules_read"), key="rules-read")
        if st.button(self.say("tablet.rules_go"), type="primary", disabled=not read, key="rules-go"):
            self.do(commands.accept_rules)

    def _people(self) -> None:
        """The agency types at this table and how many people of each."""
        known = self.conference.people.get(self.group, {})
        picture(el("p.muted", self.say("tablet.table_how")), key="people-how")
        with st.form("people", border=False):
            columns = st.columns(3)
            counted = {
                code: columns[i % 3].number_input(
                    AGENCIES[code].short(self.visitor.language),
                    0,
                    limits.PEOPLE_OF_A_TYPE,
                    value=known.get(code, 0),
                    key=f"people-{code}-{known.get(code, 0)}",
                )
                for i, code in enumerate(self.conference.types)
            }
            if st.form_submit_button(self.say("tablet.table_save"), type="primary"):
                st.session_state["people_open"] = False
                self.do(commands.set_table, people={code: int(n) for code, n in counted.items()})

    # --- the work --------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        conference = self.conference
        if conference.ended:
            picture(el("p.empty", self.say("tablet.ended")), key="ended")
        if not conference.types_at(self.group) and not conference.ended:
            picture(el("h1.ask", self.say("tablet.table")), key="ask-people")
            self._people()
            return
        if conference.here.kind == "introductions":
            picture(el("h1.ask", self.say("tablet.line")), key="ask-lines")
            lines(self._lines(), key="lines")
        elif conference.scenes:
            self._scene()
        else:
            picture(
                el(
                    "section.card.waiting",
                    el("h1.ask", self.say(f"step.{conference.here.kind}")),
                    el("p", self.say("tablet.look")),
                    el("p.muted", self.say("tablet.before")),
                ),
                key="waiting",
            )
        if conference.scenes:
            writer(self._writer(), key="writer")
            self._map()
        self._setup()

    def _scene(self) -> None:
        conference, here = self.conference, self.conference.here
        if here.kind == "reveal":
            told = [el("p", line) for line in self.case.bridge(conference.variant, here.position)]
            picture(el("section.card.reveal", el("h2", self.say("tablet.reveal")), told), key="reveal")
        scene = self.case.scenes[conference.scene - 1]
        picture(
            el(
                "section.case",
                el("p.question", scene.question),
                el("details", el("summary", self.say("tablet.story")), el("p.story", scene.narrative)),
            ),
            key="scene",
        )

    def _map(self) -> None:
        own = self.conference.of_group(self.group)
        if own:
            view = coverage.coverage(statements(own, texts=False))
            spoken = self.visitor.language
            shown = el(
                "details.own-map",
                el("summary", self.say("tablet.own_map")),
                el("div.wide", mapping.by_type(view, spoken, view.present)),
                mapping.legend(spoken),
                mapping.sentences(view, spoken),
                mapping.caption(spoken),
                **({"open": True} if self.conference.here.kind in ("break", "table_check") else {}),
            )
            picture(shown, key="own-map")

    def _setup(self) -> None:
        if self.conference.ended:
            return
        with st.expander(self.say("tablet.table_edit")):
            self._people()
        with st.expander(self.say("tablet.change_group")):
            with st.container(horizontal=True):
                for group in range(1, self.conference.groups + 1):
                    if group != self.group and st.button(self.say("group", n=group), key=f"change-{group}"):
                        self.do(commands.move_seat, seat=self.seat.id, group=group)
            more = f"/join/{self.conference.code}?more=1"
            others = [(log, seat) for log, seat in self.visitor.seats() if seat != self.seat.id]
            links = [self._seat_link(log, seat) for log, seat in others]
            picture(el("p", el("a.quiet", self.say("tablet.more_seat"), href=more), links), key="more-seat")

    def _seat_link(self, log: str, seat: str) -> Node | None:
        conference = self.visitor.house.conference(log)
        if seat not in conference.seats or log != self.conference.id:
            return None
        group = conference.seats[seat].group
        return el(
            "a.quiet",
            self.say("tablet.other_seat"),
            " ",
            self.say("group", n=group) if group else "",
            href=f"/tablet?s={seat}",
        )

    # --- what the forms on the device are given ----------------------------------------------------------------------

    def _base(self) -> dict[str, Any]:
        words = {
            key.removeprefix("writer."): text
            for key, text in catalogue(self.visitor.language).items()
            if key.startswith("writer.")
        }
        return {"log": self.conference.id, "seat": self.seat.id, "token": self.token, "words": words}

    def _lines(self) -> dict[str, Any]:
        data = self._base()
        data["words"]["line"] = self.say("tablet.line")
        types = [
            {**self._type(AGENCIES[code]), "line": self.conference.lines.get((self.group, code), "")}
            for code in self.conference.types_at(self.group)
        ]
        return {**data, "types": types}

    def _writer(self) -> dict[str, Any]:
        conference, spoken = self.conference, self.visitor.language
        here = conference.types_at(self.group)
        codes = [code for code in conference.types if code not in here]
        return {
            **self._base(),
            "scene": conference.scene,
            "scenes": [
                {
                    "n": n,
                    "title": self.case.scenes[n - 1].title,
                    "place": self.say("scene.short", n=self._number(n)),
                    "stage": self.case.scenes[n - 1].stages[0],
                }
                for n in conference.scenes
            ],
            "types": [self._type(AGENCIES[code]) for code in here],
            "others": [self._type(AGENCIES[code]) for code in codes],
            "stages": [{"code": stage.code, "name": stage.short(spoken)} for stage in STAGES.values()],
            "handovers": [
                {"code": h.code, "name": h.name(spoken), "consent": h.needs_consent} for h in HANDOVERS.values()
            ],
            **{
                name: [{"code": term.code, "name": term.name(spoken)} for term in terms.values()]
                for name, terms in (("tracks", TRACKS), ("reasons", BARRIERS), ("helps", HELPS), ("acts", ACTS))
            },
            "cards": [self._card(card) for card in conference.of_group(self.group)],
            "ready": conference.ready.get(self.group, -1) == conference.step,
            "ended": conference.ended,
            "limit": limits.STATEMENT,
            "advised": limits.STATEMENT_ADVISED,
        }

    def _type(self, agency: AgencyType) -> dict[str, str]:
        return {"code": agency.code, "name": agency.short(self.visitor.language), "family": agency.family}

    def _card(self, card: Card) -> dict[str, Any]:
        names = (
            "id",
            "revision",
            "scene",
            "type",
            "stage",
            "can",
            "hard",
            "help",
            "reason",
            "help_code",
            "handover",
            "to",
            "consent",
            "hidden",
        )
        fields = {name: getattr(card, name) for name in names}
        return {**fields, "tracks": list(card.tracks), "acts": list(card.acts), "beside": card.beside}
