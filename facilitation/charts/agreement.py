"""How far people agree with each sentence (G1): bars around the middle answer, half of which stands on either side."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go  # type: ignore[import-untyped]

from facilitation.charts.dress import (
    DIVERGING,
    INK,
    MUTED,
    About,
    Cell,
    Chart,
    Kind,
    columns,
    dressed,
    label,
    note,
    row_height,
    safe,
)
from facilitation.likert import Likert
from facilitation.rounding import percent
from facilitation.texts import say

WRITTEN = 0.06
"""The least share whose number fits into its piece of the bar."""
DARK = (1, 5)


def agreement(name: str, items: Sequence[tuple[str, Likert]], about: About, language: str) -> Chart:
    """`items`: the question's words and its answers, in any order; shown by the share of 4 and 5, the largest first.
    Shares are of those who answered with 1 to 5 (domain C10)."""
    shown = sorted(items, key=lambda item: -item[1].top2)
    questions = [label(words) for words, _ in shown]
    figure = go.Figure()
    for level in (3, 2, 1, 4, 5):
        _pieces(figure, level, [view for _, view in shown], questions, language)
    for question, (_, view) in zip(questions, shown, strict=True):
        _at_the_side(figure, question, view, language)
    _ends(figure, language)
    height = row_height(questions)
    figure.update_layout(barmode="relative", bargap=0.36)
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(range=[-1, 1], tickvals=[-1, -0.5, 0, 0.5, 1], ticktext=["100%", "50%", "0", "50%", "100%"])
    title, small = _title(shown, language), note(about, language, say(language, "charts.agreement.how"))
    return Chart(
        name,
        title,
        small,
        dressed(figure, title, small, height=height, head=36, right=150),
        columns(language, "agreement", HEAD),
        tuple(_row(words, view) for words, view in shown),
    )


COUNTS: tuple[str, ...] = ("n", "missing", "c1", "c2", "c3", "c4", "c5")
SHARES: tuple[str, ...] = ("left", "right", "top2")
HEAD: Mapping[str, Kind] = {
    "question": "words",
    **dict.fromkeys(COUNTS, "count"),
    **dict.fromkeys(SHARES, "share"),
}


def _row(words: str, view: Likert) -> tuple[Cell, ...]:
    return (words, view.n, view.missing, *view.counts, view.left, view.right, view.top2)


def _pieces(figure: go.Figure, level: int, views: Sequence[Likert], questions: Sequence[str], language: str) -> None:
    """One level of all bars; the middle one is drawn to both sides, its number stands on the line."""
    shares = [_share(view, level) for view in views]
    words = say(language, f"charts.level.{level}")
    texts = [percent(share) if share >= WRITTEN and level != 3 else "" for share in shares]
    hover = [f"{words} {percent(share)} ({_count(view, level)})" for share, view in zip(shares, views, strict=True)]
    for sign in (-1, 1) if level == 3 else ((-1,) if level < 3 else (1,)):
        figure.add_bar(
            y=questions,
            x=[sign * (share / 2 if level == 3 else share) for share in shares],
            orientation="h",
            name=words,
            text=texts,
            customdata=hover,
            hovertemplate="%{customdata}<extra></extra>",
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": "#FFFFFF" if level in DARK else INK, "size": 15},
            marker={"color": DIVERGING[level], "line": {"color": "#FFFFFF", "width": 1}},
        )
    if level == 3:
        for question, share in zip(questions, shares, strict=True):
            if share >= WRITTEN:
                figure.add_annotation(x=0, y=question, text=percent(share), showarrow=False, font={"size": 15})


def _count(view: Likert, level: int) -> int:
    return view.counts[level - 1]


def _share(view: Likert, level: int) -> float:
    return _count(view, level) / view.n


def _at_the_side(figure: go.Figure, question: str, view: Likert, language: str) -> None:
    words = say(language, "charts.agreement.side", share=percent(view.top2), n=view.n)
    if view.missing:
        words += (
            f"<br><span style='color:{MUTED}'>{safe(say(language, 'charts.agreement.none', n=view.missing))}</span>"
        )
    figure.add_annotation(x=1.02, xref="paper", xanchor="left", align="left", y=question, text=words, showarrow=False)


def _ends(figure: go.Figure, language: str) -> None:
    """What left, middle and right mean, once, above the bars."""
    for x, anchor, name in ((-1, "left", "ends_left"), (0, "center", "ends_middle"), (1, "right", "ends_right")):
        figure.add_annotation(
            x=x,
            xanchor=anchor,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=safe(say(language, f"charts.agreement.{name}")),
            showarrow=False,
            font={"size": 15, "color": MUTED},
        )


def _title(shown: Sequence[tuple[str, Likert]], language: str) -> str:
    words, view = shown[0]
    return say(language, "charts.agreement.title", question=words.rstrip("。."), share=percent(view.top2))
