"""Acquaintance between agency types (G4): before and after in the same places, lines as thick as the share."""

import math
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go  # type: ignore[import-untyped]
from plotly.subplots import make_subplots  # type: ignore[import-untyped]

from facilitation.charts.dress import CARD, MUTED, About, Chart, Kind, columns, dressed, label, note
from facilitation.charts.respondents import Categories, colour, held, named
from facilitation.network import Acquaintance, Network
from facilitation.rounding import percent
from facilitation.texts import say

THICK = 9.0
"""Pixels of a line for a share of 1."""
BEND = 0.16
"""How far a line leaves the straight one, so that there and back stand side by side."""
UNIT, MARGIN = 160, 0.5
"""Pixels of the ring's radius, and how many radiuses are left free above and below the nodes."""
BESIDE = 0.26
"""How far beside a node its name begins."""
ASIDE, ABOVE = 14, 18
"""Half-width signs of a line of a node's name, beside the ring and above or below it."""
HEAD: Mapping[str, Kind] = {"from": "words", "to": "words", "before": "share", "after": "share"}


def acquaintance(name: str, view: Network, about: About, language: str, categories: Categories) -> Chart:
    """Both times over the same nodes (domain C8). An edge a → b is the share of a's people who can picture a face
    at b."""
    before, after = view.before, view.after
    places = _places(list(view.nodes))
    figure = make_subplots(
        rows=1,
        cols=2,
        horizontal_spacing=0.02,
        subplot_titles=[say(language, f"charts.acquaintance.{side}") for side in ("before", "after")],
    )
    figure.update_annotations(font={"size": 18, "color": MUTED}, yshift=14)
    for column, time in enumerate((before, after), 1):
        _edges(figure, column, time, places, language)
        _nodes(figure, column, places, language)
    figure.update_xaxes(visible=False, range=[-2.8, 2.8])
    low = min((y for _, y in places.values()), default=0) - MARGIN
    figure.update_yaxes(visible=False, range=[low, 1 + MARGIN])
    title = say(
        language,
        "charts.acquaintance.title",
        before=percent(before.density),
        after=percent(after.density),
    )
    pairs = {"before": before.reciprocal, "after": after.reciprocal, "pairs": after.pairs}
    parts = held(view.nodes, view.merged, categories, language)
    small = note(about, language, say(language, "charts.acquaintance.how", **pairs), below=parts)
    return Chart(
        name,
        title,
        small,
        dressed(figure, title, small, height=round(UNIT * (1 + MARGIN - low)), head=36),
        columns(language, "acquaintance", HEAD),
        tuple((named(a, language), named(b, language), before.share(a, b), after.share(a, b)) for a, b in before.ticks),
    )


def _places(nodes: Sequence[str]) -> Mapping[str, tuple[float, float]]:
    """On an ellipse as wide as the panel, the first at the top, clockwise."""
    turn = 2 * math.pi / max(len(nodes), 1)
    return {code: (1.25 * math.sin(n * turn), math.cos(n * turn)) for n, code in enumerate(nodes)}


def _edges(
    figure: go.Figure, column: int, view: Acquaintance, places: Mapping[str, tuple[float, float]], language: str
) -> None:
    for a, b in view.ticks:
        share = view.share(a, b)
        if not share:
            continue
        xs, ys = _curve(places[a], places[b])
        words = f"{named(a, language)} → {named(b, language)} {percent(share)}"
        figure.add_scatter(
            x=xs,
            y=ys,
            mode="lines+markers",
            line={"color": colour(a), "width": 1 + THICK * share},
            marker={
                "symbol": "arrow",
                "angleref": "previous",
                "size": [0] * (len(xs) - 1) + [10 + THICK * share],
                "color": colour(a),
                "opacity": 1,
            },
            opacity=0.75,
            hovertext=words,
            hoverinfo="text",
            row=1,
            col=column,
        )


def _curve(start: tuple[float, float], end: tuple[float, float]) -> tuple[list[float], list[float]]:
    """A quadratic curve that bends to its own left, cut short of both nodes."""
    (x0, y0), (x1, y1) = start, end
    cx, cy = (x0 + x1) / 2 - (y1 - y0) * BEND, (y0 + y1) / 2 + (x1 - x0) * BEND
    steps = [0.13 + 0.74 * n / 24 for n in range(25)]
    xs = [(1 - t) ** 2 * x0 + 2 * (1 - t) * t * cx + t**2 * x1 for t in steps]
    ys = [(1 - t) ** 2 * y0 + 2 * (1 - t) * t * cy + t**2 * y1 for t in steps]
    return xs, ys


def _nodes(figure: go.Figure, column: int, places: Mapping[str, tuple[float, float]], language: str) -> None:
    for code, (x, y) in places.items():
        figure.add_scatter(
            x=[x],
            y=[y],
            mode="markers",
            marker={"size": 34, "color": CARD, "line": {"color": colour(code), "width": 5}},
            hovertext=named(code, language),
            hoverinfo="text",
            row=1,
            col=column,
        )
        figure.add_annotation(
            text=label(named(code, language), ASIDE if _aside(x) else ABOVE),
            showarrow=False,
            **_beside(x, y),
            font={"size": 16},
            row=1,
            col=column,
        )


def _aside(x: float) -> bool:
    return abs(x) > 0.8


def _beside(x: float, y: float) -> dict[str, float | str]:
    """Where a node's name stands: outside the ring, so that no line runs through it."""
    if _aside(x):
        right = x > 0
        beside = {"x": x + (BESIDE if right else -BESIDE), "xanchor": "left" if right else "right"}
        return {"y": y, "yanchor": "middle", "align": "left", **beside}
    return {"x": x, "y": y + (0.22 if y > 0 else -0.22), "yanchor": "bottom" if y > 0 else "top"}
