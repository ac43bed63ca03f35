"""A conference as it stands: the fold of its log into one frozen value.

Rules that keep logs readable for years: a kind never changes its meaning, new fields have defaults, unknown kinds are
skipped. `fold` is pure; the maps of the value before are copied once per call, so folding n entries costs n steps.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from facilitation.agenda import Step
from facilitation.entries import Entry
from facilitation.statements import Statement

KIND = "conference"
"""The kind of log a conference is kept in."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One device that writes for a group; `group` 0 until it has chosen one."""

    id: str
    group: int = 0
    rules: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """The three-field answer, as it was last written. `revision` is the card's own base for the next edit.

    `wish`: a help beside a hard that does not make it conditional (a row of its own on a sheet). `paper`: for a card
    filled in from paper, what tells that sheet's words from others.
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

    @property
    def readable(self) -> bool:
        """On the table's own screen and in the map."""
        return not self.withdrawn

    @property
    def public(self) -> bool:
        """May be projected, quoted and exported."""
        return not self.withdrawn and not self.hidden


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
    """One meeting around a fictional case. `sent`: what a device's key last wrote, so that a repeat is told from new
    words under the same key (F8)."""

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
    roles: Mapping[str, Role] = field(default_factory=dict)
    picks: Mapping[int, Pick] = field(default_factory=dict)
    hearts: Mapping[tuple[str, int], str] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)
    next_steps: Mapping[str, NextStep] = field(default_factory=dict)
    agency_hints: Mapping[tuple[str, str], str] = field(default_factory=dict)
    region: str = ""

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

    def written(self, group: int, scene: int) -> int:
        """How many cards a group has in a scene."""
        return sum(card.group == group and card.scene == scene and card.readable for card in self.cards.values())


def fold(before: Conference | None, log: str, entries: Iterable[Entry]) -> Conference:
    """`before` with `entries` added, in their order. `before` stays as it is."""
    now = _own(before or Conference(log))
    for entry in entries:
        change = _CHANGES.get(entry.kind)
        changed = change(now, entry) if change else {}
        now = replace(now, revision=entry.revision, **changed)
    return now


def statements(cards: Iterable[Card], *, texts: bool = True) -> tuple[Statement, ...]:
    """The cards cut into statements (domain §7.0). A hand-over stands on the can, or on the hard where there is none;
    a help beside a hard makes that hard conditional and is no statement of its own (a `wish` is one); a help without a
    code counts as E_OTHER."""
    return tuple(statement for card in cards if card.readable for statement in _cut(card, texts))


def _cut(card: Card, texts: bool) -> Iterable[Statement]:
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


Change = Callable[[Conference, Entry], Mapping[str, Any]]


def _own(conference: Conference) -> Conference:
    """A working copy whose maps may be filled until `fold` hands it out."""
    return replace(
        conference,
        seats=dict(conference.seats),
        people=dict(conference.people),
        lines=dict(conference.lines),
        cards=dict(conference.cards),
        ready=dict(conference.ready),
        sent=dict(conference.sent),
        roles=dict(conference.roles),
        picks=dict(conference.picks),
        hearts=dict(conference.hearts),
        notes=dict(conference.notes),
        next_steps=dict(conference.next_steps),
        agency_hints=dict(conference.agency_hints),
    )


def _opened(now: Conference, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    return {
        "opened": True,
        "code": body["code"],
        "secret": body["secret"],
        "lead_key": body.get("lead_key", ""),
        "adviser_code": body.get("adviser_code", ""),
        "adviser_key": body.get("adviser_key", ""),
        "title": body.get("title", ""),
        "case": body["case"],
        "case_version": body.get("case_version", ""),
        "variant": body["variant"],
        "date": body.get("date", entry.at[:10]),
        "region": body.get("region", ""),
        "demo": body.get("demo", False),
        "groups": body["groups"],
        "types": tuple(body["types"]),
        "steps": tuple(Step.of(step) for step in body["steps"]),
    }


def _types(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return {"types": tuple(entry.body["types"])}


def _groups(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return {"groups": entry.body["groups"]}


def _venue(now: Conference, entry: Entry) -> Mapping[str, Any]:
    known = {name: str(value) for name, value in entry.body.items() if name in Venue.__dataclass_fields__}
    return {"venue": replace(now.venue, **known)}


def _seat(now: Conference, entry: Entry) -> Mapping[str, Any]:
    seats = _maps(now.seats)
    seat = seats.get(entry.body["seat"], Seat(entry.body["seat"]))
    seats[seat.id] = replace(seat, group=entry.body.get("group", seat.group))
    return {}


def _rules(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return {"rules": now.rules | {entry.body["group"]}}


def _table(now: Conference, entry: Entry) -> Mapping[str, Any]:
    _maps(now.people)[entry.body["group"]] = dict(entry.body["people"])
    return {}


def _line(now: Conference, entry: Entry) -> Mapping[str, Any]:
    _maps(now.lines)[(entry.body["group"], entry.body["type"])] = entry.body["text"]
    return {}


def _step(now: Conference, entry: Entry) -> Mapping[str, Any]:
    step = entry.body["step"]
    here = now.steps[step]
    scenes = now.scenes if not here.scene or here.scene in now.scenes else (*now.scenes, here.scene)
    closed = entry.body.get("closes", 0)
    return {
        "step": step,
        "step_revision": entry.revision,
        "scenes": tuple(scene for scene in scenes if scene != closed),
        "timer": Timer(here.seconds, 0.0, here.seconds > 0, entry.at, entry.revision),
        "show": "auto",
    }


def _timer(now: Conference, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    seconds = now.timer.seconds + body.get("more", 0)
    timer = Timer(seconds, body.get("spent", now.timer.spent), body["running"], entry.at, entry.revision)
    return {"timer": timer}


def _show(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return {"show": entry.body["show"]}


def _card(now: Conference, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    cards = _maps(now.cards)
    before = cards.get(body["card"])
    cards[body["card"]] = card = Card(
        id=body["card"],
        group=body["group"],
        scene=body["scene"],
        type=body["type"],
        stage=body["stage"],
        revision=entry.revision,
        at=entry.at,
        seat=entry.author,
        key=entry.key,
        tracks=tuple(body.get("tracks", ())),
        can=body.get("can", ""),
        hard=body.get("hard", ""),
        reason=body.get("reason", ""),
        help=body.get("help", ""),
        help_code=body.get("help_code", ""),
        handover=body.get("handover", ""),
        to=body.get("to", ""),
        consent=body.get("consent", False),
        acts=tuple(body.get("acts", ())),
        hidden=before.hidden if before else False,
        beside=body.get("beside", before.beside if before else ""),
        versions=(*before.versions, entry.revision) if before else (entry.revision,),
        wish=body.get("wish", before.wish if before and before.help == body.get("help", "") else ""),
        paper=body.get("paper", before.paper if before else ""),
    )
    if entry.key:
        _maps(now.sent)[_first_key(entry.key)] = card
    return {}


def _first_key(key: str) -> str:
    """The device's own key of a card entry: new words under a key that was used carry it as `key+revision`."""
    return key.partition("+")[0]


def _withdrawn(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return _mark(now, entry, withdrawn=entry.body.get("withdrawn", True), revision=entry.revision)


def _hidden(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return _mark(now, entry, hidden=entry.body["hidden"])


def _mark(now: Conference, entry: Entry, **marks: Any) -> Mapping[str, Any]:
    card = now.cards.get(entry.body["card"])
    if card:
        _maps(now.cards)[card.id] = replace(card, **marks)
    return {}


def _ready(now: Conference, entry: Entry) -> Mapping[str, Any]:
    _maps(now.ready)[entry.body["group"]] = entry.body["step"] if entry.body["ready"] else -1
    return {}


def _ended(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return {"ended": entry.body.get("ended", True), "timer": replace(now.timer, running=False)}


def _role(now: Conference, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    expected = {stage: tuple(types) for stage, types in body["expected"].items()}
    role = Role(body["respondent"], body["group"], body["type"], dict(body["strengths"]), expected)
    _maps(now.roles)[role.respondent] = role
    return {}


def _pick(now: Conference, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    pick = Pick(body["group"], body.get("strength", ""), body.get("gap", ""), body.get("help", ""))
    _maps(now.picks)[pick.group] = pick
    return {}


def _heart(now: Conference, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    if body["given"]:
        _maps(now.hearts)[(body["card"], body["group"])] = body["type"]
    else:
        _maps(now.hearts).pop((body["card"], body["group"]), None)
    return {}


def _star(now: Conference, entry: Entry) -> Mapping[str, Any]:
    card = entry.body["card"]
    stars = tuple(star for star in now.stars if star != card)
    return {"stars": (*stars, card) if entry.body["starred"] else stars}


def _note(now: Conference, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    notes = _maps(now.notes)
    if body["text"]:
        notes[body["note"]] = Note(
            body["note"], body["about"], body["text"], body["by"], body["adviser"], entry.at, entry.revision
        )
    else:
        notes.pop(body["note"], None)
    return {}


def _next_step(now: Conference, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    step = NextStep(body["step"], body["group"], body["type"], body["to"], body["text"])
    if step.text:
        _maps(now.next_steps)[step.id] = step
    else:
        _maps(now.next_steps).pop(step.id, None)
    return {}


def _hint(now: Conference, entry: Entry) -> Mapping[str, Any]:
    _maps(now.agency_hints)[(entry.body["type"], entry.body["field"])] = entry.body["text"]
    return {}


def _maps(mapping: Mapping[Any, Any]) -> dict[Any, Any]:
    """A map of the working copy, for filling."""
    assert isinstance(mapping, dict)
    return mapping


_CHANGES: Mapping[str, Change] = {
    "conference_opened": _opened,
    "types_set": _types,
    "groups_set": _groups,
    "venue_set": _venue,
    "seat_taken": _seat,
    "seat_moved": _seat,
    "rules_accepted": _rules,
    "table_set": _table,
    "line_written": _line,
    "step_opened": _step,
    "timer_set": _timer,
    "projector_set": _show,
    "card_written": _card,
    "card_withdrawn": _withdrawn,
    "card_hidden": _hidden,
    "ready_set": _ready,
    "conference_ended": _ended,
    "role_stated": _role,
    "pick_made": _pick,
    "heart_given": _heart,
    "star_set": _star,
    "note_written": _note,
    "next_step_written": _next_step,
    "hint_written": _hint,
}
