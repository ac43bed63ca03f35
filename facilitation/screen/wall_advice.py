"""On the wall: what advisers starred, as quotations, and what they wrote. A room reads from ten metres: as many as fit,
the newest first, none of them cut short in silence."""

import unicodedata
from collections.abc import Sequence
from math import ceil

from facilitation import care, remarks
from facilitation.agencies import AGENCIES
from facilitation.cards import TEXTS
from facilitation.conference import Card, Note
from facilitation.screen.parts import Node, el
from facilitation.screen.wall_view import Wall

MOST = 4
"""Quotations or comments in one picture."""

LINES = 19
"""Lines of the smallest type (26 px at 1920 x 1080) between head and foot; each block has two more for its names."""

WIDTHS = {1: 60, 2: 28}
"""Full-width characters a line of the smallest type holds in one column, and in each of two."""

OF_A_BLOCK = 2


def quotes(wall: Wall) -> Node:
    """Starred statements: text and agency type, never group or seat; where a case asks for care the text alone."""
    found = remarks.quotes(wall.conference)
    if not found:
        return el("p.note", wall.say("quotes.none"))
    texts = [_said(wall, card) for card in found]
    return _blocks(wall, texts, [_quote(wall, card, room(said)) for card, said in zip(found, texts, strict=True)])


def advice(wall: Wall) -> Node:
    """The advisers' comments, each with its role and what it is about."""
    found = remarks.remarks(wall.conference, wall.language)
    if not found:
        return el("p.note", wall.say("advice.none"))
    texts = [[note.text] for note in found]
    return _blocks(wall, texts, [_comment(wall, note) for note in found])


def room(said: Sequence[str]) -> int:
    """How many parts of one card fit a picture of their own: all but for cards of the greatest length."""
    return next((n for n in range(len(said), 1, -1) if _height([said[:n]], 1) <= LINES), 1)


def fitting(texts: Sequence[Sequence[str]]) -> int:
    """How many of the blocks fit one picture, from the first: between one and `MOST`."""
    fits = (n for n in range(min(MOST, len(texts)), 1, -1) if _height(texts[:n], columns(texts[:n])) <= LINES)
    return next(fits, 1)


def columns(texts: Sequence[Sequence[str]]) -> int:
    """One or two: whichever needs fewer lines, so that the type may be larger."""
    return min((1, 2), key=lambda n: _height(texts, n))


def _height(blocks: Sequence[Sequence[str]], columns: int) -> int:
    """Lines that blocks take in so many columns."""
    heights = [OF_A_BLOCK + sum(_lines(text, WIDTHS[columns]) for text in block) for block in blocks]
    rows = [heights[i : i + columns] for i in range(0, len(heights), columns)]
    return sum(max(row) for row in rows)


def _lines(text: str, width: int) -> int:
    return sum(max(1, ceil(_width(line) / width)) for line in text.split("\n"))


def _width(text: str) -> float:
    """In full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.56 for sign in text)


def _blocks(wall: Wall, texts: Sequence[Sequence[str]], blocks: list[Node]) -> Node:
    n = fitting(texts)
    rest = el("p.note", wall.say("quotes.more", n=len(blocks) - n)) if n < len(blocks) else None
    return el(f"div.quotes.columns-{columns(texts[:n])}", blocks[:n], rest)


def _said(wall: Wall, card: Card) -> list[str]:
    return [f"{wall.say(f'writer.{name}')} {getattr(card, name)}" for name in TEXTS if getattr(card, name)]


def _quote(wall: Wall, card: Card, parts: int) -> Node:
    agency = AGENCIES[card.type]
    family, who = (f".family-{agency.family}", agency.short(wall.language))
    if not care.names_speakers(wall.conference):
        family, who = "", ""
    named = [name for name in TEXTS if getattr(card, name)]
    said = [el("p.said", el("small", wall.say(f"writer.{name}")), " ", getattr(card, name)) for name in named[:parts]]
    rest = el("span.about", wall.say("quotes.rest")) if parts < len(named) else None
    return el(f"figure.card.quote{family}", said, el("figcaption", who, rest) if who or rest else None)


def _comment(wall: Wall, note: Note) -> Node:
    place = remarks.place(note.about, wall.conference, wall.case, wall.language)
    named = el("figcaption", remarks.role(note, wall.language), el("span.about", place))
    return el("figure.card.quote.advice", el("p.said", note.text), named)
