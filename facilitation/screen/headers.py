"""Headers on every answer (what a page may load stands in `policy`), and the Host check: the names this server has.

The list of names is read from the machine's interfaces at each request (kept for some seconds), because a fixed list
would lock the room out when the laptop moves to another network.
"""

import os
import time

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from facilitation.screen.network import addresses
from facilitation.screen.policy import policy

HEADERS = (
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
ALWAYS_TLS = (b"strict-transport-security", b"max-age=31536000")
"""For a year a browser then asks by https alone. Said only where it came by https, and never under a name of the
machine itself: it would hold for every other program on that name, whatever its port."""
HOST_CONFIG = "/_stcore/host-config"
NO_DIALOGS = (b'"blockErrorDialogs":false', b'"blockErrorDialogs":true ')
"""The framework's dialog on a lost line, in English, takes the keyboard away from whoever is writing; our own words at
the foot of the page (`assets/live.js`) say the same. Both texts are of one length: the answer's length stays true."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
FRESH = 5.0


ANSWERS = ("http.response.start", "websocket.accept", "websocket.http.response.start")


class Guard:
    """ASGI middleware: the Host check, then the headers; also on what fails and on sockets that are refused."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._names: frozenset[str] = frozenset()
        self._read = -FRESH

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
        name = host if host.startswith("[") and host.endswith("]") else host.rsplit(":", 1)[0]
        if not self._known(name):
            return await _Answer(scope, send, _headers(scope, "")).refuse(421, b"421 unknown host")
        answer = _Answer(scope, send, _headers(scope, host))
        try:
            await self.app(scope, receive, answer.send)
        except Exception:
            await answer.refuse(500, b"500")  # outside of us there is only a handler that knows no headers
            raise

    def _known(self, name: str) -> bool:
        if name in LOOPBACK:
            return True
        if time.monotonic() - self._read > FRESH:
            extra = os.environ.get("ALLOWED_HOSTS", "").lower().replace(",", " ").split()
            self._names, self._read = frozenset([*addresses(), *extra]), time.monotonic()
        return name in self._names


def _headers(scope: Scope, host: str) -> tuple[tuple[bytes, bytes], ...]:
    """What an answer to somebody who came by `host` carries. `scheme` is what the proxy in front says, where it is one
    that the server trusts (this machine, `FORWARDED_ALLOW_IPS`)."""
    always = ((b"content-security-policy", policy(host)), *HEADERS)
    by_tls = scope.get("scheme") in ("https", "wss") and host.rsplit(":", 1)[0] not in LOOPBACK
    return (*always, ALWAYS_TLS) if by_tls else always


class _Answer:
    """One answer on its way out: every first message of it gets the headers."""

    def __init__(self, scope: Scope, send: Send, headers: tuple[tuple[bytes, bytes], ...]) -> None:
        self._scope, self._send, self._headers, self._begun = scope, send, headers, False
        self._told = scope["type"] == "http" or "websocket.http.response" in scope.get("extensions", {})

    async def send(self, message: Message) -> None:
        kind = message["type"]
        if kind == "websocket.close" and not self._begun and self._told:
            return await self.refuse(403, b"403")  # the server would answer the same, without headers
        if kind in ANSWERS:
            self._begun = True
            present = {name for name, _ in message.get("headers", ())}
            added = [pair for pair in self._headers if pair[0] not in present]
            message["headers"] = [*message.get("headers", ()), *added]
        elif kind == "http.response.body" and self._scope["path"].endswith(HOST_CONFIG):
            message["body"] = message["body"].replace(*NO_DIALOGS)
        await self._send(message)

    async def refuse(self, status: int, words: bytes) -> None:
        """Answer by ourselves, unless an answer has begun."""
        if self._begun:
            return
        if not self._told:
            return await self._send({"type": "websocket.close", "code": 1008})
        kind = "http.response" if self._scope["type"] == "http" else "websocket.http.response"
        plain = [(b"content-type", b"text/plain"), (b"content-length", str(len(words)).encode())]
        await self.send({"type": f"{kind}.start", "status": status, "headers": plain})
        await self._send({"type": f"{kind}.body", "body": words})


def guard() -> list[Middleware]:
    """The middleware of the app."""
    return [Middleware(Guard)]
