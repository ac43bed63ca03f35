"""Our own routes beside the pages: joining, keys, cards, the change stream, downloads, health.

A Streamlit script can read cookies but not set them, so every door is a route. Cookies are signed, HttpOnly,
SameSite=Lax; `Secure` only behind https (a laptop in a venue has none).
"""

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from facilitation import advice, cards, commands, sharing
from facilitation.access import Refused, RefusedFields, Who
from facilitation.code import read_code
from facilitation.conference import Conference
from facilitation.export.paper import paper
from facilitation.export.record import record
from facilitation.screen import asked
from facilitation.screen.findings_pictures import routes_in_full
from facilitation.screen.house import DAY, House, house
from facilitation.screen.parts import ASSETS, assets_version
from facilitation.screen.visit import COOKIE, LANGUAGE_COOKIE, adviser, leader, sentences
from facilitation.store import StoreError
from facilitation.texts import LANGUAGES

SEAT_VERBS = {
    "write_card": cards.write_card,
    "withdraw_card": cards.withdraw_card,
    "set_table": commands.set_table,
    "write_line": commands.write_line,
    "accept_rules": commands.accept_rules,
    "set_ready": commands.set_ready,
    "review_map": sharing.review_map,
    "write_next_step": sharing.write_next_step,
}
"""What a tablet may send to `/do`; each verb checks the seat again."""

ADVISER_VERBS = {"star": advice.star, "comment": advice.comment}
"""What an adviser's device may send, and a facilitator's; each verb checks the role again."""

MOST_BYTES = 64_000
CHECK = "check"
"""The stream that devices hold while the connection is tried."""


def join(request: Request) -> Response:
    """`/join/<code>[?k=…]`: take a seat and go to the tablet's page. A device that sits already keeps its seat, unless
    it asks for a further one (`?more=1`: rehearsal, two tables)."""
    language = asked.language(request)
    code = read_code(request.path_params["code"])
    conference = house().find(code) if code else None
    if conference is None:
        return asked.see("/", wrong=request.path_params["code"][:20], lang=language)
    granted = asked.granted(request)
    seated = [seat for log, seat in granted.get("seats", []) if log == conference.id and seat in conference.seats]
    if seated and not request.query_params.get("more"):
        return asked.see("/tablet", s=seated[-1])
    seat = _new_seat()
    try:
        house().send(conference.id, commands.take_seat, Who("seat", seat), seat=seat)
    except (Refused, StoreError) as refusal:
        return asked.see("/", refused=getattr(refusal, "key", ""), lang=language)
    granted["seats"] = [*granted.get("seats", []), [conference.id, seat]][-8:]
    token = house().sign({"carry": [conference.id, seat]})
    return asked.keep(request, asked.see("/seated", s=seat, t=token), granted)


def seated(request: Request) -> Response:
    """Did the cookie come back? If the device refuses cookies, the seat's token goes into the address."""
    seat, token = request.query_params.get("s", ""), request.query_params.get("t", "")
    if any(seat == mine for _, mine in asked.granted(request).get("seats", [])):
        return asked.see("/tablet", s=seat)
    return asked.see("/tablet", s=seat, t=token)


def carry(request: Request) -> Response:
    """`/seat/<token>`: a facilitator hands a seat to another device (dead battery); the token lives ten minutes."""
    carried = house().signed(request.path_params["token"], max_age=600).get("hand")
    if not carried:
        return asked.see("/", refused="seat.old_token", lang=asked.language(request))
    granted = asked.granted(request)
    granted["seats"] = [*granted.get("seats", []), carried][-8:]
    return asked.keep(request, asked.see("/seated", s=carried[1], t=house().sign({"carry": carried})), granted)


def enter(request: Request) -> Response:
    """`/enter/<key>`: the start link of this server, or the ticket a right password was answered with."""
    key = request.path_params["key"]
    if key != house().start_key and not house().signed(key, max_age=60).get("enter"):
        return asked.see("/", refused="key", lang=asked.language(request))
    return asked.keep(request, asked.see("/"), {**asked.granted(request), "organiser": True})


def lead(request: Request) -> Response:
    """`/lead/<conference>/<key>`: a second facilitator's device."""
    log, key = request.path_params["log"], request.path_params["key"]
    conference = house().conference(log)
    if not conference.opened or not conference.lead_key or key != conference.lead_key:
        return asked.see("/", refused="key", lang=asked.language(request))
    granted = asked.granted(request)
    granted["leads"] = sorted({*granted.get("leads", []), log})
    return asked.keep(request, asked.see("/facilitate", c=log), granted)


def advise(request: Request) -> Response:
    """`/advise/<conference>/<code>[?k=…]`: an adviser's device, by the typed code or the QR's longer key."""
    log, code = request.path_params["log"], request.path_params["code"]
    if log.startswith("_"):  # the page `/advise` asks its framework for `/advise/_stcore/…` and needs to hear "no"
        return PlainTextResponse("404", 404)
    conference = house().conference(log)
    if not (conference.opened and _invited(conference, code, request.query_params.get("k", ""))):
        return asked.see("/", refused="key", lang=asked.language(request))
    granted = asked.granted(request)
    granted["advises"] = [*(known for known in granted.get("advises", []) if known != log), log][-8:]
    granted.setdefault("device", secrets.token_hex(6))
    return asked.keep(request, asked.see("/advise", c=log), granted)


def _invited(conference: Conference, code: str, key: str) -> bool:
    wanted = conference.adviser_key if key else conference.adviser_code
    return bool(wanted) and secrets.compare_digest(wanted.encode(), (key or read_code(code) or "").encode())


def name_adviser(request: Request) -> Response:
    """`/adviser/<ticket>`: keeps the role in words that the page asked for, for a device that advises already."""
    log, words = house().signed(request.path_params["ticket"], max_age=60).get("adviser", ("", ""))
    granted = asked.granted(request)
    if log not in granted.get("advises", []):
        return asked.see("/", refused="key", lang=asked.language(request))
    granted["roles"] = {known: role for known, role in granted.get("roles", {}).items() if known in granted["advises"]}
    granted["roles"][log] = words
    return asked.keep(request, asked.see("/advise", c=log), granted)


def leave(request: Request) -> Response:
    """Sign out: the device forgets its keys and seats."""
    response = asked.see("/")
    response.delete_cookie(COOKIE)
    return response


def language(request: Request) -> Response:
    """`/lang/<ja|en>?to=…`: the visitor's language, on this device only."""
    to = request.query_params.get("to", "/")
    response = asked.see(to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/")
    if request.path_params["language"] in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, request.path_params["language"], max_age=365 * DAY, samesite="lax")
    return response


async def do(request: Request) -> Response:
    """`POST /do`: what a device sends. The answer comes after the commit: `{"revision", "at", "fresh"}`; a refusal is
    422 with `{"refused": [sentence …], "fields": [name …]}`; anything else is worth trying again. A seat is named in
    the request and must be this device's; every other role is the signed cookie's (`seat` is empty then)."""
    if request.headers.get("origin", "").split("//")[-1] != request.headers.get("host"):
        return JSONResponse({"refused": ["origin"]}, 403)
    announced = request.headers.get("content-length", "")
    if not announced.isdecimal() or int(announced) > MOST_BYTES:  # refused unread, whatever follows
        return JSONResponse({"refused": sentences(Refused("too_much"), asked.language(request))}, 413)
    try:
        sent = await request.json()
        log, seat, name = str(sent["log"]), str(sent["seat"]), str(sent["verb"])
        verb = {**SEAT_VERBS, **ADVISER_VERBS}[name]
        fields = dict(sent.get("fields") or {})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return JSONResponse({"refused": ["form"]}, 400)
    granted = asked.granted(request)
    carried = house().signed(str(sent.get("token", ""))).get("carry")
    who = _sender(granted, carried, log, seat)
    if who is None or name not in (SEAT_VERBS if who.role == "seat" else ADVISER_VERBS):
        unknown = "seat.unknown" if who is None and seat else "not_allowed"
        return JSONResponse({"refused": sentences(Refused(unknown), asked.language(request))}, 403)
    return await run_in_threadpool(_done, house(), log, verb, who, fields, asked.language(request))


def _sender(granted: Mapping[str, Any], carried: Any, log: str, seat: str) -> Who | None:
    """Who a device is in a conference: one of its own seats, or what its cookie says."""
    if seat:
        return Who("seat", seat) if [log, seat] in [*granted.get("seats", []), carried] else None
    return adviser(granted, log) or leader(granted, log)


def _done(here: House, log: str, verb: Any, who: Who, fields: dict[str, Any], spoken: str) -> Response:
    try:
        receipt = here.send(log, verb, who, **fields)
    except (TypeError, ValueError, AttributeError):
        return JSONResponse({"refused": ["form"]}, 400)
    except (Refused, StoreError) as refusal:
        wrong = [problem.field for problem in refusal.problems] if isinstance(refusal, RefusedFields) else []
        status = 422 if isinstance(refusal, Refused) else 503
        return JSONResponse({"refused": sentences(refusal, spoken), "fields": wrong}, status)
    return JSONResponse({"revision": receipt.revision, "at": receipt.at, "fresh": receipt.fresh})


def health(request: Request) -> Response:
    """For whoever watches over a server."""
    store = house().store
    return JSONResponse({"status": "ok", "schema": store.schema, "store": store.name})


def download(request: Request) -> Response:
    """`/record/<conference>`: the printable record, for those who lead it."""
    conference = asked.led(request)
    if conference is None:
        return PlainTextResponse("404", 404)
    spoken = asked.language(request)
    page = record(conference, house().case(conference, spoken), spoken, routes_in_full(conference, spoken))
    name = quote(f"record-{conference.id}.html")
    kind = "inline" if request.query_params.get("show") else "attachment"
    return Response(page, media_type="text/html", headers={"Content-Disposition": f"{kind}; filename*=UTF-8''{name}"})


def on_paper(request: Request) -> Response:
    """`/paper/<conference>`: scene sheets and worksheets to print, for those who lead it."""
    conference = asked.led(request)
    if conference is None:
        return PlainTextResponse("404", 404)
    spoken = asked.language(request)
    return Response(paper(conference, house().case(conference, spoken), spoken), media_type="text/html")


def _new_seat() -> str:
    return secrets.token_hex(6)


class Assets(StaticFiles):
    """Our scripts and look, at an address that changes with their content: cached for a year."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def routes() -> list[BaseRoute]:
    """All of them."""
    return [
        Route("/healthz", health),
        Route("/join/{code}", join),
        Route("/seated", seated),
        Route("/seat/{token}", carry),
        Route("/enter/{key}", enter),
        Route("/lead/{log}/{key}", lead),
        Route("/advise/{log}/{code}", advise),
        Route("/adviser/{ticket}", name_adviser),
        Route("/leave", leave),
        Route("/lang/{language}", language),
        Route("/do", do, methods=["POST"]),
        Route("/record/{log}", download),
        Route("/paper/{log}", on_paper),
        WebSocketRoute("/live/{log}/{view}", house_stream),
        Mount(f"/assets/{assets_version()}", Assets(directory=ASSETS)),
    ]


async def house_stream(socket: WebSocket) -> None:
    """The change stream of this process's hub, for conferences that are there and for the connection check; a made-up
    name is closed at once and leaves nothing behind."""
    log = str(socket.path_params["log"])
    if log == CHECK or (await run_in_threadpool(house().conference, log)).opened:
        await house().hub.serve(socket)
    else:
        await socket.close(1008)
