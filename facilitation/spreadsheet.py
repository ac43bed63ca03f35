"""Opens a table that people filled in: CSV (UTF-8 with or without BOM, CP932) or .xlsx, as rows of text.

What a file is, is told from its first bytes, not from its name. A formula is never run: a cell gives what it last
showed, or the formula as typed where the file keeps no result. Size is checked before anything is unpacked.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook  # type: ignore[import-untyped]

from facilitation.sheet_problem import WHOLE_FILE, SheetProblem, problem
from facilitation.typed import clean

MB = 1_000_000
MOST_BYTES = 10 * MB
MOST_UNPACKED = 50 * MB
MOST_ROWS = 10_000
BEYOND = 2
"""So many times the rows that fit are looked at, for blank ones count for nothing."""
MOST_COLUMNS = 60

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DOCTYPE = b"<!DOCTYPE"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds anything. `number` is as a spreadsheet shows it, from 1; cells are cleaned and trimmed."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The rows of the first sheet, or of the CSV; what could not be read is in `problems`."""

    rows: tuple[Row, ...] = ()
    problems: tuple[SheetProblem, ...] = ()


def contents(path: Path) -> bytes:
    """The bytes of a file, never many more than may be read: a longer file is refused by `read_spreadsheet`.

    Raises OSError where there is no such file.
    """
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def read_spreadsheet(data: bytes, most_rows: int = MOST_ROWS) -> Spreadsheet:
    """The table in `data`; at most 10 MB, `most_rows` rows and 60 columns."""
    if len(data) > MOST_BYTES:
        return _failed("file.too_big", most=MOST_BYTES // MB)
    if data.startswith(_OLD_EXCEL):
        return _failed("file.old_excel")
    return _workbook(data, most_rows) if data.startswith(_ZIP) else _csv(data, most_rows)


def _failed(key: str, **params: str | int) -> Spreadsheet:
    return Spreadsheet(problems=(problem(WHOLE_FILE, "", key, **params),))


def _csv(data: bytes, most: int) -> Spreadsheet:
    text = _decoded(data)
    if text is None:
        return _failed("file.encoding")
    lines: list[list[str]] = []
    try:
        for line in islice(csv.reader(io.StringIO(text, newline=""), strict=True), BEYOND * most):
            lines.append(line)
    except csv.Error:
        read = _rows(lines, most)
        return Spreadsheet(read.rows, (*read.problems, problem(len(lines) + 1, "", "file.quotes")))
    return _rows(lines, most)


def _decoded(data: bytes) -> str | None:
    """The text, or None. UTF-16 would pass for CP932, as text full of NUL."""
    if not data.startswith(_UTF_16):
        for encoding in ("utf-8-sig", "cp932"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return None if "\x00" in text else text
    return None


def _workbook(data: bytes, most: int) -> Spreadsheet:
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            if unpacked > MOST_UNPACKED:
                return _failed("file.too_big", most=MOST_UNPACKED // MB)
            if any(_DOCTYPE in parts.read(part) for part in parts.infolist() if part.filename.endswith(".xml")):
                return _failed("file.not_readable")
        return _rows(list(_shown(data, BEYOND * most)), most)
    except Exception:  # openpyxl has no error of its own: a broken file raises anything from KeyError to zlib.error
        return _failed("file.not_readable")


def _shown(data: bytes, last: int) -> Iterator[list[str]]:
    """What the cells of the first sheet show, row by row."""
    shown, typed = (_cells(data, last, results=results) for results in (True, False))
    for values, formulas in zip(shown, typed, strict=True):
        yield [_as_text(formula if value is None else value) for value, formula in zip(values, formulas, strict=True)]


def _cells(data: bytes, last: int, *, results: bool) -> Iterator[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)
    yield from book.worksheets[0].iter_rows(max_row=last, max_col=MOST_COLUMNS, values_only=True)


def _as_text(value: object) -> str:
    """A cell's value as a person reads it: 3 for 3.0, an ISO date for a date. Excel writes a return as _x000D_."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(getattr(value, "text", value)).replace("_x000D_", "")


def _rows(lines: Iterable[Iterable[str]], most: int) -> Spreadsheet:
    trimmed = (tuple(clean(cell).strip() for cell in cells) for cells in lines)
    rows = tuple(Row(number, cells) for number, cells in enumerate(trimmed, start=1) if any(cells))
    fitting = tuple(row for row in rows if row.number <= most + 1)
    if len(fitting) < len(rows):
        return Spreadsheet(fitting, (problem(most + 2, "", "file.rows", most=most),))
    return Spreadsheet(rows)
