"""The marks of the route map, the same wherever one is drawn: they differ in shape and stroke, not only in colour."""

from collections.abc import Iterable

from facilitation.screen.lettering import GAP, GAP_GROUND, GAP_LINE, INK, MUTED, PAPER, Box, width, word
from facilitation.screen.parts import Node, el
from facilitation.screen.route_layout import LEGEND, WIDTH
from facilitation.texts import say

FAMILIES = {
    "public": "#2f6db0",
    "medical": "#2e8b6f",
    "peer": "#c8671c",
    "money_law": "#7a5aa6",
    "daily_life": "#1f8a94",
    "justice": "#6b6f76",
}
PILLS = {
    "covered": ("#e7f0e4", "#2f6b3a"),
    "single": ("#f0ebe1", "#5c5647"),
    "conditional": ("#f0ebe1", "#5c5647"),
    "gap": ("#ffe2b8", GAP),
    "unasked": (PAPER, MUTED),
}
STANDING = "⇄ "

Item = tuple[Node, str, float]
"""Of a legend: a mark drawn around 0, its words, the width of the mark."""


def rect(box: Box, **more: object) -> Node:
    """A box drawn."""
    return el("rect", x=round(box.x, 1), y=round(box.y, 1), width=round(box.width, 1), height=box.height, **more)


def full_stop(x: float, y: float, radius: float, colour: str) -> Node:
    """Can: a full ring with its dot."""
    ring = {"fill": PAPER, "stroke": colour, "stroke_width": round(0.38 * radius, 1)}
    return el(
        "g",
        el("circle", cx=x, cy=y, r=round(0.8 * radius, 1), **ring),
        el("circle", cx=x, cy=y, r=round(0.26 * radius, 1), fill=colour),
    )


def dashed_stop(x: float, y: float, radius: float, colour: str) -> Node:
    """Under conditions: a dashed ring with a triangle."""
    a = 0.36 * radius
    triangle = f"M{x:.1f} {y - a:.1f}L{x + a:.1f} {y + 0.8 * a:.1f}L{x - a:.1f} {y + 0.8 * a:.1f}Z"
    ring = {"fill": PAPER, "stroke": colour, "stroke_width": 4.5, "stroke_dasharray": "7 5"}
    return el(
        "g",
        el("circle", cx=x, cy=y, r=round(0.86 * radius, 1), **ring),
        el("path", d=triangle, fill="none", stroke=colour, stroke_width=3, stroke_linejoin="round"),
    )


def stroke_of(path: str, warm: bool, standing: bool) -> list[Node]:
    """The stroke of a hand-over, the same wherever one is drawn."""
    line = {"d": path, "fill": "none", "stroke_linecap": "round"}
    if standing:
        inner = el("path", **{**line, "stroke": PAPER, "stroke_width": 3})
        return [el("path", **{**line, "stroke": INK, "stroke_width": 9}), inner]
    dash = None if warm else "1 11"
    return [el("path", **{**line, "stroke": INK, "stroke_width": 5, "stroke_dasharray": dash})]


def legend_items(language: str) -> list[Item]:
    """(mark drawn around 0, words, width of the mark)."""
    handover = "M-28 0H28"
    gap = Box.around(0, 0, 34, 28)
    dashed = {"fill": GAP_GROUND, "stroke": GAP_LINE, "stroke_width": 2.5, "stroke_dasharray": "6 5"}
    marks: list[Item] = [
        (full_stop(0, 0, 20, INK), say(language, "route.can"), 40),
        (dashed_stop(0, 0, 20, INK), say(language, "status.conditional"), 40),
        (el("g", stroke_of(handover, True, False)), say(language, "route.warm"), 60),
        (el("g", stroke_of(handover, False, False)), say(language, "route.cold"), 60),
        (el("g", stroke_of(handover, True, True)), STANDING + say(language, "route.standing"), 60),
        (rect(gap, rx=6, **dashed), say(language, "route.gap"), 34),
    ]
    return marks


def flow(items: Iterable[Item]) -> list[list[tuple[float, Node, str, float]]]:
    """The items in lines, each with its left edge."""
    found: list[list[tuple[float, Node, str, float]]] = [[]]
    x = 0.0
    for mark, text, wide in items:
        needed = wide + 10 + width(text)
        if x and x + needed > WIDTH:
            found.append([])
            x = 0.0
        found[-1].append((x, mark, text, wide))
        x += needed + 26
    return found


def legend_of(items: list[Item], top: float) -> list[Node]:
    """What the marks mean."""
    return [
        _item(x, top + LEGEND * (n + 0.5), mark, text, wide)
        for n, line in enumerate(flow(items))
        for x, mark, text, wide in line
    ]


def _item(x: float, y: float, mark: Node, text: str, wide: float) -> Node:
    moved = el("g", mark, transform=f"translate({x + wide / 2:.1f} {y:.1f})")
    return el("g", moved, word(text, x + wide + 10, y, fill=MUTED, text_anchor="start"))
