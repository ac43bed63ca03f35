"""What a survey's leaders print: forms and code cards, as pages that stand for themselves."""

from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation.export.survey_paper import code_cards, survey_paper
from facilitation.screen import asked
from facilitation.screen.house import house
from facilitation.screen.network import qr
from facilitation.screen.room import survey_address
from facilitation.screen.visit import survey_leader
from facilitation.survey_round import SurveyRound

Page = Callable[[Request, SurveyRound], str | None]


def _for_leaders(page: Page) -> Callable[[Request], Response]:
    """Nobody else hears whether there would be something."""

    @wraps(page)
    def answer(request: Request) -> Response:
        survey = house().surveys.survey(request.path_params["log"])
        who = survey_leader(asked.granted(request), survey)
        printed = page(request, survey) if who else None
        if who is None or printed is None:
            return PlainTextResponse("404", 404)
        asked.taken_of_survey(who, survey, page.__name__)
        return HTMLResponse(printed, headers=asked.NOT_KEPT)

    return answer


@_for_leaders
def form(request: Request, survey: SurveyRound) -> str | None:
    """`/survey-paper/<survey>?form=pre`: one form on A4."""
    wanted = request.query_params.get("form", "")
    return survey_paper(survey, wanted, asked.language(request)) if wanted in survey.forms else None


@_for_leaders
def cards(request: Request, survey: SurveyRound) -> str | None:
    """`/survey-cards/<survey>`: the cards of its deck."""
    address = survey_address(survey, house().readable(survey.conference))
    return code_cards(survey, asked.language(request), qr(address), address)


def routes() -> list[BaseRoute]:
    """Those that print."""
    return [Route("/survey-paper/{log}", form), Route("/survey-cards/{log}", cards)]
