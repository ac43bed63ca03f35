"""The numbers under charts, as files: one table as CSV, all of them as one workbook with a sheet a chart."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Any, Protocol

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from facilitation.export.cells import put, row

PLACES = 3
"""Decimal places of shares and means in files: rounded once, here."""
WIDEST = 60


class Named(Protocol):
    """A column."""

    @property
    def name(self) -> str: ...


class Table(Protocol):
    """What a file is made of: the sentence above, what it rests on, the columns and the rows."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def head(self) -> Sequence[Named]: ...
    @property
    def rows(self) -> Sequence[Sequence[Any]]: ...


def as_csv(table: Table) -> bytes:
    """Headings in the first line, UTF-8 with a BOM: Excel in Japan opens it by a double click."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(row(column.name for column in table.head))
    writer.writerows(row(map(_rounded, cells)) for cells in table.rows)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(tables: Sequence[Table]) -> bytes:
    """A sheet a table: title, note, headings, rows."""
    book = Workbook()
    book.remove(book.active)
    for n, table in enumerate(tables, 1):
        _fill(book.create_sheet(f"{n} {re.sub(r'[^A-Za-z0-9_-]', '-', table.name)}"[:31]), table)
    if not tables:
        book.create_sheet("-")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, table: Table) -> None:
    head = [column.name for column in table.head]
    lines = [[table.title], [table.note], [], head, *(list(map(_rounded, cells)) for cells in table.rows)]
    for y, cells in enumerate(lines, 1):
        for x, value in enumerate(cells, 1):
            put(sheet.cell(y, x), value)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for x, name in enumerate(head, 1):
        sheet.cell(4, x).font = Font(bold=True)
        longest = max(len(str(value)) for value in (name, *(cells[x - 1] for cells in table.rows)))
        sheet.column_dimensions[get_column_letter(x)].width = min(WIDEST, 4 + 2 * longest)
        for y in range(4, len(lines) + 1):
            sheet.cell(y, x).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A5"


def _rounded(value: Any) -> Any:
    return round(value, PLACES) if isinstance(value, float) else value
