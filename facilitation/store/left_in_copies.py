"""Which copies of the database still hold words that were erased since: worked out from counts, never from times."""

from collections.abc import Iterable
from dataclasses import dataclass

from facilitation.store import Store
from facilitation.store.copies import Copy
from facilitation.store.rows import erasures


@dataclass(frozen=True, slots=True)
class Left:
    """A copy with the logs of which it holds what is gone here; `logs` is empty where nobody knows what is in it."""

    copy: Copy
    logs: tuple[str, ...]


def left_in(store: Store, copies: Iterable[Copy]) -> tuple[Left, ...]:
    """The copies that hold erased words, in their order. A copy without a readable sheet may hold anything."""
    gone, forgotten = _erased(store), store.forgotten()
    found = []
    for copy in copies:
        counted = copy.counted()
        logs = [log for log, each in (counted or {}).items() if log in forgotten or _holds(each.entries, gone.get(log))]
        if logs or (counted is None and (gone or forgotten)):
            found.append(Left(copy, tuple(logs)))
    return tuple(found)


def _erased(store: Store) -> dict[str, list[tuple[int, int]]]:
    """Log → (revision that lost words, revision of the entry that says so)."""
    found: dict[str, list[tuple[int, int]]] = {}
    for entry in store.erasing():
        found.setdefault(entry.log, []).extend((at, entry.revision) for at, _ in erasures([entry]))
    return found


def _holds(entries: int, gone: list[tuple[int, int]] | None) -> bool:
    """A copy of so many entries has the words where it ends behind them and before their erasure."""
    return any(at <= entries < erased for at, erased in gone or ())


def hold(copies: Iterable[Copy], log: str, revision: int) -> int:
    """How many copies hold an entry, or may hold it."""
    counted = (copy.counted() for copy in copies)
    return sum(each is None or (log in each and each[log].entries >= revision) for each in counted)
