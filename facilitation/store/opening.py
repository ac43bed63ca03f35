"""Which store: by the database's address, else the file in the data folder."""

import os
from pathlib import Path

from facilitation.store import NoFile, PostgresMissing, Store, UnknownAddress
from facilitation.store.copies import FOLDER, Copies
from facilitation.store.restoring import finish
from facilitation.store.sqlite import SQLiteStore

FILE = "conferences.db"
"""The default database's name in the data folder."""


def data_folder() -> Path:
    """Where data lie: what DATA_DIR names, else `data` beside the package."""
    return Path(os.environ.get("DATA_DIR") or Path(__file__).resolve().parents[2] / "data")


def open_store(url: str | None, data_dir: Path) -> Store:
    """The store at `url` (`sqlite:///file`, `sqlite:////absolute/file`, `postgresql://…`), or the default one in
    `data_dir`.

    What a broken-off restore has left to do is done first; tables of an older app are copied before they are changed.

    Raises what the store raises at opening, and `UnknownAddress`, which names the scheme alone: the rest may hold a
    password.
    """
    if url and is_postgres(url):
        return _postgres(url)
    path = sqlite_path(url, data_dir)
    if not path.parent.exists():
        path.parent.mkdir(parents=True)
    finish(path)
    return SQLiteStore(path, before_migrating=lambda: copies_in(data_dir).take(path, "migration"))


def copies_in(data_dir: Path) -> Copies:
    """The copies that lie in the data folder."""
    return Copies(data_dir / FOLDER)


def is_postgres(url: str | None) -> bool:
    """Whether a database's address means PostgreSQL: a server that several of our servers may share."""
    return (url or "").partition("://")[0] in ("postgresql", "postgres")


def sqlite_path(url: str | None, data_dir: Path) -> Path:
    """The database file that `url` or `data_dir` means."""
    if not url:
        return data_dir / FILE
    scheme, _, rest = url.partition(":")
    if is_postgres(url):
        raise NoFile(scheme=scheme)
    if scheme != "sqlite" or not rest.removeprefix("///") or not rest.startswith("///"):
        raise UnknownAddress(scheme=scheme)
    return Path(rest.removeprefix("///"))


def _postgres(url: str) -> Store:
    try:
        from facilitation.store.postgres import PostgresStore  # a laptop has no driver for it
    except ImportError as missing:
        raise PostgresMissing(scheme=url.partition(":")[0]) from missing
    return PostgresStore(url)
