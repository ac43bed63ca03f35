"""The verbs over words that were typed: hold a piece back, bring it back, and erase it for good.

Holding back is the facilitator's: the words stay where they were written and leave wall, other tables and record.
Erasing is the organiser's alone and cannot be undone: the words leave the log itself, with every earlier version.
"""

from collections.abc import Iterator

from facilitation import written
from facilitation.access import LEADS, Refused, Who, require
from facilitation.commands import Drafts
from facilitation.conference import Conference
from facilitation.entries import REDACTED, Draft
from facilitation.sharing import own_card

HOLDABLE = ("line", "note", "step")
"""Pieces that are held back by name; a card has its own verb (`cards.hide_card`)."""


def hold_words(conference: Conference, who: Who, *, about: str, hidden: bool) -> Drafts:
    """Keep a line, a note or a next step from wall, other tables and record, or bring it back."""
    require(who, *LEADS)
    if about not in conference.said or about.partition(":")[0] not in HOLDABLE:
        raise Refused("words.none")
    if (about in conference.held) == hidden:
        return ()
    return (Draft("words_hidden", who.author, {"about": about, "hidden": hidden}),)


def erase(conference: Conference, who: Who, *, about: str, upto: int) -> Drafts:
    """Erase a piece as it was written up to revision `upto`, and every copy of those words that others took over. What
    somebody wrote after `upto` stays: nobody has looked at it yet."""
    require(who, "organiser")
    said = conference.said.get(about, ())
    own = [(about, revision) for revision in said if revision <= upto]
    if not own:
        raise Refused("words.none")
    taken_over = _taken_over(conference, about) if said[-1] <= upto else ()
    return tuple(_erasure(who, piece, revision) for piece, revision in (*own, *taken_over))


def copies(conference: Conference, about: str) -> tuple[str, ...]:
    """The pieces that go with this one, because they hold its words as well."""
    return tuple(dict.fromkeys(piece for piece, _ in _taken_over(conference, about)))


def _taken_over(conference: Conference, about: str) -> Iterator[tuple[str, int]]:
    """Where a card's words stand once more: on cards that other tables made of it, and where its help was picked."""
    kind, _, id = about.partition(":")
    card = conference.cards.get(id)
    if kind != "card" or card is None:
        return
    for group in range(1, conference.groups + 1):
        piece = written.card(own_card(id, group))
        yield from ((piece, revision) for revision in conference.said.get(piece, ()))
        yield from _taken_over(conference, piece)
    yield from ((written.pick(card.group), revision) for revision in conference.picked_from.get(id, ()))


def _erasure(who: Who, piece: str, revision: int) -> Draft:
    return Draft(REDACTED, who.author, {"revision": revision, "fields": list(written.fields(piece))})
