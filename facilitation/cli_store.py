"""The store behind the command line: the one that a server with the same environment uses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from facilitation import texts
from facilitation.store import Store, StoreError
from facilitation.store.opening import data_folder, open_store


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
