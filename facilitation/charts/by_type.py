"""Answers by the respondent's agency type (G5): a heat table of the share that answered 4 or 5."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]

from facilitation.agencies import broad
from facilitation.charts.dress import (
    INK,
    RULE,
    SEQUENTIAL,
    About,
    Chart,
    Kind,
    columns,
    dressed,
    label,
    note,
    row_height,
)
from facilitation.charts.respondents import Categories, held, named
from facilitation.likert import Likert
from facilitation.rounding import percent
from facilitation.suppression import Groups, Parts
from facilitation.texts import say

DARK, HALF = 0.9, 0.5
FEW, WIDE, NARROW = 5, 16, 12
"""Half-width signs of a line of a column's name: more where there are few columns."""


def by_type(
    name: str,
    items: Sequence[tuple[str, Parts[Likert]]],
    groups: Groups,
    about: About,
    language: str,
    categories: Categories,
) -> Chart:
    """`items`: the question's words and its answers in parts; `groups`: those of everybody, what was put together last.
    Of a question that few answered more is put together than of others: the cell of a part that is in it is empty."""
    questions = [label(words) for words, _ in items]
    width = NARROW if len(groups.sizes) > FEW else WIDE
    heads = [f"{label(named(code, language), width)}<br>n={n}" for code, n in groups.sizes.items()]
    shares = [[_share(parts, code) for code in groups.sizes] for _, parts in items]
    figure = _cells(questions, heads, shares)
    parted = "category" if broad((*groups.shown, *groups.merged)) else "type"
    head: Mapping[str, Kind] = {"question": "words", parted: "words", "n": "count", "top2": "share"}
    title = _title([(words, row) for (words, _), row in zip(items, shares, strict=True)], parted, language)
    how = say(language, f"charts.by_type.how_{parted}")
    small = note(about, language, how, below=held(groups.sizes, groups.merged, categories, language))
    return Chart(
        name,
        title,
        small,
        dressed(figure, title, small, height=row_height(questions), head=84),
        columns(language, "by_type", head),
        tuple(
            (words, named(code, language), parts.of[code].n, parts.of[code].top2)
            for words, parts in items
            for code in groups.sizes
            if code in parts.of
        ),
    )


def _cells(questions: Sequence[str], heads: Sequence[str], shares: Sequence[Sequence[float | None]]) -> go.Figure:
    """The coloured cells with their share written on them."""
    figure = go.Figure(
        go.Heatmap(
            x=list(heads),
            y=list(questions),
            z=[list(row) for row in shares],
            zmin=0,
            zmax=1,
            colorscale=[list(stop) for stop in SEQUENTIAL],
            showscale=False,
            xgap=4,
            ygap=4,
            customdata=[[percent(share) for share in row] for row in shares],
            hovertemplate="%{y}<br>%{customdata}<extra></extra>",
        )
    )
    # All at once: added one by one, each addition checks those before it again (125 took a second).
    figure.layout.annotations = [
        _written(head, question, share)
        for question, row in zip(questions, shares, strict=True)
        for head, share in zip(heads, row, strict=True)
    ]
    figure.update_yaxes(autorange="reversed", showgrid=False, ticks="")
    figure.update_xaxes(side="top", tickfont={"size": 15, "color": INK}, showgrid=False, linecolor=RULE, ticks="")
    return figure


def _written(head: str, question: str, share: float | None) -> dict[str, Any]:
    ink = "#FFFFFF" if (share or 0) > DARK else INK
    font = {"size": 17, "color": ink}
    return {"x": head, "y": question, "text": percent(share), "showarrow": False, "font": font}


def _share(parts: Parts[Likert], code: str) -> float | None:
    return parts.of[code].top2 if code in parts.of else None


def _title(items: Sequence[tuple[str, Sequence[float | None]]], parted: str, language: str) -> str:
    """What all groups share most: the question whose least share is the largest. Types are never compared in words."""
    whole = [([share for share in shares if share is not None], words) for words, shares in items if None not in shares]
    share, words = max(((min(shares), words) for shares, words in whole if shares), default=(0.0, ""))
    if share < HALF:
        return say(language, f"charts.by_type.title_{parted}")
    return say(language, f"charts.by_type.title_all_{parted}", question=words.rstrip("。."), share=percent(share))
