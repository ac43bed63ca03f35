"""What others wrote into the store: another server of the same house, or the command line beside a running one.

One question per look, for the logs that somebody listens to here and for the house's keys. The revision, raised in the
transaction that writes, is the only sign that never misses one; a notification would be no more than a faster bell.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection

from facilitation.store import FRESH, Store, StoreError, UnreadableLog

SLOW = 2.0
"""Seconds between two looks where this server is the only one, and only the command line may have written."""

SOON, LIVELY = 0.025, 10.0
"""Seconds between two looks at a shared store, for so long after something has moved: who writes one card writes
another. A look costs the app 0.4 ms: 2 % of a core while people write, under 1 % while they do not."""

AFTER_TROUBLE = 1.0

LATE = 15.0
"""Seconds without an answer after which it counts as standing: the store is tried for ten."""


class Watch:
    """A thread that looks at the store again and again; `look(log)` is called for each log that has moved."""

    def __init__(self, store: Store, listened: Callable[[], Collection[str]], look: Callable[[str], object]) -> None:
        self._store, self._listened, self._look = store, listened, look
        self._seen: dict[str, int] = {}
        self._moved = -LIVELY
        self._looked: float | None = None
        self._trouble = ""
        self._end = threading.Event()

    def start(self) -> None:
        """Begin; the thread ends with the process, or with `stop`."""
        self._looked = time.monotonic()
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        """End after the look that is under way."""
        self._end.set()

    def once(self) -> None:
        """One look. Raises what the store raises."""
        found = self._store.revisions(self._listened())
        self._looked = time.monotonic()
        moved = [log for log, revision in found.items() if self._seen.get(log) != revision]
        self._seen = {log: revision for log, revision in found.items() if log not in moved}
        if moved:
            self._moved = time.monotonic()
        failed: Exception | None = None
        for log in moved:
            try:
                self._look(log)
            except UnreadableLog:
                pass  # lists name it, and whoever listens to it finds out with the next press
            except StoreError:
                raise
            except Exception as fault:  # of one log: the others are looked at, and this one again next time
                failed = fault
                continue
            self._seen[log] = found[log]
        if failed:
            raise failed

    @property
    def since(self) -> float:
        """Seconds since the store last answered a look; 0 before the first begins."""
        return time.monotonic() - self._looked if self._looked is not None else 0.0

    @property
    def stands(self) -> bool:
        """Whether it has come to nothing for so long that pages here no longer follow what other servers write."""
        return self.since > LATE

    @property
    def pause(self) -> float:
        """Seconds until the next look."""
        if not self._store.shared:
            return SLOW
        return SOON if time.monotonic() - self._moved < LIVELY else FRESH

    def _run(self) -> None:
        while not self._end.wait(self.pause):
            try:
                self.once()
            except Exception as trouble:  # whatever it is: the next look may go through
                self._say(trouble)
                self._end.wait(AFTER_TROUBLE)
            else:
                self._trouble = ""

    def _say(self, trouble: Exception) -> None:
        """One line for each kind of trouble, until a look goes through; never what stood in the store."""
        kind = type(trouble).__name__
        if kind != self._trouble:
            log = logging.getLogger(__name__)
            about = {"about": {"trouble": kind}}
            if isinstance(trouble, StoreError):
                log.warning("the store does not answer; pages follow again when it does", extra=about)
            else:
                log.error("the watch came to nothing and goes on", extra=about)
        self._trouble = kind
