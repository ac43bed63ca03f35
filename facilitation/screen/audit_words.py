"""Lines of the audit in words: the page and the table to take along say the same."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime

from facilitation.audit import CODES, Line
from facilitation.calendar import shown_date
from facilitation.conference import Seat
from facilitation.keyring import HOUSE
from facilitation.texts import catalogue, say

HEADS = ("when", "who", "did", "details")
DAY = len("2024-03-01")
YES = {True: "yes", False: "no"}


def when(at: str, language: str) -> str:
    """A moment in the machine's own time: 令和6年3月1日（金） 14:05; where a log keeps the day alone, the day."""
    if len(at) <= DAY:
        return shown_date(at, language)
    local = datetime.fromisoformat(at).astimezone()
    return f"{shown_date(local.date().isoformat(), language)} {local:%H:%M}"


def who(author: str, seats: Mapping[str, Seat], language: str) -> str:
    """A role in words; a seat by the first letters of its id, with its group where it has one."""
    role, _, seat = author.partition(":")
    if role == "seat":
        group = seats[seat].group if seat in seats else 0
        return say(language, "audit.seat_of" if group else "audit.seat", seat=seat[:4], n=group)
    role = {HOUSE: "app", "": "nobody"}.get(role, role)
    return _known(language, f"audit.{role}", author)


def did(line: Line, language: str) -> str:
    """The kind of thing in words; one that this version does not know by its code."""
    return _known(language, f"audit.kind.{line.kind}", say(language, "audit.other", kind=line.kind))


def details(line: Line, language: str) -> str:
    """Numbers and codes of a line."""
    between = {"ja": "、"}.get(language, ", ")
    return between.join(_detail(name, value, language) for name, value in line.about.items())


def _detail(name: str, value: int | str, language: str) -> str:
    if isinstance(value, bool):
        value = say(language, f"audit.about.{YES[value]}")
    elif name in CODES:
        value = _known(language, f"audit.word.{value}", str(value))
    elif name == "step":
        value = int(value) + 1
    return say(language, f"audit.about.{name}", value=value)


def _known(language: str, key: str, otherwise: str) -> str:
    return catalogue(language).get(key, otherwise)


def sheet(found: Iterable[Line], seats: Mapping[str, Seat], language: str) -> bytes:
    """All lines as CSV (UTF-8 with a mark, as spreadsheets want it): numbers, codes and our own words, no formula. The
    number of an entry is left out where a log keeps the day alone: the holes would tell of answers."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([say(language, f"audit.{head}") for head in (*HEADS, "kind_code", "log", "revision")])
    for line in found:
        seat = line.author.partition(":")[2]
        named = f"{who(line.author, seats, language)} {seat}".strip()
        words = (did(line, language), details(line, language))
        number = line.revision if len(line.at) > DAY else ""
        table.writerow([line.at, named, *words, line.kind, line.log, number])
    return out.getvalue().encode("utf-8-sig")
