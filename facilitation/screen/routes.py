"""Our own routes beside the pages: doors (`routes_doors`), what devices send, change stream, downloads, health."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from facilitation import advice, cards, checked, commands, sharing
from facilitation.access import Refused, Who
from facilitation.export.paper import paper
from facilitation.export.record import record
from facilitation.screen import (
    asked,
    first_page,
    routes_archive,
    routes_audit,
    routes_contacts,
    routes_doors,
    routes_keys,
    routes_parts,
    routes_survey,
    routes_survey_paper,
    routes_watching,
)
from facilitation.screen.findings_pictures import routes_in_full
from facilitation.screen.house import house
from facilitation.screen.parts import ASSETS, assets_version
from facilitation.screen.visit import COOKIE, adviser, hears, hears_survey, leader
from facilitation.store import StoreError, UnreadableLog
from facilitation.survey_round import PREFIX as SURVEY

SEAT_VERBS = {
    "write_card": cards.write_card,
    "withdraw_card": cards.withdraw_card,
    "set_table": commands.set_table,
    "write_line": commands.write_line,
    "accept_rules": commands.accept_rules,
    "set_ready": commands.set_ready,
    "review_map": sharing.review_map,
    "write_next_step": sharing.write_next_step,
    "keep_words": checked.keep_words,
}
"""What a tablet may send to `/do`; each verb checks the seat again."""

ADVISER_VERBS = {"star": advice.star, "comment": advice.comment, "keep_words": checked.keep_words}
"""What an adviser's device may send, and a facilitator's; each verb checks the role again."""

MOST_BYTES = 64_000
CHECK = "check"
"""The stream that devices hold while the connection is tried."""


async def do(request: Request) -> Response:
    """`POST /do`: what a device sends. The answer comes after the commit: `{"revision", "at", "fresh"}`; a refusal is
    422 with `{"refused": [sentence …], "fields": [name …]}`; anything else is worth trying again. A seat is named in
    the request, with the group it wrote for, and must be this device's; every other role is the signed cookie's (`seat`
    is empty then)."""
    if not asked.from_here(request):
        return asked.refused(Refused("origin"), request, 403)
    if not asked.small(request, MOST_BYTES):
        return asked.refused(Refused("too_much"), request, 413)
    try:
        sent = await asked.told(request)
        log, seat, name = str(sent["log"]), str(sent["seat"]), str(sent["verb"])
        if type(group := sent.get("group", 0)) is not int:
            raise TypeError("a group is a number")
        verb = {**SEAT_VERBS, **ADVISER_VERBS}[name]
        fields = {**(sent.get("fields") or {})}
    except (ValueError, KeyError, TypeError, RecursionError):
        return asked.refused(Refused("no_form"), request, 400)
    here = house()
    keys = here.keys_at_hand
    granted = here.allowed(request.cookies.get(COOKIE, ""), keys)
    carried = here.carried(str(sent.get("token", "")), keys)
    who = _sender(granted, carried, log, seat, group)
    if who is None or name not in (SEAT_VERBS if who.role == "seat" else ADVISER_VERBS):
        return asked.refused(Refused("seat.unknown" if who is None and seat else "not_allowed"), request, 403)
    try:
        receipt = await here.post(log, verb, who, **fields)
    except (Refused, StoreError) as refusal:
        return asked.refused(refusal, request)
    return JSONResponse({"revision": receipt.revision, "at": receipt.at, "fresh": receipt.fresh})


def _sender(granted: Mapping[str, Any], carried: Any, log: str, seat: str, group: int = 0) -> Who | None:
    """Who a device is in a conference: one of its own seats, writing for a group, or what its cookie says."""
    if seat:
        return Who("seat", seat, group=group) if [log, seat] in [*granted.get("seats", []), carried] else None
    return adviser(granted, log) or leader(granted, log)


def download(request: Request) -> Response:
    """`/record/<conference>`: the printable record, for those who lead it."""
    conference = asked.led(request)
    if conference is None:
        return PlainTextResponse("404", 404)
    spoken = asked.language(request)
    try:
        page = record(conference, house().case(conference, spoken), spoken, routes_in_full(conference, spoken))
    except Refused as refusal:
        return asked.in_words(refusal, request)
    asked.taken(request, conference, "record")
    name = quote(f"record-{conference.id}.html")
    kind = "inline" if request.query_params.get("show") else "attachment"
    headers = {**asked.NOT_KEPT, "Content-Disposition": f"{kind}; filename*=UTF-8''{name}"}
    return Response(page, media_type="text/html", headers=headers)


def on_paper(request: Request) -> Response:
    """`/paper/<conference>`: scene sheets and worksheets to print, for those who lead it."""
    conference = asked.led(request)
    if conference is None:
        return PlainTextResponse("404", 404)
    spoken = asked.language(request)
    try:
        page = paper(conference, house().case(conference, spoken), spoken)
    except Refused as refusal:
        return asked.in_words(refusal, request)
    asked.taken(request, conference, "paper")
    return Response(page, media_type="text/html", headers=asked.NOT_KEPT)


class Assets(StaticFiles):
    """Our scripts and look, at an address that changes with their content: cached for a year."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def at_once() -> list[BaseRoute]:
    """Those that sixty devices ask at one moment (`straight`)."""
    return [
        Route("/do", do, methods=["POST"]),
        *routes_parts.routes(),
        WebSocketRoute("/live/{log}/{view}", house_stream),
    ]


def routes() -> list[BaseRoute]:
    """All of them."""
    return [
        *at_once(),
        *first_page.routes(),
        *routes_watching.routes(),
        *routes_doors.routes(),
        Route("/record/{log}", download),
        Route("/paper/{log}", on_paper),
        *routes_audit.routes(),
        *routes_keys.routes(),
        *routes_survey.routes(),
        *routes_survey_paper.routes(),
        *routes_archive.routes(),
        *routes_contacts.routes(),
        Mount(f"/assets/{assets_version()}", Assets(directory=ASSETS)),
    ]


async def house_stream(socket: WebSocket) -> None:
    """The change stream of this process's hub: for the connection check, and for who may see the view. Everything else
    is closed at once, leaves nothing behind and sounds the same: a name with a code in it must not be guessed here."""
    log, view = str(socket.path_params["log"]), str(socket.path_params["view"])
    if log == CHECK or await run_in_threadpool(_may_hear, socket, log, view):
        await house().hub.serve(socket)
    else:
        await socket.close(1008)


def _may_hear(socket: WebSocket, log: str, view: str) -> bool:
    granted = asked.seated(socket)
    with suppress(UnreadableLog):
        if log.startswith(SURVEY):
            return hears_survey(granted, house().surveys.survey(log))
        conference = house().conference(log)
        return conference.opened and hears(granted, conference, view)
    return False
