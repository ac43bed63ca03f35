"""Before and after (G2): the mean of each question as a pair of dots, and who went up, stayed and went down."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go  # type: ignore[import-untyped]
from plotly.subplots import make_subplots  # type: ignore[import-untyped]

from facilitation.charts.dress import (
    ACCENT,
    CARD,
    INK,
    MUTED,
    RULE,
    About,
    Chart,
    Kind,
    columns,
    dressed,
    label,
    note,
    row_height,
)
from facilitation.rounding import rounded
from facilitation.shift import Shift
from facilitation.texts import say

MOVES = (("up", ACCENT, "#FFFFFF"), ("same", RULE, INK), ("down", "#E3B26B", INK))
HEAD: Mapping[str, Kind] = {
    "question": "words",
    "n": "count",
    "before": "mean",
    "after": "mean",
    "difference": "mean",
    "up": "count",
    "same": "count",
    "down": "count",
    "unpaired": "count",
}


def before_after(name: str, items: Sequence[tuple[str, Shift]], about: About, language: str) -> Chart:
    """`items`: the question's words and its pairs, in the questionnaire's order. Only people with both answers count
    (domain C9); how many had one alone stands in the table."""
    questions = [label(words, 40) for words, _ in items]
    figure = make_subplots(rows=1, cols=2, shared_yaxes=True, column_widths=[0.56, 0.44], horizontal_spacing=0.05)
    for question, (_, view) in zip(questions, items, strict=True):
        _dots(figure, question, view)
    for move, colour, ink in MOVES:
        _moves(figure, move, colour, ink, questions, items, language)
    _heads(figure, language)
    figure.update_layout(barmode="stack", bargap=0.4)
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(range=[0.8, 5.2], tickvals=[1, 2, 3, 4, 5], row=1, col=1)
    figure.update_xaxes(range=[0, 1], showticklabels=False, showgrid=False, row=1, col=2)
    title, small = _title(items, language), note(about, language, say(language, "charts.before_after.how"))
    return Chart(
        name,
        title,
        small,
        dressed(figure, title, small, height=row_height(questions, least=58), head=36),
        columns(language, "before_after", HEAD),
        tuple((words, *(getattr(view, column) for column in list(HEAD)[1:])) for words, view in items),
    )


def _dots(figure: go.Figure, question: str, view: Shift) -> None:
    """Before is hollow, after is full; the numbers stand outside the pair."""
    ahead = view.after >= view.before
    figure.add_scatter(
        x=[view.before, view.after],
        y=[question, question],
        mode="lines+markers+text",
        line={"color": ACCENT, "width": 4},
        marker={"size": 18, "color": [CARD, ACCENT], "line": {"color": ACCENT, "width": 3}},
        text=[rounded(view.before, 2), f"<b>{rounded(view.after, 2)}</b>"],
        textposition=["middle left", "middle right"] if ahead else ["middle right", "middle left"],
        textfont={"color": [MUTED, INK], "size": 16},
        hovertemplate="%{x:.2f}<extra></extra>",
        row=1,
        col=1,
    )


def _moves(
    figure: go.Figure,
    move: str,
    colour: str,
    ink: str,
    questions: Sequence[str],
    items: Sequence[tuple[str, Shift]],
    language: str,
) -> None:
    counts = [getattr(view, move) for _, view in items]
    words = say(language, f"charts.before_after.{move}")
    figure.add_bar(
        y=list(questions),
        x=[count / view.n for count, (_, view) in zip(counts, items, strict=True)],
        orientation="h",
        name=words,
        text=[f"{words} {count}" if count else "" for count in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": ink, "size": 15},
        customdata=counts,
        hovertemplate=f"{words} %{{customdata}}<extra></extra>",
        marker={"color": colour, "line": {"color": "#FFFFFF", "width": 1}},
        row=1,
        col=2,
    )


def _heads(figure: go.Figure, language: str) -> None:
    for x, anchor, name in ((0, "left", "scale"), (1, "right", "moved")):
        figure.add_annotation(
            x=x,
            xref="paper",
            xanchor=anchor,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=say(language, f"charts.before_after.{name}"),
            showarrow=False,
            font={"size": 15, "color": MUTED},
        )


def _title(items: Sequence[tuple[str, Shift]], language: str) -> str:
    """Says the largest change; that nothing moved is a finding too."""
    words, view = max(items, key=lambda item: abs(item[1].difference))
    question = words.rstrip("。.")
    if not round(view.difference, 2):
        return say(language, "charts.before_after.title_same")
    key = "charts.before_after.title_up" if view.difference > 0 else "charts.before_after.title_down"
    return say(language, key, question=question, difference=rounded(abs(view.difference), 2))
