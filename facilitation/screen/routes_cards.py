"""`/cards/<conference>/<group>`: what a table's cards have become, for its tablets: no page has to run for it."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation.audience import table
from facilitation.screen import asked
from facilitation.screen.house import house
from facilitation.screen.parts import beside
from facilitation.screen.table_cards import fresh_cards
from facilitation.screen.visit import hears

HEADERS = {"Cache-Control": "no-store", "Content-Encoding": "identity"}
"""Sixty tablets ask at one moment over their own Wi-Fi: packing the answer costs more time than it saves."""


def cards(request: Request) -> Response:
    """The newest cards and map, or `{"run": true}` where more than those has changed since the page was drawn at
    `?run=`. `revision` is read first: what comes while we look is told again."""
    here, log, group = house(), str(request.path_params["log"]), int(request.path_params["group"])
    view, drawn = table(group), request.query_params.get("run", "")
    revision, redrawn = here.hub.revision(log, view), here.hub.redrawn(log, view)
    conference = here.conference(log)
    if not (conference.opened and hears(asked.seated(request), conference, view)):
        return PlainTextResponse("404", 404)
    if not drawn.isdecimal() or redrawn > int(drawn):
        return JSONResponse({"run": True}, headers=HEADERS)
    common = fresh_cards(conference, group, asked.language(request), here.fiction(conference.case))
    return Response(beside({"revision": revision}, common), media_type="application/json", headers=HEADERS)


def routes() -> list[BaseRoute]:
    """One."""
    return [Route("/cards/{log}/{group:int}", cards)]
