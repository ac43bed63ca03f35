"""A store that tells how long its commits took and how much they held: for the metrics of a server."""

import time
from collections.abc import Callable, Sequence
from typing import Any, cast

from facilitation.entries import Draft, Entry
from facilitation.store import Store

Told = Callable[[str, int, float], None]
"""Kind of the log, entries, seconds."""


class MeasuredStore:
    """Everything as the store itself has it; what is written is told to `told` once it is safe."""

    def __init__(self, store: Store, told: Told) -> None:
        self._store, self._told = store, told

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def append(self, log: str, kind: str, drafts: Sequence[Draft], after: int, at: str) -> tuple[Entry, ...]:
        begun = time.perf_counter()
        written = self._store.append(log, kind, drafts, after, at)
        self._told(kind, len(written), time.perf_counter() - begun)
        return written


def measured(store: Store, told: Told) -> Store:
    """`store`, measured."""
    return cast(Store, MeasuredStore(store, told))
