"""Submits through the real store and prints each answer it acknowledges, until somebody kills it.

`python kill_writer.py FILE honest|early|normal [ANSWERS]`: two planted faults, `early` acknowledges before the commit
and `normal` lets SQLite return before the disk has it (`synchronous=normal`). With ANSWERS each tablet ends after so
many.
"""

import itertools
import os
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from facilitation.entries import Draft
from facilitation.store import sqlite
from facilitation.store.file import connect
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.writer import Writer

TABLETS = 6


def main(file: str, mode: str, answers: str = "") -> None:
    if mode == "normal":
        sqlite.connect = careless
    writer = Writer(SQLiteStore(Path(file)), lambda: "2024-03-01T05:00:00Z", lambda before, log, entries: None)

    def tablet(number: int) -> None:
        for count in range(int(answers)) if answers else itertools.count():
            name = f"{os.getpid()}-{number}-{count}"
            halves = [Draft("said", "", {"name": name, "half": half}, f"{name}-{half}") for half in (1, 2)]
            if mode == "early":
                acknowledge(name)
            writer.send("a", lambda state, halves=halves: halves)
            if mode != "early":
                acknowledge(name)

    for number in range(TABLETS):
        threading.Thread(target=tablet, args=(number,)).start()


def careless(address: str, wait: float) -> sqlite.Database:
    database = connect(address, wait)
    database.execute("pragma synchronous = normal")
    return database


def acknowledge(name: str) -> None:
    os.write(1, f"{name}\n".encode())  # one call, no buffer: what was printed was acknowledged


if __name__ == "__main__":
    main(*sys.argv[1:])
