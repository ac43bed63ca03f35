"""What our routes share: what a request's cookie allows, its language, and the two ways to answer a browser."""

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from facilitation.access import Refused, Who
from facilitation.conference import Conference
from facilitation.screen.house import house
from facilitation.screen.tokens import DAY
from facilitation.screen.visit import COOKIE, LANGUAGE_COOKIE, leader, sentences, survey_leader, wrong_fields
from facilitation.survey_round import SurveyRound
from facilitation.texts import LANGUAGES

Found = TypeVar("Found")

NOT_KEPT = {"Cache-Control": "no-store"}
"""For what is handed out: a borrowed device keeps no copy that its next holder could open."""


def granted(request: Request) -> dict[str, Any]:
    """What the signed cookie allows."""
    return house().allowed(request.cookies.get(COOKIE, ""))


def from_here(request: Request) -> bool:
    """Whether one of our own pages asks: another site may send a form, but not in our name."""
    return request.headers.get("origin", "").split("//")[-1] == request.headers.get("host")


def small(request: Request, most: int) -> bool:
    """Whether a request says that it is no longer than `most` bytes; anything else is refused unread."""
    announced = request.headers.get("content-length", "")
    return announced.isdecimal() and len(announced) <= len(str(most)) and int(announced) <= most


async def told(request: Request) -> dict[str, Any]:
    """The object of JSON that a device sends, without what no text can hold (lone surrogates) and no log (NaN). Raises
    ValueError, TypeError or RecursionError where it sends something else."""
    sent = json.dumps(json.loads(await request.body()), ensure_ascii=False).encode("utf-8", "ignore")
    found = json.loads(sent, parse_constant=_no_number)
    if not isinstance(found, dict):
        raise TypeError("an object was expected")
    return found


def _no_number(name: str) -> float:
    raise ValueError(name)


def refused(refusal: Exception, request: Request, status: int = 422) -> Response:
    """What a device is told whose request was not carried out: sentences, and the fields they are about. What the store
    refuses may be worth trying again."""
    said = {"refused": sentences(refusal, language(request)), "fields": wrong_fields(refusal)}
    return JSONResponse(said, status if isinstance(refusal, Refused) else 503)


def in_words(refusal: Refused, request: Request) -> Response:
    """What somebody reads who asked for a paper that cannot be made: its case is not here."""
    return PlainTextResponse("\n".join(sentences(refusal, language(request))), 422)


def seated(asking: HTTPConnection) -> dict[str, Any]:
    """What the cookie allows, and the seat whose own token stands in the address (`?t=`: a device without cookies)."""
    allowed = house().allowed(asking.cookies.get(COOKIE, ""))
    carried = house().carried(asking.query_params.get("t", ""))
    return {**allowed, "seats": [*allowed.get("seats", []), *([carried] if carried else [])]}


def language(request: Request) -> str:
    """The visitor's language: asked for in the address, else kept on the device."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE, "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def see(address: str, **query: str) -> RedirectResponse:
    """Send the browser on."""
    return RedirectResponse(f"{address}?{urlencode(query)}" if query else address, status_code=303)


def keep(request: Request, response: Response, allowed: Mapping[str, Any]) -> Response:
    """Put what a device may do into its signed cookie: HttpOnly, SameSite=Lax, `Secure` only behind https (a laptop in
    a venue has none). With it goes a number drawn for the device, by which its wrong tries are counted and its leaving
    is remembered."""
    secure = request.url.scheme == "https"
    signed = house().sign(numbered(allowed))
    response.set_cookie(COOKIE, signed, max_age=DAY, httponly=True, samesite="lax", secure=secure)
    return response


def numbered(allowed: Mapping[str, Any]) -> dict[str, Any]:
    """The same with a number for a device that has none yet."""
    return {"device": secrets.token_hex(6), **allowed}


def typed(request: Request, look: Callable[[], Found | None]) -> Found | None:
    """What a typed code leads to, within the limits. Raises `Refused` where too many were wrong."""
    return house().listen("code", granted(request).get("device", ""), look)


def new_device(request: Request, response: Response) -> Response:
    """Give a device that was refused a number of its own to be counted by; one that refuses cookies counts for all."""
    allowed = granted(request)
    return response if "device" in allowed else keep(request, response, allowed)


def led(request: Request) -> Conference | None:
    """The conference of the address (`{log}`), if this device may lead it."""
    log, allowed = request.path_params["log"], granted(request)
    if not (allowed.get("organiser") or log in allowed.get("leads", [])):
        return None
    conference = house().conference(log)
    return conference if conference.opened else None


def taken(request: Request, conference: Conference, what: str) -> None:
    """Note that somebody took something along (`record`, `paper` …): the organisers can read it in the audit."""
    who = leader(granted(request), conference.id)
    house().note(who.author if who else "guest", "downloaded", what=what, conference=conference.id)


def taken_of_survey(who: Who, survey: SurveyRound, what: str) -> None:
    """The same for what is taken along of a survey; it stands with its conference, where it has one."""
    house().note(who.author, "downloaded", what=what, conference=survey.conference, survey=survey.id)


def leads_survey(request: Request, survey: SurveyRound) -> bool:
    """Whether this device may see and steer a survey."""
    return survey_leader(granted(request), survey) is not None
