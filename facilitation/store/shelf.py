"""Summaries beside the logs: what lists say of very many logs, without folding each of them.

A summary is worked out from a log at a revision and true for that revision alone. All of them can be thrown away; they
are made again where they are missing.
"""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Generic, TypeVar

from facilitation.store import Store, StoreError

AT_ONCE = 500
"""Summaries kept in one transaction."""

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """The summaries of all logs of one kind. `make(log, revision)` gives the summary, and the revision it is true
    for; `shape` is raised when summaries change their form; `write` and `read` turn one into text and back."""

    def __init__(
        self,
        store: Store,
        kind: str,
        shape: int,
        make: Callable[[str, int], tuple[int, Kept]],
        write: Callable[[Kept], str],
        read: Callable[[str, str], Kept],
    ) -> None:
        self._store, self._kind, self._shape = store, kind, shape
        self._make, self._write, self._read = make, write, read
        self._held: dict[str, tuple[int, Kept]] | None = None
        self._lock = threading.Lock()

    def all(self) -> Mapping[str, Kept]:
        """Log → summary, as the logs stand now, sorted by the logs' names."""
        with self._lock:
            now = self._store.logs(self._kind)
            held = self._held if self._held is not None else self._load()
            moved = [log for log, revision in now.items() if log not in held or held[log][0] != revision]
            made = {log: self._make(log, now[log]) for log in moved}
            self._keep(made)
            self._held = {log: made.get(log) or held[log] for log in now}
            return {log: summary for log, (_, summary) in self._held.items()}

    def _load(self) -> dict[str, tuple[int, Kept]]:
        found = self._store.summaries(self._kind, self._shape)
        return {log: (revision, self._read(log, text)) for log, (revision, text) in found.items()}

    def _keep(self, made: Mapping[str, tuple[int, Kept]]) -> None:
        if self._store.read_only:
            return
        rows = [(log, (revision, self._write(summary))) for log, (revision, summary) in made.items()]
        with suppress(StoreError):  # a list is shown all the same
            for begin in range(0, len(rows), AT_ONCE):
                self._store.keep_summaries(dict(rows[begin : begin + AT_ONCE]), self._shape)
