"""The doors: a seat by code or QR, the organisers' and facilitators' keys, advisers, and the way out.

A Streamlit script can read cookies but not set them, so every door is a route. What can be guessed (a code of six
letters) is looked up in one place, `asked.typed`, behind the limits of `store/tries`; links with a long secret stand
outside them, so that a room that comes by QR is never kept waiting by somebody who guesses.
"""

import secrets
from typing import Any, TypeAlias, cast

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation import commands
from facilitation.access import Refused, Who
from facilitation.code import LONG, read_code
from facilitation.conference import Conference
from facilitation.screen import account, asked
from facilitation.screen.grants import give
from facilitation.screen.house import house
from facilitation.screen.room import survey_path
from facilitation.screen.tokens import DAY
from facilitation.screen.visit import COOKIE, LANGUAGE_COOKIE
from facilitation.store import StoreError
from facilitation.survey_round import SurveyRound
from facilitation.texts import LANGUAGES

Behind: TypeAlias = Conference | SurveyRound
"""What stands behind a typed code."""


def join(request: Request) -> Response:
    """`/join/<code>[?k=…]`: a guest's code leads to a seat, an adviser's to the adviser's page, a survey's to the
    survey, the long one from the sheet of keys to the desk. A device that sits already keeps its seat, unless it asks
    for a further one (`?more=1`: rehearsal, two tables)."""
    typed = request.path_params["code"]
    code = read_code(typed) or read_code(typed, LONG)
    try:
        found = _behind(request, code) if code else None
    except Refused as refusal:
        return _wait(request, refusal)
    if found is None:
        back = asked.see("/", wrong=typed[:20], lang=asked.language(request))
        return asked.new_device(request, back) if code else back
    if isinstance(found, SurveyRound):
        return asked.see(survey_path(found))
    if code == found.code:
        return _sit(request, found)
    return (_advise if code == found.adviser_code else _lead)(request, found, "code")


def _behind(request: Request, code: str) -> Behind | None:
    """What a code leads to: where this device is in already and by the QR's secret at once, else within the limits."""
    key = request.query_params.get("k", "")
    invited = _known(request, code) or (_by_key(house().find(code), "secret", key) if key else None)
    return invited or cast(Behind | None, asked.typed(request, lambda: _meant(code)))


def _known(request: Request, code: str) -> Conference | None:
    """The conference of the code, where this device is in already: a joined tablet is never kept waiting."""
    granted, get = asked.granted(request), house().readable
    sat = [found for log, _ in granted.get("seats", []) if (found := get(log)) and found.code == code]
    advised = [found for log in granted.get("advises", []) if (found := get(log)) and found.adviser_code == code]
    return next(iter([*sat, *advised]), None)


def _meant(code: str) -> Behind | None:
    if len(code) == LONG:
        return house().find_led(code)
    return house().find(code) or house().find_advised(code) or house().surveys.typed(code)


def _by_key(conference: Conference | None, name: str, key: str) -> Conference | None:
    """The conference, if `key` is the long secret that its QR carries under `name`."""
    kept = getattr(conference, name, "") if conference and conference.opened else ""
    return conference if kept and secrets.compare_digest(kept.encode(), key.encode()) else None


def _sit(request: Request, conference: Conference) -> Response:
    granted = asked.granted(request)
    seated = [seat for log, seat in granted.get("seats", []) if log == conference.id and seat in conference.seats]
    if seated and not request.query_params.get("more"):
        return asked.see("/tablet", s=seated[-1])
    seat = secrets.token_hex(6)
    try:
        house().send(conference.id, commands.take_seat, Who("seat", seat), seat=seat)
    except (Refused, StoreError) as refusal:
        return asked.see("/", refused=getattr(refusal, "key", ""), lang=asked.language(request))
    return _seated(request, conference.id, seat)


def _seated(request: Request, log: str, seat: str) -> Response:
    """The seat goes into the cookie; by the ticket `seated` gives it to a device that keeps none."""
    granted = give(asked.numbered(asked.granted(request)), "seats", [log, seat], house().moment())
    ticket = house().sign({"sat": [log, seat], "device": granted["device"]})
    return asked.keep(request, asked.see("/seated", s=seat, t=ticket), granted)


def _advise(request: Request, conference: Conference, how: str) -> Response:
    granted, log = asked.granted(request), conference.id
    house().note("adviser", "signed_in", how=how, conference=log)
    return asked.keep(request, asked.see("/advise", c=log), give(granted, "advises", log, house().moment()))


def _wait(request: Request, refusal: Refused) -> Response:
    """Too many wrong ones: back to the front page, which says when to try again."""
    wait = str(refusal.params["seconds"])
    return asked.new_device(request, asked.see("/", refused=refusal.key, wait=wait, lang=asked.language(request)))


def seated(request: Request) -> Response:
    """Did the cookie come back? Only where a device refuses cookies does its seat's token go into the address."""
    seat, ticket = request.query_params.get("s", ""), request.query_params.get("t", "")
    sat = house().signed(ticket, max_age=60)
    if "sat" not in sat or sat["sat"] in asked.granted(request).get("seats", []):
        return asked.see("/tablet", s=seat)
    log, seat = sat["sat"]
    return asked.see("/tablet", s=seat, t=house().carry(log, seat, sat["device"]))


def carry(request: Request) -> Response:
    """`/seat/<token>`: a facilitator hands a seat to another device (dead battery); the token lives ten minutes."""
    carried = house().signed(request.path_params["token"], max_age=600).get("hand")
    if not carried:
        return asked.see("/", refused="seat.old_token", lang=asked.language(request))
    house().note(f"seat:{carried[1]}", "seat_handed", conference=carried[0])
    return _seated(request, *carried)


def enter(request: Request) -> Response:
    """`/enter/<key>`: the start link of this server, or the ticket that a right password was answered with; a wrong
    password (`?typed=1`) comes here too, for the number its device is counted by."""
    key = request.path_params["key"]
    ticket = house().signed(key, max_age=60)
    how = "link" if secrets.compare_digest(key.encode(), house().start_key.encode()) else str(ticket.get("enter", ""))
    if not how:
        if request.query_params.get("typed"):
            return asked.new_device(request, asked.see("/", refused="sign_in.password", lang=asked.language(request)))
        house().refused("link")
        return asked.see("/", refused="key", lang=asked.language(request))
    login = ticket.get("login", "")
    house().note("organiser", "signed_in", key=f"login {login}" if login else "", how=how, login=login)
    granted = give(asked.granted(request), "organiser", house().keyring.turn, house().moment())
    response = asked.keep(request, asked.see("/"), granted)
    account.forget(request, response)
    return response


def lead(request: Request) -> Response:
    """`/lead/<conference>/<key>`: a second facilitator's device."""
    conference = _by_key(house().conference(request.path_params["log"]), "lead_key", request.path_params["key"])
    if conference is None:
        house().refused("key")
        return asked.see("/", refused="key", lang=asked.language(request))
    return _lead(request, conference, "key")


def _lead(request: Request, conference: Conference, how: str) -> Response:
    granted, log = asked.granted(request), conference.id
    house().note("facilitator", "signed_in", how=how, conference=log)
    return asked.keep(request, asked.see("/facilitate", c=log), give(granted, "leads", log, house().moment()))


def advise(request: Request) -> Response:
    """`/advise/<conference>/<code>[?k=…]`: an adviser's device, by the QR's long key or by the typed code."""
    log, key = request.path_params["log"], request.query_params.get("k", "")
    if log.startswith("_"):  # the page `/advise` asks its framework for `/advise/_stcore/…` and needs to hear "no"
        return PlainTextResponse("404", 404)
    invited = _by_key(house().conference(log), "adviser_key", key)
    if invited:
        return _advise(request, invited, "key")
    code = read_code(request.path_params["code"])
    try:
        found = asked.typed(request, lambda: house().find_advised(code)) if code and not key else None
    except Refused as refusal:
        return _wait(request, refusal)
    if found and found.id == log:
        return _advise(request, found, "code")
    back = asked.see("/", refused="key", lang=asked.language(request))
    if key:
        house().refused("key")
    return asked.new_device(request, back) if code and not key else back


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
    """Sign out: the device forgets its keys and seats and the account it came with; the house remembers that it left,
    so that a copy of its cookie opens nothing."""
    _remember(asked.granted(request))
    response = asked.see("/")
    response.delete_cookie(COOKIE)
    account.forget(request, response)
    return response


def _remember(granted: dict[str, Any]) -> None:
    """A device that holds nothing leaves nothing behind, and none leaves twice."""
    seats = granted.get("seats", [])
    held = [
        *([("organiser", "")] if granted.get("organiser") else []),
        *(("facilitator", log) for log in granted.get("leads", [])),
        *(("adviser", log) for log in granted.get("advises", [])),
        *((f"seat:{seat}", log) for log, seat in reversed(seats)),
    ]
    if held and (device := granted.get("device")):
        author, log = held[0]
        house().note(author, "signed_out", key=f"out {device}", device=device, conference=log)


def language(request: Request) -> Response:
    """`/lang/<ja|en>?to=…`: the visitor's language, on this device only."""
    to = request.query_params.get("to", "/")
    response = asked.see(to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/")
    if request.path_params["language"] in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, request.path_params["language"], max_age=365 * DAY, samesite="lax")
    return response


def routes() -> list[BaseRoute]:
    """The doors, the way out, and the language."""
    return [
        Route("/join/{code}", join),
        Route("/seated", seated),
        Route("/seat/{token}", carry),
        Route("/enter/{key}", enter),
        Route("/lead/{log}/{key}", lead),
        Route("/advise/{log}/{code}", advise),
        Route("/adviser/{ticket}", name_adviser),
        Route("/leave", leave),
        Route("/lang/{language}", language),
    ]
