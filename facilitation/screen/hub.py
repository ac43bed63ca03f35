"""The change stream: each listener of a view is told one integer, the revision at which that view last changed."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping

from starlette.websockets import WebSocket, WebSocketDisconnect

from facilitation.audience import EVERYONE, LEAD, PROJECTOR, touched
from facilitation.entries import Entry

FIRST = (PROJECTOR, LEAD)
"""Views told at once: the room looks at the wall."""

PER_TABLET = 0.001
MOST_DELAY = 0.1
"""Tablets are told a little later (1 ms each, at most 100 ms): the writer's own answer and the wall go first."""

Listener = asyncio.Queue[int]


class Hub:
    """Who listens to which view of which conference. Threads publish, the event loop delivers."""

    def __init__(self) -> None:
        self._listeners: dict[str, dict[str, set[Listener]]] = defaultdict(lambda: defaultdict(set))
        self._changed: dict[str, dict[str, int]] = defaultdict(dict)
        self._loop: asyncio.AbstractEventLoop | None = None

    def publish(self, log: str, entries: Iterable[Entry], groups: Mapping[str, int]) -> None:
        """Say what a commit changed; several changes of one view within a tick are one number. Two commits may be told
        in the wrong order: the higher revision stays."""
        news: dict[str, int] = {}
        for entry in entries:
            for view in touched(entry, groups):
                news[view] = entry.revision
        changed = self._changed[log]
        changed.update({view: max(revision, changed.get(view, 0)) for view, revision in news.items()})
        if self._loop and news:
            self._loop.call_soon_threadsafe(self._tell, log, news)

    def revision(self, log: str, view: str) -> int:
        """The revision at which this process last saw `view` change (0: not since it started)."""
        changed = self._changed[log]
        return max(changed.get(view, 0), changed.get(EVERYONE, 0))

    def listening(self, log: str, view: str) -> int:
        """How many devices listen to a view now."""
        return len(self._listeners[log][view])

    def logs(self) -> list[str]:
        """The logs that somebody listens to now."""
        return [log for log, views in list(self._listeners.items()) if any(list(views.values()))]

    async def serve(self, socket: WebSocket) -> None:
        """One listener: `/live/<log>/<view>`. Only integers go out, nothing is read but the goodbye."""
        self._loop = asyncio.get_running_loop()
        log, view = socket.path_params["log"], socket.path_params["view"]
        await socket.accept()
        mine: Listener = asyncio.Queue()
        self._listeners[log][view].add(mine)
        mine.put_nowait(self.revision(log, view))
        sending = asyncio.create_task(self._send(socket, mine))
        try:
            while True:
                await socket.receive_text()
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            sending.cancel()
            self._listeners[log][view].discard(mine)

    async def _send(self, socket: WebSocket, mine: Listener) -> None:
        while True:
            revision = await mine.get()
            while not mine.empty():
                revision = max(revision, mine.get_nowait())
            await socket.send_text(str(revision))

    def _tell(self, log: str, news: Mapping[str, int]) -> None:
        """On the loop: the wall and the facilitator now, tablets in a moment."""
        views = self._listeners[log]
        hear = {view: max(news.get(view, 0), news.get(EVERYONE, 0)) for view in views}
        _put(views, {view: hear[view] for view in FIRST if hear.get(view)})
        later = {view: revision for view, revision in hear.items() if revision and view not in FIRST}
        tablets = sum(len(views[view]) for view in later)
        if tablets and self._loop:
            self._loop.call_later(min(MOST_DELAY, tablets * PER_TABLET), _put, views, later)


def _put(views: Mapping[str, set[Listener]], hear: Mapping[str, int]) -> None:
    for view, revision in hear.items():
        for listener in views[view]:
            listener.put_nowait(revision)
