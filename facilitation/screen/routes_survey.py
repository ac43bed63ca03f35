"""Answering a survey: a page of its own for phones, without account, seat or cookie, and what it posts.

It is no page of the framework: sixty phones that open it at once cost sixty small answers, and nothing ties a device
to what it sends.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation import kinds, survey_answering, survey_commands
from facilitation.access import Refused, Who
from facilitation.calendar import shown_date
from facilitation.code import read_code
from facilitation.conference import Venue
from facilitation.personal_data import hits
from facilitation.screen import asked
from facilitation.screen.house import house
from facilitation.screen.parts import assets_version
from facilitation.screen.room import survey_path
from facilitation.screen.safety import safety, written
from facilitation.screen.survey_phone import now, phone
from facilitation.screen.visit import sentences
from facilitation.store import StoreError
from facilitation.survey_code import read_code as read_letters
from facilitation.survey_items import AGENCY_TYPE
from facilitation.survey_round import Row, SurveyRound
from facilitation.texts import LANGUAGES, say

MOST_BYTES = 32_000
MOST_TEXTS = 10
GUEST = Who("guest")

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title}</title>
<link rel="stylesheet" href="/assets/{version}/look.css"></head>
<body class="kaigi survey"><nav class="top"><span>{title}</span>{care}{switch}</nav><main>{body}</main>{rest}
</body></html>"""
REST = """<script type="application/json" id="survey">{data}</script>
<script type="module" src="/assets/{version}/survey.js"></script>"""


def page(request: Request) -> Response:
    """`/s/<code>?k=<key>[&preview=<form>]`: the survey on a phone; a preview is for those who lead it."""
    spoken = asked.language(request)
    survey = _survey(request)
    if survey is None:
        return _typed(request, spoken)
    preview = request.query_params.get("preview", "")
    if preview and not (preview in survey.forms and asked.leads_survey(request, survey)):
        preview = ""
    data = json.dumps(phone(survey, spoken, preview), ensure_ascii=False).replace("<", "\\u003c")
    body = f"<noscript><p class='card'>{escape(say(spoken, 'answering.no_script'))}</p></noscript>"
    return _html(spoken, body, rest=REST.format(data=data, version=assets_version()), survey=survey)


def _typed(request: Request, spoken: str) -> Response:
    """`/s/<code>`: who typed what stands on the wall goes on to the address with the key, and stays in with it."""
    typed, code = request.path_params["code"][:20], read_code(request.path_params["code"])
    try:
        found = asked.typed(request, lambda: house().surveys.typed(code)) if code else None
    except Refused as refusal:
        return asked.new_device(request, _told(spoken, "wait_title", sentences(refusal, spoken)[0], 429))
    if found:
        return asked.see(survey_path(found) + (f"&lang={spoken}" if "lang" in request.query_params else ""))
    wrong = _told(spoken, "wrong_title", say(spoken, "answering.wrong", found=typed), 404)
    return asked.new_device(request, wrong) if code else wrong


def _told(spoken: str, title: str, why: str, status: int) -> Response:
    heading = escape(say(spoken, f"answering.{title}"))
    return _html(spoken, f"<section class='card'><h1>{heading}</h1><p>{escape(why)}</p></section>", status)


def _html(language: str, body: str, status: int = 200, rest: str = "", survey: SurveyRound | None = None) -> Response:
    other = next(each for each in LANGUAGES if each != language)
    label = escape(say(language, "language.switch"))
    switch = f'<a class="language" lang="{other}" href="?k={survey.key}&amp;lang={other}">{label}</a>' if survey else ""
    title = escape(say(language, "answering.page"))
    care = written(safety(partial(say, language), _venue(survey)))
    here = {"language": language, "version": assets_version(), "title": title, "care": care, "switch": switch}
    return HTMLResponse(PAGE.format(**here, body=body, rest=rest), status, headers=asked.NOT_KEPT)


def _venue(survey: SurveyRound | None) -> Venue:
    """Whom to turn to: of the conference that the survey belongs to, where it can be read."""
    conference = house().readable(survey.conference) if survey else None
    return conference.venue if conference else Venue()


def look(request: Request) -> Response:
    """`/s/<code>/now?k=<key>`: which forms are open."""
    survey = _survey(request)
    if survey is None:
        return asked.refused(Refused("poll.none"), request)
    return JSONResponse(now(survey, asked.language(request)), headers=asked.NOT_KEPT)


def _survey(request: Request) -> SurveyRound | None:
    """The survey of the address, for who has its key; without it nothing is looked up that could be guessed."""
    code, key = read_code(request.path_params["code"]), request.query_params.get("k", "")
    survey = house().surveys.find(code) if code and key else None
    return survey if survey and secrets.compare_digest(survey.key.encode(), key.encode()) else None


async def post(request: Request) -> Response:
    """`POST /s/<code>/<what>?k=<key>`: from our own pages alone, small, and carried out off the event loop."""
    if not asked.from_here(request):
        return asked.refused(Refused("origin"), request, 403)
    if not asked.small(request, MOST_BYTES):
        return asked.refused(Refused("too_much"), request, 413)
    try:
        sent = await asked.told(request)
        act = ACTS[request.path_params["what"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return asked.refused(Refused("no_form"), request, 400)
    return await run_in_threadpool(_done, act, request, sent)


def _done(act: Any, request: Request, sent: Mapping[str, Any]) -> Response:
    survey = _survey(request)
    try:
        if survey is None:
            raise Refused("poll.none")
        kinds.check(act, sent)
        told = act(survey, asked.language(request), **sent)
        return JSONResponse(told, headers=asked.NOT_KEPT)
    except (Refused, StoreError) as refusal:
        return asked.refused(refusal, request)


def _code(survey: SurveyRound, spoken: str, *, key: str) -> Mapping[str, Any]:
    """A code for somebody without a card; asked again with the same key, the same one."""
    surveys = house().surveys
    taken = surveys.taken(survey.id)
    receipt = surveys.send(survey.id, survey_commands.give_code, GUEST, key=key, taken=taken)
    return {"code": receipt.entries[0].body["codes"][0]}


def _known(survey: SurveyRound, spoken: str, *, code: str) -> Mapping[str, Any]:
    """Whether letters are a code of this survey (a card kept from another one is brought along), and which forms came
    in under it: the receipt, from what is stored."""
    read = read_letters(code)
    if read.wrong:
        raise Refused(f"poll.code_{read.wrong}", **({"found": read.found} if read.found else {}))
    if read.code not in survey.codes:
        if read.code not in house().surveys.taken(survey.id):
            raise Refused("poll.code_unknown", found=read.code)
        house().surveys.send(survey.id, survey_commands.bring_code, GUEST, code=read.code)
    return {"code": read.code, **_got(house().surveys.survey(survey.id), read.code, spoken)}


def _got(survey: SurveyRound, code: str, spoken: str) -> Mapping[str, Any]:
    sheets = {form: sheet for (who, form), sheet in survey.answers.items() if who == code}
    typed = any(item == AGENCY_TYPE for sheet in sheets.values() for item, _, _ in sheet.rows)
    return {"got": {form: shown_date(sheet.date, spoken) for form, sheet in sheets.items()}, "typed": typed}


def _answer(
    survey: SurveyRound, spoken: str, *, form: str, code: str, answers: Sequence[Row], key: str
) -> Mapping[str, Any]:
    """A sheet; acknowledged from what is stored afterwards."""
    receipt = house().surveys.send(
        survey.id, survey_answering.answer, GUEST, form=form, code=code, answers=answers, key=key
    )
    stored = house().surveys.survey(survey.id).answers.get((code, form))  # none: the key was another sheet's
    return {"date": shown_date(stored.date if stored else receipt.at, spoken)}


def _check(survey: SurveyRound, spoken: str, *, texts: Sequence[str]) -> Mapping[str, Any]:
    """Words of free texts that may tell who somebody is: a hint to the writer, kept nowhere. People of the case that
    was played are nobody."""
    conference = house().readable(survey.conference)
    allowed = house().fiction(conference.case) if conference else frozenset()
    return {"hits": [[hit.words for hit in hits(text, allowed)] for text in texts[:MOST_TEXTS]]}


ACTS = {"code": _code, "known": _known, "answer": _answer, "check": _check}


def routes() -> list[BaseRoute]:
    """Those of a phone."""
    return [
        Route("/s/{code}", page),
        Route("/s/{code}/now", look),
        Route("/s/{code}/{what}", post, methods=["POST"]),
    ]
