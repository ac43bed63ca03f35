"""What is in a database file, log by log: so many entries, and a digest that changes with every letter of them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from facilitation.store import DamagedStore, ForeignFile, NewerStore
from facilitation.store.driver import Database
from facilitation.store.file import reading, schema_of, tables_in
from facilitation.store.tables import OURS, SCHEMA


@dataclass(frozen=True, slots=True)
class Sum:
    """One log in figures. `digest` is SHA-256 over its kind and all columns of its entries, in order."""

    kind: str
    entries: int
    digest: str


Sums = Mapping[str, Sum]
"""Every log of a file, sorted by its id."""


def sums(path: Path) -> Sums:
    """All logs of a sound file; nothing is changed, and nothing beside it is needed.

    Raises `DamagedStore` also where a log's counter and its entries disagree, `NewerStore`, and `ForeignFile` where our
    tables are not in it: to SQLite a file of no bytes is a sound database, and a copy that was cut to nothing is none.
    """
    with reading(path) as database:
        found = schema_of(database)
        if not found or not tables_in(database) >= OURS:
            raise ForeignFile(path=str(path))
        if found > SCHEMA:
            raise NewerStore(path=str(path), found=found, known=SCHEMA)
        wrong = [row[0] for row in database.execute("pragma integrity_check") if row[0] != "ok"]
        logs = database.execute("select log, kind, revision from logs order by log").fetchall()
        counted = {log: _sum(database, log, kind) for log, kind, _ in logs}
        wrong += [f"log {log}" for log, _, revision in logs if not _whole(database, log, revision)]
        wrong += [f"log {row[0]}" for row in database.execute(_ORPHANS)]
    if wrong:
        raise DamagedStore(path=str(path), problem=wrong[0])
    return counted


def sums_here(path: Path) -> Sums:
    """The same of a house's own file, where nothing may have been written yet."""
    with reading(path) as database:
        if not tables_in(database):
            return {}
    return sums(path)


_ORPHANS = "select distinct log from entries where log not in (select log from logs)"


def _sum(database: Database, log: str, kind: str) -> Sum:
    digest, count = hashlib.sha256(kind.encode()), 0
    for row in database.execute("select * from entries where log = ? order by revision", [log]):
        digest.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        count += 1
    return Sum(kind, count, digest.hexdigest())


def _whole(database: Database, log: str, revision: int) -> bool:
    """Revisions count from 1 to the log's own without a hole."""
    found = database.execute("select count(*), min(revision), max(revision) from entries where log = ?", [log])
    count, first, last = found.fetchone()
    return count == revision and (count == 0 or (first, last) == (1, revision))
