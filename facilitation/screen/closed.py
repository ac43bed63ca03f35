"""When the house cannot be opened: said in both languages, in the window and in every browser, and tried again."""

import logging
import secrets
import sys
import threading
import time
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from facilitation.conference import Venue
from facilitation.keyring import HOUSE
from facilitation.keyring import LOG as HOUSE_LOG
from facilitation.screen import asked
from facilitation.screen.counting import Counting
from facilitation.screen.house import House, house
from facilitation.screen.rescue import steps
from facilitation.screen.safety import panel, written
from facilitation.screen.server import in_lines, metrics
from facilitation.screen.start import greet
from facilitation.screen.sweeping import Sweeper
from facilitation.screen.warnings import reason
from facilitation.store import DamagedStore, StoreError, UnreadableLog
from facilitation.store.aside import FOLDER
from facilitation.store.opening import data_folder
from facilitation.texts import LANGUAGES, say

AGAIN = 5.0
"""Seconds between two looks at a house that did not open."""

PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


class Door:
    """Opens the house, once it can be opened; until then it knows why not."""

    def __init__(self) -> None:
        self.refusal: StoreError | OSError | None = None
        self.open = False
        self.sweeper: Sweeper | None = None
        self.counting: Counting | None = None
        self._tried = -AGAIN
        self._turn = threading.Lock()

    def look(self) -> bool:
        """Whether the house is open; where it is not, it is tried again now and then."""
        with self._turn:
            if not self.open and time.monotonic() - self._tried >= AGAIN:
                self._try()
                self._tried = time.monotonic()
            return self.open

    def _try(self) -> None:
        try:
            here = house()
        except (StoreError, OSError) as refusal:
            if str(refusal) != str(self.refusal):
                self.refusal = refusal
                _tell(refusal)
            return
        self.open, self.refusal = True, None
        for earlier in data_folder().glob(f"{FOLDER}*"):
            turn = secrets.randbelow(2**40) + 2**20  # none that a cookie of before or after the copy could name
            here.note(HOUSE, "restored", key=earlier.name, turn=turn)  # once: a key is written a single time
        if counts := metrics():
            from facilitation.screen.metrics_house import HouseCounts

            counts.registry.register(HouseCounts(here))
        greet(here)
        here.watch.start()
        if here.copier:
            here.copier.start()
        self.counting = Counting(here)
        self.counting.start()
        if not here.store.read_only:
            self.sweeper = Sweeper(here)
            self.sweeper.start()


def _tell(refusal: StoreError | OSError) -> None:
    if in_lines():
        about = {"reason": getattr(refusal, "key", "store.failed")}
        logging.getLogger(__name__).error("the house does not open", extra={"about": about})
    else:
        print(_said(refusal), file=sys.stderr, flush=True)


def _said(refusal: StoreError | OSError) -> str:
    """For the window in which the app was started."""
    lines = [line for language in LANGUAGES for line in (reason(refusal, language), *steps(refusal, language), "")]
    return "\n".join(["", *(f"  {line}" for line in lines)])


@cache
def door() -> Door:
    """The door of this process."""
    return Door()


def begin() -> House | None:
    """At the start of the server: the house, if it opens at once."""
    return house() if door().look() else None


def end() -> None:
    """At the end of the server."""
    if door().open:
        here = house()
        here.watch.stop()
        if sweeper := door().sweeper:
            sweeper.stop()
        if counting := door().counting:
            counting.stop()
        if here.copier:
            here.copier.stop()
        here.store.close()


class Closed:
    """ASGI middleware: as long as the house is closed every address answers with the reason."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or door().open or await run_in_threadpool(door().look):
            return await self.app(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1013})
        answer = await run_in_threadpool(_answer, Request(scope))
        await answer(scope, receive, send)


def _answer(request: Request) -> Response:
    return _said_to(request, door().refusal or OSError())


def answered(request: Request, error: Exception) -> Response:
    """What a route of ours answers where the store refused to be read."""
    assert isinstance(error, StoreError)
    if isinstance(error, DamagedStore):
        house().damage = error
    return _said_to(request, error)


def _said_to(request: Request, refusal: StoreError | OSError) -> Response:
    """The reason as the asker can use it: a device that sends tries again, a watcher reads a name, people sentences."""
    if request.url.path == "/healthz":
        return JSONResponse({"status": "closed", "reason": getattr(refusal, "key", "store.failed")}, 503)
    if request.method == "POST":
        return JSONResponse({"refused": [reason(refusal, asked.language(request))], "fields": []}, 503)
    parts = [(language, reason(refusal, language), steps(refusal, language)) for language in LANGUAGES]
    lone = isinstance(refusal, UnreadableLog) and refusal.detail["log"] != HOUSE_LOG
    care = {language: Markup(written(panel(partial(say, language), Venue()))) for language in LANGUAGES}
    page = PAGES.get_template("closed.html").render(parts=parts, say=say, lone=lone, care=care)
    return HTMLResponse(page, 503, headers={"Cache-Control": "no-store", "Retry-After": str(int(AGAIN))})


def closed() -> list[Middleware]:
    """The middleware of the app."""
    return [Middleware(Closed)]
