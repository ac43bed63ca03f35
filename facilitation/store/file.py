"""One SQLite file: opened as we need it, read without being changed, its refusals under the names of this package."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from facilitation.store import DamagedStore, KeyTaken, ReadOnly, StoreBusy, StoreError, StoreFull
from facilitation.store.driver import Database, sqlite3

WAIT = 10.0
"""Seconds to wait for another process that writes."""

ROOM = 1_000_000
"""Bytes: with less than this free, SQLite's vaguer errors ("disk I/O error", "unable to open") mean a full disk."""


def uri(path: Path, query: str) -> str:
    """The address of a file for SQLite."""
    return f"{path.resolve().as_uri()}?{query}"


def log_file(path: Path) -> Path:
    """The write-ahead log beside a database: what is in it is newer than what is in the file."""
    return path.with_name(f"{path.name}-wal")


def helper_file(path: Path) -> Path:
    """What SQLite keeps beside a write-ahead log to find its way in it."""
    return path.with_name(f"{path.name}-shm")


def connect(address: str, wait: float = WAIT) -> Database:
    """A connection that begins transactions only where we say so, and overwrites what is deleted."""
    connection = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    connection.execute("pragma synchronous = full")
    connection.execute("pragma secure_delete = on")
    return Database(connection, recursive_triggers=False, execute_plugins=False)


class Readable:
    """An address that reads the file and changes nothing.

    A write-ahead log needs a helper file beside it. Where none can be made the file is read as immutable; but where a
    crash left entries in the log file, those are the newest, so both are copied and the copy is read. The copy lasts as
    long as this object.
    """

    def __init__(self, path: Path, wait: float = WAIT) -> None:
        self.address = self._find(path, wait)

    def _find(self, path: Path, wait: float) -> str:
        with suppress(sqlite3.OperationalError), closing(connect(uri(path, "mode=ro"), wait)) as database:
            database.execute("select 1 from sqlite_master").fetchone()
            return uri(path, "mode=ro")
        left = log_file(path)
        if not (left.exists() and left.stat().st_size):
            return uri(path, "immutable=1")
        self._copy = tempfile.TemporaryDirectory()
        for file in (path, left):
            shutil.copyfile(file, Path(self._copy.name, file.name))
        return uri(Path(self._copy.name, path.name), "mode=rw")


@contextmanager
def reading(path: Path, wait: float = WAIT) -> Iterator[Database]:
    """A connection to a sound file that cannot write. Raises `DamagedStore`, and leaves such a file as it is."""
    if not path.stat().st_size and log_file(path).exists():
        # SQLite would take the empty file for a new database, and delete the log file with all that was written.
        raise DamagedStore(path=str(path), problem="empty beside a write-ahead log")
    with named(path, wait):
        readable = Readable(path, wait)
        with closing(connect(readable.address, wait)) as database:
            found = [row[0] for row in database.execute("pragma quick_check")]
            if found != ["ok"]:
                raise DamagedStore(path=str(path), problem=found[0])
            yield database


def schema_of(database: Database) -> int:
    """The number of the tables' shape in this file; 0 where nothing was written yet."""
    return int(database.execute("pragma user_version").fetchone()[0])


def tables_in(database: Database) -> set[str]:
    """The names of the tables in this file."""
    return {row[0] for row in database.execute("select name from sqlite_master where type = 'table'")}


@contextmanager
def named(path: Path, wait: float = WAIT) -> Iterator[None]:
    """SQLite's refusals by the names of `facilitation.store`."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise KeyTaken() from error
    except sqlite3.DatabaseError as error:
        raise _name(error, path, wait) from error


def _name(error: sqlite3.DatabaseError, path: Path, wait: float) -> StoreError:
    problem = str(error)
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusy(seconds=wait)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DamagedStore(path=str(path), problem=problem)
        case sqlite3.SQLITE_FULL:
            return StoreFull(path=str(path))
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN if shutil.disk_usage(path.parent).free < ROOM:
            return StoreFull(path=str(path))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return ReadOnly(path=str(path))
    return StoreError(path=str(path), problem=problem)


def settle(path: Path) -> None:
    """Wait until the disk has a file, also its name where the system keeps that apart (not on Windows)."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    settle_names(path.parent)


def settle_names(folder: Path) -> None:
    """Wait until the disk has the names in a folder as they stand."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
