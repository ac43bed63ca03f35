"""What was erased stays erased, and who left stays out: an older copy that comes back must not bring either along."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from facilitation.entries import Draft, Entry, tombstone
from facilitation.keyring import LOG as HOUSE
from facilitation.keyring import ends
from facilitation.store import StoreError
from facilitation.store.driver import Database
from facilitation.store.file import connect, reading, schema_of, uri
from facilitation.store.rows import erasures, readable
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.tables import ENTRY, ERASING, FORGETS, FORGOTTEN

_NOTES = "select kind, author, body, at, key from entries where log = ? and key <> '' order by revision"


@dataclass(frozen=True, slots=True)
class Erased:
    """An entry as it stands where its words are gone; `fields` of it went (none: all), and `by` says so."""

    entry: Entry
    fields: tuple[str, ...]
    by: Entry


def erased_in(database: Database) -> Iterator[Erased]:
    """Every erasure that a database knows of, in order."""
    for by in readable(database.execute(ERASING).fetchall()):
        for revision, fields in erasures([by]):
            yield from (Erased(each, fields, by) for each in _at(database, by.log, revision))


def forgotten_in(database: Database) -> dict[str, str]:
    """The logs that were erased for good, each with the time."""
    return dict(database.execute(FORGOTTEN).fetchall()) if schema_of(database) >= FORGETS else {}


def still_in(database: Database, erased: Erased) -> bool:
    """Whether this database still holds the words: the same entry, with something in it that the erasure takes."""
    return any(tombstone(each.body, erased.fields) != each.body for each in same_in(database, erased.entry))


def same_in(database: Database, entry: Entry) -> list[Entry]:
    """The same entry as it stands in this database, if it is there: another one may stand in its place."""
    return [each for each in _at(database, entry.log, entry.revision) if each.outside == entry.outside]


def _at(database: Database, log: str, revision: int) -> list[Entry]:
    """The entry at this place, if there is one that can be read."""
    return list(readable(database.execute(ENTRY, [log, revision]).fetchall()))


def erase_again(now: Path, older: Path) -> int:
    """Carry out on the file `older` what was erased in the database `now` since; how many logs and entries that were.

    Nobody else may use either file. A `now` that cannot be read tells nothing.
    """
    try:
        with reading(now) as database:
            ours = schema_of(database)
            forgotten, erased = (forgotten_in(database), list(erased_in(database))) if ours else ({}, [])
    except (StoreError, OSError):
        return 0
    with reading(older) as database:
        left = [each for each in erased if still_in(database, each)]
    if not (left or forgotten):
        return 0
    with _opened(older) as store:
        gone = [_forget(store, *each) for each in forgotten.items()]
        for each in left:
            again = Draft(each.by.kind, each.by.author, each.by.body, each.by.key)
            store.append(each.by.log, "", [again], store.revision(each.by.log), each.by.at)
        return sum(gone) + len(left)


def keep_out(now: Path, older: Path) -> int:
    """Note in the file `older` what has ended by the database `now` and had not there: devices that left, sign-ins that
    opened. How many that were. Nobody else may use either file; a `now` that cannot be read tells nothing."""
    try:
        with reading(now) as database:
            rows = database.execute(_NOTES, [HOUSE]).fetchall() if schema_of(database) else []
    except (StoreError, OSError):
        return 0
    notes = [(Draft(kind, author, json.loads(text), key), at) for kind, author, text, at, key in rows]
    ended = [(note, at) for note, at in notes if ends(note)]
    if not ended:
        return 0
    with _opened(older) as store:
        known = store.entries(HOUSE)
        keys = {each.key for each in known}
        missing = [(note, at) for note, at in ended if known and note.key not in keys]
        for behind, (note, at) in enumerate(missing, len(known)):
            store.append(HOUSE, "", [note], behind, at)
    return len(missing)


@contextmanager
def _opened(older: Path) -> Iterator[SQLiteStore]:
    store = SQLiteStore(older)
    try:
        yield store
    finally:
        store.close()
        with closing(connect(uri(older, "mode=rw"))) as database:
            database.execute("pragma journal_mode = delete")  # a file that is to be moved has nothing beside it


def _forget(store: SQLiteStore, log: str, at: str) -> bool:
    known = log in store.logs()
    store.forget(log, at)
    return known
