"""Which store: by the database's address, else the file in the data folder."""

import os
from pathlib import Path

from facilitation.store import PostgresMissing, Store, UnknownAddress
from facilitation.store.copies import FOLDER, Copies
from facilitation.store.restoring import finish
from facilitation.store.sqlite import SQLiteStore

FILE = "conferences.db"
"""The default database's name in the data folder."""


def data_folder() -> Path:
    """Where data lie: what DATA_DIR names, else `data` beside the package."""
    return Path(os.environ.get("DATA_DIR") or Path(__file__).resolve().parents[2] / "data")


def open_store(url: str | None, data_dir: Path) -> Store:
    """The store at `url` (`sqlite:///file` or `sqlite:////absolute/file`), or the default one in `data_dir`.

    What a broken-off restore has left to do is done first; tables of an older app are copied before they are changed.

    Raises what the store raises at opening, and `UnknownAddress`, which names the scheme alone: the rest may hold a
    password.
    """
    path = sqlite_path(url, data_dir)
    if not path.parent.exists():
        path.parent.mkdir(parents=True)
    finish(path)
    return SQLiteStore(path, before_migrating=lambda: copies_in(data_dir).take(path, "migration"))


def copies_in(data_dir: Path) -> Copies:
    """The copies that lie in the data folder."""
    return Copies(data_dir / FOLDER)


def sqlite_path(url: str | None, data_dir: Path) -> Path:
    """The database file that `url` or `data_dir` means."""
    if not url:
        return data_dir / FILE
    scheme, _, rest = url.partition(":")
    if scheme in ("postgresql", "postgres"):
        raise PostgresMissing(scheme=scheme)
    if scheme != "sqlite" or not rest.removeprefix("///") or not rest.startswith("///"):
        raise UnknownAddress(scheme=scheme)
    return Path(rest.removeprefix("///"))
