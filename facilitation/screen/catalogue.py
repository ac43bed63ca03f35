"""All conferences of a house, by code and in lists, without opening each of them."""

from collections.abc import Callable

from facilitation.conference import KIND, Conference
from facilitation.fold import fold
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

    def all(self) -> list[Summary]:
        """All conferences, also those on their way out, the newest first."""
        return sorted(self._shelf.all().values(), key=lambda c: (c.date, c.id), reverse=True)

    def find(self, code: str) -> str | None:
        """The log of a join code."""
        return self._names.find(code)

    def advised(self, code: str) -> str | None:
        """The log of an adviser's code, while it runs: the fewer codes are open, the fewer can be guessed."""
        return next((c.id for c in self.all() if c.adviser_code == code and not (c.ended or c.deleted)), None)

    def led(self, code: str) -> str | None:
        """The log of a facilitators' long code."""
        return next((c.id for c in self.all() if c.lead_code == code and not c.deleted), None)

    def _make(self, log: str, revision: int) -> tuple[int, Summary]:
        known = self._known(log)
        at_hand = known is not None and known.revision == revision
        conference = known if known is not None and at_hand else fold(None, log, self._store.entries(log))
        return conference.revision, summary_of(conference)
