"""Taking a conference along as a file, and taking in one that was brought: for organisers alone."""

from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from facilitation.access import Refused
from facilitation.calendar import now
from facilitation.conference import Conference
from facilitation.export import archive
from facilitation.export.archive_guard import MOST_BYTES
from facilitation.export.archive_problem import BadArchive
from facilitation.export.archive_reading import read
from facilitation.export.merging import REFUSED, NotMerged, Step, merge, plan
from facilitation.export.sealing import LEAST
from facilitation.screen import asked
from facilitation.screen.house import house
from facilitation.screen.visit import sentences
from facilitation.store import StoreError
from facilitation.texts import say

AROUND = 10_000
"""Bytes that the form adds to the file."""

SHOWN = 12
"""Problems of a file that a screen names; the command line names them all."""


async def take_along(request: Request) -> Response:
    """`POST /archive/<conference>`: its archive; sealed where the form brings a passphrase."""
    conference = await run_in_threadpool(_to_take, request)
    if conference is None:
        return PlainTextResponse("404", 404)
    async with request.form() as form:
        passphrase = str(form.get("passphrase") or "").strip()
    return await run_in_threadpool(_packed, request, conference, passphrase)


def _to_take(request: Request) -> Conference | None:
    """The conference of the address, for an organiser on a page of ours."""
    if not asked.from_here(request) or not asked.granted(request).get("organiser"):
        return None
    return asked.led(request)


def _packed(request: Request, conference: Conference, passphrase: str) -> Response:
    packed = archive.of_conference(house().store, conference.id, now())
    try:
        content = archive.pack(packed, passphrase)
    except ValueError:
        return PlainTextResponse(say(asked.language(request), "archive.short", least=LEAST), 422)
    asked.taken(request, conference, "archive")
    name = quote(archive.file_name(packed))
    headers = {**asked.NOT_KEPT, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type="application/octet-stream", headers=headers)


async def bring(request: Request) -> Response:
    """`POST /bring/<look|take>`: what a file would do here, or doing it: `{"ok", "lines"}`, a line a log or problem."""
    spoken, take = asked.language(request), request.path_params["what"] == "take"
    if not asked.from_here(request) or not (await run_in_threadpool(asked.granted, request)).get("organiser"):
        return JSONResponse({"ok": False, "lines": sentences(Refused("not_allowed"), spoken)}, 403)
    if not asked.small(request, MOST_BYTES + AROUND):
        too_big = Refused("file.too_big", most=MOST_BYTES // 1_000_000)
        return JSONResponse({"ok": False, "lines": sentences(too_big, spoken)}, 413)
    try:
        async with request.form(max_files=1, max_fields=2) as form:
            file, passphrase = form.get("file"), str(form.get("passphrase") or "").strip()
            content = await file.read() if isinstance(file, UploadFile) else b""
    except (HTTPException, MultiPartException):
        return JSONResponse({"ok": False, "lines": sentences(Refused("no_form"), spoken)}, 400)
    return await run_in_threadpool(_answer, content, passphrase, take, spoken)


def _answer(content: bytes, passphrase: str, take: bool, spoken: str) -> Response:
    store = house().store
    try:
        brought = read(content, passphrase)
        steps = merge(store, brought, now()) if take else plan(store, brought)
    except BadArchive as bad:
        lines = [problem.line(spoken) for problem in bad.problems[:SHOWN]]
        return _lines(False, lines, sealed=any(problem.key in ("sealed", "passphrase") for problem in bad.problems))
    except NotMerged as refused:
        steps, take = refused.steps, False
    except StoreError as refusal:
        return _lines(False, sentences(refusal, spoken))
    ok = not any(step.outcome in REFUSED for step in steps)
    lines = [step.text("done" if take else "step", spoken) for step in steps]
    if take:
        _noted(steps)
    return _lines(ok, [*lines, *_missing(brought, spoken)], changes=any(_changes(step) for step in steps))


def _changes(step: Step) -> bool:
    """Whether taking it in would change anything here."""
    return step.outcome in ("new", "longer", "erases")


def _missing(brought: archive.Archive, spoken: str) -> list[str]:
    """Cases of the file that this house does not have."""
    cases = {log.case for log in brought.logs if log.case and log.case not in house().cases}
    return [say(spoken, "archive.case_missing", case=case) for case in sorted(cases)]


def _noted(steps: tuple[Step, ...]) -> None:
    """Who listens here sees what came in, and the organisers can read it in the audit."""
    for step in steps:
        house().look(step.log)
        house().note("organiser", "brought", what=step.outcome, conference=step.log)


def _lines(ok: bool, lines: list[str], **more: Any) -> Response:
    return JSONResponse({"ok": ok, "lines": lines, **more})


def routes() -> list[BaseRoute]:
    """All of them."""
    return [
        Route("/archive/{log}", take_along, methods=["POST"]),
        Route("/bring/{what}", bring, methods=["POST"]),
    ]
