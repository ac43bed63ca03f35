"""What was erased stays erased: an older copy that comes back must not bring it along."""

import json
from contextlib import closing
from pathlib import Path

from facilitation.entries import REDACTED, Draft
from facilitation.store import StoreError
from facilitation.store.file import connect, reading, schema_of, uri
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.tables import FORGETS

_REDACTIONS = "select log, author, body, at, key from entries where kind = ? order by log, revision"


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
    store = SQLiteStore(older)
    try:
        return sum([_forget(store, *row) for row in logs] + [_redact(store, *row) for row in entries])
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
