"""`/parts/<conference>/<view>`: what has changed of a view, for devices that draw it themselves: no page has to run."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation.access import Refused
from facilitation.audience import PROJECTOR, group_of
from facilitation.conference import Conference
from facilitation.screen import asked
from facilitation.screen.house import House, house
from facilitation.screen.parts import beside, packed
from facilitation.screen.table_parts import clock, fresh_parts
from facilitation.screen.visit import hears
from facilitation.screen.wall import picture_of
from facilitation.screen.wall_view import Wall

RUN = {"run": True}
_REVISION = re.compile("[0-9]{1,18}")

HEADERS = {"Cache-Control": "no-store", "Content-Encoding": "identity"}
"""Sixty tablets ask at one moment over their own Wi-Fi: packing the answer costs more time than it saves."""


def parts(request: Request) -> Response:
    """The newest parts, or `{"run": true}` where more than those has changed since the page was drawn at `?run=`.
    `revision` is read before the conference: what comes while we look is told again. A device that heard of more
    (`?heard=`) than this server knows heard it from another one: then the store is looked at first."""
    here, log, view = house(), str(request.path_params["log"]), str(request.path_params["view"])
    drawn, heard = (_revision(request.query_params.get(name, "")) for name in ("run", "heard"))
    revision, conference = here.hub.revision(log, view), here.conference(log)
    if not (conference.opened and hears(asked.seated(request), conference, view)):
        return PlainTextResponse("404", 404)
    if heard and heard > revision:
        here.look(log)
        revision, conference = here.hub.revision(log, view), here.conference(log)
    if drawn is None or here.hub.redrawn(log, view) > drawn:
        return JSONResponse(RUN, headers=HEADERS)
    try:
        given = _given(here, conference, view, asked.language(request))
    except Refused:  # a case that is gone: the page says so
        given = packed(RUN)
    return Response(beside({"revision": revision}, given), media_type="application/json", headers=HEADERS)


def _revision(typed: str) -> int | None:
    return int(typed) if _REVISION.fullmatch(typed) else None


def _given(here: House, conference: Conference, view: str, spoken: str) -> bytes:
    """What the devices of a view draw by themselves, as it is now."""
    group, spent = group_of(view), here.spent(conference)
    if view == PROJECTOR:
        return packed({"wall": [picture_of(Wall.of(here, conference, spoken))]})
    if group is None:
        return packed(RUN)
    common = fresh_parts(conference, group, here.case(conference, spoken), here.fiction(conference.case))
    return beside({"clock": [clock(conference, spent, spoken)]}, common)


def routes() -> list[BaseRoute]:
    """One."""
    return [Route("/parts/{log}/{view}", parts)]
