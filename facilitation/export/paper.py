"""What goes on paper when tablets do not reach the laptop: a sheet per scene and the three-column worksheet.

Each written field becomes one row of the sheet that `fill` reads: the worksheet asks for what that sheet needs.
"""

from facilitation.agencies import AGENCIES
from facilitation.conference import Conference
from facilitation.export.record import PAGES
from facilitation.path import HANDOVERS, STAGES
from facilitation.scenario import Case
from facilitation.texts import say

ROWS = 5
"""Rows of a worksheet: one agency type each, tall enough for handwriting on A4."""


def paper(conference: Conference, case: Case, language: str) -> str:
    """The sheets of all scenes this conference plays, as one HTML file to print. Reveals stay off the paper."""
    return PAGES.get_template("paper.html").render(
        say=lambda key, **params: say(language, key, **params),
        language=language,
        conference=conference,
        case=case,
        scenes=list(enumerate(case.played(conference.variant), 1)),
        types=[AGENCIES[code].short(language) for code in conference.types],
        stages=[f"{stage.code} {stage.short(language)}" for stage in STAGES.values()],
        links=[f"{kind.code[:2]} {kind.name(language)}" for kind in HANDOVERS.values()],
        rules=[say(language, f"rules.{n}") for n in range(1, 9)],
        rows=range(ROWS),
    )
