"""The change stream: each listener of a view is told one integer, the revision at which that view last changed."""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from facilitation.audience import CONTACTS, EVERYONE, LEAD, PARTS, PROJECTOR


@dataclass(frozen=True, slots=True)
class Pace:
    """When listeners are told: once nothing was written for `quiet` seconds, but after `longest` at most; then one
    every `each` seconds."""

    quiet: float
    longest: float
    each: float = 0.0


TABLETS = "tablets"
PACES = {
    PROJECTOR: Pace(0.01, 0.17),
    LEAD: Pace(0.03, 0.3),
    TABLETS: Pace(0.02, 0.2, 0.003),
    CONTACTS: Pace(0.3, 1.0, 0.01),
}
"""The room looks at the wall. The writers' own answers go before it: a burst of cards is drawn once or twice and not
with every commit; the desk is the dearest page and has time. A table whose ten tablets send within a breath redraws
once; and its tablets are told one after another, about as fast as one process answers them: sixty that ask at once only
get into each other's way. Agency cards, which hold what the whole room said, are the largest that a tablet fetches and
nobody's own answer: while cards pour in they are told once a second."""

ARRIVALS = "arrivals"
"""The view of who counts the others (the connection check): it changes whenever somebody begins or ceases to listen."""

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
    """Who listens to which view of which conference. Threads publish, the event loop delivers. Nothing is kept of what
    is only asked for: anybody may ask for any name."""

    def __init__(self) -> None:
        self._listeners: dict[str, dict[str, set[Listener]]] = defaultdict(lambda: defaultdict(set))
        self._changed: dict[str, dict[str, int]] = {}
        self._publishing = threading.Lock()
        self.rows = {view: Row(pace) for view, pace in PACES.items()}
        self._loop: asyncio.AbstractEventLoop | None = None

    def publish(self, log: str, news: Mapping[str, int]) -> None:
        """Say which views a commit changed, and at which revision. Two commits may be told in the wrong order: the
        higher revision stays."""
        with self._publishing:
            changed = self._changed.setdefault(log, {})
            changed.update({view: max(revision, changed.get(view, 0)) for view, revision in news.items()})
        if self._loop and news:
            self._loop.call_soon_threadsafe(self._tell, log, news)

    def first(self, log: str, revision: int) -> None:
        """This process read a log that stood at `revision` already: until then anything may have changed."""
        self.publish(log, {EVERYONE: revision})

    def revision(self, log: str, view: str) -> int:
        """The revision at which this process last saw `view` change (0: it has not read the log yet)."""
        return _seen(self._changed.get(log, {}), view)

    def redrawn(self, log: str, view: str) -> int:
        """The same, leaving out changes of parts alone."""
        return _last(self._changed.get(log, {}), view, EVERYONE)

    def listening(self, log: str, view: str) -> int:
        """How many devices listen to a view now."""
        return len(self._listeners.get(log, {}).get(view, ()))

    def logs(self) -> list[str]:
        """The logs that somebody listens to now."""
        return [log for log, views in list(self._listeners.items()) if any(list(views.values()))]

    async def serve(self, socket: WebSocket) -> None:
        """One listener: `/live/<log>/<view>`. Only integers go out, nothing is read but the goodbye."""
        self._loop = asyncio.get_running_loop()
        mine = Listener(socket.path_params["log"], socket.path_params["view"])
        await socket.accept()
        self._listeners[mine.log][mine.view].add(mine)
        self._moved(mine)
        mine.numbers.put_nowait(self.revision(mine.log, mine.view))
        sending = asyncio.create_task(self._send(socket, mine))
        try:
            while True:
                await socket.receive_text()
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            sending.cancel()
            self._gone(mine)
            self._moved(mine)
            self._row(mine.view).due.pop(mine, None)

    def _gone(self, mine: Listener) -> None:
        views = self._listeners[mine.log]
        views[mine.view].discard(mine)
        if not views[mine.view]:
            del views[mine.view]
        if not views:
            del self._listeners[mine.log]

    def _moved(self, mine: Listener) -> None:
        if mine.view != ARRIVALS:
            self.publish(mine.log, {ARRIVALS: self._changed.get(mine.log, {}).get(ARRIVALS, 0) + 1})

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
        """On the loop: whoever hears of it gets in the row."""
        for view, listeners in self._listeners.get(log, {}).items():
            if listeners and (revision := _seen(news, view)):
                self._row(view).add(listeners, revision)

    def _row(self, view: str) -> "Row":
        return self.rows.get(view) or self.rows[TABLETS]


class Row:
    """Listeners that are due. One that is due already keeps its turn and hears the newer number."""

    def __init__(self, pace: Pace) -> None:
        self.due: dict[Listener, int] = {}
        self.pace, self._latest = pace, 0.0
        self._telling: asyncio.Task[None] | None = None

    def add(self, listeners: Iterable[Listener], revision: int) -> None:
        for listener in listeners:
            self.due[listener] = max(revision, self.due.get(listener, 0))
        self._latest = asyncio.get_running_loop().time()
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        """In the order they came due. A clock that ticks coarsely (Windows: 16 ms) lets several go at once."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while (rest := min(self._latest + self.pace.quiet, begun + self.pace.longest) - loop.time()) > 0:
            await asyncio.sleep(rest)
        turn = loop.time()
        while self.due:
            listener = next(iter(self.due))
            listener.numbers.put_nowait(self.due.pop(listener))
            turn += self.pace.each
            if turn > loop.time():
                await asyncio.sleep(turn - loop.time())


def _seen(revisions: Mapping[str, int], view: str) -> int:
    """When something of a view changed last, whether all of it or parts."""
    return _last(revisions, view, view + PARTS, EVERYONE, EVERYONE + PARTS)


def _last(revisions: Mapping[str, int], *views: str) -> int:
    return max(revisions.get(view, 0) for view in views)
