"""What others wrote into the store: another server of the same house, or the command line beside a running one.

One question per look, for the logs that somebody listens to here: an idle server asks nothing. The revision, raised in
the transaction that writes, is the only sign that never misses one; a notification would be no more than a faster bell.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress

from facilitation.store import FRESH, Store, StoreError, UnreadableLog

SLOW = 2.0
"""Seconds between two looks where this server is the only one, and only the command line may have written."""

SOON, LIVELY = 0.025, 10.0
"""Seconds between two looks at a shared store, for so long after something has moved: who writes one card writes
another. A look costs the app 0.4 ms: 2 % of a core while people write, under 1 % while they do not."""

AFTER_TROUBLE = 1.0


class Watch:
    """A thread that looks at the store again and again; `look(log)` is called for each log that has moved."""

    def __init__(self, store: Store, listened: Callable[[], Collection[str]], look: Callable[[str], object]) -> None:
        self._store, self._listened, self._look = store, listened, look
        self._seen: dict[str, int] = {}
        self._moved = -LIVELY
        self._end = threading.Event()

    def start(self) -> None:
        """Begin; the thread ends with the process, or with `stop`."""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        """End after the look that is under way."""
        self._end.set()

    def once(self) -> None:
        """One look. Raises what the store raises."""
        found = self._store.revisions(self._listened())
        moved = [log for log, revision in found.items() if self._seen.get(log) != revision]
        self._seen = {log: revision for log, revision in found.items() if log not in moved}
        if moved:
            self._moved = time.monotonic()
        for log in moved:
            with suppress(UnreadableLog):  # lists name it, and whoever listens to it finds out with the next press
                self._look(log)
            self._seen[log] = found[log]

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
            except StoreError:
                logging.getLogger(__name__).warning("the store does not answer; pages follow again when it does")
                self._end.wait(AFTER_TROUBLE)
