"""Logs in one SQLite file: the store a health centre gets without installing anything.

An acknowledged entry survives `kill -9` and a power cut: write-ahead log, synchronous=FULL, one commit a batch.
Measured traps behind the settings: a deferred transaction fails at once after a foreign commit, whatever the timeout
(hence `begin immediate`); one connection shared by threads loses acknowledged rows silently (hence one a thread);
two SQLite libraries in one process break each other's locks (hence the driver that sqlite-utils has chosen).
"""

import json
import threading
import weakref
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from facilitation.entries import Draft, Entry, erases, tombstone
from facilitation.store import KEPT, AffectedSQLite, Behind, Forgotten, NewerStore, ReadOnly, StoreError
from facilitation.store import tables as sql
from facilitation.store.driver import Database, sqlite3
from facilitation.store.file import WAIT, Readable, connect, named, reading, schema_of, uri
from facilitation.store.rows import body_text, entry, erasures, numbered, readable, sound
from facilitation.store.tables import FORGETS, MIGRATIONS, SCHEMA


def affected(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the WAL-reset bug: connections that write and checkpoint at once can corrupt the file.

    In 3.7.0 to 3.51.2; fixed in 3.51.3 and in the older lines from 3.44.6 and 3.50.7 on.
    """
    repaired = {(3, 44): 6, (3, 50): 7}.get(version[:2])
    return (3, 7, 0) <= version < (3, 51, 3) and (repaired is None or version[2] < repaired)


class SQLiteStore:
    """The file at `path`, created where it is missing.

    `before_migrating` is called before the tables of an older app change their shape: the place for a copy.
    Raises `AffectedSQLite`, `NewerStore`, `DamagedStore`, and `ReadOnly` where there is not even something to read.
    """

    name = "sqlite"
    schema = SCHEMA
    shared = False

    def __init__(
        self,
        path: Path,
        *,
        wait: float = WAIT,
        version: tuple[int, int, int] = sqlite3.sqlite_version_info,
        before_migrating: Callable[[], object] = lambda: None,
    ) -> None:
        if affected(version):
            raise AffectedSQLite(version=".".join(map(str, version)))
        self.path, self.read_only = path, False
        self._unscrubbed, self._closed = False, False
        self._wait = wait
        self._address = uri(path, "mode=rwc")
        self._own = threading.local()
        self._open: weakref.WeakKeyDictionary[Database, threading.RLock] = weakref.WeakKeyDictionary()
        self._judge()
        try:
            self._migrate(before_migrating)
            self._scrub()
        except ReadOnly:
            self._view()
        # The last connection to close folds the log file back and syncs twice: this one stays while threads go.
        self._anchor = self._database()

    def append(self, log: str, kind: str, drafts: Sequence[Draft], after: int, at: str) -> tuple[Entry, ...]:
        new = numbered(log, [sound(draft) for draft in drafts], after, at)
        self.receive(log, kind, new, after)
        return new

    def receive(self, log: str, kind: str, entries: Sequence[Entry], after: int) -> None:
        with self._writing() as database:
            if self._rows(sql.IS_FORGOTTEN, [log]):
                raise Forgotten(log=log)
            database.execute(
                "insert into logs (log, kind, revision) values (?, ?, 0) on conflict (log) do nothing", [log, kind]
            )
            raised = database.execute(
                "update logs set revision = revision + ? where log = ? and revision = ?", [len(entries), log, after]
            )
            if not raised.rowcount:
                raise Behind(self.revision(log))
            database.conn.executemany(
                "insert into entries (log, revision, kind, author, body, at, key) values (?, ?, ?, ?, ?, ?, ?)",
                [(log, e.revision, e.kind, e.author, body_text(e.body), e.at, e.key) for e in entries],
            )
            for revision, fields in erasures(entries):
                self._erase(database, log, revision, fields)
        if erases(entries) or self._unscrubbed:
            self._scrub()

    def _erase(self, database: Database, log: str, revision: int, fields: Sequence[str]) -> None:
        one = [log, revision]
        for statement in sql.DROP_DERIVED:
            database.execute(statement, [log])
        for (body,) in self._rows(sql.BODY, one):
            left = body_text(tombstone(json.loads(body), fields))
            database.execute(sql.ERASE, [left, *one])

    def forget(self, log: str, at: str) -> None:
        with self._writing() as database:
            for statement, values in zip(sql.FORGET, (*([log],) * 4, [log, at]), strict=True):
                database.execute(statement, values)
        self._scrub()

    def forgotten(self) -> Mapping[str, str]:
        if self.read_only and self._rows("pragma user_version")[0][0] < FORGETS:
            return {}
        return dict(sorted(map(tuple, self._rows(sql.FORGOTTEN))))

    def _scrub(self) -> None:
        """Fold the log file back and cut it to nothing: erased words stand in it until then. What the database file
        itself frees is overwritten (`secure_delete`). Where another process reads for longer than we wait, the next
        write or start does it."""
        self._unscrubbed = bool(self._rows("pragma wal_checkpoint(truncate)")[0][0])

    def entries(self, log: str, after: int = 0) -> tuple[Entry, ...]:
        return tuple(map(entry, self._rows(sql.ENTRIES, [log, after])))

    def erasing(self) -> tuple[Entry, ...]:
        return tuple(readable(self._rows(sql.ERASING)))

    def revision(self, log: str) -> int:
        rows = self._rows(sql.REVISION, [log])
        return int(rows[0][0]) if rows else 0

    def revisions(self, logs: Collection[str]) -> Mapping[str, int]:
        return dict(self._rows(sql.revisions(len(logs)), list(logs))) if logs else {}

    def takes_writing(self) -> bool:
        return not self.read_only

    def logs(self, kind: str | None = None) -> Mapping[str, int]:
        rows = self._rows(sql.LOGS) if kind is None else self._rows(sql.LOGS_OF_KIND, [kind])
        return dict(sorted(map(tuple, rows)))

    def summaries(self, kind: str, shape: int) -> Mapping[str, tuple[int, str]]:
        return {row[0]: (row[1], row[2]) for row in self._rows(sql.SUMMARIES, [kind, shape])}

    def keep_summaries(self, found: Mapping[str, tuple[int, str]], shape: int) -> None:
        self._keep(sql.KEEP_SUMMARY, found, shape)

    def figures(self, logs: Collection[str], shape: int) -> Mapping[str, tuple[int, str]]:
        rows = self._rows(sql.figures(len(logs)), [shape, *logs]) if logs else []
        return {row[0]: (row[1], row[2]) for row in rows}

    def keep_figures(self, found: Mapping[str, tuple[int, str]], shape: int) -> None:
        self._keep(sql.KEEP_FIGURES, found, shape)

    def _keep(self, statement: str, found: Mapping[str, tuple[int, str]], shape: int) -> None:
        with self._writing() as database:
            rows = [(shape, text, log, revision) for log, (revision, text) in found.items()]
            database.conn.executemany(statement, rows)

    def count(self, name: str, minute: int, minutes: int = 1) -> int:
        return int(self._rows(sql.COUNT, [name, minute - minutes, minute])[0][0])

    def add(self, names: Sequence[str], minute: int) -> None:
        with self._writing() as database:
            database.execute(sql.DROP_COUNTS, [minute - KEPT, minute + KEPT])
            database.conn.executemany(sql.COUNT_ONE, [(name, minute) for name in names])

    def close(self) -> None:
        self._closed = True
        for database, turn in list(self._open.items()):
            with turn:
                database.close()

    @contextmanager
    def _using(self) -> Iterator[Database]:
        """This thread's connection. Nobody closes it meanwhile: SQLite would take the whole process with it."""
        if self._closed:
            raise StoreError(path=str(self.path), problem="closed")
        database = self._database()
        with self._open[database], named(self.path, self._wait):
            yield database

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._using() as database:
            return database.execute(sql, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        """One transaction: committed at the end, rolled back by whatever is raised inside or by the commit itself."""
        if self.read_only:
            raise ReadOnly(path=str(self.path))
        with self._using() as database:
            database.execute("begin immediate")
            try:
                yield database
                database.commit()
            except BaseException:
                database.rollback()
                raise

    def _database(self) -> Database:
        """This thread's connection. It closes with its thread, which holds the only lasting reference."""
        if not hasattr(self._own, "database"):
            with named(self.path, self._wait):
                self._own.database = connect(self._address, self._wait)
            self._open[self._own.database] = threading.RLock()
        database: Database = self._own.database
        return database

    def _judge(self) -> None:
        """Refuse what must not be touched, looking at it through a connection that cannot write."""
        if not self.path.exists():
            return
        with reading(self.path, self._wait) as database:
            newest = schema_of(database)
        if newest > SCHEMA:
            raise NewerStore(path=str(self.path), found=newest, known=SCHEMA)

    def _migrate(self, before: Callable[[], object]) -> None:
        """Bring the tables to `SCHEMA`: all in one transaction with its number, or not at all."""
        self._rows("pragma journal_mode = wal")
        if 0 < schema_of(self._database()) < SCHEMA:
            before()
        with self._writing() as database:
            found = schema_of(database)
            for number, statements in enumerate(MIGRATIONS[found:], found + 1):
                for statement in statements:
                    database.execute(statement)
                database.execute(f"pragma user_version = {number}")

    def _view(self) -> None:
        """Open for viewing alone."""
        if not self.path.exists():
            raise ReadOnly(path=str(self.path))
        self._readable = Readable(self.path, self._wait)
        self.read_only, self._address, self._own = True, self._readable.address, threading.local()
