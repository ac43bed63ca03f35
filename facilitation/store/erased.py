"""What was erased stays erased, and who left stays out: an older copy that comes back must not bring either along."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from facilitation.entries import REDACTED, Draft
from facilitation.keyring import LOG as HOUSE
from facilitation.keyring import ends
from facilitation.store import StoreError
from facilitation.store.file import connect, reading, schema_of, uri
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.tables import FORGETS

_REDACTIONS = "select log, author, body, at, key from entries where kind = ? order by log, revision"
_NOTES = "select kind, author, body, at, key from entries where log = ? and key <> '' order by revision"


def erase_again(now: Path, older: Path) -> int:
    """Carry out on the file `older` what was erased in the database `now` since; how many logs and entries that were.

    Nobody else may use either file. A `now` that cannot be read tells nothing.
    """
    try:
        with reading(now) as database:
            schema = schema_of(database)
            logs = database.execute("select log, at from forgotten").fetchall() if schema >= FORGETS else []
            entries = database.execute(_REDACTIONS, [REDACTED]).fetchall() if schema else []
    except (StoreError, OSError):
        return 0
    if not (logs or entries):
        return 0
    with _opened(older) as store:
        return sum([_forget(store, *row) for row in logs] + [_redact(store, *row) for row in entries])


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


def _redact(store: SQLiteStore, log: str, author: str, text: str, at: str, key: str) -> bool:
    """The same erasure behind what the older file holds; not where it is in there, or what it concerns is not."""
    known, body = store.entries(log), json.loads(text)
    there = any((each.kind, each.at, each.body) == (REDACTED, at, body) for each in known)
    if there or int(body["revision"]) > len(known):
        return False
    store.append(log, "", [Draft(REDACTED, author, body, key)], len(known), at)
    return True
