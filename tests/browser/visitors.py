"""Devices around a conference, each in a browser context of its own, and what may never happen on any of them."""

import contextlib
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from facilitation.scenario import library
from facilitation.screen.parts import ASSETS
from tests.browser.house import HERE, ROOT, Server
from tests.browser.screens import Facilitator, Front, Projector, Tablet

DESK = {"width": 1366, "height": 768}
WALL = {"width": 1920, "height": 1080}
TABLET = {"width": 1024, "height": 768}
PHONE = {"width": 360, "height": 740}
CASE = library(ROOT / "scenarios")["case1"]
"""Case 1 in both languages."""

TYPES = ("CITY_CHILD", "HC", "CSC", "DEBT", "MED", "SHG", "REC")
OWN = (HERE, "localhost")
NOT_A_HOST = ("data", "blob", "about", "chrome-error")
BOX = "[data-testid=stException], [data-testid=stDialog], [role=dialog]:not([data-testid=stPopoverBody])"


def _serve(script: str, route: Route) -> None:
    route.fulfill(body=script, content_type="text/javascript")


class Visitors:
    """Opens devices and writes down what they ask for and what goes wrong on them."""

    def __init__(self, browser: Browser, server: Server, language: str = "ja") -> None:
        self.browser, self.server, self.language = browser, server, language
        self.contexts: list[BrowserContext] = []
        self.foreign: list[str] = []
        self.wrong: list[str] = []
        self.asked = 0
        self.planted: dict[str, str] = {}

    # --- devices -------------------------------------------------------------------------------------------------

    def device(
        self, view: dict[str, int], *, touch: bool = False, like: BrowserContext | None = None
    ) -> BrowserContext:
        """A device with its own cookies, or with those of another one (`like`)."""
        locale = {"ja": "ja-JP", "en": "en-GB"}[self.language]
        state: dict[str, Any] = {"storage_state": like.storage_state()} if like else {}
        context = self.browser.new_context(viewport=view, has_touch=touch, locale=locale, **state)  # type: ignore[arg-type]
        context.add_cookies([{"name": "kaigi_language", "value": self.language, "url": self.server.base}])
        for file, script in self.planted.items():
            context.route(f"**/assets/*/{file}", partial(_serve, script))
        context.on("request", self._request)
        context.on("page", self._page)
        self.contexts.append(context)
        return context

    def plant(self, file: str, line: str, fault: str) -> None:
        """Devices that are opened from now on get a script of ours with a fault in it."""
        script = (ASSETS / file).read_text("utf-8")
        assert script.count(line) == 1, f"{file} has changed: where is {line}?"
        self.planted[file] = script.replace(line, fault)

    def facilitator(self) -> Facilitator:
        """The organiser, through the start link the server printed."""
        page = self.device(DESK).new_page()
        page.goto(self.server.base + self.server.enter)
        return Facilitator(page, self.server.base, self.language)

    def desk_of(self, conference: str) -> Facilitator:
        """The organiser at the desk of a conference that is open already."""
        device = self.device(DESK)
        device.request.get(self.server.base + self.server.enter)
        page = device.new_page()
        page.goto(f"{self.server.base}/facilitate?c={conference}")
        desk = Facilitator(page, self.server.base, self.language)
        expect(desk.way_on).to_be_visible()
        return desk

    def second_facilitator(self, first: Facilitator) -> Facilitator:
        """Another device, by the QR code the first one shows."""
        page = self.device(DESK).new_page()
        page.goto(self.server.base + first.lead_path())
        return Facilitator(page, self.server.base, self.language)

    def projector(self, lead: Facilitator) -> Projector:
        """A second window of the facilitator's laptop, on the wall."""
        page = self.device(WALL, like=lead.page.context).new_page()
        page.goto(f"{self.server.base}/projector?c={lead.conference}")
        return Projector(page, self.server.base, self.language)

    def tablet(self, path: str = "", base: str = "", view: dict[str, int] | None = None) -> Tablet:
        """A tablet that opens an address as its camera read it."""
        base = base or self.server.base
        page = self.device(view or TABLET, touch=True).new_page()
        page.goto(base + path)
        return Tablet(page, base, self.language)

    def guest(self, view: dict[str, int] | None = None) -> Front:
        """A device on the front page."""
        page = self.device(view or TABLET, touch=True).new_page()
        page.goto(self.server.base + "/")
        return Front(page, self.server.base, self.language)

    # --- what may never happen -----------------------------------------------------------------------------------

    def _request(self, request: Request) -> None:
        self.asked += 1
        self._address(request.url)

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in NOT_A_HOST and parts.hostname not in OWN:
            self.foreign.append(url)

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._address(socket.url))
        page.on("pageerror", lambda error: self.wrong.append(f"script error: {error}"))
        page.on("dialog", self._dialog)
        page.on("console", lambda message: self._console(message.type, message.text))

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" and re.search("Content.Security.Policy|Refused to", text):
            self.wrong.append(f"refused by the page's policy: {text}")

    def pages(self) -> Iterator[Page]:
        return (page for context in self.contexts for page in context.pages)

    def assert_calm(self) -> None:
        """Nothing left this machine, no script failed, no page shows an error box, the server wrote no traceback."""
        boxes = [f"{page.url}: {box}" for page in self.pages() for box in page.locator(BOX).all_inner_texts()]
        assert not self.foreign, f"requests that left this machine: {self.foreign}"
        assert not self.wrong, "\n".join(self.wrong)
        assert not boxes, "\n".join(boxes)
        assert "Traceback" not in self.server.said(), self.server.said()[-4000:]
        assert self.asked, "no request was recorded: this check would see nothing"

    def photograph(self, folder: Path, name: str) -> None:
        """All open pages, for whoever looks at a failed test."""
        folder.mkdir(parents=True, exist_ok=True)
        for n, page in enumerate(self.pages()):
            with contextlib.suppress(Exception):
                page.screenshot(path=folder / f"{name}-{n}.png")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
