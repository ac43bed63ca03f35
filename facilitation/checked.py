"""Words that may name a real person (domain C17): marked as they are written, kept by who wrote them, then released.

They are saved at once and stay on their own table: counted in the map, not shown, quoted or exported elsewhere.
`marked` stands between every verb and the log and never asks the device; a log keeps kinds and numbers only.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from facilitation import advice
from facilitation.access import LEADS, Refused, Who, require
from facilitation.commands import Drafts, own_group, running, there
from facilitation.conference import Check, Conference
from facilitation.entries import Draft
from facilitation.personal_data import counts

TYPED: Mapping[str, tuple[str, ...]] = {
    "card_written": ("can", "hard", "help"),
    "line_written": ("text",),
    "note_written": ("text",),
    "next_step_written": ("text",),
    "hint_written": ("text",),
    "pick_made": ("help",),
}
"""Kinds of entries that carry what people typed, with its fields. What an organiser says of the room (who is there for
people, where to call) and how advisers want to be named is meant to be real."""


def marked(drafts: Drafts, fiction: Collection[str] = frozenset()) -> Drafts:
    """`drafts` with what in their words may be personal data, as `personal`: kind -> how many. `fiction` are the words
    of the case itself, which are nobody's."""
    return tuple(_marked(draft, fiction) for draft in drafts)


def _marked(draft: Draft, fiction: Collection[str]) -> Draft:
    typed = (str(draft.body.get(name, "")) for name in TYPED.get(draft.kind, ()))
    found = counts(typed, fiction)
    return replace(draft, body={**draft.body, "personal": dict(found)}) if found else draft


def keep_words(conference: Conference, who: Who, *, about: str, base: int, key: str = "") -> Drafts:
    """Who wrote a piece says: it is fictional, keep it. `base`: the revision these words were written at."""
    require(who, "seat", "adviser", *LEADS)
    group = own_group(conference, who) if who.role == "seat" else 0
    running(conference)
    check = _check(conference, about, base)
    if not _own(conference, who, group, about):
        raise Refused("not_allowed")
    return () if check.kept else (_decision("words_kept", who, about, base, group, key),)


def release_words(conference: Conference, who: Who, *, about: str, base: int) -> Drafts:
    """Those who lead agree, and the words stand everywhere. Not before their writer has kept them, unless the writer
    has gone home."""
    require(who, *LEADS)
    there(conference)
    check = _check(conference, about, base)
    if check.released:
        return ()
    if not check.kept and not conference.ended:
        raise Refused("checking.not_kept")
    return (_decision("words_released", who, about, base, group_of(conference, about), ""),)


def _decision(kind: str, who: Who, about: str, base: int, group: int, key: str) -> Draft:
    body: dict[str, Any] = {"about": about, "base": base, "group": group}
    return Draft(kind, who.author, body, key)


def _check(conference: Conference, about: str, base: int) -> Check:
    check = conference.checks.get(about)
    if check is None or check.revision != base:
        raise Refused("checking.moved")
    return check


def group_of(conference: Conference, about: str) -> int:
    """The group that wrote a piece; 0 for words of advisers and of the desk."""
    kind, _, which = about.partition(":")
    match kind:
        case "card":
            return conference.cards[which].group if which in conference.cards else 0
        case "step":
            return conference.next_steps[which].group if which in conference.next_steps else 0
        case "note":
            note = conference.notes.get(which)
            return int(note.by) if note and not note.adviser else 0
        case "line":
            return int(which.partition(":")[0])
        case _:
            return 0


def _own(conference: Conference, who: Who, group: int, about: str) -> bool:
    """Whether `who` wrote the piece."""
    if who.role == "seat":
        return group_of(conference, about) == group
    kind, _, which = about.partition(":")
    note = conference.notes.get(which) if kind == "note" else None
    return note is not None and note.adviser and which == advice.own_note(who, note.about)
