"""Very many conferences in a store: copies of those that were played, with days, names, codes, keys and ids of their
own, so that no two share anything; written past the verbs, for they were decided when the first was played."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import md5
from pathlib import Path
from random import Random
from typing import Any

from bench.played import NAME, REGION, Played, played
from facilitation import survey_code
from facilitation.code import LENGTH, LETTERS
from facilitation.conference import KIND
from facilitation.entries import Entry
from facilitation.store.file import connect, uri
from facilitation.store.opening import is_postgres, open_store, sqlite_path
from facilitation.store.rows import body_text
from facilitation.survey_round import KIND as SURVEY
from facilitation.survey_round import PREFIX

A_YEAR = 1000
"""Conferences in a fiscal year, the newest years first: what a prefecture holds where every office takes part."""
NEWEST = 2025
REGIONS = ("北部", "南部", "東部", "西部", "中部", "沿岸", "山間", "島しょ")
AT_ONCE = 100
"""Conferences in one transaction."""

LOG_ROW = "insert into logs (log, kind, revision) values (?, ?, ?)"
ENTRY_ROW = "insert into entries (log, revision, kind, author, body, at, key) values (?, ?, ?, ?, ?, ?, ?)"
BETWEEN = "\x1f"

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What tells the n-th conference from all others."""

    n: int
    day: str
    code: str
    survey_code: str

    @property
    def log(self) -> str:
        return f"{self.day}-{self.code}"

    @property
    def survey(self) -> str:
        return f"{PREFIX}{self.day}-{self.survey_code}"


def named(n: int) -> Named:
    """The names of the n-th conference; the same every time."""
    first = date(NEWEST - n // A_YEAR, 4, 1)
    day = first + timedelta(days=n % A_YEAR * 365 // A_YEAR)
    digits = "".join(LETTERS[n // len(LETTERS) ** place % len(LETTERS)] for place in range(LENGTH - 1))
    return Named(n, day.isoformat(), f"M{digits}", f"N{digits}")


class Template:
    """A played conference, cut where its copies differ."""

    def __init__(self, original: Played) -> None:
        opened, asked = original.conference[0].body, original.survey[0].body
        self.day, self.code, self.survey_code = opened["date"], opened["code"], asked["code"]
        self.keys = [opened[name] for name in ("secret", "lead_key", "adviser_key")]
        self.adviser_code = opened["adviser_code"]
        drawn = (entry.body["codes"] for entry in original.survey if entry.kind == "codes_drawn")
        self.people = sorted({code for codes in drawn for code in codes})
        words = [self.day, self.code, self.survey_code, *self.keys, self.adviser_code, NAME, REGION]
        people = [f'(?<="){code}(?=")' for code in self.people]
        self._cut = re.compile("(" + "|".join([*map(re.escape, words), *people, "demo-[0-9a-f]{16}"]) + ")")
        self._logs = [self._pieces(log) for log in (original.conference, original.survey)]

    def _pieces(self, entries: Sequence[Entry]) -> list[tuple[int, str, list[str]]]:
        rows = []
        for entry in entries:
            body = {**entry.body, "demo": False} if entry.body.get("demo") else entry.body
            text = BETWEEN.join((entry.author, body_text(body), entry.at, entry.key))
            rows.append((entry.revision, entry.kind, self._cut.split(text)))
        return rows

    def rows(self, name: Named) -> tuple[list[Row], list[Row]]:
        """The copy of this name: rows of `logs`, rows of `entries`."""
        known = self._own(name)
        logs, entries = [], []
        for log, kind, pieces in zip((name.log, name.survey), (KIND, SURVEY), self._logs, strict=True):
            logs.append((log, kind, len(pieces)))
            for revision, what, cut in pieces:
                text = "".join(_own_piece(piece, known, name.n) for piece in cut)
                author, body, at, key = text.split(BETWEEN)
                entries.append((log, revision, what, author, body, at, key))
        return logs, entries

    def _own(self, name: Named) -> Mapping[str, str]:
        chance = Random(name.n)
        codes: set[str] = set()
        while len(codes) < len(self.people):
            codes.add("".join(chance.choices(survey_code.LETTERS, k=survey_code.LENGTH)))
        keys = {key: f"{chance.getrandbits(120):030x}" for key in self.keys}
        own = {self.day: name.day, self.code: name.code, self.survey_code: name.survey_code}
        own |= {NAME: f"第{name.n + 1}回事例検討会", REGION: REGIONS[name.n % len(REGIONS)]}
        own |= {self.adviser_code: "".join(chance.choices(LETTERS, k=LENGTH))}
        return own | keys | dict(zip(self.people, sorted(codes), strict=True))


def _own_piece(piece: str, known: Mapping[str, str], n: int) -> str:
    if piece.startswith("demo-") and len(piece) == 21:
        return md5(f"{n} {piece}".encode(), usedforsecurity=False).hexdigest()[:24]
    return known.get(piece, piece)


@cache
def _templates() -> Sequence[Template]:
    return [Template(original) for original in played()]


def copies(wanted: Iterable[int]) -> Iterator[tuple[list[Row], list[Row]]]:
    """The rows of each wanted conference and its survey."""
    made = _templates()
    for n in wanted:
        yield made[n % len(made)].rows(named(n))


def fill(folder: Path, database: str, wanted: range) -> int:
    """Write the wanted conferences into the store; says how many entries."""
    open_store(database or None, folder).close()
    return (_into_postgres if is_postgres(database) else _into_sqlite)(folder, database, wanted)


def _into_sqlite(folder: Path, database: str, wanted: range) -> int:
    written = 0
    with closing(connect(uri(sqlite_path(database or None, folder), "mode=rw"))) as file:
        for begin in range(wanted.start, wanted.stop, AT_ONCE):
            file.execute("begin immediate")
            for logs, entries in copies(range(begin, min(begin + AT_ONCE, wanted.stop))):
                file.conn.executemany(LOG_ROW, logs)
                file.conn.executemany(ENTRY_ROW, entries)
                written += len(entries)
            file.execute("commit")
    return written


def _into_postgres(folder: Path, database: str, wanted: range) -> int:
    import psycopg

    written = 0
    with psycopg.connect(database, autocommit=True) as connection, connection.cursor() as cursor:
        for begin in range(wanted.start, wanted.stop, AT_ONCE):
            made = list(copies(range(begin, min(begin + AT_ONCE, wanted.stop))))
            for table, rows in (("logs", 0), ("entries", 1)):
                columns = "log, kind, revision" if rows == 0 else "log, revision, kind, author, body, at, key"
                with cursor.copy(f"copy {table} ({columns}) from stdin") as out:
                    for row in (row for each in made for row in each[rows]):
                        out.write_row(row)
            written += sum(len(entries) for _, entries in made)
        connection.execute("analyze logs, entries")
    return written
