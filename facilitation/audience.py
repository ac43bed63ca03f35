"""Who sees something of an entry: the views a change touches, so that nobody else redraws for it."""

from collections.abc import Iterable, Mapping

from facilitation.entries import Entry

LEAD = "lead"
PROJECTOR = "projector"
EVERYONE = "*"


def table(group: int) -> str:
    """The name of a group's view."""
    return f"group-{group}"


_TO_TABLE = {
    "card_written",
    "table_set",
    "line_written",
    "rules_accepted",
    "ready_set",
    "role_stated",
    "heart_given",
    "next_step_written",
    "words_kept",
    "words_released",
}
"""Kinds that only the writing table, the facilitator and the wall see; every other kind goes to everyone. Words
that are held back or withdrawn leave every tablet at once: they stood on the other tables' agency cards too."""

_TO_ROOM = {"seat_taken", "projector_set", "star_set", "care_set", "notice_told"}
"""Kinds that change nothing on any tablet."""


def touched(entry: Entry, groups: Mapping[str, int]) -> Iterable[str]:
    """The views that change with `entry`. `groups`: card id → group, for entries that name only a card."""
    if entry.kind in _TO_TABLE:
        return (LEAD, PROJECTOR, table(entry.body.get("group") or groups.get(str(entry.body.get("card")), 0)))
    to_room = entry.kind in _TO_ROOM or (entry.kind == "note_written" and entry.body.get("adviser"))
    return (LEAD, PROJECTOR) if to_room else (EVERYONE,)
