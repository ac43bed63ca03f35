"""The fold of a conference's log into the conference as it stands.

Rules that keep logs readable for years: a kind never changes its meaning, new fields have defaults, unknown kinds are
skipped, and so are entries that were erased whole. `fold` is pure; the maps of the value before are copied once per
call, so folding n entries costs n steps.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from facilitation import written
from facilitation.access import LEADS
from facilitation.agenda import Step
from facilitation.conference import Card, Check, Conference, NextStep, Note, Pick, Role, Seat, Timer, Venue
from facilitation.entries import Entry
from facilitation.written import pieces

Change = Callable[[Conference, Entry], Mapping[str, Any]]


def fold(before: Conference | None, log: str, entries: Iterable[Entry]) -> Conference:
    """`before` with `entries` added, in their order. `before` stays as it is."""
    now = _own(before or Conference(log))
    for entry in entries:
        change = None if entry.gone else _CHANGES.get(entry.kind)
        changed = change(now, entry) if change else {}
        now = replace(now, revision=entry.revision, latest=max(now.latest, entry.at), **changed)
        for piece in pieces(entry):
            _maps(now.said)[piece] = (*now.said.get(piece, ()), entry.revision)
    return now


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
        said=dict(conference.said),
        picked_from=dict(conference.picked_from),
        checks=dict(conference.checks),
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
        "sensitive": body.get("sensitive", False),
        "care_adviser": body.get("care_adviser", ""),
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
    group, left = entry.body.get("group", seat.group), {seat.group} - {0}
    seats[seat.id] = replace(seat, group=group, before=(seat.before | left) - {group})
    return {}


def _rules(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return {"rules": now.rules | {entry.body["group"]}}


def _table(now: Conference, entry: Entry) -> Mapping[str, Any]:
    _maps(now.people)[entry.body["group"]] = dict(entry.body["people"])
    return {}


def _line(now: Conference, entry: Entry) -> Mapping[str, Any]:
    _weigh(now, entry)
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
    if not before or any(getattr(before, name) != body.get(name, "") for name in ("can", "hard", "help")):
        _weigh(now, entry)
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
        unchecked=now.unchecked(written.card(body["card"])),
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
    _weigh(now, entry)
    _maps(now.picks)[pick.group] = pick
    for card in now.cards.values():
        if pick.help and card.group == pick.group and card.help == pick.help:
            _maps(now.picked_from)[card.id] = (*now.picked_from.get(card.id, ()), entry.revision)
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
    _weigh(now, entry)
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
    _weigh(now, entry)
    if step.text:
        _maps(now.next_steps)[step.id] = step
    else:
        _maps(now.next_steps).pop(step.id, None)
    return {}


def _hint(now: Conference, entry: Entry) -> Mapping[str, Any]:
    _weigh(now, entry)
    _maps(now.agency_hints)[(entry.body["type"], entry.body["field"])] = entry.body["text"]
    return {}


def _survey(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return {"survey": entry.body["survey"]}


def _words_hidden(now: Conference, entry: Entry) -> Mapping[str, Any]:
    about = {entry.body["about"]}
    return {"held": now.held | about if entry.body["hidden"] else now.held - about}


def _deleted(now: Conference, entry: Entry) -> Mapping[str, Any]:
    """Its days count from the latest time that was known: under a clock that had gone back they would be over at once
    when it is right again."""
    deleted = entry.body["deleted"]
    since = max(entry.at, now.latest, entry.body.get("known", ""))
    return {"opened": not deleted, "deleted": since if deleted else ""}


def _care(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return {"care_adviser": entry.body["adviser"]}


def _notice(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return {"notice_told": True}


def _weigh(now: Conference, entry: Entry) -> None:
    """New words of a piece: they wait to be checked where something in them may name a real person, and whatever was
    decided about the words before is over. Who leads a conference keeps words by writing them."""
    about = written.piece(entry)
    found = entry.body.get("personal")
    if found:
        _maps(now.checks)[about] = Check(dict(found), entry.revision, kept=entry.author in LEADS)
    else:
        _maps(now.checks).pop(about, None)


def _words_kept(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return _decided(now, entry, released=False)


def _words_released(now: Conference, entry: Entry) -> Mapping[str, Any]:
    return _decided(now, entry, released=True)


def _decided(now: Conference, entry: Entry, *, released: bool) -> Mapping[str, Any]:
    """A decision about a piece as it was written at the base; about other words it says nothing."""
    about = entry.body["about"]
    check = now.checks.get(about)
    if check and check.revision == entry.body["base"]:
        _maps(now.checks)[about] = replace(check, kept=True, released=released or check.released)
        card = now.cards.get(about.removeprefix("card:"))
        if card and about == written.card(card.id):
            _maps(now.cards)[card.id] = replace(card, unchecked=now.unchecked(about))
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
    "survey_linked": _survey,
    "words_hidden": _words_hidden,
    "words_kept": _words_kept,
    "words_released": _words_released,
    "conference_deleted": _deleted,
    "care_set": _care,
    "notice_told": _notice,
}
