"""What a drawing shows, measured without a browser: its letters and their boxes, by a generous width."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

EM = {True: 1.0, False: 0.6}
"""A Japanese letter, and a Latin one."""


@dataclass(frozen=True)
class Letters:
    """A text node with the box it may fill at most."""

    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Letters") -> bool:
        """A hair's breadth of overlap is no overlap."""
        return (
            self.left < other.right - 0.5
            and other.left < self.right - 0.5
            and self.top < other.bottom - 0.5
            and other.top < self.bottom - 0.5
        )


def elements(tree: Any) -> Iterator[Any]:
    """Every element of a tree."""
    if isinstance(tree, list):
        yield tree
        for child in tree[2:]:
            yield from elements(child)


def texts(tree: Any) -> list[str]:
    """Every text of a tree, whatever holds it."""
    return [child for element in elements(tree) for child in element[2:] if isinstance(child, str)]


def letters(tree: Any) -> list[Letters]:
    """Every `text` of a drawing."""
    return [_letters(element) for element in elements(tree) if element[0] == "text"]


def _letters(element: Any) -> Letters:
    _, known, text = element
    size = float(known["font-size"])
    wide = size * sum(EM[unicodedata.east_asian_width(letter) in "WFA"] for letter in text)
    x, y = float(known.get("x", 0)), float(known["y"])
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[known["text-anchor"]]
    return Letters(text, size, left, y - 0.88 * size, left + wide, y + 0.12 * size)


def drawings(tree: Any) -> list[Any]:
    """The SVG drawings in a tree."""
    return [element for element in elements(tree) if element[0] == "svg"]


def size(drawing: Any) -> tuple[float, float]:
    """Width and height of a drawing's units."""
    _, _, wide, high = drawing[1]["viewBox"].split()
    return float(wide), float(high)


def collisions(drawing: Any) -> list[tuple[str, str]]:
    """Pairs of letters that would be written over each other."""
    found = letters(drawing)
    return [(a.text, b.text) for n, a in enumerate(found) for b in found[n + 1 :] if a.meets(b)]


def outside(drawing: Any) -> list[str]:
    """Letters that would be cut off."""
    wide, high = size(drawing)
    return [
        each.text
        for each in letters(drawing)
        if each.left < -0.5 or each.right > wide + 0.5 or each.top < -0.5 or each.bottom > high + 0.5
    ]
