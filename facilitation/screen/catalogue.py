"""All conferences of a house, by code and in lists, without opening each of them."""

from collections.abc import Callable, Iterable
from threading import Event

from facilitation.conference import KIND, Conference
from facilitation.fold import fold
from facilitation.legible import legible
from facilitation.store import Store
from facilitation.store.names import Names
from facilitation.store.shelf import Shelf
from facilitation.summary import SHAPE, Summary, read, summary_of, write


class Catalogue:
    """`known(log)` gives a conference that is at hand anyway; others are folded and not kept."""

    def __init__(self, store: Store, known: Callable[[str], Conference | None]) -> None:
        self._store, self._known = store, known
        self._shelf = Shelf(store, KIND, SHAPE, self._make, write, read)
        self._names = Names(store, KIND)

    def so_far(self) -> tuple[list[Summary], int]:
        """The conferences, also those on their way out, the newest first; and how many are not counted yet."""
        found, missing = self._shelf.so_far()
        return _newest_first(found.values()), missing

    def all(self) -> list[Summary]:
        """The same, every conference counted."""
        return _newest_first(self._shelf.all().values())

    def missing(self) -> int:
        """How many conferences are not counted yet."""
        return self._shelf.missing()

    def unreadable(self) -> list[str]:
        """The conferences that stand in no list because they cannot be read."""
        return self._shelf.unreadable()

    def catch_up(self, end: Event) -> None:
        """Count what is missing, until `end`."""
        self._shelf.catch_up(end)

    def find(self, code: str) -> list[str]:
        """The logs of a join code: one, but see `Names.find`."""
        return self._names.find(code)

    def advised(self, code: str) -> str | None:
        """The log of an adviser's code, while it runs: the fewer codes are open, the fewer can be guessed."""
        return self._first(lambda c: c.adviser_code == code and not (c.ended or c.deleted))

    def led(self, code: str) -> str | None:
        """The log of a facilitators' long code."""
        return self._first(lambda c: c.lead_code == code and not c.deleted)

    def _first(self, fits: Callable[[Summary], bool]) -> str | None:
        """The newest that fits; where none is among those that were counted, the others are counted first."""
        found, missing = self.so_far()
        one = next(filter(fits, found), None)
        if one is None and missing:
            one = next(filter(fits, self.all()), None)
        return one.id if one else None

    def _make(self, log: str, revision: int) -> tuple[int, Summary]:
        known = self._known(log)
        at_hand = known is not None and known.revision == revision
        conference = known if known is not None and at_hand else legible(fold)(None, log, self._store.entries(log))
        return conference.revision, summary_of(conference)


def _newest_first(found: Iterable[Summary]) -> list[Summary]:
    return sorted(found, key=lambda c: (c.date, c.id), reverse=True)
