"""A copy in the database's place: checked first, done whole or not at all, and nothing is deleted.

The checked copy is laid beside the database under a name of its own; from then on `finish` can be carried out again
after any interruption, and every start does. What was there before moves into a folder `replaced-…`, whole, with its
write-ahead log: a log left behind would be read into the restored file and damage it. Words and conferences that were
erased since the copy was made are erased in what comes back, too, and devices that left since then stay out.
"""

from dataclasses import dataclass
from pathlib import Path

from facilitation.store import DamagedStore
from facilitation.store.aside import FOLDER, new_name, set_aside
from facilitation.store.copies import check, sweep, whole
from facilitation.store.erased import erase_again, keep_out
from facilitation.store.file import helper_file, log_file, settle, settle_names
from facilitation.store.sums import Sums, sums

_READY = ".restored-"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: its sums, how much was erased in it again, and the folder of the earlier file (if any)."""

    sums: Sums
    erased: int
    aside: Path | None


def restore(copy: Path, database: Path) -> Restored:
    """Put `copy` in the place of `database`. Nobody else may use the database meanwhile.

    Raises `DamagedStore`, `ForeignFile`, `NewerStore`, `StoreFull`; then everything is as it was.
    """
    found = check(copy)
    database.parent.mkdir(parents=True, exist_ok=True)
    ready = database.with_name(f"{database.name}{_READY}{new_name(database.parent)}")
    part = ready.with_name(f"{ready.name}.part")
    try:
        whole(copy, part)
        if sums(part) != found:
            raise DamagedStore(path=str(part), problem=str(copy))
        # After a restore to before some words were written, only what it set aside knows that they were erased.
        erased = sum(erase_again(known, part) for known in (database, *(each.path for each in set_aside(database))))
        if keep_out(database, part) or erased:
            settle(part)
            found = sums(part)
        part.replace(ready)
    finally:
        part.unlink(missing_ok=True)
    settle_names(database.parent)
    return Restored(found, erased, finish(database))


def finish(database: Path) -> Path | None:
    """Carry out what a restore has prepared, if it has; where the earlier file is then."""
    aside = None
    sweep(database.parent, f"{database.name}{_READY}*.part*")
    for ready in sorted(database.parent.glob(f"{database.name}{_READY}*[0-9]")):
        aside = database.with_name(f"{FOLDER}{ready.name.rpartition(_READY)[2]}")
        _move_aside(database, aside)
        ready.replace(database)
        settle_names(database.parent)
    return aside if aside and aside.exists() else None


def _move_aside(database: Path, aside: Path) -> None:
    for file in (log_file(database), helper_file(database), database):
        if file.exists():
            aside.mkdir(exist_ok=True)
            file.replace(aside / file.name)
    if aside.exists():
        settle_names(aside)
        settle_names(database.parent)
