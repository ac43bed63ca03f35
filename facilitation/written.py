"""Words that people typed, piece by piece: what can be held back from the wall or erased, and where it stands in a log.

A piece is a card, a line, a note …, whatever was written over it later. Its name is made here alone.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from facilitation.entries import Entry

Body = Mapping[str, Any]

TITLE, REGION, CARE = "title", "region", "care"
VENUE = ("person", "room", "contacts", "lecture", "next_date", "wifi", "wifi_key", "address", "survey")


def card(id: str) -> str:
    """The piece that a card is."""
    return f"card:{id}"


def line(group: int, type: str) -> str:
    """The one line a group gave for an agency type."""
    return f"line:{group}:{type}"


def note(id: str) -> str:
    """Words beside a picture, an adviser's or another table's."""
    return f"note:{id}"


def step(id: str) -> str:
    """A next step."""
    return f"step:{id}"


def pick(group: int) -> str:
    """What a group picked as its help: the words of one of its cards."""
    return f"pick:{group}"


def hint(type: str, field: str) -> str:
    """An organiser's own words on an agency card."""
    return f"hint:{type}:{field}"


def venue(field: str) -> str:
    """One field of what the room needs to know."""
    return f"venue:{field}"


_ONE: Mapping[str, Callable[[Body], str]] = {
    "card_written": lambda body: card(body["card"]),
    "line_written": lambda body: line(body["group"], body["type"]),
    "note_written": lambda body: note(body["note"]),
    "next_step_written": lambda body: step(body["step"]),
    "pick_made": lambda body: pick(body["group"]),
    "hint_written": lambda body: hint(body["type"], body["field"]),
}
"""Kinds of entries that hold one piece."""


def piece(entry: Entry) -> str:
    """The piece that an entry of one piece writes."""
    return _ONE[entry.kind](entry.body)


def words(entry: Entry) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The pieces an entry writes, each with the fields of its words; nothing of what was erased or left empty."""
    if entry.gone:
        return
    for piece in _pieces(entry):
        said = {name: entry.body[name] for name in fields(piece) if entry.body.get(name)}
        if said:
            yield piece, said


def _pieces(entry: Entry) -> Iterator[str]:
    if entry.kind in _ONE:
        yield _ONE[entry.kind](entry.body)
    elif entry.kind == "venue_set":
        yield from map(venue, VENUE)
    elif entry.kind == "care_set":
        yield CARE
    elif entry.kind == "conference_opened":
        yield from (TITLE, REGION, CARE)


def pieces(entry: Entry) -> Iterator[str]:
    """The names of the pieces an entry writes."""
    return (piece for piece, _ in words(entry))


def fields(piece: str) -> tuple[str, ...]:
    """The fields of an entry that hold the words of a piece."""
    kind, _, name = piece.partition(":")
    return _FIELDS.get(kind, (name or kind,))


_FIELDS: Mapping[str, tuple[str, ...]] = {
    "card": ("can", "hard", "help"),
    "line": ("text",),
    "note": ("text", "by"),
    "step": ("text",),
    "pick": ("help",),
    "hint": ("text",),
    "care": ("adviser", "care_adviser"),
}
