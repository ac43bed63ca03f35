"""Logs that can be read, and the one that cannot: damage stays with the log that has it.

The app writes nothing that it could not read again, and looks at what it takes in before it takes it. What is malformed
all the same came past it: a damaged import, another program. Such a log is refused as a whole: to skip an entry could
show words that it held back. It stays where it is, untouched, and all others go on.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from facilitation import conference, fold, keyring, survey_fold, survey_round
from facilitation.entries import Entry
from facilitation.log_shape import wrong_fields
from facilitation.store import UnreadableLog
from facilitation.store.file import reading, schema_of
from facilitation.store.known import Fold
from facilitation.store.rows import entry
from facilitation.store.tables import ENTRIES

State = TypeVar("State")

FOLDS: Mapping[str, Fold[Any]] = {
    conference.KIND: fold.fold,
    survey_round.KIND: survey_fold.fold,
    keyring.KIND: keyring.fold,
}


def legible(fold: Fold[State]) -> Fold[State]:
    """`fold` for entries that may be malformed: it raises `UnreadableLog`, which says where and nothing of what."""

    def folded(before: State | None, log: str, entries: Sequence[Entry]) -> State:
        if (wrong := next((each for each in entries if any(True for _ in wrong_fields(each))), None)) is None:
            try:
                return fold(before, log, entries)
            except Exception:
                wrong = _unfoldable(fold, before, log, entries)
        raise UnreadableLog(log=log, entry=wrong.revision) from None

    return folded


def _unfoldable(fold: Fold[State], now: State | None, log: str, entries: Sequence[Entry]) -> Entry:
    """The first entry that has no place in what was before it."""
    for each in entries:
        try:
            now = fold(now, log, [each])
        except Exception:
            return each
    return entries[-1]


def unreadable_in(path: Path) -> Iterator[UnreadableLog]:
    """The logs of a sound file that cannot be read. Nothing is changed."""
    with reading(path) as database:
        if not schema_of(database):
            return
        for log, kind in database.execute("select log, kind from logs order by log").fetchall():
            try:
                entries = tuple(map(entry, database.execute(ENTRIES, [log, 0])))
                if kind in FOLDS:
                    legible(FOLDS[kind])(None, log, entries)
            except UnreadableLog as unreadable:
                yield unreadable
