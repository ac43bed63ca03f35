"""Where logs are kept: what every store does, and why one may refuse.

A store knows nothing of conferences. It keeps entries in the order they were written, and one integer a log, the
revision, that rises with every entry in the same transaction. Beside them it counts tries at the door for some hours.
Implementations: `memory`, `sqlite`, `postgres`.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from facilitation.entries import Draft, Entry


class StoreError(Exception):
    """A store's refusal. `key` is a text key, `detail` fills its placeholders: the core speaks no language."""

    key = "store.failed"

    def __init__(self, **detail: Any) -> None:
        super().__init__(self.key, detail)
        self.detail = detail


class Behind(StoreError):
    """Somebody else wrote in between: the log stands at `actual`, and nothing was written."""

    key = "store.behind"

    def __init__(self, actual: int) -> None:
        super().__init__(actual=actual)
        self.actual = actual


class KeyTaken(StoreError):
    """The log, or the drafts themselves, hold one of the keys already; nothing was written."""

    key = "store.key_taken"


class ReadOnly(StoreError):
    """The file or its medium takes no writing; reading goes on. Detail: path."""

    key = "store.read_only"


class DamagedStore(StoreError):
    """The file is no sound database; it is left exactly as it was found. Detail: path, problem."""

    key = "store.damaged"


class ForeignFile(StoreError):
    """A sound file, but nothing of ours is in it: an empty one, or another program's. Detail: path."""

    key = "store.foreign"


class UnreadableLog(StoreError):
    """An entry of this log is malformed: no version of the app wrote it. The log is left as it is, and no other log is
    concerned. Detail: log, entry (its revision); never what stands in it."""

    key = "store.unreadable"


class NewerStore(StoreError):
    """A newer version of the app wrote this file. Detail: path, found, known (schema numbers)."""

    key = "store.newer"


class AffectedSQLite(StoreError):
    """This SQLite can corrupt a file that several connections write; writing is refused. Detail: version."""

    key = "store.affected_sqlite"


class StoreBusy(StoreError):
    """Another process kept the store locked for `seconds`; nothing was written."""

    key = "store.busy"


class StoreFull(StoreError):
    """No room is left on the disk; nothing was written, reading goes on. Detail: path."""

    key = "store.full"


class Forgotten(StoreError):
    """This log was erased for good; nothing is ever written under its id again. Detail: log."""

    key = "store.forgotten"


class UnknownAddress(StoreError):
    """No store is known for this kind of database address. Detail: scheme."""

    key = "store.unknown_address"


class PostgresMissing(UnknownAddress):
    """PostgreSQL was asked for, and its driver is not installed (requirements-postgres.txt)."""

    key = "database.missing"


class NoFile(UnknownAddress):
    """The data lie in PostgreSQL, and what was asked for works on a file."""

    key = "database.no_file"


class Unreachable(StoreError):
    """The database did not answer for `seconds`, whatever was tried; it is not known to be safe."""

    key = "database.unreachable"


class DatabaseRefuses(StoreError):
    """The database does not let us make or use our tables, or its address is none. Detail: code (its own, SQLSTATE)."""

    key = "database.refuses"


class TablesGone(StoreError):
    """Our tables are not to be found any more. Nothing is made in their place: that would be an empty house."""

    key = "database.gone"


class ForeignLetters(StoreError):
    """The database was made for some letters only (`found`) and cannot hold everything that people type."""

    key = "database.letters"


class FolderTaken(StoreError):
    """Another server runs on this data folder. Detail: folder, process."""

    key = "store.folder_taken"


KEPT = 240
"""Minutes for which numbers are kept; further off in either direction, for a clock may jump."""


FRESH = 0.05
"""Seconds for which a reading of a shared store holds, and at most between two looks at what other servers wrote."""


class Store(Protocol):
    """Logs of entries, and numbers that are worth nothing hours later. Every method may be called from any thread."""

    name: str
    """ "sqlite", "memory" … as `/healthz` reports it."""
    schema: int
    """The number of the tables' shape; 0 where there is none."""
    read_only: bool
    """Opened for viewing: whatever writes raises `ReadOnly`."""
    shared: bool
    """Meant for several servers at once: each look at it is a journey, so what was read holds for `FRESH` seconds."""

    def append(self, log: str, kind: str, drafts: Sequence[Draft], after: int, at: str) -> tuple[Entry, ...]:
        """Write `drafts` behind revision `after`, all or none, and return them as entries when they are safe.

        The log is created where it is missing; `kind` is then its kind. `at` is UTC, ISO 8601.
        An entry of the kind `redacted` (`entries.REDACTED`) erases in the same transaction what it names, and when it
        is acknowledged those words are in none of the store's files any more.
        Raises `Behind` where the log does not stand at `after`, `Forgotten`, `KeyTaken`, `ReadOnly`, `StoreBusy`,
        `StoreFull`; a database server also `Unreachable`, `DatabaseRefuses`, `TablesGone`, as whatever asks it does.
        """
        ...

    def receive(self, log: str, kind: str, entries: Sequence[Entry], after: int) -> None:
        """Write what was written elsewhere, with its own times, as `append` does: behind `after`, all or none."""
        ...

    def forget(self, log: str, at: str) -> None:
        """Erase a log with everything in it, from the store's files too. Its id stays, so that no copy brings it back.

        A log that never was here is forgotten as well; one that is forgotten already keeps its first time.
        """
        ...

    def forgotten(self) -> Mapping[str, str]:
        """The ids of erased logs, each with the time it was erased, sorted."""
        ...

    def entries(self, log: str, after: int = 0) -> tuple[Entry, ...]:
        """The entries behind revision `after`, in order; empty for an unknown log."""
        ...

    def erasing(self) -> tuple[Entry, ...]:
        """The entries of all logs that erased something, in order."""
        ...

    def revision(self, log: str) -> int:
        """The log's counter; 0 for an unknown log."""
        ...

    def revisions(self, logs: Collection[str]) -> Mapping[str, int]:
        """The counters of some logs; unknown ones are left out."""
        ...

    def takes_writing(self) -> bool:
        """Whether it takes writing at this moment: a copy that follows another database does not."""
        ...

    def logs(self, kind: str | None = None) -> Mapping[str, int]:
        """Every log, or those of one kind, with its revision, sorted by id."""
        ...

    def summaries(self, kind: str, shape: int) -> Mapping[str, tuple[int, str]]:
        """What was kept of logs of one kind, in one shape: log → (revision, text). Only what is still true:
        nothing where a log has moved on, lost words or was forgotten."""
        ...

    def keep_summaries(self, found: Mapping[str, tuple[int, str]], shape: int) -> None:
        """Keep texts that were worked out from logs at a revision, in place of older ones. They can be thrown away at
        any time. Raises as `append` does."""
        ...

    def figures(self, logs: Collection[str], shape: int) -> Mapping[str, tuple[int, str]]:
        """Longer texts that were kept of some logs, beside their summaries and under the same rules."""
        ...

    def keep_figures(self, found: Mapping[str, tuple[int, str]], shape: int) -> None:
        """Keep them, as `keep_summaries` does."""
        ...

    def count(self, name: str, minute: int, minutes: int = 1) -> int:
        """How often `name` was counted in so many minutes, the last of them `minute` (it rises by one a minute)."""
        ...

    def add(self, names: Sequence[str], minute: int) -> None:
        """Count once more for each of `names`; numbers further away than `KEPT` minutes are dropped, so that nothing
        grows. Raises as `append` does."""
        ...

    def close(self) -> None:
        """Let go of files and connections; the store cannot be used afterwards."""
        ...
