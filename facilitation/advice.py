"""The verbs of an adviser: a star on what should be quoted on the wall, words attached to a place of the picture."""

import re

from facilitation import limits
from facilitation.access import LEADS, Refused, Who, require
from facilitation.agencies import AGENCIES
from facilitation.cards import is_id
from facilitation.commands import Drafts, running, unseen, words
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


def named(text: str) -> str:
    """How an adviser wants to be named, cleaned: a role in words, never empty, at most `limits.ROLE` characters."""
    said = words(text, limits.ROLE, "adviser.long")
    if not said:
        raise Refused("adviser.unnamed")
    return said


def comment(
    conference: Conference, who: Who, *, note: str, about: str, text: str, before: str | None = None, key: str = ""
) -> Drafts:
    """Write, change or (empty text) take back a comment; `about` as in `conference.Note`. An adviser changes the own
    ones only; those who lead may change any, and it keeps its role. `before`: what its writer saw (`unseen`)."""
    require(who, "adviser", *LEADS)
    running(conference)
    by = named(who.words) if who.role == "adviser" else ""
    if not is_id(note) or not _place(conference, about):
        raise Refused("note.about")
    standing = conference.notes.get(note)
    if standing and not standing.adviser:
        raise Refused("not_allowed")
    if who.role == "adviser" and who.seat and not note.startswith(f"{who.seat}-"):
        raise Refused("not_allowed")
    said = words(text, limits.STATEMENT, "note.long")
    if (standing and standing.text == said and standing.about == about) or not (standing or said):
        return ()
    unseen(standing.text if standing else "", before)
    body = {"note": note, "about": about, "text": said, "by": by or (standing.by if standing else ""), "adviser": True}
    return (Draft("note_written", who.author, body, key),)


def own_note(who: Who, about: str) -> str:
    """The id of a comment: one per adviser (or per desk) and place, so that writing again is an edit."""
    place = re.sub("[^A-Za-z0-9]", "-", about) or "whole"
    return f"{who.seat or who.role}-{place}"


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
            return where in {str(step.scene) for step in conference.steps}
        case "stage":
            return where in STAGES
        case "bridge":
            return tuple(where.split("-")) in LINKS
        case _:
            code, _, stage = where.partition(":")
            return code in AGENCIES and stage in STAGES
