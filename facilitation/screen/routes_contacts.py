"""`/contacts/<conference>`: the agency cards, for a tablet on which somebody opens them."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation.screen import asked
from facilitation.screen.house import house
from facilitation.screen.table_contacts import contact_cards
from facilitation.screen.visit import leader


def contacts(request: Request) -> Response:
    """The tree that the tablet draws. A device that has the newest already is told so (304)."""
    log, granted = str(request.path_params["log"]), asked.seated(request)
    if not (leader(granted, log) or any(log == sat for sat, _ in granted["seats"])):
        return PlainTextResponse("404", 404)
    conference, spoken = house().conference(log), asked.language(request)
    if not conference.opened:
        return PlainTextResponse("404", 404)
    headers = {"ETag": f'"{conference.revision}-{spoken}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(contact_cards(conference, spoken), media_type="application/json", headers=headers)


def routes() -> list[BaseRoute]:
    """One."""
    return [Route("/contacts/{log}", contacts)]
