"""What the house does by itself: conferences that were deleted thirty days ago go for good (F25)."""

import logging
import threading
from datetime import UTC, datetime

from facilitation import keyring
from facilitation.calendar import written
from facilitation.deleting import is_due
from facilitation.export.archive import with_survey
from facilitation.screen.house import House
from facilitation.screen.shared import let_go
from facilitation.store import StoreError

OFTEN = 3600.0
"""Seconds between two looks: a laptop sleeps through its days."""


def sweep(here: House, now: datetime) -> list[str]:
    """Forget what is due at `now`, each conference with its survey; their logs. A store that takes no writing keeps
    everything, and is asked again at the next look."""
    gone = []
    for conference in here.deleted():
        if is_due(conference, now):
            for log in reversed(with_survey(here.store, conference.id)):  # the link to a survey goes last
                here.store.forget(log, written(now))
                here.look(log)
                gone.append(log)
            let_go(conference.id)
            here.note(keyring.HOUSE, "forgotten", conference=conference.id)
    return gone


class Sweeper:
    """A thread that sweeps at the start and then from time to time."""

    def __init__(self, here: House) -> None:
        self._here, self._end = here, threading.Event()

    def start(self) -> None:
        """Begin; the thread ends with the process, or with `stop`."""
        threading.Thread(target=self._run, name="sweeper", daemon=True).start()

    def stop(self) -> None:
        """End after the sweep that is under way."""
        self._end.set()

    def _run(self) -> None:
        while not self._end.is_set():
            try:
                sweep(self._here, datetime.now(UTC))
            except StoreError:
                logging.getLogger(__name__).warning("deleted conferences wait: the store takes no writing")
            self._end.wait(OFTEN)
