"""What others read in place of words that wait to be checked, and the list of what waits.

The gates are `Card.public` and `Conference.public_lines`, `public_notes`, `public_steps`: what waits is not in them.
Here it is put back as 「確認中」, so that people see that something was said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from facilitation import written
from facilitation.conference import Card, Check, Conference, NextStep, Note
from facilitation.texts import say

FIELDS = ("can", "hard", "help")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece that waits: its name, its words, and what may name somebody."""

    about: str
    texts: tuple[str, ...]
    check: Check


def cards(conference: Conference, language: str) -> list[Card]:
    """The cards others may know of, 「確認中」 in place of words that wait."""
    known = (card for card in conference.cards.values() if card.public or card.waiting)
    return [veiled(card, language) for card in known]


def veiled(card: Card, language: str) -> Card:
    """A card as everybody beyond its own table reads it."""
    if not card.unchecked:
        return card
    word = say(language, "checking.word")
    return replace(card, can=card.can and word, hard=card.hard and word, help=card.help and word)


def lines(conference: Conference, language: str) -> Mapping[tuple[int, str], str]:
    """The tables' lines by group and type, as others read them."""
    return {
        at: _words(conference, written.line(*at), text, language)
        for at, text in conference.lines.items()
        if text and written.line(*at) not in conference.held
    }


def notes(conference: Conference, language: str) -> tuple[Note, ...]:
    """The words beside pictures, as others read them."""
    known = (note for note in conference.notes.values() if written.note(note.id) not in conference.held)
    return tuple(replace(note, text=_words(conference, written.note(note.id), note.text, language)) for note in known)


def steps(conference: Conference, language: str) -> tuple[NextStep, ...]:
    """The next steps, as others read them."""
    known = (step for step in conference.next_steps.values() if written.step(step.id) not in conference.held)
    return tuple(replace(step, text=_words(conference, written.step(step.id), step.text, language)) for step in known)


def hint(conference: Conference, type: str, field: str, language: str) -> str:
    """The organiser's own words on an agency card, as tables read them; "" where there are none."""
    text = conference.agency_hints.get((type, field), "")
    return _words(conference, written.hint(type, field), text, language)


def _words(conference: Conference, about: str, text: str, language: str) -> str:
    return say(language, "checking.word") if text and conference.unchecked(about) else text


def waiting(conference: Conference) -> tuple[Waiting, ...]:
    """What waits to be checked, the oldest first; words that nobody sees any more wait for nothing."""
    found = [
        Waiting(about, texts, check)
        for about, check in conference.checks.items()
        if not check.released and (texts := tuple(text for text in _texts(conference, about) if text))
    ]
    return tuple(sorted(found, key=lambda each: each.check.revision))


def _texts(conference: Conference, about: str) -> Iterable[str]:
    """The words of a piece as they were typed. A pick has none of its own: it takes those of a card."""
    kind, _, which = about.partition(":")
    group, _, code = which.partition(":")
    match kind:
        case "card":
            card = conference.cards.get(which)
            return [getattr(card, name) for name in FIELDS] if card and card.readable else ()
        case "line":
            return (conference.lines.get((int(group), code), ""),)
        case "note":
            return (conference.notes[which].text,) if which in conference.notes else ()
        case "step":
            return (conference.next_steps[which].text,) if which in conference.next_steps else ()
        case "hint":
            return (conference.agency_hints.get((group, code), ""),)
        case _:
            return ()
