"""Headers on every answer, and the Host check: what a page of ours may load, and under which names it answers.

The list of names is read from the machine's interfaces at each request (kept for some seconds), because a fixed list
would lock the room out when the laptop moves to another network.
"""

import os
import time

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from facilitation.screen.network import addresses

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "base-uri 'self'",
        "object-src 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
HOST_CONFIG = "/_stcore/host-config"
NO_DIALOGS = (b'"blockErrorDialogs":false', b'"blockErrorDialogs":true ')
"""The framework's dialog on a lost line, in English, takes the keyboard away from whoever is writing; our own words at
the foot of the page (`assets/live.js`) say the same. Both texts are of one length: the answer's length stays true."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
FRESH = 5.0


class Guard:
    """ASGI middleware: the Host check, then the headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._names: frozenset[str] = frozenset()
        self._read = -FRESH

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in HEADERS if pair[0] not in present)]
            elif message["type"] == "http.response.body" and scope["path"].endswith(HOST_CONFIG):
                message["body"] = message["body"].replace(*NO_DIALOGS)
            await send(message)

        if not self._known(scope):
            return await _refuse(scope, with_headers)
        await self.app(scope, receive, with_headers)

    def _known(self, scope: Scope) -> bool:
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
        name = host if host.startswith("[") and host.endswith("]") else host.rsplit(":", 1)[0]
        if name in LOOPBACK:
            return True
        if time.monotonic() - self._read > FRESH:
            extra = os.environ.get("ALLOWED_HOSTS", "").lower().replace(",", " ").split()
            self._names, self._read = frozenset([*addresses(), *extra]), time.monotonic()
        return name in self._names


async def _refuse(scope: Scope, send: Send) -> None:
    """A name this machine does not answer to (DNS rebinding)."""
    if scope["type"] == "websocket":
        return await send({"type": "websocket.close", "code": 1008})
    await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"421 unknown host"})


def guard() -> list[Middleware]:
    """The middleware of the app."""
    return [Middleware(Guard)]
