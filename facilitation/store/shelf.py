"""Summaries beside the logs: what lists say of very many logs, without folding each of them.

A summary is worked out from a log at a revision and true for that revision alone. All of them can be thrown away; they
are made again where they are missing: a few at once by whoever asks, very many by `catch_up`, the newest logs first,
while lists show what is there.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from facilitation.store import Store, StoreError, UnreadableLog

AT_ONCE = 20
"""Summaries in one portion, kept in one transaction: what a crash takes is made again."""

SOON = 50
"""So many are made by whoever asks for a list, about a second of work; of more, as after an update of the app, only the
first portion."""

REST = 0.02
"""Seconds between two portions, for those who look at a list meanwhile."""

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
        self._now: Mapping[str, int] = {}
        self._held: dict[str, tuple[int, Kept]] = {}
        self._unreadable: dict[str, int] = {}
        self._listed: Mapping[str, Kept] | None = None
        self._loaded = False
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        """Who counts has it, for as long as that takes; the other lock is held for moments only."""

    def so_far(self) -> tuple[Mapping[str, Kept], int]:
        """Log → summary, as the logs stand now, sorted by the logs' names; and how many are not counted yet."""
        left = len(self._missing())
        if left and self._turn.acquire(blocking=left <= SOON):  # while very many are counted nobody waits for them
            try:
                missing = self._missing()
                mine = missing if len(missing) <= SOON else missing[:AT_ONCE]
                self._count(mine)
                left = len(missing) - len(mine)
            finally:
                self._turn.release()
        with self._lock:
            if self._listed is None:
                self._listed = {log: summary for log, (_, summary) in sorted(self._held.items())}
            return self._listed, left

    def missing(self) -> int:
        """How many logs are not counted yet."""
        return len(self._missing())

    def _missing(self) -> list[str]:
        with self._lock:
            return self._look()

    def unreadable(self) -> list[str]:
        """The logs that stand in no list because they cannot be read, as far as they were looked at."""
        self.so_far()
        with self._lock:
            return sorted(self._unreadable)

    def all(self) -> Mapping[str, Kept]:
        """The same, every log counted."""
        found, missing = self.so_far()
        while missing:
            self.catch_up()
            found, missing = self.so_far()
        return found

    def catch_up(self, end: threading.Event | None = None) -> None:
        """Count what is missing, the newest first, portion by portion; `end` breaks it off."""
        end = end or threading.Event()
        while not end.is_set():
            with self._turn:
                missing = self._missing()
                self._count(missing[:AT_ONCE])
            if len(missing) <= AT_ONCE:
                return
            end.wait(REST)

    def _look(self) -> list[str]:
        """Let go of what is true no more; the logs that are missing then, the newest first by their names."""
        if not self._loaded:
            self._held, self._loaded = self._load(), True
        now = self._store.logs(self._kind)
        if now != self._now:
            self._now, self._listed = now, None
            self._held = {log: held for log, held in self._held.items() if held[0] == now.get(log)}
            self._unreadable = {log: at for log, at in self._unreadable.items() if at == now.get(log)}
        done = len(self._held) + len(self._unreadable)
        return sorted(now.keys() - self._held.keys() - self._unreadable.keys(), reverse=True) if done < len(now) else []

    def _count(self, logs: Sequence[str]) -> None:
        """Work out and keep, in this thread's turn. Lists are shown meanwhile; what has moved on by then is left."""
        now = self._now
        made = {log: self._made(log, now[log]) for log in logs if log in now}
        with self._lock:
            whole = {log: one for log, one in made.items() if one and one[0] >= self._now.get(log, one[0] + 1)}
            self._unreadable |= {
                log: now[log] for log, one in made.items() if not one and self._now.get(log) == now[log]
            }
            self._keep(whole)
            if whole:
                self._held |= whole
                self._listed = None

    def _made(self, log: str, revision: int) -> tuple[int, Kept] | None:
        """What `make` gives; None for a log that cannot be read, which is said once for each of its revisions and
        without a word that stands in it."""
        try:
            return self._make(log, revision)
        except StoreError as refusal:
            if not isinstance(refusal, UnreadableLog):
                raise
            where = f"entry {refusal.detail['entry']}"
        except Exception as wrong:  # of all the others people want their lists
            where = type(wrong).__name__
        logging.getLogger(__name__).error("log %s cannot be read (%s); it is left as it is", log, where)
        return None

    def _load(self) -> dict[str, tuple[int, Kept]]:
        try:
            found = self._store.summaries(self._kind, self._shape)
        except StoreError:
            if not self._store.read_only:
                raise
            return {}  # the file of an older app, which had no place for them
        loaded = {}
        for log, (revision, text) in found.items():
            with suppress(ValueError, TypeError, KeyError, AttributeError):  # else it is made again
                loaded[log] = (revision, self._read(log, text))
        return loaded

    def _keep(self, made: Mapping[str, tuple[int, Kept]]) -> None:
        if self._store.read_only:
            return
        rows = {log: (revision, self._write(summary)) for log, (revision, summary) in made.items()}
        with suppress(StoreError):  # a list is shown all the same
            self._store.keep_summaries(rows, self._shape)
