"""Which copies of the database still hold words that were erased since: their entries are looked at, one by one.

Neither times nor counts tell it: a restore puts the log back, and what was erased at one number of entries is noted
at another afterwards.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from facilitation.entries import Entry
from facilitation.store import StoreError
from facilitation.store.aside import set_aside
from facilitation.store.copies import Copy
from facilitation.store.driver import Database
from facilitation.store.erased import Erased, erased_in, forgotten_in, same_in, still_in
from facilitation.store.file import Readable, connect, named
from facilitation.store.tables import LOGS


@dataclass(frozen=True, slots=True)
class Left:
    """A copy with the logs of which it holds what is gone here; `logs` is empty where nobody can read what is in it."""

    copy: Copy
    logs: tuple[str, ...]


def left_in(database: Path, copies: Iterable[Copy]) -> tuple[Left, ...]:
    """The copies that hold erased words, in their order. A copy that cannot be read may hold anything."""
    gone, forgotten = _known(database)
    if not (gone or forgotten):
        return ()
    found = []
    for copy in copies:
        try:
            logs = tuple(_holding(copy.path, gone, forgotten))
        except (StoreError, OSError):
            found.append(Left(copy, ()))
        else:
            found += [Left(copy, logs)] if logs else []
    return tuple(found)


def hold(copies: Iterable[Copy], entry: Entry) -> int:
    """How many copies hold an entry, or may hold it."""
    return sum(_holds(copy.path, entry) for copy in copies)


def _known(database: Path) -> tuple[list[Erased], set[str]]:
    """What was erased, by the database and by those that a restore has set aside: one that came back may be too old to
    know of it."""
    gone: list[Erased] = []
    forgotten: set[str] = set()
    for file in (database, *(each.path for each in set_aside(database))):
        try:
            with _opened(file) as opened:
                gone += erased_in(opened)
                forgotten |= forgotten_in(opened).keys()
        except (StoreError, OSError):
            continue
    return gone, forgotten


def _holding(file: Path, gone: Sequence[Erased], forgotten: set[str]) -> Iterator[str]:
    with _opened(file) as opened:
        logs = [row[0] for row in opened.execute(LOGS)]
        erased = {each.by.log for each in gone if still_in(opened, each)}
    yield from (log for log in sorted(logs) if log in erased or log in forgotten)


def _holds(file: Path, entry: Entry) -> bool:
    try:
        with _opened(file) as opened:
            return any(not each.gone for each in same_in(opened, entry))
    except (StoreError, OSError):
        return True


@contextmanager
def _opened(file: Path) -> Iterator[Database]:
    """A file as it is, not every page of it looked at first: the copies of a house are many."""
    with named(file), closing(connect(Readable(file).address)) as opened:
        yield opened
