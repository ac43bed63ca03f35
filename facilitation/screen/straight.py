"""The addresses that many devices ask at one moment, answered before the framework's own layers (its session cookie,
its compression, its checks of paths), which they need nothing of."""

from collections.abc import Callable, Mapping, Sequence

from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send

Handler = Callable[[Request, Exception], Response]


class Straight:
    """ASGI middleware: its own routes first, then everything else."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], handlers: Mapping[type[Exception], Handler]) -> None:
        self.app = app
        router = Router(routes, redirect_slashes=False, default=app)
        self._ours = ExceptionMiddleware(router, handlers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._ours if scope["type"] in ("http", "websocket") else self.app)(scope, receive, send)


def straight(routes: Sequence[BaseRoute], handlers: Mapping[type[Exception], Handler]) -> list[Middleware]:
    """The middleware of the app."""
    return [Middleware(Straight, routes, handlers)]
