"""Logs in PostgreSQL, or in whatever speaks its language: the store of a house with several servers.

A commit is one statement, so it takes one journey to the database, and "all or nothing" rests on nothing else. Lost
connections, a server that changes places and refused serialisations are tried again until `WAIT` is over. A try that
was cut off may have been committed all the same: then the rows stand there word for word, and they are the answer.
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from functools import cache
from typing import Any, TypeVar

import psycopg
from psycopg import conninfo, errors
from psycopg.abc import PQGen
from psycopg_pool import ConnectionPool

from facilitation.entries import Draft, Entry, erases, tombstone
from facilitation.store import (
    KEPT,
    Behind,
    DatabaseRefuses,
    ForeignLetters,
    Forgotten,
    KeyTaken,
    NewerStore,
    StoreError,
    StoreFull,
    TablesGone,
    Unreachable,
)
from facilitation.store import tables as sql
from facilitation.store.rows import body_text, entry, erasures, numbered, readable, sound
from facilitation.typed import clean

WAIT = 10.0
"""Seconds for which a lost database is tried again before the sender is told."""

PAUSE = 0.02
"""Seconds before the second try; doubled each time, up to half a second."""

LINE = 0.5
"""Seconds to wait for a free line of the pool."""

CONNECTIONS = 8
"""At most, a process: the writer needs one at a time, readers share the others."""

DEFAULTS = {
    "application_name": "facilitation",
    "client_encoding": "utf8",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "tcp_user_timeout": "10000",  # ms; a machine that vanished without a word is noticed
}

PATIENT = "set statement_timeout = 0"
"""For what may take long: a change of the tables, and taking erased words out of their pages."""

SILENCE = 1.0
"""Seconds after the database should have given up, until a line on which nothing comes counts as lost."""

LEFT = 30
"""Seconds after which the database gives up what a server that is gone has begun, and with it the rows it held."""

NEW_LOG = (
    "insert into logs (log, kind, revision) select ?, ?, ?::integer"
    " where not exists (select 1 from forgotten where log = ?) on conflict (log) do nothing returning log"
)
RAISE = "update logs set revision = ? where log = ? and revision = ? returning log"
APPEND = (
    "with raised as ({raised}) insert into entries (log, revision, kind, author, body, at, key)"
    " select raised.log, new.* from raised, (values {rows}) as new"
)
ROW = "(?::integer, ?, ?, ?, ?, ?)"

TRY_AGAIN = (psycopg.OperationalError, errors.ReadOnlySqlTransaction, errors.IdleInTransactionSessionTimeout)
"""A line that was cut, a server that is starting or not the leading one yet, a refused serialisation, no free line."""

Given = TypeVar("Given")


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A line on which nobody waits without end. Where a database, a pooler or a disk stands still behind a network that
    goes on taking what is sent, neither of them ever says so."""

    patience: float | None = WAIT + SILENCE

    def wait(self, gen: PQGen[Given], interval: float = 0.1, timeout: float | None = None) -> Given:
        return super().wait(gen, interval, timeout or self.patience)


Source = Callable[[], AbstractContextManager[Connection]]


class PostgresStore:
    """The database at `url` (`postgresql://…`); its tables are made where they are missing.

    Raises `Unreachable`, `DatabaseRefuses`, `NewerStore`, and `ForeignLetters` for a database that cannot hold every
    sign.
    """

    name = "postgresql"
    schema = sql.SCHEMA
    read_only = False
    shared = True

    def __init__(self, url: str, *, wait: float = WAIT) -> None:
        self._wait = wait
        self.retries: Counter[str] = Counter()
        """How often something was tried again, by what the database called it (`40001` …), else by its name here."""
        self._counting = threading.Lock()
        try:
            own = {name: str(value) for name, value in conninfo.conninfo_to_dict(url).items() if value is not None}
            self._address = conninfo.make_conninfo("", **{**DEFAULTS, **own})
            self._again(lambda connection: _prepare(connection, own.get("dbname", "")), self._alone)
        except psycopg.ProgrammingError as none:
            raise DatabaseRefuses(code=type(none).__name__) from none
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            self._address,
            connection_class=Connection,
            min_size=1,
            max_size=CONNECTIONS,
            kwargs={"autocommit": True},
            reconnect_timeout=0,  # its own tries wait twice as long each time; ours do not
            configure=self._limit,
            open=True,
            name="store",
        )

    def append(self, log: str, kind: str, drafts: Sequence[Draft], after: int, at: str) -> tuple[Entry, ...]:
        new = numbered(log, [sound(draft) for draft in drafts], after, at)
        self.receive(log, kind, new, after)
        return new

    def receive(self, log: str, kind: str, entries: Sequence[Entry], after: int) -> None:
        new, tries = tuple(entries), 0

        def write(connection: Connection) -> bool:
            nonlocal tries
            tries += 1
            return (_write_and_erase if erases(new) else _write)(connection, log, kind, new, after)

        written = self._again(write)
        if not written and not (tries > 1 and new and self.entries(log, after)[: len(new)] == new):
            raise self._refusal(log, after)
        if erases(new):
            self._scrub()

    def _refusal(self, log: str, after: int) -> StoreError:
        """Why nothing was written."""
        if self._rows(sql.IS_FORGOTTEN, [log]):
            return Forgotten(log=log)
        actual = self.revision(log)
        return Behind(actual) if actual != after else KeyTaken(log=log)

    def forget(self, log: str, at: str) -> None:
        def erase(connection: Connection) -> None:
            with connection.transaction():
                for statement, values in zip(sql.FORGET, (*([log],) * 4, [log, at]), strict=True):
                    connection.execute(_own(statement), values)

        self._again(erase)
        self._scrub()

    def forgotten(self) -> Mapping[str, str]:
        return dict(sorted((log, at) for log, at in self._rows(sql.FORGOTTEN)))

    def _scrub(self) -> None:
        """Take the rows that were erased out of the tables' pages, where the engine has a word for that. What its
        write-ahead log, copies and replicas still hold is for those who run it (docs/scale.md)."""
        with suppress(psycopg.Error), self._alone() as connection:
            _be_patient(connection)
            connection.execute("vacuum entries")
            connection.execute("vacuum summaries")
            connection.execute("vacuum figures")

    def entries(self, log: str, after: int = 0) -> tuple[Entry, ...]:
        return tuple(map(entry, self._rows(sql.ENTRIES, [log, after])))

    def erasing(self) -> tuple[Entry, ...]:
        return tuple(readable(self._rows(sql.ERASING)))

    def revision(self, log: str) -> int:
        rows = self._rows(sql.REVISION, [log])
        return int(rows[0][0]) if rows else 0

    def revisions(self, logs: Collection[str]) -> Mapping[str, int]:
        return {row[0]: row[1] for row in self._rows(sql.revisions(len(logs)), list(logs))} if logs else {}

    def takes_writing(self) -> bool:
        return self._rows("show transaction_read_only") == [("off",)]

    def logs(self, kind: str | None = None) -> Mapping[str, int]:
        rows = self._rows(sql.LOGS) if kind is None else self._rows(sql.LOGS_OF_KIND, [kind])
        return dict(sorted((log, revision) for log, revision in rows))

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
        rows = [(shape, text, log, found[log][0]) for log in sorted(found) for text in [found[log][1]]]

        def write(connection: Connection) -> None:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.executemany(_own(statement), rows)

        self._again(write)

    def count(self, name: str, minute: int, minutes: int = 1) -> int:
        return int(self._rows(sql.COUNT, [name, minute - minutes, minute])[0][0])

    def add(self, names: Sequence[str], minute: int) -> None:
        def write(connection: Connection) -> None:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute(_own(sql.DROP_COUNTS), [minute - KEPT, minute + KEPT])
                # In one order for all, or two servers would wait for each other.
                cursor.executemany(_own(sql.COUNT_ONE), [(name, minute) for name in sorted(names)])

        self._again(write)

    def close(self) -> None:
        self._pool.close(timeout=2)

    def _rows(self, asked: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        if any(isinstance(value, str) and clean(value) != value for value in values):
            return []  # no such name can have been written, and the driver would refuse to ask for it
        return self._again(lambda connection: connection.execute(_own(asked), values).fetchall())

    def _again(self, work: Callable[[Connection], Given], source: Source | None = None) -> Given:
        """What `work` comes to on a connection, tried until it goes through or `WAIT` is over. A right that was taken
        away, or a table, is told at once: waiting brings neither back.

        After a failure the line is a new one: those that lie in the pool have most likely been cut as well.
        """
        until = time.monotonic() + self._wait
        pause = PAUSE
        while True:
            try:
                with (source or self._pooled)() as connection:
                    return work(connection)
            except errors.DiskFull as full:
                raise StoreFull(path=self.name) from full
            except errors.UndefinedTable as gone:
                raise TablesGone from gone
            except psycopg.ProgrammingError as refused:
                raise DatabaseRefuses(code=refused.sqlstate or type(refused).__name__) from refused
            except TRY_AGAIN as lost:
                with self._counting:
                    self.retries[lost.sqlstate or type(lost).__name__] += 1
                if time.monotonic() + pause > until:
                    raise Unreachable(seconds=self._wait) from lost
            source = self._alone
            time.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(2 * pause, 0.5)

    def _alone(self) -> AbstractContextManager[Connection]:
        connection = Connection.connect(self._address, autocommit=True)
        self._limit(connection)
        return connection

    def _limit(self, connection: Connection) -> None:
        """A database that is there but does not come to an end (a row that somebody holds, a disk that stands) is lost
        as well. Set behind the connection: a pooler lets no such option through."""
        connection.patience = self._wait + SILENCE
        connection.execute(
            f"set statement_timeout = {round(self._wait * 1000)};"
            f" set idle_in_transaction_session_timeout = {LEFT * 1000}"
        )

    def _pooled(self) -> AbstractContextManager[Connection]:
        return self._pool.connection(timeout=min(LINE, self._wait))


@cache
def _own(asked: str) -> str:
    """A question in the driver's spelling."""
    return asked.replace("?", "%s")


@cache
def _append(first: bool, rows: int) -> str:
    return _own(APPEND.format(raised=NEW_LOG if first else RAISE, rows=", ".join([ROW] * rows)))


def _write(connection: Connection, log: str, kind: str, new: Sequence[Entry], after: int) -> bool:
    """Whether `new` was written: not where the log stands elsewhere, or one of the keys is there."""
    if not new:
        return False
    raised = [log, kind, new[-1].revision, log] if after == 0 else [new[-1].revision, log, after]
    rows = [value for e in new for value in (e.revision, e.kind, e.author, body_text(e.body), e.at, e.key)]
    try:
        return connection.execute(_append(after == 0, len(new)), [*raised, *rows]).rowcount > 0
    except errors.UniqueViolation:
        return False


def _write_and_erase(connection: Connection, log: str, kind: str, new: Sequence[Entry], after: int) -> bool:
    with connection.transaction():
        if not _write(connection, log, kind, new, after):
            return False
        for statement in sql.DROP_DERIVED:
            connection.execute(_own(statement), [log])
        for revision, fields in erasures(new):
            for (body,) in connection.execute(_own(sql.BODY), [log, revision]).fetchall():
                left = body_text(tombstone(json.loads(body), fields))
                connection.execute(_own(sql.ERASE), [left, log, revision])
    return True


def _prepare(connection: Connection, name: str) -> None:
    """Bring the tables to `SCHEMA`. Whoever holds the row with the number is the one that does it; the others wait for
    that row and find it done."""
    (letters,) = connection.execute("show server_encoding").fetchone() or ("",)
    if letters.upper() not in ("UTF8", "UTF-8"):
        raise ForeignLetters(found=letters)
    try:
        if _number(connection) != sql.SCHEMA:
            with connection.transaction():
                _migrate(connection, name)
    except (errors.UniqueViolation, errors.DuplicateTable) as race:  # two made the first table in one moment
        raise errors.SerializationFailure from race


def _be_patient(connection: Connection) -> None:
    """For the rest of a line of its own."""
    connection.execute(PATIENT)
    connection.patience = None


def _number(connection: Connection) -> int:
    try:
        rows = connection.execute("select number from schema_number where one = 1").fetchall()
    except errors.UndefinedTable:
        return 0
    return int(rows[0][0]) if rows else 0


def _migrate(connection: Connection, name: str) -> None:
    _be_patient(connection)
    connection.execute("create table if not exists schema_number (one integer primary key, number integer not null)")
    connection.execute("insert into schema_number (one, number) values (1, 0) on conflict (one) do nothing")
    (found,) = connection.execute("select number from schema_number where one = 1 for update").fetchone() or (0,)
    if found > sql.SCHEMA:
        raise NewerStore(path=name, found=found, known=sql.SCHEMA)
    for statement in (statement for statements in sql.MIGRATIONS[found:] for statement in statements):
        connection.execute(statement)
    connection.execute("update schema_number set number = %s where one = 1", [sql.SCHEMA])
