"""Copies of the database: whole, checked and counted before they get their name, and never written over.

A copy is made by SQLite itself (`vacuum into`) while everybody writes on: it holds all that was acknowledged when it
was begun. Copying the live file would lose what still lies in the write-ahead log and pass every check.
Copies are told apart and ordered by a number, never by time: a laptop's clock may jump.
"""

import json
import re
import shutil
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from facilitation.store import DamagedStore, StoreError, StoreFull
from facilitation.store.file import Readable, connect, helper_file, log_file, named, settle, settle_names
from facilitation.store.sums import Sum, Sums, sums

FOLDER = "copies"
"""The folder of the copies in the data folder."""

SPARE = 50_000_000
"""Bytes that a copy leaves free for the database itself."""

BY_ITSELF = ("start", "change", "end")
"""Occasions of the copies that make room for newer ones. What a person asked for, or what was made before the tables
changed their shape, stays until a person takes it away."""

ABANDONED = 3600
"""Seconds after which an unfinished copy that nobody wrote to is nobody's any more."""

_NAME = re.compile(r"(\d+)-(\d{8}-\d{6})-([a-z]+)\.db")


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: its number, the laptop's local time and the occasion, as they stand in its name."""

    path: Path
    number: int
    at: datetime
    occasion: str

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size

    def counted(self) -> Sums | None:
        """What was in it when it was made, from the sheet beside it; None where there is no (readable) sheet."""
        return sheet_of(self.path)

    def check(self) -> Sums:
        """What is in it now, every page and entry looked at. Raises `DamagedStore` where it is not what it was."""
        return check(self.path)


def check(path: Path) -> Sums:
    """What is in a copy. Raises `DamagedStore` where the file is damaged or differs from the sheet beside it, and
    `ForeignFile` where it is none of ours."""
    found, written = sums(path), sheet_of(path)
    if written is not None and written != found:
        names = sorted(log for log in {*found, *written} if found.get(log) != written.get(log))
        raise DamagedStore(path=str(path), problem=f"log {names[0]}")
    return found


def sheet_of(path: Path) -> Sums | None:
    """The sums written down beside a copy when it was made."""
    try:
        logs = json.loads(_sheet(path).read_text("utf-8"))["logs"]
        return {log: Sum(**fields) for log, fields in logs.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def copy(source: Path, target: Path) -> Sums:
    """A copy of the database `source` as `target`, safe on the disk when this returns.

    Raises FileExistsError where there is a `target` already, another OSError where its place takes no file, and what
    the store raises: then there is no copy. The place is not made: of a stick that is not in it would make a folder.
    """
    if target.exists():
        raise FileExistsError(target)
    part = target.with_name(f"{target.name}.part")
    try:
        whole(source, part)
        return keep(part, target)
    finally:
        part.unlink(missing_ok=True)


def whole(source: Path, part: Path) -> None:
    """All of a database in one new file `part`, also what still lies in the write-ahead log beside it."""
    _begin(part, source.stat().st_size)
    readable = Readable(source)
    with named(source), closing(connect(readable.address)) as database:
        database.execute("vacuum into ?", [str(part)])
    settle(part)


def _begin(part: Path, size: int) -> None:
    """An empty file, first of all: a place that takes none says itself why, and is not taken for a full one."""
    part.unlink(missing_ok=True)
    part.touch()
    if shutil.disk_usage(part.parent).free < size + SPARE:
        raise StoreFull(path=str(part.parent))


def keep(part: Path, target: Path) -> Sums:
    """Give the finished file `part` its name, once it was found sound and its sums lie beside it."""
    found = sums(part)
    sheet = _sheet(target)
    sheet.write_text(json.dumps({"logs": {log: asdict(each) for log, each in found.items()}}, indent=1), "utf-8")
    settle(sheet)
    part.replace(target)
    settle_names(target.parent)
    return found


class Copies:
    """The copies in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[Copy]:
        """Every copy, the newest first."""
        try:
            names = sorted(path.name for path in self.folder.iterdir())
        except OSError:
            return []
        found = filter(None, (self._copy(name) for name in names))
        return sorted(found, key=lambda each: (each.number, each.path.name), reverse=True)

    def take(self, source: Path, occasion: str) -> Copy:
        """A new copy of the database `source`. Raises what `copy` raises."""
        self.folder.mkdir(parents=True, exist_ok=True)
        sweep(self.folder, "*.db.part*")
        number = max((each.number for each in self.all()), default=0) + 1
        target = self.folder / f"{number:04}-{datetime.now():%Y%m%d-%H%M%S}-{occasion}.db"
        copy(source, target)
        return next(each for each in self.all() if each.path == target)

    def newest_good(self) -> Copy | None:
        """The newest copy that is what it was."""
        return next((each for each in self.all() if _good(each)), None)

    def thin(self, most: int) -> Sequence[Copy]:
        """Take away the oldest of the copies that were made by themselves, down to `most`; says which."""
        gone = [each for each in self.all() if each.occasion in BY_ITSELF][most:]
        for each in gone:
            remove(each.path)
        return gone

    def _copy(self, name: str) -> Copy | None:
        """The copy of this name; None for any other file."""
        if not (read := _NAME.fullmatch(name)):
            return None
        with suppress(ValueError):
            return Copy(self.folder / name, int(read[1]), datetime.strptime(read[2], "%Y%m%d-%H%M%S"), read[3])
        return None


def second(copy: Copy, folder: Path) -> None:
    """The same copy in a second place, read back from there. Raises OSError, `DamagedStore`, `StoreFull`."""
    target = folder / copy.path.name
    if target.exists() and sheet_of(target) == copy.counted():
        return
    part = target.with_name(f"{target.name}.part")
    try:
        _begin(part, copy.size)
        shutil.copyfile(copy.path, part)
        settle(part)
        if keep(part, target) != copy.counted():
            raise DamagedStore(path=str(target), problem=str(copy.path))
    finally:
        part.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Take away a copy with its sheet. What a database has beside it goes first: words may stand in its log file."""
    with suppress(OSError):
        for file in (log_file(path), helper_file(path), path, _sheet(path)):
            file.unlink(missing_ok=True)


def sweep(folder: Path, parts: str) -> None:
    """Take away unfinished files that were left by what was killed: each may be as large as the database."""
    for part in folder.glob(parts):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > ABANDONED:
                part.unlink()


def _good(copy: Copy) -> bool:
    try:
        copy.check()
    except (StoreError, OSError):
        return False
    return True


def _sheet(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")
