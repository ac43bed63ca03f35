"""What the house catches up with at its start, while it is open: lists, results, what a crash kept from surveys."""

import logging
import threading

from facilitation.screen.house import House
from facilitation.store import StoreError


class Counting:
    """A thread that catches up once. It may end at any moment: what is done is kept, the next start goes on with it."""

    def __init__(self, here: House) -> None:
        self._here, self._end = here, threading.Event()
        self._thread = threading.Thread(target=self._run, name="counting", daemon=True)

    def start(self) -> None:
        """Begin; nobody waits for it."""
        self._thread.start()

    def stop(self) -> None:
        """End after the portion that is under way."""
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._here.catch_up(self._end)
        except StoreError:
            logging.getLogger(__name__).exception("the lists were not caught up; whoever asks for them does it")
