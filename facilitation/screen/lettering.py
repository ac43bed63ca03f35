"""Letters in a drawing: how wide words run, where a line may break, and boxes that must not meet.

A drawing knows its sizes before any browser has measured a letter, so the widths are generous: one em for a Japanese
letter, six tenths for a Latin one.
"""

import re
import unicodedata
from dataclasses import dataclass

from facilitation.screen.parts import Node, el

SMALLEST = 26
"""Nothing on a wall of 1920 x 1080 is written smaller."""

LINE = 1.06
"""From one line to the next, in ems."""

INK, MUTED, RULE, PAPER, CARD = "#2b2a28", "#6e6a61", "#e4ddd1", "#fbf8f3", "#ffffff"
GAP, GAP_LINE, GAP_GROUND = "#8a4b00", "#b8791f", "#fff1dc"

_PIECES = re.compile(r"(?<=[ /・])|(?=（)")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @staticmethod
    def around(x: float, y: float, width: float, height: float) -> "Box":
        """The box with its middle at (x, y)."""
        return Box(x - width / 2, y - height / 2, width, height)

    def meets(self, other: "Box", space: float = 0) -> bool:
        """Whether they overlap or come nearer than `space`."""
        return (
            self.x < other.x + other.width + space
            and other.x < self.x + self.width + space
            and self.y < other.y + other.height + space
            and other.y < self.y + self.height + space
        )

    def holds(self, x: float) -> bool:
        """Whether a vertical line at `x` runs through it."""
        return self.x <= x <= self.x + self.width


def width(text: str, size: float = SMALLEST) -> float:
    """How wide `text` may run at most."""
    return size * sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.6 for letter in text)


def lines(text: str, most: float, size: float = SMALLEST) -> list[str]:
    """`text` in lines no wider than `most`, broken after a space, a stroke or a dot, or before a bracket."""
    found = [""]
    for piece in _PIECES.split(text):
        if found[-1] and width((found[-1] + piece).rstrip(), size) > most:
            found.append("")
        found[-1] += piece
    return [line.strip() for line in found]


def word(text: str, x: float, y: float, size: float = SMALLEST, **more: object) -> Node:
    """One line of letters with its middle line at `y`; `text_anchor` says which end of it stands at `x`."""
    known = {"text_anchor": "middle", "fill": INK, **more}
    return el("text", text, x=round(x, 1), y=round(y + 0.36 * size, 1), font_size=size, **known)


def words(found: list[str], x: float, y: float, size: float = SMALLEST, **more: object) -> list[Node]:
    """Several lines, the middle of them all at `y`."""
    top = y - (len(found) - 1) / 2 * size * LINE
    return [word(line, x, top + n * size * LINE, size, **more) for n, line in enumerate(found)]


def drawing(name: str, wide: float, high: float, *children: object) -> Node:
    """A drawing of `wide` x `high` units that says what it is."""
    return el(
        "svg.drawing", el("title", name), *children, viewBox=f"0 0 {wide:.0f} {high:.0f}", role="img", aria_label=name
    )
