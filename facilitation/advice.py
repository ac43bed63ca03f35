"""The verbs of an adviser: a star on what should be quoted on the wall, words attached to a place of the picture."""

import re

from facilitation import limits
from facilitation.access import LEADS, Refused, Who, require
from facilitation.agencies import AGENCIES
from facilitation.cards import is_id
from facilitation.commands import Drafts, running, words
from facilitation.conference import Conference
from facilitation.entries import Draft
from facilitation.path import LINKS, STAGES

_ABOUT = re.compile(r"(scene|stage|cell|bridge):(.+)")


def star(conference: Conference, who: Who, *, card: str, starred: bool) -> Drafts:
    """Mark a statement for the wall (its text and agency type only), or take the mark away."""
    require(who, "adviser", *LEADS)
    running(conference)
    found = conference.cards.get(card)
    if found is None or (starred and not found.public):
        raise Refused("card.none")
    if (card in conference.stars) == starred:
        return ()
    return (Draft("star_set", who.author, {"card": card, "starred": starred}),)


def comment(conference: Conference, who: Who, *, note: str, about: str, text: str, key: str = "") -> Drafts:
    """Write, change or (empty text) take back a comment; `about` as in `conference.Note`."""
    require(who, "adviser", *LEADS)
    running(conference)
    if not is_id(note) or not _place(conference, about):
        raise Refused("note.about")
    before = conference.notes.get(note)
    if before and not before.adviser:
        raise Refused("not_allowed")
    said = words(text, limits.STATEMENT, "note.long")
    if (before and before.text == said and before.about == about) or not (before or said):
        return ()
    body = {"note": note, "about": about, "text": said, "by": who.words, "adviser": True}
    return (Draft("note_written", who.author, body, key),)


def _place(conference: Conference, about: str) -> bool:
    """Whether a comment may be attached there; "" is the whole."""
    if not about:
        return True
    found = _ABOUT.fullmatch(about)
    if not found:
        return False
    kind, where = found.groups()
    match kind:
        case "scene":
            return where.isdecimal() and int(where) in {step.scene for step in conference.steps}
        case "stage":
            return where in STAGES
        case "bridge":
            return tuple(where.split("-")) in LINKS
        case _:
            code, _, stage = where.partition(":")
            return code in AGENCIES and stage in STAGES
