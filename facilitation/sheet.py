"""Reads a sheet of cards: one row is one statement, rows of one card share an id. All problems at once."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from facilitation import limits, names
from facilitation.headings import Form, Record, records
from facilitation.names import Names, plain
from facilitation.path import HANDOVERS, TRACKS
from facilitation.sheet_problem import SheetProblem, problem
from facilitation.spreadsheet import read_spreadsheet
from facilitation.statements import Statement

FORM = Form(names.WORDS["cards"], required=("type", "stage", "kind"))

NAMED: Mapping[str, Names] = {
    "type": names.TYPE,
    "stage": names.STAGE,
    "kind": names.KIND,
    "reason": names.REASON,
    "help": names.HELP,
    "handover": names.HANDOVER,
    "to": names.TYPE,
    "consent": names.CONSENT,
}
SHARED_BY_A_CARD = ("group", "scene", "type", "stage")

_SCENE = re.compile(r"([1-9][0-9]?)(\.0)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with its cells understood: codes for names, None where a cell could not be read."""

    record: Record
    values: Mapping[str, Any]

    @property
    def number(self) -> int:
        return self.record.row

    def __getitem__(self, field: str) -> Any:
        return self.values[field]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`statements` of the rows that could be read, in the sheet's order; all `problems`, by row and column; every row
    as far as it was understood.

    A sheet with problems is not to be analysed.
    """

    statements: tuple[Statement, ...]
    problems: tuple[SheetProblem, ...]
    rows: tuple[SheetRow, ...] = dataclasses.field(default=(), compare=False)


def read_cards(data: bytes, form: Form = FORM) -> Sheet:
    """The sheet of cards in `data` (CSV in UTF-8 or CP932, or .xlsx). `form` may require more columns than `FORM`."""
    found = records(read_spreadsheet(data), form)
    rows = [_understood(record) for record in found.records]
    problems = [
        *found.problems,
        *(each for row in rows for each in _row_problems(row, form)),
        *(each for card in by_card(rows).values() for each in _card_problems(card)),
    ]
    wrong = {each.row for each in problems}
    return Sheet(
        statements=tuple(_statement(row) for row in rows if row.number not in wrong and _is_whole(row)),
        problems=in_order(problems),
        rows=tuple(rows),
    )


def in_order(problems: Iterable[SheetProblem]) -> tuple[SheetProblem, ...]:
    """By row, then in the order of the columns."""
    return tuple(sorted(problems, key=lambda each: (each.row, FORM.place(each.field))))


def _understood(record: Record) -> SheetRow:
    values: dict[str, Any] = {field: _named(known, record.get(field)) for field, known in NAMED.items()}
    values["id"] = plain(record.get("id")) or f"#{record.row}"
    values["group"] = plain(record.get("group"))
    values["scene"] = _scene(record.get("scene"))
    values["tracks"] = _tracks(record.get("tracks"))
    values["text"] = record.get("text")
    return SheetRow(record, values)


def _named(known: Names, cell: str) -> str | None:
    return known.code(cell) if cell else ""


def _scene(cell: str) -> int | None:
    if not cell:
        return 0
    found = _SCENE.fullmatch(plain(cell))
    return int(found[1]) if found else None


def _tracks(cell: str) -> tuple[str, ...] | None:
    """Codes in the order of the terms. Names may hold spaces, so a piece is first read whole."""
    codes = {names.TRACK.code(piece) for piece in _track_pieces(cell)}
    return None if None in codes else tuple(code for code in TRACKS if code in codes)


def _track_pieces(cell: str) -> list[str]:
    if not cell or names.TRACK.code(cell):
        return [cell] if cell else []
    pieces = [piece.strip() for piece in re.split("[;；、]", cell) if piece.strip()]
    return [part for piece in pieces for part in ([piece] if names.TRACK.code(piece) else piece.split())]


def _row_problems(row: SheetRow, form: Form) -> Iterator[SheetProblem]:
    for field in form.required:
        if field in row.record.fields and not row.record.get(field):
            yield problem(row.number, field, "row.blank")
    for field, known in NAMED.items():
        if row[field] is None:
            yield unknown(row.number, field, row.record.get(field), known)
    if row["scene"] is None:
        yield problem(row.number, "scene", "row.scene", found=row.record.get("scene"))
    if row["tracks"] is None:
        pieces = _track_pieces(row.record.get("tracks"))
        strange = next(piece for piece in pieces if not names.TRACK.code(piece))
        yield unknown(row.number, "tracks", strange, names.TRACK)
    if len(row["text"]) > limits.STATEMENT:
        yield problem(row.number, "text", "row.long", length=len(row["text"]), most=limits.STATEMENT)
    yield from _handover_problems(row)


def _handover_problems(row: SheetRow) -> Iterator[SheetProblem]:
    """A hand-over has both ends, never leads to itself, and above an explanation the person's wish comes first."""
    handover, to = row.record.get("handover"), row.record.get("to")
    if handover and not to:
        yield problem(row.number, "to", "handover.no_to", found=handover)
    if to and not handover:
        yield problem(row.number, "handover", "handover.no_kind", found=to)
    if row["to"] and row["to"] == row["type"]:
        yield problem(row.number, "to", "handover.itself")
    if row["handover"] and HANDOVERS[row["handover"]].needs_consent and row["consent"] == "no":
        yield problem(row.number, "consent", "handover.consent", found=handover)
    if handover and row["kind"] == "help":
        yield problem(row.number, "handover", "handover.on_help")


def by_card(rows: Iterable[SheetRow]) -> Mapping[str, list[SheetRow]]:
    """The rows of each card, by the sheet's id; a row without one is a card of its own."""
    cards: dict[str, list[SheetRow]] = {}
    for row in rows:
        cards.setdefault(row["id"], []).append(row)
    return cards


def _card_problems(card: list[SheetRow]) -> Iterator[SheetProblem]:
    """Rows of one card agree in what they share, differ in kind, and hand over on the can where there is one."""
    first, kinds = card[0], {row["kind"]: row for row in reversed(card)}
    for row in card[1:]:
        for field in SHARED_BY_A_CARD:
            if None not in (row[field], first[field]) and row[field] != first[field]:
                texts = {"before": first.record.get(field), "found": row.record.get(field)}
                yield problem(row.number, field, "card.differs", first=first.number, **texts)
        if row["kind"] and kinds[row["kind"]] is not row:
            found, before = row.record.get("kind"), kinds[row["kind"]].number
            yield problem(row.number, "kind", "card.kind_twice", found=found, first=before)
    for row in card:
        if row["kind"] == "hard" and "can" in kinds and row.record.get("handover"):
            yield problem(row.number, "handover", "handover.on_hard", first=kinds["can"].number)


def unknown(row: int, field: str, found: str, known: Names) -> SheetProblem:
    """A word that names nothing, with what may have been meant."""
    near = known.near(found)
    if near:
        return problem(row, field, "row.unknown_near", found=found, near=near)
    return problem(row, field, "row.unknown", found=found)


def _is_whole(row: SheetRow) -> bool:
    return all(row[field] for field in FORM.required)


def _statement(row: SheetRow) -> Statement:
    fields = ("type", "stage", "kind", "group", "scene", "tracks", "reason", "help", "handover", "to", "text")
    return Statement(card=row["id"], **{field: row[field] for field in fields})
