"""The newest state of each log, read by one for all who ask at that moment.

Who asks while the same log is being read waits for that reader, and then either finds a reading that was begun after it
asked, or reads itself for those behind it. Where the store did not answer meanwhile, it has not answered them either:
however many wait, nobody waits for the store's patience twice, and no other log's readers wait with them.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from facilitation.entries import Entry, erases
from facilitation.store import FRESH, Store, StoreError, UnreadableLog
from facilitation.store.known import Fold, Known, State

AT_HAND = 64
"""Logs kept folded in memory: a few days of conferences, far more than run at once on one server."""

LINES = 64
"""Lines in which readers stand: those of one log in one, and hardly ever those of another log with them."""

Listener = Callable[[str, tuple[Entry, ...]], None]


@dataclass
class _Line:
    """Readers one behind the other, and how the store refused the last of them: when, what, its details."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    refused: tuple[float, type[StoreError], Mapping[str, Any]] = (0.0, StoreError, {})


class Reader(Generic[State]):
    """What is known of each log. Each of `on_news` (log, entries) is told what others wrote (another server, the
    command line), by whoever reads it first, also where the log has left our hands meanwhile; sometimes it is our own
    once more. Each of `on_first` (log, revision) is told where a log stood when this process read it first: it knows
    nothing of what was before."""

    def __init__(
        self,
        store: Store,
        fold: Fold[State],
        on_news: Sequence[Listener] = (),
        on_first: Sequence[Callable[[str, int], None]] = (),
    ) -> None:
        self._store, self._fold = store, fold
        self._on_news, self._on_first = on_news, on_first
        self._fresh = FRESH if store.shared else 0.0
        self._known: OrderedDict[str, Known[State]] = OrderedDict()
        self._looked: dict[str, float] = {}
        self._told: dict[str, int] = {}
        self._keeping = threading.Lock()
        self._lines = [_Line() for _ in range(LINES)]

    def state(self, log: str) -> State:
        """The folded state of `log` as it stands in the store: one value for all threads."""
        if time.monotonic() - self._looked.get(log, -FRESH) < self._fresh and (known := self._known.get(log)):
            return known.state
        return self._read(log).state

    def look(self, log: str) -> None:
        """Read what others wrote, however fresh the last reading is, and tell `on_news`."""
        self._read(log)

    def known(self, log: str) -> State | None:
        """The state as it was read last, if it is still at hand: for whoever asks about very many logs, or must not
        wait for the store."""
        known = self._known.get(log)
        return known.state if known else None

    def _read(self, log: str) -> Known[State]:
        asked, line = time.monotonic(), self._lines[hash(log) % LINES]
        with line.turn:
            if self._looked.get(log, asked) > asked and (known := self._known.get(log)):
                return known
            at, refusal, detail = line.refused
            if at > asked:
                raise refusal(**detail)
            try:
                known, news, first = self._newest(log)
            except StoreError as refused:
                if not isinstance(refused, UnreadableLog):  # that one concerns a log and not the store
                    line.refused = (time.monotonic(), type(refused), refused.detail)
                raise
        if first:
            tell(self._on_first, log, known.revision)
        if news:
            tell(self._on_news, log, news)
        return known

    def _newest(self, log: str) -> tuple[Known[State], tuple[Entry, ...], bool]:
        """The log as the store has it, what of it nobody here was told of, and whether it was never read before."""
        before, known = self._told.get(log), self._known.get(log)
        looked = time.monotonic()
        revision = self._store.revision(log)
        new: Sequence[Entry] = ()
        if known is None or known.revision > revision:  # never read, or restored from an older copy, or forgotten
            known = self._nothing(log)
        if known.revision < revision:
            new = self._store.entries(log, known.revision)
            if known.revision and erases(new):
                known, new = self._nothing(log), self._store.entries(log)
            known = known.then(new, self._fold)
        with self._keeping:
            now = self._told.get(log)
            if now != before and (now or 0) > known.revision:  # somebody wrote meanwhile, or erased what we hold
                return known, (), False
            if not known.revision:
                for kept in (self._known, self._looked, self._told):
                    kept.pop(log, None)
                return known, (), False
            self._remember(known)
            self._looked[log], self._told[log] = looked, known.revision
        return known, tuple(entry for entry in new if now and entry.revision > now), now is None

    def _keep(self, known: Known[State], erased: bool) -> None:
        """We wrote: `known` is the newest there is; where words went, it is folded anew from what is left."""
        with self._keeping:
            newest = self._known.get(known.log)
            if erased:
                self._known.pop(known.log, None)
            elif newest is None or newest.revision <= known.revision:  # else a reader was further by then
                self._remember(known)
            self._told[known.log] = max(known.revision, self._told.get(known.log, 0))

    def _remember(self, known: Known[State]) -> None:
        """Of all logs that were ever opened those stay at hand that were used last; of the others one number."""
        self._known[known.log] = known
        self._known.move_to_end(known.log)
        while len(self._known) > AT_HAND:
            gone, _ = self._known.popitem(last=False)
            self._looked.pop(gone, None)

    def _nothing(self, log: str) -> Known[State]:
        return Known(log, 0, self._fold(None, log, ()), {})


def tell(listeners: Sequence[Callable[[str, Any], None]], log: str, what: Any) -> None:
    """Each by itself: the entries are safe, so a listener's fault must not read as "not saved", nor keep the others
    from hearing."""
    for listener in listeners:
        try:
            listener(log, what)
        except Exception:
            logging.getLogger(__name__).exception("a listener failed")
