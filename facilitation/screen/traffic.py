"""What comes through the door of a server, seen from outside the pages: for metrics and logs, never for a laptop.

Told by the route that answered and never by the address: an address may hold a code, a key or a name.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE = "/_stcore/stream"
"""The framework's socket of an open page."""
LIVE = "/live/{log}/{view}"
WATCHERS = frozenset({"/healthz", "/readyz", "/metrics", "/_stcore/health"})
"""Asked every few seconds by machines of the house."""

ASSETS = "/assets"
OTHER = "other"
VIEWS = ("projector", "lead", "devices", "contacts")


@dataclass(frozen=True, slots=True)
class Answered:
    """One request that was answered, or one socket that ended (`status` is then what it was closed with)."""

    method: str
    route: str
    status: int
    seconds: float


class Observer:
    """Who is told; it listens to what it has a method for. A socket has a kind and a number of its own."""

    def answered(self, what: Answered) -> None:
        """A request or a socket is over."""

    def opened(self, kind: str, socket: int) -> None:
        """A socket was taken."""

    def closed(self, kind: str, socket: int) -> None:
        """A socket that was taken has ended."""

    def received(self, kind: str, socket: int, message: Message) -> None:
        """A message came in on a socket."""

    def sent(self, kind: str, socket: int, message: Message) -> None:
        """A message went out on a socket."""


class Traffic:
    """ASGI middleware, the outermost: tells its observers what became of each request and socket."""

    def __init__(self, app: ASGIApp, observers: Sequence[Observer]) -> None:
        self.app, self._observers, self._sockets = app, observers, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            return await self._request(scope, receive, send)
        if scope["type"] == "websocket":
            return await self._socket(scope, receive, send)
        await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, status = time.perf_counter(), 500

        async def seen(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, seen)
        finally:
            self._over(scope, status, begun)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, status, taken = time.perf_counter(), 1006, False
        self._sockets += 1
        number = self._sockets

        async def coming() -> Message:
            nonlocal status
            message = await receive()
            if message["type"] == "websocket.receive":
                for observer in self._observers:
                    observer.received(kind_of(scope), number, message)
            status = message.get("code", status)
            return message

        async def going(message: Message) -> None:
            nonlocal status, taken
            await send(message)
            status = message.get("status", message.get("code", status))
            if message["type"] == "websocket.accept":
                taken = True
            for observer in self._observers:
                if message["type"] == "websocket.accept":
                    observer.opened(kind_of(scope), number)
                elif message["type"] == "websocket.send":
                    observer.sent(kind_of(scope), number, message)

        try:
            await self.app(scope, coming, going)
        finally:
            for observer in self._observers if taken else ():
                observer.closed(kind_of(scope), number)
            self._over(scope, status, begun)

    def _over(self, scope: Scope, status: int, begun: float) -> None:
        method = scope.get("method", "SOCKET")
        answered = Answered(method, route_of(scope), status, time.perf_counter() - begun)
        for observer in self._observers:
            observer.answered(answered)


def route_of(scope: Scope) -> str:
    """The route that took a request, as it is written in the code: with `{log}` in place of a conference."""
    path = str(getattr(scope.get("route"), "path", ""))
    return ASSETS if path.startswith(ASSETS) else path or OTHER


def kind_of(scope: Scope) -> str:
    """What a socket is for: `page`, or the view it listens to, all tables as one."""
    route = route_of(scope)
    if route != LIVE:
        return "page" if route == PAGE else OTHER
    view = str(scope["path_params"].get("view", ""))
    return view if view in VIEWS else "table" if view.startswith("group-") else OTHER
