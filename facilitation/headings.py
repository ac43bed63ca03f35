"""Finds the columns of a sheet by their headings, in English or Japanese, and cuts its rows into fields."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from facilitation.names import Names, spelled
from facilitation.sheet_problem import SheetProblem, problem
from facilitation.spreadsheet import Spreadsheet

HEADING_ROW = 1


@dataclass(frozen=True)
class Form:
    """The columns of one kind of sheet, in order: field -> other headings, the one shown to people first."""

    columns: Mapping[str, Sequence[str]]
    required: tuple[str, ...]

    @cached_property
    def headings(self) -> Names:
        """What people write above a column."""
        return spelled(self.columns)

    def place(self, field: str) -> int:
        """Where a column stands among the known ones, for the order of problems."""
        known = list(self.columns)
        return known.index(field) if field in known else len(known)


@dataclass(frozen=True, slots=True)
class Record:
    """One row by field. A column that the sheet does not have is not in `fields`; a blank cell is ""."""

    row: int
    fields: Mapping[str, str]

    def get(self, field: str) -> str:
        """The cell, "" where it is blank or the sheet has no such column."""
        return self.fields.get(field, "")


@dataclass(frozen=True, slots=True)
class Records:
    """The rows under the headings, and everything wrong with the headings, the file or the shape of a row."""

    records: tuple[Record, ...]
    problems: tuple[SheetProblem, ...]


def records(sheet: Spreadsheet, form: Form) -> Records:
    """The rows of `sheet` by the fields of `form`. The headings stand in row 1."""
    if len(sheet.rows) < 2 and not sheet.problems:
        return Records((), (problem(HEADING_ROW, "", "file.empty"),))
    if not sheet.rows:
        return Records((), sheet.problems)
    above = sheet.rows[0].cells if sheet.rows[0].number == HEADING_ROW else ()
    fields = [form.headings.code(heading) if heading else None for heading in above]
    problems = [*sheet.problems, *_heading_problems(above, fields, form)]
    made = []
    for row in sheet.rows:
        if row.number > HEADING_ROW:
            made.append(Record(row.number, _by_field(row.cells, fields)))
            problems.extend(_beyond(row.number, row.cells, above))
    return Records(tuple(made), tuple(problems))


def _by_field(cells: Sequence[str], fields: Sequence[str | None]) -> Mapping[str, str]:
    """A row shorter than the headings is blank at its end (Excel leaves out commas at the end of blank cells);
    of two columns that mean the same the first counts."""
    filled = [*cells, *[""] * (len(fields) - len(cells))]
    found: dict[str, str] = {}
    for field, cell in zip(fields, filled, strict=False):
        if field is not None:
            found.setdefault(field, cell)
    return found


def _heading_problems(above: Sequence[str], fields: Sequence[str | None], form: Form) -> Iterator[SheetProblem]:
    first: dict[str, str] = {}
    for heading, field in zip(above, fields, strict=True):
        if heading and field is None:
            near = form.headings.near(heading)
            key = "heading.unknown_near" if near else "heading.unknown"
            yield problem(HEADING_ROW, heading, key, found=heading, **({"near": near} if near else {}))
        elif field in first:
            yield problem(HEADING_ROW, field, "heading.twice", found=heading, first=first[field])
        elif field is not None:
            first[field] = heading
    for field in form.required:
        if field not in first:
            yield problem(HEADING_ROW, field, "heading.missing", column=field, name=form.columns[field][0])


def _beyond(row: int, cells: Iterable[str], above: Sequence[str]) -> Iterator[SheetProblem]:
    """Cells that stand under no heading: a column has slipped, or a comma stands in a text without quotes."""
    for position, cell in enumerate(cells):
        if cell and (position >= len(above) or not above[position]):
            yield problem(row, "", "row.beyond", found=cell)
            return
