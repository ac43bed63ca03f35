"""Who sees something of an entry: the views a change touches, so that nobody else redraws for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from facilitation import limits
from facilitation.conference import Conference
from facilitation.entries import Entry

LEAD = "lead"
PROJECTOR = "projector"
CONTACTS = "contacts"
"""The agency cards: heard by tablets that have them open, and only as long (`/contacts`)."""

EVERYONE = "*"

PARTS = "+parts"
"""Behind a view: of what it shows only parts have changed that its devices fetch (`/parts`); they run no page."""

ROOM = (LEAD, PROJECTOR + PARTS)


def table(group: int) -> str:
    """The name of a group's view; 0 is the view of seats that have not chosen one."""
    return f"{_TABLE}{group}"


def group_of(view: str) -> int | None:
    """The group whose view this is."""
    number = view.removeprefix(_TABLE)
    return int(number) if view != number and number.isdecimal() else None


_TABLE = "group-"


_TO_TABLE = {
    "card_written",
    "table_set",
    "line_written",
    "rules_accepted",
    "ready_set",
    "role_stated",
    "pick_made",
    "heart_given",
    "next_step_written",
    "words_kept",
    "words_released",
}
"""Kinds that only the writing table, the facilitator and the wall see; every other kind goes to everyone. Words
that are held back or withdrawn leave every tablet at once: they stood on other tables' lists and agency cards too."""

_TO_ROOM = {"seat_taken", "projector_set", "star_set", "hint_written", "care_set", "notice_told"}
"""Kinds that change nothing on any tablet."""


_ON_CONTACTS = {"card_written", "line_written", "words_kept", "words_released", "hint_written"}
"""Kinds that not everybody sees and that may change what an agency card says."""

_CARDS_ALONE = {"card_written", "ready_set"}
"""Kinds that change nothing on a tablet but its card form and its own map."""

BEFORE = ("reception", "aims", "rules", "cast")
AT_WORK = ("scene", "reveal", "break")
"""Steps that look alike on a tablet, but for their words; the way from `BEFORE` to `AT_WORK` only brings the scene."""

_READ_ELSEWHERE = ("table_check", "sharing")
"""Steps in which a tablet shows more of its cards, or those of other tables."""


def news(entries: Iterable[Entry], conference: Conference) -> dict[str, int]:
    """The views that `entries` change, each with the revision of its last change. `conference` as they left it."""
    return {view: entry.revision for entry in entries for view in touched(entry, conference)}


def touched(entry: Entry, conference: Conference) -> tuple[str, ...]:
    """The views that change with `entry`."""
    views = _screens(entry, conference)
    return (*views, CONTACTS) if entry.kind in _ON_CONTACTS and EVERYONE not in views else views


def _screens(entry: Entry, conference: Conference) -> tuple[str, ...]:
    body = entry.body
    if entry.kind == "card_written" and conference.here.kind == "sharing":
        return (EVERYONE,)  # tables read each other's cards and maps then
    if entry.kind in _TO_TABLE:
        view = table(body.get("group") or _writer_of(body.get("card"), conference))
        alone = entry.kind in _CARDS_ALONE and conference.here.kind not in _READ_ELSEWHERE
        return (*ROOM, view + PARTS if alone else view)
    if entry.kind == "timer_set" or (entry.kind == "step_opened" and _goes_on(body, conference)):
        return (*ROOM, EVERYONE + PARTS)
    if entry.kind == "seat_moved" and "left" in body:
        return (*ROOM, *{table(body["left"]), table(body["group"]), table(0)})
    if entry.kind == "note_written" and not body.get("adviser"):
        tables = {str(n): table(n) for n in range(1, limits.GROUPS + 1)}
        views = {tables.get(n, EVERYONE) for n in (body["about"].removeprefix("group:"), body.get("by", ""))}
        return (*ROOM, *views) if EVERYONE not in views else (EVERYONE,)
    to_room = entry.kind in _TO_ROOM or (entry.kind == "note_written" and body.get("adviser"))
    return ROOM if to_room else (EVERYONE,)


def _goes_on(body: Mapping[str, Any], conference: Conference) -> bool:
    """Whether a step that was opened follows one that looks like it on a tablet (older logs do not say which)."""
    steps, opened = conference.steps, (body.get("left", -1), body["step"])
    kinds = [steps[step].kind for step in opened if 0 <= step < len(steps)]
    return len(kinds) == 2 and (kinds[0] in BEFORE or kinds[1] in AT_WORK) and {*kinds} <= {*BEFORE, *AT_WORK}


def _writer_of(card: object, conference: Conference) -> int:
    known = conference.cards.get(str(card))
    return known.group if known else 0
