"""What the house does by itself: conferences that were deleted thirty days ago go for good (F25).

What is gone for good cannot wait for a clock to be set right, so the sweeper waits for the clock (F13). It goes by the
time at its start and by how long it has been running since, never ahead of the wall clock: a jump while it runs is not
followed. And what is due is left for an hour more: a clock that was wrong at the start may be set right meanwhile.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from facilitation import keyring
from facilitation.calendar import written
from facilitation.deleting import is_due
from facilitation.export.archive import with_survey
from facilitation.screen.house import House
from facilitation.screen.shared import let_go
from facilitation.store import StoreError

OFTEN = 600.0
"""Seconds between two looks."""

HOUR = 3600.0
"""Seconds for which a conference has to be due, at every look, before it goes."""


def wall() -> datetime:
    """What the laptop's clock says."""
    return datetime.now(UTC)


class Sweeper:
    """Looks at the start and then from time to time, in a thread of its own. `own` counts seconds and never jumps."""

    def __init__(
        self, here: House, wall: Callable[[], datetime] = wall, own: Callable[[], float] = time.monotonic
    ) -> None:
        self._here, self._wall, self._own = here, wall, own
        self._end = threading.Event()
        self._began = wall(), own()
        self._due: dict[str, float] = {}

    def look(self) -> list[str]:
        """Forget what is due and was so for an hour, each conference with its survey; their logs. A store that takes
        no writing keeps everything, and is asked again at the next look."""
        (began, first), moment = self._began, self._own()
        now = min(self._wall(), began + timedelta(seconds=moment - first))
        due = [conference.id for conference in self._here.deleted() if is_due(conference, now)]
        self._due = {log: self._due.get(log, moment) for log in due}
        return [log for each in due if moment - self._due[each] >= HOUR for log in self._forget(each, now)]

    def _forget(self, conference: str, now: datetime) -> list[str]:
        here, logs = self._here, with_survey(self._here.store, conference)[::-1]  # the link to a survey goes last
        for log in logs:
            here.store.forget(log, written(now))
            here.look(log)
        let_go(conference)
        here.note(keyring.HOUSE, "forgotten", conference=conference)
        return logs

    def start(self) -> None:
        """Begin; the thread ends with the process, or with `stop`."""
        threading.Thread(target=self._run, name="sweeper", daemon=True).start()

    def stop(self) -> None:
        """End after the sweep that is under way."""
        self._end.set()

    def _run(self) -> None:
        while not self._end.is_set():
            try:
                self.look()
            except StoreError:
                logging.getLogger(__name__).warning("deleted conferences wait: the store takes no writing")
            self._end.wait(OFTEN)
