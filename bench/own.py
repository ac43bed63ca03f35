"""A place of the benchmark's own in a database that may hold anything: nothing there is read or touched."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def own_place(database: str) -> Iterator[str]:
    """The address of a new, empty schema in that database, which is dropped afterwards. Without an address there is
    none: SQLite lies in a folder of its own anyway."""
    if not database:
        yield ""
        return
    name = f"bench_{secrets.token_hex(6)}"
    with psycopg.connect(database, autocommit=True) as there:
        there.execute(f"create schema {name}")
    try:
        yield f"{database}{'&' if '?' in database else '?'}options=-csearch_path%3D{name}"
    finally:
        with psycopg.connect(database, autocommit=True) as there:
            there.execute(f"drop schema {name} cascade")
