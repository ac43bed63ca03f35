"""How many groups stand how at each stage. Labels are ours; what people typed never reaches a figure."""

import plotly.graph_objects as go  # type: ignore[import-untyped]

from facilitation.charts.dress import FONTS
from facilitation.coverage import STATUSES, GroupStanding
from facilitation.path import STAGES
from facilitation.texts import say

COLOURS = {"covered": "#2F6B3A", "single": "#8FA98F", "conditional": "#D8CFBC", "gap": "#E0A040", "unasked": "#FFFFFF"}
INKS = {"covered": "#FFFFFF", "single": "#2B2A28", "conditional": "#2B2A28", "gap": "#2B2A28", "unasked": "#6E6A61"}


def groups_by_stage(view: GroupStanding, language: str) -> go.Figure:
    """How many groups stand how at each stage (C2b): one bar a stage, the words written on the bars."""
    stages = [STAGES[stage].short(language) for stage in view.counts]
    figure = go.Figure()
    for status in STATUSES:
        counts = [counted[status] for counted in view.counts.values()]
        words = say(language, f"status.{status}")
        figure.add_bar(
            y=stages,
            x=counts,
            orientation="h",
            name=words,
            text=[f"{words} {n}" if n else "" for n in counts],
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": INKS[status]},
            hovertemplate="%{y} · %{text}<extra></extra>",
            marker={"color": COLOURS[status], "line": {"color": "#A39A87", "width": 1}},
        )
    figure.update_layout(
        barmode="stack",
        title=say(language, "map.chart_title"),
        font={"family": FONTS, "size": 16, "color": "#2B2A28"},
        paper_bgcolor="#FBF8F3",
        plot_bgcolor="#FBF8F3",
        showlegend=False,
        margin={"l": 8, "r": 16, "t": 56, "b": 32},
        height=460,
        xaxis={"dtick": 1, "gridcolor": "#E4DDD1", "tickfont": {"size": 16, "color": "#2B2A28"}},
        yaxis={"autorange": "reversed", "automargin": True, "tickfont": {"size": 16, "color": "#2B2A28"}},
    )
    return figure
