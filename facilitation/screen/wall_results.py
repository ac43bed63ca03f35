"""On the wall, where the organisers want it: what people thought, once counted out and where enough answered."""

from facilitation.agencies import broad
from facilitation.rounding import percent
from facilitation.screen.parts import Node, el
from facilitation.screen.wall_view import Wall
from facilitation.survey import SurveyResult
from facilitation.survey_counted import result_of

MOST = 6


def results(wall: Wall) -> Node:
    """The sentences most agreed with, as bars; before and after in one line."""
    result = result_of(wall.survey) if wall.survey and wall.survey.released else None
    if result is None or not result.likert:
        return el("div", el("p.question", wall.say("results.wall_none")))
    views = sorted(result.likert.items(), key=lambda each: -each[1].top2)[:MOST]
    rows = [
        el(
            "li",
            el("span", result.questionnaire.items[item].name(wall.language)),
            el("i", el("b", style=f"width: {100 * view.top2:.1f}%")),
            el("strong", percent(view.top2)),
        )
        for item, view in views
    ]
    people = max(view.n + view.missing for view in result.likert.values())
    change = _change(wall, result)
    note = [wall.say("results.wall_note", n=people)]
    if change and broad(result.network.nodes if result.network else ()):
        note.append(wall.say("results.wall_broad"))
    return el(
        "div.results",
        el("p.story", wall.say("results.wall_title")),
        el("ul", rows),
        change,
        el("p.note", " · ".join(note)),
    )


def _change(wall: Wall, result: SurveyResult) -> Node | None:
    """How far faces have become known in the room."""
    known = result.network
    if known is None or known.before.density is None or known.after.density is None:
        return None
    density = {"before": percent(known.before.density), "after": percent(known.after.density)}
    return el("p.change", wall.say("charts.acquaintance.title", **density))
