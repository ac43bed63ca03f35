"""Reads a sheet of answers: one row is one answer, or one option of a question with several. All problems at once.

Codes, Japanese and English words mean the same, also mixed in one sheet. A blank value is a question left out, and an
option not ticked: a grid that has any row was answered. A form in which everything is blank is named, for it was hardly
typed on purpose.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from facilitation import names
from facilitation.headings import Form, Record, records
from facilitation.names import Names, plain
from facilitation.sheet import unknown
from facilitation.sheet_problem import SheetProblem, problem
from facilitation.spreadsheet import read_spreadsheet
from facilitation.survey_items import AGENCY_TYPE, STANDARD, TABLE, Answer, Item, Questionnaire

FORM = Form(names.WORDS["answers"], required=("respondent", "when", "item", "value"))
MOST_ROWS = 40_000
"""More than three hundred people with every option of every form on a row of its own."""

LISTS: Mapping[str, Names] = {
    "AGENCY_TYPES": names.TYPE,
    "PRESENT_AGENCY_TYPES": names.TYPE,
    "BARRIERS": names.REASON,
    "HANDOVERS": names.HANDOVER,
}
WITH_OPTION = ("multi", "grid_binary")
NOT_TICKED = "0"
DASHES = ("〜", "–")


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """`answers` of the rows that could be read, in the sheet's order; all `problems`, by row and column.

    A sheet with problems is not to be counted.
    """

    answers: tuple[Answer, ...]
    problems: tuple[SheetProblem, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    """The words that a questionnaire understands: its items by id or question, their options by code or words."""

    questionnaire: Questionnaire
    items: Names
    options: Mapping[str, Names]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its cells understood; "" for what is blank or could not be read."""

    record: Record
    respondent: str
    when: str
    item: Item | None
    option: str
    value: str

    @property
    def question(self) -> tuple[str, str, str, str]:
        """What is answered once."""
        return self.respondent, self.when, self.item.id if self.item else "", self.option


def read_answers(data: bytes, questionnaire: Questionnaire = STANDARD) -> AnswerSheet:
    """The sheet of answers in `data` (CSV in UTF-8 or CP932, or .xlsx)."""
    found = records(read_spreadsheet(data, MOST_ROWS), FORM)
    reader = _reader(questionnaire)
    rows = [_understood(record, reader) for record in found.records]
    problems = [
        *found.problems,
        *(each for row in rows for each in _cell_problems(row, reader)),
        *_contradictions(rows),
        *_empty_forms(rows),
    ]
    wrong = {each.row for each in problems}
    answers = (_answer(row) for row in rows if row.record.row not in wrong)
    return AnswerSheet(
        answers=tuple(answer for answer in answers if answer),
        problems=tuple(sorted(problems, key=lambda each: (each.row, FORM.place(each.field)))),
    )


def _reader(questionnaire: Questionnaire) -> _Reader:
    found = questionnaire.items
    items = names.spelled({id: [word for word in (item.ja, item.en) if word] for id, item in found.items()})
    return _Reader(questionnaire, items, {id: _option_names(item) for id, item in found.items()})


def _option_names(item: Item) -> Names:
    """The options by code or by their words, with any kind of dash."""
    if item.options_from:
        return LISTS[item.options_from]
    return names.spelled({option.code: [*_dashes(option.ja), *_dashes(option.en)] for option in item.options})


def _dashes(words: str) -> tuple[str, ...]:
    """The words, and as they look with the dashes that a keyboard has."""
    typed = {words.replace(dash, sign) for dash in DASHES if dash in words for sign in "~-"}
    return (words, *sorted(typed))


def _understood(record: Record, reader: _Reader) -> _Row:
    item = reader.questionnaire.items.get(reader.items.code(record.get("item")) or "")
    option, value = record.get("option"), record.get("value")
    if item and item.type == "single" and option and names.TICK.code(value) == "1":
        option, value = "", option  # a single choice written like one of several
    if item and item.type in WITH_OPTION and not value:
        value = NOT_TICKED
    known = reader.options[item.id].code(option) if item and option else ""
    return _Row(
        record=record,
        respondent=plain(record.get("respondent")),
        when=names.TIME.code(record.get("when")) or "",
        item=item,
        option=known or "",
        value=_value(item, value, reader) if item and value else "",
    )


def _value(item: Item, cell: str, reader: _Reader) -> str:
    """A value as it is kept; "" where it cannot be read."""
    read: Mapping[str, Callable[[str], str | None]] = {
        "likert5": names.LEVEL.code,
        "single": reader.options[item.id].code,
        "multi": names.TICK.code,
        "grid_binary": names.TICK.code,
        "text": str,
    }
    return read[item.type](cell) or "" if item.type in read else cell


def _cell_problems(row: _Row, reader: _Reader) -> Iterator[SheetProblem]:
    record, item = row.record, row.item
    for column in ("respondent", "when", "item"):
        if column in record.fields and not record.get(column):
            yield problem(record.row, column, "row.blank")
    if record.get("when") and not row.when:
        yield unknown(record.row, "when", record.get("when"), names.TIME)
    if record.get("item") and item is None:
        yield unknown(record.row, "item", record.get("item"), reader.items)
    if item and TABLE in item.forms:
        yield problem(record.row, "item", "answer.table", item=item.id)
    elif item:
        yield from _answer_problems(row, item, reader)


def _answer_problems(row: _Row, item: Item, reader: _Reader) -> Iterator[SheetProblem]:
    """The cells beside a known item: time, option, value."""
    record = row.record
    option, value = record.get("option"), record.get("value")
    if row.when and row.when not in item.forms:
        yield problem(record.row, "when", "answer.not_at", item=item.id, expected=", ".join(item.forms))
    if item.type in WITH_OPTION and not option:
        yield problem(record.row, "option", "answer.no_option", item=item.id)
    elif item.type in WITH_OPTION and not row.option:
        yield unknown(record.row, "option", option, reader.options[item.id])
    elif item.type not in WITH_OPTION and option and row.value != reader.options[item.id].code(option):
        yield problem(record.row, "option", "answer.extra_option", item=item.id)
    if value and not row.value:
        yield _wrong_value(row, item, reader)
    elif item.most and len(value) > item.most:
        yield problem(record.row, "value", "row.long", length=len(value), most=item.most)


def _wrong_value(row: _Row, item: Item, reader: _Reader) -> SheetProblem:
    found, number = row.record.get("value"), row.record.row
    if item.type == "single":
        return unknown(number, "value", found, reader.options[item.id])
    return problem(number, "value", "answer.scale" if item.type == "likert5" else "answer.tick", found=found)


def _contradictions(rows: Iterable[_Row]) -> Iterator[SheetProblem]:
    """A question is answered once, and a respondent is of one type, whenever it is asked."""
    asked: dict[tuple[str, str, str, str], _Row] = {}
    people: dict[str, _Row] = {}
    for row in rows:
        if not (row.respondent and row.when and row.item and row.value):
            continue
        first = asked.setdefault(row.question, row)
        if first.value != row.value:
            yield problem(row.record.row, "value", "answer.twice", **_texts(first, row))
        elif row.item.id == AGENCY_TYPE:
            before = people.setdefault(row.respondent, row)
            if before.value != row.value:
                yield problem(row.record.row, "value", "answer.type_differs", **_texts(before, row))


def _texts(first: _Row, row: _Row) -> dict[str, str | int]:
    return {"first": first.record.row, "before": first.record.get("value"), "found": row.record.get("value")}


def _empty_forms(rows: Iterable[_Row]) -> Iterator[SheetProblem]:
    """Forms of which every row is blank."""
    forms: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        if row.respondent and row.when:
            forms.setdefault((row.respondent, row.when), []).append(row)
    for (respondent, _), form in forms.items():
        if not any(row.record.get("value") for row in form):
            yield problem(form[0].record.row, "value", "answer.empty_form", respondent=respondent)


def _answer(row: _Row) -> Answer | None:
    """The answer of a row without problems; None where it was left blank."""
    item = row.item
    if item is None or not (row.respondent and row.when and row.value):
        return None
    value = int(row.value) if item.type in ("likert5", *WITH_OPTION) else row.value
    return Answer(row.respondent, row.when, item.id, row.option if item.type in WITH_OPTION else "", value)
