"""How many chose what (G7, G8, G9, G10, background): one bar a choice, the most chosen first, the number beside it."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go  # type: ignore[import-untyped]

from facilitation.charts.dress import ACCENT, About, Chart, Kind, columns, dressed, label, note, row_height
from facilitation.rounding import percent
from facilitation.texts import say

HEAD: Mapping[str, Kind] = {"choice": "words", "count": "count", "share": "share"}


def counts(
    name: str,
    title: str,
    choices: Sequence[tuple[str, int]],
    of: int,
    about: About,
    language: str,
    *,
    ordered: bool = False,
    more: Sequence[str] = (),
    colour: str = ACCENT,
) -> Chart:
    """`choices`: words and how many chose them, of `of` people (0: no share is given, the numbers are no people).
    `ordered` keeps the order of a scale; otherwise the most chosen come first."""
    shown = list(choices) if ordered else sorted(choices, key=lambda choice: -choice[1])
    words = [label(choice, 40) for choice, _ in shown]
    numbers = [count for _, count in shown]
    figure = _bars(words, numbers, [_beside(count, of, language) for count in numbers], colour)
    small = note(about, language, *more)
    return Chart(
        name,
        title,
        small,
        dressed(figure, title, small, height=row_height(words, least=44), head=24, right=90),
        columns(language, "counts", HEAD)[: 3 if of else 2],
        tuple((choice, count, count / of) if of else (choice, count) for choice, count in shown),
    )


def _bars(words: Sequence[str], numbers: Sequence[int], texts: Sequence[str], colour: str) -> go.Figure:
    figure = go.Figure(
        go.Bar(
            y=list(words),
            x=list(numbers),
            orientation="h",
            text=list(texts),
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 16},
            constraintext="none",
            marker={"color": colour},
            hovertemplate="%{y}<br>%{text}<extra></extra>",
        )
    )
    figure.update_layout(bargap=0.42)
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(range=[0, max([*numbers, 1]) * 1.18], showticklabels=False, showgrid=False, zeroline=True)
    return figure


def _beside(count: int, of: int, language: str) -> str:
    if not of:
        return say(language, "charts.counts.times", n=count)
    return say(language, "charts.counts.people", n=count, share=percent(count / of))
