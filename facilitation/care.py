"""Cases to be handled with care (`sensitivity = 2`, domain §4.4 F6): what must be there before one is opened, and again
before its first scene. Such a case can be read at any time; it is played only with an adviser at hand, with contacts
that are open tonight, with somebody to go to and a quiet place, and with a room that was told what is coming and may
step out. While it is played no clock presses the room in its heaviest scenes, and words travel without
who said them."""

from collections.abc import Mapping
from typing import Any

from facilitation import limits
from facilitation.access import LEADS, Problem, Refused, RefusedFields, Who, require
from facilitation.conference import Conference
from facilitation.entries import Draft
from facilitation.typed import clean

NEEDED = ("adviser", "contacts", "notice")
"""An adviser named by role, local contacts, the notice."""

BEFORE_SCENES = (*NEEDED, "place")
"""And, once the room is known, the person to go to and the quiet place."""

UNTIMED = (1, 2)
"""The case's own numbers of the scenes in which the room sees no clock; the desk keeps it."""


def prepared(care: Mapping[str, Any]) -> dict[str, str]:
    """What an organiser has prepared, cleaned. Raises `RefusedFields` with everything that is still missing.

    `adviser`: a role in words (精神科医 …), never a name; `contacts`: whom to call here; `notice`: True once read.
    """
    said = {name: clean(str(care.get(name) or "")).strip() for name in ("adviser", "contacts")}
    problems = [Problem(name, f"care.{name}") for name, text in said.items() if not text]
    problems += [Problem("notice", "care.notice")] if care.get("notice") is not True else []
    problems += [Problem("adviser", "care.long", {"most": limits.ROLE})] if len(said["adviser"]) > limits.ROLE else []
    problems += [Problem("contacts", "care.long", {"most": limits.NOTE})] if len(said["contacts"]) > limits.NOTE else []
    if problems:
        raise RefusedFields(tuple(problems))
    return said


def missing(conference: Conference) -> tuple[str, ...]:
    """What a case to be handled with care still waits for; nothing for every other case."""
    there = {
        "adviser": bool(conference.care_adviser),
        "contacts": bool(conference.venue.contacts),
        "notice": conference.notice_told,
        "place": bool(conference.venue.person and conference.venue.room),
    }
    return tuple(name for name in BEFORE_SCENES if conference.sensitive and not there[name])


def before_scene(conference: Conference) -> None:
    """Refuse to open a scene while something is missing: all of it at once."""
    if waits := missing(conference):
        raise RefusedFields(tuple(Problem(name, f"care.{name}") for name in waits))


def shows_clock(conference: Conference) -> bool:
    """Whether wall and tablets show the open step's clock."""
    timed = bool(conference.timer.seconds) and not conference.ended
    return timed and not (conference.sensitive and conference.here.scene in UNTIMED)


def names_speakers(conference: Conference) -> bool:
    """Whether group and agency type may stand beside a card's words beyond its own table and the screens of those who
    lead or advise: on the wall, on other tables' tablets, in the record."""
    return not conference.sensitive


def pauses(conference: Conference) -> bool:
    """Whether the last scene is over: the room breathes for three minutes, then everybody may say a word."""
    here, played = conference.here, sum(1 for step in conference.steps if step.scene)
    return conference.sensitive and here.kind == "reveal" and here.position == played


def name_adviser(conference: Conference, who: Who, *, adviser: str) -> tuple[Draft, ...]:
    """Another adviser than was named at the opening; by role, never by name."""
    require(who, *LEADS)
    said = clean(adviser).strip()
    if not said or len(said) > limits.ROLE:
        raise Refused("care.adviser")
    return () if said == conference.care_adviser else (Draft("care_set", who.author, {"adviser": said}),)


def tell_notice(conference: Conference, who: Who) -> tuple[Draft, ...]:
    """The room was told what is coming, and that everybody may step out."""
    require(who, *LEADS)
    return () if conference.notice_told else (Draft("notice_told", who.author, {}),)
