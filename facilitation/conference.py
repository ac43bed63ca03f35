"""A conference as it stands: one frozen value, worked out from its log by `fold`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from facilitation import written
from facilitation.agenda import Step
from facilitation.statements import Statement

KIND = "conference"
"""The kind of log a conference is kept in."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One device that writes for a group; `group` 0 until it has chosen one. `before`: the groups it was moved from."""

    id: str
    group: int = 0
    rules: bool = False
    before: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Check:
    """Words that may name a real person (domain C17), as they were written at `revision`: `kinds` says what and how
    often. `kept`: who wrote them says that they are fictional; `released`: those who lead say so too."""

    kinds: Mapping[str, int]
    revision: int
    kept: bool = False
    released: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """The three-field answer, as it was last written. `revision` is the card's own base for the next edit.

    `wish`: a help beside a hard that does not make it conditional (a row of its own on a sheet). `paper`: for a card
    filled in from paper, what tells that sheet's words from others. `unchecked`: its words wait for a `Check`.
    """

    id: str
    group: int
    scene: int
    type: str
    stage: str
    revision: int
    at: str
    seat: str = ""
    key: str = ""
    tracks: tuple[str, ...] = ()
    can: str = ""
    hard: str = ""
    reason: str = ""
    help: str = ""
    help_code: str = ""
    handover: str = ""
    to: str = ""
    consent: bool = False
    acts: tuple[str, ...] = ()
    hidden: bool = False
    withdrawn: bool = False
    beside: str = ""
    versions: tuple[int, ...] = ()
    wish: str = ""
    paper: str = ""
    unchecked: bool = False

    @property
    def readable(self) -> bool:
        """On the table's own screen and in the map."""
        return not self.withdrawn and not self.erased

    @property
    def erased(self) -> bool:
        """Whether its words are gone for good: no card can be written without any."""
        return not (self.can or self.hard or self.help)

    @property
    def public(self) -> bool:
        """May be projected, quoted and exported."""
        return self.readable and not self.hidden and not self.unchecked

    @property
    def waiting(self) -> bool:
        """Others may know that it is there, and not what it says."""
        return self.readable and not self.hidden and self.unchecked


@dataclass(frozen=True, slots=True)
class Role:
    """What one person at a table said of the own agency type (an agency's own statement, no survey answer, C5).

    `strengths`: stage → 0, 1 or 2; `expected`: stage → the types asked for there.
    """

    respondent: str
    group: int
    type: str
    strengths: Mapping[str, int]
    expected: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Pick:
    """What a table chose of its own map: a stage as strength, one as gap, and what would help."""

    group: int
    strength: str = ""
    gap: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Words beside a picture: an adviser's comment, or what another table wrote on a group's map.

    `about` names what it is attached to: `scene:2`, `stage:S4`, `cell:HC:S4`, `bridge:S5-S6`, `group:3`, or "" for
    the whole; `by` is an adviser's role in words, or the writing group's number.
    """

    id: str
    about: str
    text: str
    by: str
    adviser: bool
    at: str
    revision: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """明日からの一歩: whom (an agency type) and what; kept for the question after three months."""

    id: str
    group: int
    type: str
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Timer:
    """The clock of the open step: `spent` seconds were gone at `at` (UTC); it runs on from there if `running`.

    `revision` names the entry that set it: a server counts from when it saw that entry, so that a wall clock
    put forward or back does not move the timer.
    """

    seconds: int = 0
    spent: float = 0.0
    running: bool = False
    at: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Venue:
    """What the room needs to know: where tablets connect, who is there for people, where to call."""

    address: str = ""
    wifi: str = ""
    wifi_key: str = ""
    person: str = ""
    room: str = ""
    contacts: str = ""
    survey: str = ""
    lecture: str = ""
    next_date: str = ""


@dataclass(frozen=True, slots=True)
class Conference:
    """One meeting around a fictional case.

    `sent`: what a device's key last wrote, so that a repeat is told from new words under the same key (F8). `said`:
    where in the log a piece of words stands (`written`); `picked_from`: card → where its help was picked; `held`: the
    pieces kept from wall and record; `checks`: the pieces in which somebody real may be named. `deleted`: since when it
    is on its way out ("": it is not); until it is taken back it counts as not `opened`. `latest`: the latest time that
    any entry carries: not that of the last one, where a clock went back.
    """

    id: str
    revision: int = 0
    opened: bool = False
    code: str = ""
    secret: str = ""
    lead_key: str = ""
    title: str = ""
    case: str = ""
    case_version: str = ""
    variant: str = ""
    date: str = ""
    demo: bool = False
    groups: int = 0
    types: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    step: int = 0
    step_revision: int = 0
    scenes: tuple[int, ...] = ()
    timer: Timer = Timer()
    show: str = "auto"
    venue: Venue = Venue()
    ended: bool = False
    seats: Mapping[str, Seat] = field(default_factory=dict)
    people: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    rules: frozenset[int] = frozenset()
    lines: Mapping[tuple[int, str], str] = field(default_factory=dict)
    cards: Mapping[str, Card] = field(default_factory=dict)
    ready: Mapping[int, int] = field(default_factory=dict)
    sent: Mapping[str, Card] = field(default_factory=dict)
    adviser_code: str = ""
    adviser_key: str = ""
    sensitive: bool = False
    care_adviser: str = ""
    notice_told: bool = False
    roles: Mapping[str, Role] = field(default_factory=dict)
    picks: Mapping[int, Pick] = field(default_factory=dict)
    hearts: Mapping[tuple[str, int], str] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)
    next_steps: Mapping[str, NextStep] = field(default_factory=dict)
    agency_hints: Mapping[tuple[str, str], str] = field(default_factory=dict)
    region: str = ""
    survey: str = ""
    said: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    picked_from: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    checks: Mapping[str, Check] = field(default_factory=dict)
    deleted: str = ""
    latest: str = ""

    @property
    def here(self) -> Step:
        """The open step."""
        return self.steps[self.step] if self.steps else Step("reception")

    @property
    def scene(self) -> int:
        """The scene opened last (the case's own number), 0 before the first."""
        return self.scenes[-1] if self.scenes else 0

    def of_group(self, group: int) -> tuple[Card, ...]:
        """The cards of one group that are not withdrawn, in the order they were first written."""
        return tuple(card for card in self.cards.values() if card.group == group and card.readable)

    def of_scene(self, scene: int) -> tuple[Card, ...]:
        """The cards of one scene that are not withdrawn."""
        return tuple(card for card in self.cards.values() if card.scene == scene and card.readable)

    def types_at(self, group: int) -> tuple[str, ...]:
        """The agency types a table said are present, in the conference's order."""
        chosen = self.people.get(group, {})
        return tuple(code for code in self.types if chosen.get(code, 0) > 0)

    def picked_help(self, group: int) -> str:
        """What a table picked as its help; nothing where the words stand only on cards held back or withdrawn since."""
        picked = self.picks[group].help if group in self.picks else ""
        said = [card for card in self.cards.values() if card.group == group and card.help == picked]
        shown = any(card.public for card in said) if said else self.shows(written.pick(group))
        return picked if shown else ""

    def unchecked(self, about: str) -> bool:
        """Whether the words of a piece wait to be checked (`Check`)."""
        return about in self.checks and not self.checks[about].released

    def shows(self, about: str) -> bool:
        """Whether others than its writer may read a piece."""
        return about not in self.held and not self.unchecked(about)

    def public_lines(self) -> Mapping[tuple[int, str], str]:
        """The tables' lines that may be projected and exported, by group and type."""
        return {at: text for at, text in self.lines.items() if text and self.shows(written.line(*at))}

    def public_notes(self) -> tuple[Note, ...]:
        """The words beside pictures that others than their writer may see."""
        return tuple(note for note in self.notes.values() if self.shows(written.note(note.id)))

    def public_steps(self) -> tuple[NextStep, ...]:
        """The next steps that may be projected and exported."""
        return tuple(step for step in self.next_steps.values() if self.shows(written.step(step.id)))

    def written(self, group: int, scene: int) -> int:
        """How many cards a group has in a scene."""
        return sum(card.group == group and card.scene == scene and card.readable for card in self.cards.values())


def statements(cards: Iterable[Card], *, texts: bool = True) -> tuple[Statement, ...]:
    """The cards cut into statements (domain §7.0). A hand-over stands on the can, or on the hard where there is none;
    a help beside a hard makes that hard conditional and is no statement of its own (a `wish` is one); a help without a
    code counts as E_OTHER. A card whose words wait to be checked counts without them."""
    return tuple(statement for card in cards if card.readable for statement in _cut(card, texts))


def _cut(card: Card, texts: bool) -> Iterable[Statement]:
    texts = texts and not card.unchecked
    help_code = card.help_code or ("E_OTHER" if card.help and not card.wish else "")
    common: dict[str, Any] = {
        "card": card.id,
        "type": card.type,
        "stage": card.stage,
        "group": str(card.group),
        "scene": card.scene,
        "tracks": card.tracks,
    }
    link: dict[str, Any] = {"handover": card.handover, "to": card.to}
    if card.can:
        yield Statement(kind="can", text=card.can if texts else "", **link, **common)
    if card.hard:
        own: dict[str, Any] = {} if card.can else link
        yield Statement(
            kind="hard", text=card.hard if texts else "", reason=card.reason, help=help_code, **own, **common
        )
    if card.wish or (help_code and not card.hard):
        yield Statement(kind="help", text=card.help if texts else "", help=card.wish or help_code, **common)
