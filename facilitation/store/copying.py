"""Copies made by themselves while a server runs: when, where, how many, and what went wrong with the last one."""

import json
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from facilitation.store import StoreError
from facilitation.store.copies import Copies, Copy, remove, second
from facilitation.store.file import settle
from facilitation.store.sqlite import SQLiteStore

FILE = "copies.json"
"""The plan lies beside the database and not in it: a stick's letter belongs to the laptop, and the plan must be there
where the database cannot be read."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A copy every `minutes` if something was written, the newest `most` of them kept, each also in `second`."""

    minutes: int = 10
    most: int = 50
    second: str = ""

    @property
    def place(self) -> Path | None:
        """The second place."""
        return Path(self.second) if self.second else None


def plan_of(folder: Path) -> Plan:
    """The plan for a data folder; the usual one where none was written down or nobody can read it."""
    with suppress(OSError, ValueError, TypeError):
        return Plan(**json.loads((folder / FILE).read_text("utf-8")))
    return Plan()


class Copier:
    """Makes the copies of one store, in a thread of its own once it was started.

    `trouble` is why the last copy could not be made, `second_trouble` why it is not in the second place.
    """

    def __init__(self, store: SQLiteStore, folder: Path, copies: Copies) -> None:
        self.folder, self.copies = folder, copies
        self.plan = plan_of(folder)
        self.trouble: StoreError | OSError | None = None
        self.second_trouble: StoreError | OSError | None = None
        self._store = store
        self._turn = threading.Lock()
        self._wake = threading.Event()
        self._next, self._ended = "start", False
        self._thread = threading.Thread(target=self._run, name="copies", daemon=True)

    @property
    def database(self) -> Path:
        """The file that is copied."""
        return self._store.path

    def start(self) -> None:
        """Begin: a first copy at once, if something was written since the last one."""
        self._wake.set()
        self._thread.start()

    def stop(self) -> None:
        """End, with a last copy of what is in none yet."""
        if self._thread.is_alive():
            self._ended = True
            self._wake.set()
            self._thread.join()

    def soon(self, occasion: str) -> None:
        """Make a copy now, in the background: a conference has ended."""
        self._next = occasion
        self._wake.set()

    def now(self) -> Copy:
        """A copy because somebody asked for one. Raises what hinders it."""
        with self._turn:
            return self._take("hand")

    def waiting(self) -> bool:
        """Whether something was written that no copy holds."""
        newest = next(iter(self.copies.all()), None)
        counted = newest.counted() if newest else None
        return counted is None or {log: each.entries for log, each in counted.items()} != dict(self._store.logs())

    def change(self, plan: Plan) -> None:
        """Follow another plan from now on, and write it down. Raises OSError."""
        part = self.folder / f"{FILE}.part"
        part.write_text(json.dumps(asdict(plan), ensure_ascii=False), "utf-8")
        settle(part)
        part.replace(self.folder / FILE)
        self.plan = plan
        self.second_trouble = None
        self.soon("change")

    def _run(self) -> None:
        while True:
            self._wake.wait(self.plan.minutes * 60)
            self._wake.clear()
            last, (occasion, self._next) = self._ended, (self._next, "change")
            with self._turn:
                self._round(occasion)
            if last:
                return

    def _round(self, occasion: str) -> None:
        """One look: a copy if one is due; whatever happens, the next look comes."""
        try:
            if self.waiting():
                self._take(occasion)
            else:
                self._also_there()
        except (StoreError, OSError) as trouble:
            self.trouble = trouble
            logging.getLogger(__name__).warning("no copy was made: %s", trouble)

    def _take(self, occasion: str) -> Copy:
        made = self.copies.take(self._store.path, occasion)
        self.trouble = None
        for gone in self.copies.thin(self.plan.most):
            if self.plan.place:
                remove(self.plan.place / gone.path.name)
        self._also_there()
        return made

    def _also_there(self) -> None:
        """The newest copy in the second place as well; a stick that was away gets it at the next look."""
        newest = next(iter(self.copies.all()), None)
        if newest is None or self.plan.place is None:
            return
        self.second_trouble = _tried(lambda: second(newest, self.plan.place or Path()))


def _tried(action: Callable[[], None]) -> StoreError | OSError | None:
    try:
        action()
    except (StoreError, OSError) as trouble:
        logging.getLogger(__name__).warning("no copy in the second place: %s", trouble)
        return trouble
    return None
