"""A browser without a screen: its line, its page, and the change stream the page listens to (`assets/live.js`)."""

import asyncio
import time
from bisect import bisect_left
from urllib.parse import urlsplit

import websockets

from bench.line import Answer, Line
from bench.page import Page


class Device:
    """One visitor. `drawn`: the revision that every run of its page showed; `at`: when that run was through."""

    def __init__(self, base: str) -> None:
        self.line = Line(base)
        self.drawn: list[int] = []
        self.at: list[float] = []
        self._news = asyncio.Event()
        self._beside = Line(base)
        self._url, self._fresh, self._last, self._run = "", "", 0, 0
        self._fetched_bytes = 0
        self._listening: asyncio.Task[None] | None = None
        self._firing: asyncio.Task[None] | None = None

    async def open(self, path: str) -> Answer:
        """Go to an address and wait until its page has run for the first time."""
        path, answer = await self.line.follow(path)
        at = urlsplit(path)
        self.page = Page(self.line.base, at.path.strip("/"), at.query, self.line.cookie, self._on_drawn)
        await self.page.open()
        return answer

    async def close(self) -> None:
        for task in filter(None, (self._listening, self._firing)):
            task.cancel()
        await self.page.close()
        await self.line.close()
        await self._beside.close()

    async def reached(self, revision: int, seconds: float = 30) -> None:
        """Until the page shows `revision` or what came after it."""
        async with asyncio.timeout(seconds):
            while not self.drawn or self.drawn[-1] < revision:
                self._news.clear()
                await self._news.wait()

    async def follows(self, view: str, seconds: float = 30) -> None:
        """Until the page listens to `view`."""
        async with asyncio.timeout(seconds):
            while not self._url.endswith(f"/{view}"):
                self._news.clear()
                await self._news.wait()

    @property
    def received(self) -> int:
        """Bytes that came for its picture, over the page's line and fetched."""
        return self.page.received + self._fetched_bytes

    def first(self, revision: int) -> float:
        """When the page first showed `revision` or what came after it."""
        return self.at[bisect_left(self.drawn, revision)]

    def _on_drawn(self) -> None:
        try:
            given = self.page.data("live-")
        except LookupError:  # a page that follows nothing
            return
        self._run, self._fresh = given["revision"], given.get("parts", "")
        self._shown(given["revision"], self.page.at)
        if given["url"] != self._url:
            self._url = given["url"]
            if self._listening:
                self._listening.cancel()
            self._listening = asyncio.create_task(self._listen(self._url))

    def _shown(self, revision: int, at: float) -> None:
        self.drawn.append(max(revision, self.drawn[-1] if self.drawn else 0))
        self.at.append(at)
        self._news.set()

    async def _listen(self, url: str) -> None:
        address = self.line.base.replace("http", "ws", 1) + url
        headers = {"Cookie": self.line.cookie}
        async with websockets.connect(address, origin=self.line.base, additional_headers=headers, proxy=None) as stream:
            async for number in stream:
                self._last = max(self._last, int(number))
                if self._firing is None or self._firing.done():
                    self._firing = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        """As `assets/live.js` does: what is not drawn yet is fetched where that is enough, once more for what was heard
        meanwhile; else the page runs."""
        while self.drawn[-1] < self._last:
            if self._fresh and await self._fetched():
                continue
            while self.page.running:
                await asyncio.sleep(0.025)
            if self.drawn[-1] < self._last:
                await self.page.trigger("live-", "changed", self._last, wait=True)

    async def _fetched(self) -> bool:
        run, asked, self._beside.cookies = self._run, self._last, self.line.cookies
        answer = await self._beside.ask(f"{self._fresh}&run={run}&heard={asked}")
        self._fetched_bytes += len(answer.body)
        found = answer.json() if answer.status == 200 else {"run": True}
        if run != self._run:  # the page ran meanwhile
            return True
        if found.get("run") or found["revision"] < asked:
            return False
        self._shown(found["revision"], time.perf_counter())
        return True
