"""The change stream: each listener of a view is told one integer, the revision at which that view last changed."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from facilitation.audience import CARDS, EVERYONE, ROOM

FIRST = ROOM
"""Views told at once: the room looks at the wall."""

QUIET = 0.02
LONGEST_WAIT = 0.15
"""Tablets are told once nothing was written for a moment: the writers' own answers and the wall go first, and a table
whose ten tablets send within a breath redraws once."""

PACE = 0.003
"""Tablets are told one after another, about as fast as one process draws them: sixty pages that are asked for at once
only get into each other's way."""

BEAT = 15.0
"""Seconds after which a listener is told where its view stands, whatever happened: a page that missed something sees
it by itself, and no page has to ask."""


@dataclass(eq=False)
class Listener:
    """One open socket, and the numbers on their way to it."""

    log: str
    view: str
    numbers: asyncio.Queue[int] = field(default_factory=asyncio.Queue)


class Hub:
    """Who listens to which view of which conference. Threads publish, the event loop delivers."""

    def __init__(self) -> None:
        self._listeners: dict[str, dict[str, set[Listener]]] = defaultdict(lambda: defaultdict(set))
        self._changed: dict[str, dict[str, int]] = defaultdict(dict)
        self._due: dict[Listener, int] = {}
        self._latest = 0.0
        self._telling: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def publish(self, log: str, news: Mapping[str, int]) -> None:
        """Say which views a commit changed, and at which revision. Two commits may be told in the wrong order: the
        higher revision stays."""
        changed = self._changed[log]
        changed.update({view: max(revision, changed.get(view, 0)) for view, revision in news.items()})
        if self._loop and news:
            self._loop.call_soon_threadsafe(self._tell, log, news)

    def revision(self, log: str, view: str) -> int:
        """The revision at which this process last saw `view` change (0: not since it started)."""
        return _last(self._changed[log], view, view + CARDS, EVERYONE)

    def redrawn(self, log: str, view: str) -> int:
        """The same, leaving out changes of a table's cards alone."""
        return _last(self._changed[log], view, EVERYONE)

    def listening(self, log: str, view: str) -> int:
        """How many devices listen to a view now."""
        return len(self._listeners[log][view])

    def logs(self) -> list[str]:
        """The logs that somebody listens to now."""
        return [log for log, views in list(self._listeners.items()) if any(list(views.values()))]

    async def serve(self, socket: WebSocket) -> None:
        """One listener: `/live/<log>/<view>`. Only integers go out, nothing is read but the goodbye."""
        self._loop = asyncio.get_running_loop()
        mine = Listener(socket.path_params["log"], socket.path_params["view"])
        await socket.accept()
        others = self._listeners[mine.log][mine.view]
        others.add(mine)
        mine.numbers.put_nowait(self.revision(mine.log, mine.view))
        sending = asyncio.create_task(self._send(socket, mine))
        try:
            while True:
                await socket.receive_text()
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            sending.cancel()
            others.discard(mine)
            self._due.pop(mine, None)

    async def _send(self, socket: WebSocket, mine: Listener) -> None:
        while True:
            try:
                revision = await asyncio.wait_for(mine.numbers.get(), BEAT)
            except TimeoutError:
                revision = self.revision(mine.log, mine.view)
            while not mine.numbers.empty():
                revision = max(revision, mine.numbers.get_nowait())
            try:
                await socket.send_text(str(revision))
            except WebSocketDisconnect:
                return  # the page was closed while its number was on the way

    def _tell(self, log: str, news: Mapping[str, int]) -> None:
        """On the loop: the wall and the facilitator now, tablets in a moment. A tablet that is due already keeps its
        turn and hears the newer number."""
        for view, listeners in self._listeners[log].items():
            revision = _last(news, view, view + CARDS, EVERYONE)
            for listener in listeners if revision else ():
                if view in FIRST:
                    listener.numbers.put_nowait(revision)
                else:
                    self._due[listener] = max(revision, self._due.get(listener, 0))
        self._latest = asyncio.get_running_loop().time()
        if self._due and (self._telling is None or self._telling.done()):
            self._telling = asyncio.create_task(self._tell_tablets())

    async def _tell_tablets(self) -> None:
        """In the order they came due. A clock that ticks coarsely (Windows: 16 ms) lets several go at once."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while (rest := min(self._latest + QUIET, begun + LONGEST_WAIT) - loop.time()) > 0:
            await asyncio.sleep(rest)
        turn = loop.time()
        while self._due:
            listener = next(iter(self._due))
            listener.numbers.put_nowait(self._due.pop(listener))
            turn += PACE
            if turn > loop.time():
                await asyncio.sleep(turn - loop.time())


def _last(revisions: Mapping[str, int], *views: str) -> int:
    return max(revisions.get(view, 0) for view in views)
