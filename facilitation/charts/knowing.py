"""Who knows whom (G3): role, face and contact of each agency type, before and after, as three columns of dot pairs."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go  # type: ignore[import-untyped]
from plotly.subplots import make_subplots  # type: ignore[import-untyped]

from facilitation.agencies import AGENCIES, BROAD, broad, group_name
from facilitation.charts.dress import CARD, MUTED, About, Cell, Chart, Kind, columns, dressed, note
from facilitation.charts.respondents import Categories, colour, held
from facilitation.knows import Knows
from facilitation.rounding import percent
from facilitation.texts import say

STEPS = ("K_R", "K_F", "K_C")
COUNTED: Mapping[str, Kind] = {"n": "count", "before": "share", "after": "share", "gained": "count", "lost": "count"}


def knowing(
    name: str, views: Mapping[str, Mapping[str, Knows]], about: About, language: str, categories: Categories
) -> Chart:
    """`views`: K_R, K_F, K_C → agency type or category → how many of the others ticked it (domain C9b). What may not be
    shown is not in there."""
    types = [code for code in (*AGENCIES, *BROAD) if any(code in views.get(step, {}) for step in STEPS)]
    names = [group_name(code, language) for code in types]
    titles = [say(language, f"charts.knowing.{step}") for step in STEPS]
    figure = make_subplots(rows=1, cols=3, shared_yaxes=True, horizontal_spacing=0.04, subplot_titles=titles)
    for column, step in enumerate(STEPS, 1):
        for code, row in zip(types, names, strict=True):
            if code in views.get(step, {}):
                _pair(figure, column, row, views[step][code], colour(code))
    figure.update_xaxes(range=[-0.12, 1.16], tickvals=[0, 0.5, 1], ticktext=["0%", "50%", "100%"])
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=names)
    figure.update_annotations(font={"size": 16, "color": MUTED})
    parted = "category" if broad(types) else "type"
    head: Mapping[str, Kind] = {"step": "words", parted: "words", **COUNTED}
    title, how = _title(views, parted, language), say(language, f"charts.knowing.how_{parted}")
    small = note(about, language, how, below=held(types, (), categories, language))
    return Chart(
        name,
        title,
        small,
        dressed(figure, title, small, height=52 * len(types), head=36),
        columns(language, "knowing", head),
        tuple(_rows(views, types, language)),
    )


def _rows(views: Mapping[str, Mapping[str, Knows]], types: Sequence[str], language: str) -> list[tuple[Cell, ...]]:
    return [
        (
            say(language, f"charts.knowing.{step}"),
            group_name(code, language),
            *(getattr(views[step][code], column) for column in COUNTED),
        )
        for step in STEPS
        for code in types
        if code in views.get(step, {})
    ]


def _pair(figure: go.Figure, column: int, row: str, view: Knows, colour: str) -> None:
    """Before hollow, after full, in the colour of the type's family; the number of after stands at the outer side."""
    ahead = view.after >= view.before
    figure.add_scatter(
        x=[view.before, view.after],
        y=[row, row],
        mode="lines+markers+text",
        line={"color": colour, "width": 3},
        marker={"size": 15, "color": [CARD, colour], "line": {"color": colour, "width": 3}},
        text=["", percent(view.after)],
        cliponaxis=False,
        textposition="middle right" if ahead else "middle left",
        textfont={"size": 14},
        customdata=[percent(view.before), percent(view.after)],
        hovertemplate="%{y} %{customdata}<extra></extra>",
        row=1,
        col=column,
    )


def _title(views: Mapping[str, Mapping[str, Knows]], parted: str, language: str) -> str:
    """The gain in faces, which the conference is for; of another step where faces were not asked."""
    for step in ("K_F", "K_C", "K_R"):
        shown = views.get(step, {})
        if shown:
            before = sum(view.before for view in shown.values()) / len(shown)
            after = sum(view.after for view in shown.values()) / len(shown)
            words = {"before": percent(before), "after": percent(after)}
            return say(language, f"charts.knowing.title_{parted}_{step}", **words)
    return say(language, "charts.knowing.title_none")
