"""The verbs of a conference: each looks at the conference as it stands, and answers with drafts or with a refusal.

Pure: no clock, no store, no language. `who` is checked here and not only in a menu. A command that replaces something
carries the base it was drawn from (a card's own revision, the open step), so two people who press at once are told
apart; a command that would change nothing answers with no drafts.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from facilitation import care, limits
from facilitation.access import LEADS, Refused, Who, require
from facilitation.agencies import AGENCIES, MOST_TYPES
from facilitation.agenda import Step
from facilitation.code import new_code
from facilitation.conference import Conference
from facilitation.entries import Draft
from facilitation.typed import clean

Drafts = tuple[Draft, ...]


def open_conference(
    conference: Conference,
    who: Who,
    *,
    code: str,
    case: str,
    variant: str,
    steps: Sequence[Step],
    groups: int,
    types: Sequence[str],
    title: str = "",
    case_version: str = "",
    date: str = "",
    demo: bool = False,
    region: str = "",
    keys: Mapping[str, str] | None = None,
    prepared: Mapping[str, Any] | None = None,
    key: str = "",
) -> Drafts:
    """Open it. The QR's secret, the facilitators' key and the advisers' code are drawn here, unless `keys` brings
    them: demo data are the same every time. `prepared`: for a case to be handled with care (`care.prepared`)."""
    require(who, "organiser")
    if conference.opened or conference.deleted:
        return ()
    if not 1 <= groups <= limits.GROUPS:
        raise Refused("open.groups", most=limits.GROUPS)
    cared = {} if prepared is None else care.prepared(prepared)
    body = {
        "code": code,
        **({"sensitive": True, "care_adviser": cared["adviser"]} if cared else {}),
        **(_fresh_keys() if keys is None else keys),
        "title": words(title, limits.NOTE, "open.title"),
        "case": case,
        "case_version": case_version,
        "variant": variant,
        "date": date,
        **({"region": words(region, limits.LINE, "venue.long")} if region else {}),
        "demo": demo,
        "groups": groups,
        "types": known_types(types),
        "steps": [step.body() for step in steps],
    }
    told = (Draft("venue_set", who.author, {"contacts": cared["contacts"]}),) if cared else ()
    return (Draft("conference_opened", who.author, body, key), *told)


def _fresh_keys() -> Mapping[str, str]:
    """What nobody may guess: 96 bit in the QR, 128 bit for facilitators and advisers (who may type a code instead)."""
    return {
        "secret": secrets.token_urlsafe(12),
        "lead_key": secrets.token_urlsafe(16),
        "adviser_code": new_code(),
        "adviser_key": secrets.token_urlsafe(16),
    }


def set_types(conference: Conference, who: Who, *, types: Sequence[str]) -> Drafts:
    """Which agency types are present; a type a table already speaks for stays."""
    require(who, *LEADS)
    running(conference)
    spoken = {code for people in conference.people.values() for code, n in people.items() if n}
    spoken |= {card.type for card in conference.cards.values() if card.readable}
    chosen = known_types([*types, *sorted(spoken - set(types))])
    return () if tuple(chosen) == conference.types else (Draft("types_set", who.author, {"types": chosen}),)


def set_groups(conference: Conference, who: Who, *, groups: int) -> Drafts:
    """How many groups there are; a group that has a seat or a card cannot fall away."""
    require(who, *LEADS)
    running(conference)
    used = {seat.group for seat in conference.seats.values()} | {card.group for card in conference.cards.values()}
    if not max(used | {1}) <= groups <= limits.GROUPS:
        raise Refused("groups.in_use", least=max(used | {1}), most=limits.GROUPS)
    return () if groups == conference.groups else (Draft("groups_set", who.author, {"groups": groups}),)


def set_venue(conference: Conference, who: Who, **fields: str) -> Drafts:
    """What the room needs to know (`conference.Venue`): address, Wi-Fi, who is there for people, where to call."""
    require(who, *LEADS)
    there(conference)
    before = asdict(conference.venue)
    if unknown := fields.keys() - before.keys():
        raise Refused("form", found=min(unknown)[:20])
    known = {name: words(value, limits.NOTE, "venue.long") for name, value in fields.items()}
    changed = {name: value for name, value in known.items() if before[name] != value}
    return (Draft("venue_set", who.author, changed),) if changed else ()


def take_seat(conference: Conference, who: Who, *, seat: str, key: str = "") -> Drafts:
    """A device joins. Late joiners are welcome at any time until the end."""
    running(conference)
    if seat in conference.seats:
        return ()
    if len(conference.seats) >= limits.SEATS:
        raise Refused("seat.full", most=limits.SEATS)
    return (Draft("seat_taken", f"seat:{seat}", {"seat": seat}, key or f"seat:{seat}"),)


def move_seat(conference: Conference, who: Who, *, seat: str, group: int) -> Drafts:
    """A seat chooses its group, or a facilitator moves it. Its cards stay with the group they were written for."""
    require(who, "seat", *LEADS)
    running(conference)
    if seat not in conference.seats or (who.role == "seat" and who.seat != seat):
        raise Refused("not_allowed")
    _group(conference, group)
    left = conference.seats[seat].group
    return () if left == group else (Draft("seat_moved", who.author, {"seat": seat, "group": group, "left": left}),)


def accept_rules(conference: Conference, who: Who) -> Drafts:
    """The table has read the ground rules: its cards unlock."""
    group = own_group(conference, who)
    return () if group in conference.rules else (Draft("rules_accepted", who.author, {"group": group}),)


def set_table(conference: Conference, who: Who, *, people: Mapping[str, int]) -> Drafts:
    """The agency types at this table and how many people of each."""
    group = own_group(conference, who)
    unknown = [code for code in people if code not in conference.types]
    if unknown:
        raise Refused("card.type", found=unknown[0])
    if any(not 0 <= n <= limits.PEOPLE_OF_A_TYPE for n in people.values()):
        raise Refused("table.people", most=limits.PEOPLE_OF_A_TYPE)
    counted = {code: n for code, n in people.items() if n}
    if counted == conference.people.get(group, {}):
        return ()
    return (Draft("table_set", who.author, {"group": group, "people": counted}),)


def write_line(
    conference: Conference, who: Who, *, type: str, text: str, before: str | None = None, key: str = ""
) -> Drafts:
    """The one line an agency gives of itself: 「こんなときは声をかけて」. `before`: what its writer saw (`unseen`)."""
    group = own_group(conference, who)
    if type not in conference.types:
        raise Refused("card.type", found=type)
    said, standing = words(text, limits.LINE, "line.long"), conference.lines.get((group, type), "")
    if said == standing:
        return ()
    unseen(standing, before)
    return (Draft("line_written", who.author, {"group": group, "type": type, "text": said}, key),)


def open_step(conference: Conference, who: Who, *, step: int, base: int) -> Drafts:
    """Open a step of the timetable. `base` is the revision at which the open step had been opened when the button was
    drawn: a second facilitator's press finds another base and moves nothing (F12)."""
    require(who, *LEADS)
    running(conference)
    if base != conference.step_revision:
        raise Refused("step.moved")
    if not 0 <= step < len(conference.steps) or step == conference.step:
        raise Refused("step.none")
    if conference.steps[step].scene:
        care.before_scene(conference)
    body: dict[str, Any] = {"step": step, "left": conference.step}
    if step < conference.step:
        body["closes"] = _closable(conference, step)
    return (Draft("step_opened", who.author, body),)


def _closable(conference: Conference, step: int) -> int:
    """The scene that going back to `step` closes (0: none). A scene with a card stays open for ever."""
    left = [here.scene for here in conference.steps[step + 1 : conference.step + 1] if here.scene in conference.scenes]
    if any(conference.of_scene(scene) for scene in left) and conference.here.scene in left:
        raise Refused("step.has_cards")
    empty = [scene for scene in left if scene and not conference.of_scene(scene)]
    return empty[-1] if empty else 0


def pause_timer(conference: Conference, who: Who, *, spent: float) -> Drafts:
    """Stop the clock at `spent` seconds (measured by the server that was asked)."""
    require(who, *LEADS)
    running(conference)
    if not conference.timer.running:
        return ()
    return (Draft("timer_set", who.author, {"running": False, "spent": spent}),)


def resume_timer(conference: Conference, who: Who) -> Drafts:
    """Let the clock run on from where it was stopped."""
    require(who, *LEADS)
    running(conference)
    if conference.timer.running or not conference.timer.seconds:
        return ()
    return (Draft("timer_set", who.author, {"running": True}),)


def add_minute(conference: Conference, who: Who, *, spent: float, seconds: int = 60) -> Drafts:
    """Give the step one minute more, running or not; a step that had no clock gets one."""
    require(who, *LEADS)
    running(conference)
    runs = conference.timer.running or not conference.timer.seconds
    return (Draft("timer_set", who.author, {"running": runs, "spent": spent, "more": seconds}),)


def show_on_projector(conference: Conference, who: Who, *, show: str) -> Drafts:
    """What the wall shows until the next step: `auto` follows the timetable, `route:2` is the route map to scene 2."""
    require(who, *LEADS)
    there(conference)
    if show not in SHOWN and show not in (f"route:{scene}" for scene in conference.scenes):
        raise Refused("not_allowed")
    return () if show == conference.show else (Draft("projector_set", who.author, {"show": show}),)


SHOWN = (
    "auto",
    "join",
    "groups",
    "map",
    "route",
    "bridges",
    "helps",
    "mismatch",
    "scene",
    "rules",
    "quotes",
    "advice",
    "steps",
    "results",
    "blank",
)


def set_ready(conference: Conference, who: Who, *, ready: bool) -> Drafts:
    """The table is done with the open step (or not, after all)."""
    group = own_group(conference, who)
    if (conference.ready.get(group, -1) == conference.step) == ready:
        return ()
    return (Draft("ready_set", who.author, {"group": group, "step": conference.step, "ready": ready}),)


def end_conference(conference: Conference, who: Who, *, ended: bool = True) -> Drafts:
    """Close it for writing (or open it again: a wrong tap must not cost the evening)."""
    require(who, *LEADS)
    there(conference)
    if ended == conference.ended:
        return ()
    return (Draft("conference_ended", who.author, {"ended": ended}),)


def there(conference: Conference) -> None:
    """Refuse what writes into a conference that was never opened."""
    if not conference.opened:
        raise Refused("conference.none")


def running(conference: Conference) -> None:
    """Refuse what writes into a conference that is not open, or no more."""
    there(conference)
    if conference.ended:
        raise Refused("conference.ended")


def own_group(conference: Conference, who: Who) -> int:
    """The group `who` writes for; refuses who is no seat or has not chosen a group yet. What a seat wrote before it was
    moved, and could not send, is still its former group's."""
    require(who, "seat")
    running(conference)
    seat = conference.seats.get(who.seat)
    if seat is None:
        raise Refused("seat.unknown")
    if not seat.group:
        raise Refused("seat.no_group")
    if who.group in (0, seat.group):
        return seat.group
    if who.group not in seat.before:
        raise Refused("not_allowed")
    _group(conference, who.group)
    return who.group


def _group(conference: Conference, group: int) -> None:
    if not 1 <= group <= conference.groups:
        raise Refused("group.none", found=group)


def known_types(types: Sequence[str]) -> list[str]:
    """Types in the order of the terms, each once; refuses none, more than fit a wall, or an unknown one."""
    for code in types:
        if code not in AGENCIES:
            raise Refused("card.type", found=code)
    if not types:
        raise Refused("open.no_types")
    chosen = [code for code in AGENCIES if code in types]
    if len(chosen) > MOST_TYPES:
        raise Refused("open.many_types", most=MOST_TYPES)
    return chosen


def unseen(standing: str, before: str | None) -> None:
    """Refuse to write over words that somebody else wrote meanwhile: their writer is shown them first. `before`: what
    stood there when the new ones were begun (None: whoever writes does not say)."""
    if before is not None and standing != clean(before).strip():
        raise Refused("words.moved" if standing else "words.taken_back", found=standing)


def words(text: str, most: int, key: str) -> str:
    """`text` cleaned and trimmed; refused with `key` where it is longer than `most`."""
    said = clean(text).strip()
    if len(said) > most:
        raise Refused(key, most=most, length=len(said))
    return said
