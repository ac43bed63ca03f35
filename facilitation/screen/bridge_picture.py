"""The nine links of the path: where two stages hold together, and where a question stands between them (C4)."""

from collections import Counter
from collections.abc import Iterable, Mapping

from facilitation.bridges import Bridge, Bridges
from facilitation.path import STAGES
from facilitation.screen.lettering import (
    CARD,
    GAP,
    GAP_LINE,
    INK,
    MUTED,
    PAPER,
    RULE,
    Box,
    drawing,
    lines,
    width,
    word,
    words,
)
from facilitation.screen.parts import Node, el
from facilitation.screen.route_marks import rect, stroke_of
from facilitation.texts import say

WIDTH, HEIGHT = 1824, 400
NODE = (164, 84)
PLACES: Mapping[str, tuple[float, float]] = {
    **{f"S{n + 1}": (90 + 276 * n, 200) for n in range(5)},
    "S6": (1468, 66),
    "S7": (1468, 334),
    "S8": (1738, 200),
}
ORDER: tuple[Bridge, ...] = ("warm", "same", "cold", "none", "na")
"""Strengths first."""


def bridge_picture(view: Bridges, language: str) -> Node:
    """Stages as stations, links as tracks: solid warm, broad the same agency, dotted explained, dashed still open."""
    return drawing(
        say(language, "bridge.title"),
        WIDTH,
        HEIGHT,
        [_track(link, bridge) for link, bridge in view.links.items()],
        [_stage(stage, language) for stage in PLACES],
        [_name(link, bridge, language) for link, bridge in view.links.items()],
    )


def _stage(stage: str, language: str) -> Node:
    x, y = PLACES[stage]
    box = Box.around(x, y, *NODE)
    name = lines(STAGES[stage].short(language), NODE[0] - 4)
    edge = {"fill": CARD, "stroke": INK, "stroke_width": 3}
    return el("g", rect(box, rx=20, **edge), words(name, x, y, font_weight="bold"))


def _ends(link: tuple[str, str]) -> tuple[float, float, float, float]:
    """From edge to edge of the two stages."""
    (x1, y1), (x2, y2) = (PLACES[stage] for stage in link)
    if x1 == x2:
        return x1, y1 + NODE[1] / 2, x2, y2 - NODE[1] / 2
    return x1 + NODE[0] / 2, y1, x2 - NODE[0] / 2, y2


def _track(link: tuple[str, str], bridge: Bridge) -> Node:
    x1, y1, x2, y2 = _ends(link)
    path = f"M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}"
    match bridge:
        case "warm" | "cold":
            return el("g", stroke_of(path, bridge == "warm", False))
        case "same":
            return el("path", d=path, fill="none", stroke="#8f897b", stroke_width=16)
        case "none":
            return el("path", d=path, fill="none", stroke=GAP_LINE, stroke_width=4, stroke_dasharray="14 12")
        case _:
            return el("path", d=path, fill="none", stroke=RULE, stroke_width=4)


def _name(link: tuple[str, str], bridge: Bridge, language: str) -> Node:
    """The word on the track; beside it where the track is level."""
    x1, y1, x2, y2 = _ends(link)
    x, y = (x1 + x2) / 2, (y1 + y2) / 2 - (32 if y1 == y2 else 0)
    text = say(language, f"bridge.{bridge}")
    ink = {"none": GAP, "na": MUTED}.get(bridge, INK)
    ground = rect(Box.around(x, y, width(text) + 4, 36), rx=8, fill=PAPER) if y1 != y2 else None
    return el("g", ground, word(text, x, y, fill=ink, font_weight="bold"))


def link_name(link: Iterable[str], language: str) -> str:
    """「つなぎ→専門の支援」."""
    return "→".join(STAGES[stage].short(language) for stage in link)


def bridge_headline(view: Bridges, language: str) -> str:
    """The nine links in one sentence."""
    found = Counter(view.links.values())
    counts = {bridge: found[bridge] for bridge in ("warm", "same", "cold")}
    return say(language, "bridge.headline", of=found.total(), open=found["none"], **counts)


def bridge_sentences(view: Bridges, language: str) -> list[str]:
    """One sentence per kind of bridge that there is."""
    found = []
    for bridge in ORDER:
        links = [link_name(link, language) for link, is_now in view.links.items() if is_now == bridge]
        if links:
            joined = "」「".join(links) if language == "ja" else "”, “".join(links)
            found.append(say(language, f"bridge.are_{bridge}", links=joined))
    return found


def bridge_table(view: Bridges, language: str) -> Node:
    """The same as a table."""
    rows = [
        el("tr", el("th", link_name(link, language), scope="row"), el("td", say(language, f"bridge.{bridge}")))
        for link, bridge in view.links.items()
    ]
    head = el("tr", [el("th", say(language, f"bridge.{name}"), scope="col") for name in ("link", "how")])
    return el("table.plain", el("caption", say(language, "bridge.title")), el("thead", head), el("tbody", rows))
