"""sqlite-utils and the SQLite it has chosen, without pandas.

sqlite-utils imports pandas where it finds it, only to know a data frame when it is given one: most of a second of
every start, and we give it none.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _unseen(name: str) -> Iterator[None]:
    """As if `name` were not installed, unless somebody has imported it already."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


with _unseen("pandas"), _unseen("numpy"):
    from sqlite_utils import Database
    from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

__all__ = ["Database", "sqlite3"]
