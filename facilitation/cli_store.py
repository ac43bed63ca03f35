"""The store behind the command line: the one that a server with the same environment uses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from facilitation import texts
from facilitation.cli_words import WrongUse
from facilitation.store import Store, StoreError
from facilitation.store.opening import copies_in, data_folder, open_store, sqlite_path
from facilitation.store.place import why_not
from facilitation.store.sums import Sums


@contextmanager
def opened() -> Iterator[Store]:
    """The store that DATABASE_URL and DATA_DIR name. Its lock is not taken: what is written here is seen by a running
    server at its next look. Raises StoreError."""
    store = open_store(os.environ.get("DATABASE_URL"), data_folder())
    try:
        yield store
    finally:
        store.close()


def refusal(refused: StoreError, language: str) -> str:
    """Why the store did not do it, in `language`."""
    return texts.say(language, refused.key, **refused.detail)


def because(refused: OSError, language: str) -> str:
    """Why a place takes no file, in `language`."""
    return texts.say(language, why_not(refused), reason=refused.strerror or refused)


def file_of_database() -> Path:
    """The SQLite file that a server with the same environment uses. Raises UnknownAddress where it uses none."""
    return sqlite_path(os.environ.get("DATABASE_URL"), data_folder())


def database() -> Path:
    """The same, where there is one to look at; else WrongUse."""
    file = file_of_database()
    if not file.exists():
        raise WrongUse("no_database", file=file)
    return file


def readable(named: Path) -> Path:
    """A file that was named by its path, or as one of the copies by its name alone; else WrongUse."""
    found = [file for file in (named, copies_in(data_folder()).folder / named) if file.is_file()]
    if found:
        return found[0]
    raise WrongUse("no_copy", file=named)


def printed(found: Sums) -> str:
    """Sums as lines: log, kind, entries, digest. Two files with the same lines hold the same."""
    return "\n".join(f"{log}\t{each.kind}\t{each.entries}\t{each.digest}" for log, each in found.items())
