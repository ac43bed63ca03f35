"""What a server does and a laptop does not, each by a setting of its own: metrics (`METRICS_TOKEN`), lines for machines
instead of words for people (`LOGS=json`)."""

import os
import secrets
from functools import cache
from typing import TYPE_CHECKING

from starlette.middleware import Middleware

from facilitation.screen.traffic import Observer, Traffic
from facilitation.store import Store
from facilitation.store.measured import measured

if TYPE_CHECKING:
    from facilitation.screen.metrics import Metrics


@cache
def metrics() -> "Metrics | None":
    """The counts of this process, where they are asked for: a laptop has no package for them."""
    if not os.environ.get("METRICS_TOKEN"):
        return None
    from facilitation.screen.metrics import Metrics

    return Metrics()


def may_read_metrics(authorization: str) -> bool:
    """Whether somebody sends `Bearer <METRICS_TOKEN>`."""
    right = os.environ.get("METRICS_TOKEN", "")
    return bool(right) and secrets.compare_digest(authorization.encode(), f"Bearer {right}".encode())


def in_lines() -> bool:
    """Whether this process speaks to machines."""
    return os.environ.get("LOGS") == "json"


def choose_words() -> None:
    """At the start: from here on lines for machines, where they are asked for."""
    if in_lines():
        from facilitation.screen.log_lines import speak_in_lines

        speak_in_lines()


def counted(store: Store) -> Store:
    """The store, measured where somebody counts."""
    found = metrics()
    return measured(store, found.committed) if found else store


def traffic() -> list[Middleware]:
    """The middleware of the app."""
    observers: list[Observer] = [found] if (found := metrics()) else []
    if in_lines():
        from facilitation.screen.log_lines import Requests

        observers.append(Requests())
    return [Middleware(Traffic, observers)] if observers else []
