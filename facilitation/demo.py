"""Marked demo data: made-up conferences (`terms/demo.toml`), played through the verbs that real ones go through.

The same seed gives the same entries, down to ids, keys and times. The keys are therefore known to everybody who has
this file: they open demo conferences and nothing else.
"""

import tomllib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from facilitation import agenda, commands, sharing
from facilitation.access import Who
from facilitation.agenda import Step
from facilitation.calendar import written
from facilitation.cards import TEXTS, write_card
from facilitation.code import LENGTH, LETTERS
from facilitation.conference import Conference
from facilitation.demo_survey import log_of, plan_of
from facilitation.entries import Entry
from facilitation.fold import fold
from facilitation.path import HANDOVERS, TERMS
from facilitation.scenario import Case
from facilitation.survey_commands import link_survey

SEED = 20240301
EARLY = timedelta(minutes=20)
"""Before the first block: the conference is opened and the tables come in."""

ORGANISER = Who("organiser")
PLANS: Sequence[Mapping[str, Any]] = tomllib.loads((TERMS / "demo.toml").read_text("utf-8"))["conference"]


class NoCase(Exception):
    """A case that the demo data play cannot be played here."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.case = case


def evenings(cases: Mapping[str, Mapping[str, Case]], language: str) -> tuple[tuple[Entry, ...], ...]:
    """Every demo conference as the entries of its log, the texts in `language`. Raises NoCase."""
    return tuple(evening(plan, _case(cases, plan["case"], language), language) for plan in PLANS)


def evening(plan: Mapping[str, Any], case: Case, language: str) -> tuple[Entry, ...]:
    """One conference, played as a plan says."""
    return _Evening(plan, case, language).played()


def _case(cases: Mapping[str, Mapping[str, Case]], case: str, language: str) -> Case:
    try:
        return cases[case][language]
    except KeyError:
        raise NoCase(case) from None


class _Evening:
    """One conference while it is played: its log so far, the clock, and chance."""

    def __init__(self, plan: Mapping[str, Any], case: Case, language: str) -> None:
        self.plan, self.case = plan, case
        self.column = 1 if language == "en" else 0
        self.chance = Random(f"{SEED} {plan['code']}")
        self.time = datetime.fromisoformat(f"{plan['date']}T14:00:00+09:00") - EARLY
        self.now = Conference(f"{plan['date']}-{plan['code']}")
        self.entries: list[Entry] = []
        self.seats = [Who("seat", self._id()) for _ in plan["people"]]

    def played(self) -> tuple[Entry, ...]:
        """From opening the doors to the end, or to the scene at which it is still open."""
        self._open()
        self.time += EARLY
        for n, step in enumerate(self.now.steps[1:], 1):
            self._do(commands.open_step, ORGANISER, step=n, base=self.now.step_revision)
            until = self.plan.get("at", {})
            here = bool(until) and step.scene == until["scene"]
            self._play(step, until["spent"] if here else step.seconds)
            if here:
                self._do(commands.pause_timer, ORGANISER, spent=float(until["spent"]))
                return tuple(self.entries)
        self._do(commands.end_conference, ORGANISER)
        return tuple(self.entries)

    def _open(self) -> None:
        plan, scenes = self.plan, self.case.played(self.plan["variant"])
        self._do(
            commands.open_conference,
            ORGANISER,
            **{name: plan[name] for name in ("code", "case", "variant", "date", "types")},
            steps=agenda.plan(plan["variant"], [(scene.n, scene.minutes) for scene in scenes]),
            groups=len(self.seats),
            title=self._text(plan["title"]),
            region=self._text(plan["region"]),
            case_version=str(self.case.version),
            demo=True,
            keys=self._keys(),
        )
        venue = {name: self._text(text) for name, text in plan.get("venue", {}).items()}
        self._do(commands.set_venue, ORGANISER, **venue)
        if survey := plan_of(plan["code"]):
            self._do(link_survey, ORGANISER, survey=log_of(survey, plan["date"]))
        for group, seat in enumerate(self.seats, 1):
            self._wait(90)
            self._do(commands.take_seat, seat, seat=seat.seat)
            self._do(commands.move_seat, seat, seat=seat.seat, group=group)

    def _play(self, step: Step, seconds: int) -> None:
        """What the tables do in a step; its `seconds` are over then."""
        acts: list[Callable[[], None]] = []
        match step.kind:
            case "rules":
                acts = [self._act(commands.accept_rules, seat) for seat in self.seats]
            case "introductions":
                acts = [*self._tables(), *self._roles()]
            case "scene":
                acts = [self._card(row) for row in self.plan["cards"] if row["s"] == step.scene]
                self.chance.shuffle(acts)
            case "table_check":
                acts = self._picks()
            case "survey":
                acts = self._next_steps()
        over = self.time + timedelta(seconds=seconds)
        for act in acts:
            self._wait(seconds // (len(acts) + 1))
            act()
        self.time = over
        if "at" in self.plan and step.scene == self.plan["at"]["scene"]:
            for group in self.plan["ready"]:
                self._do(commands.set_ready, self._seat(group), ready=True)

    def _tables(self) -> list[Callable[[], None]]:
        people = [
            self._act(commands.set_table, seat, people=table)
            for seat, table in zip(self.seats, self.plan["people"], strict=True)
        ]
        lines = [
            self._act(commands.write_line, self._seat(row["g"]), type=row["type"], text=self._text(row["text"]))
            for row in self.plan.get("lines", ())
        ]
        return people + lines

    def _roles(self) -> list[Callable[[], None]]:
        return [
            self._act(
                sharing.state_role,
                self._seat(row["g"]),
                respondent=self._id(),
                type=row["type"],
                strengths=row["can"],
                expected=row["expects"],
            )
            for row in self.plan.get("roles", ())
        ]

    def _card(self, row: Mapping[str, Any]) -> Callable[[], None]:
        card = self._id()
        same = ("type", "stage", "tracks", "reason", "help_code", "handover", "to", "acts")
        fields = {name: row[name] for name in same if name in row}
        fields |= {name: self._text(row[name]) for name in TEXTS if name in row}
        consent = "handover" in row and HANDOVERS[row["handover"]].needs_consent
        fields |= {"scene": row["s"], "consent": consent}
        return self._act(write_card, self._seat(row["g"]), card=card, fields=fields, key=card)

    def _picks(self) -> list[Callable[[], None]]:
        return [
            self._act(
                sharing.make_pick,
                self._seat(row["g"]),
                strength=row["strength"],
                gap=row["gap"],
                help=self._text(row["help"]),
            )
            for row in self.plan.get("picks", ())
        ]

    def _next_steps(self) -> list[Callable[[], None]]:
        return [
            self._act(
                sharing.write_next_step,
                self._seat(row["g"]),
                step=self._id(),
                type=row["type"],
                to=row["to"],
                text=self._text(row["text"]),
            )
            for row in self.plan.get("next_steps", ())
        ]

    def _act(self, verb: Callable[..., commands.Drafts], who: Who, **fields: Any) -> Callable[[], None]:
        return lambda: self._do(verb, who, **fields)

    def _do(self, verb: Callable[..., commands.Drafts], who: Who, **fields: Any) -> None:
        at = written(self.time)
        drafts = verb(self.now, who, **fields)
        new = [
            Entry(self.now.id, revision, draft.kind, draft.author, draft.body, at, draft.key)
            for revision, draft in enumerate(drafts, self.now.revision + 1)
        ]
        self.entries += new
        self.now = fold(self.now, self.now.id, new)

    def _wait(self, most: int) -> None:
        self.time += timedelta(seconds=self.chance.randint(most // 2, most))

    def _text(self, pair: Sequence[str]) -> str:
        return pair[self.column]

    def _seat(self, group: int) -> Who:
        return self.seats[group - 1]

    def _id(self) -> str:
        return f"demo-{self.chance.getrandbits(64):016x}"

    def _keys(self) -> Mapping[str, str]:
        """As `commands.open_conference` draws them, from this evening's chance."""
        drawn = {
            name: urlsafe_b64encode(self.chance.randbytes(15)).decode()
            for name in ("secret", "lead_key", "adviser_key")
        }
        return {**drawn, "adviser_code": "".join(self.chance.choice(LETTERS) for _ in range(LENGTH))}
