"""Reads a sheet of expectations: what each respondent says of its own type (K_S) and expects of others (K_E)."""

from collections.abc import Iterator
from dataclasses import dataclass

from facilitation import names
from facilitation.headings import Form, Record, records
from facilitation.mismatch import Expectation
from facilitation.names import plain
from facilitation.sheet import unknown
from facilitation.sheet_problem import SheetProblem, problem
from facilitation.spreadsheet import read_spreadsheet

FORM = Form(names.WORDS["expectations"], required=("respondent", "type", "item", "stage", "value"))
NAMED = {"type": names.TYPE, "item": names.ITEM, "stage": names.STAGE}
STRENGTHS = {"0": 0, "1": 1, "2": 2, "0.0": 0, "1.0": 1, "2.0": 2, "": None}
OWN_PART = "K_S"


@dataclass(frozen=True, slots=True)
class ExpectationSheet:
    """`expectations` of the rows that could be read, in the sheet's order; all `problems`, by row and column."""

    expectations: tuple[Expectation, ...]
    problems: tuple[SheetProblem, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """A row whose respondent, type, item and stage are known; `value` as typed."""

    record: Record
    respondent: str
    type: str
    item: str
    stage: str
    value: str

    @property
    def expected(self) -> str | None:
        """The type that K_E names, "" where the answer is blank, None where it names none."""
        return names.TYPE.code(self.value) if self.value else ""

    @property
    def question(self) -> tuple[str, str, str, str | None]:
        """What may be answered once: K_S for each stage, each type of K_E for each stage."""
        return self.respondent, self.item, self.stage, "" if self.item == OWN_PART else self.expected


def read_expectations(data: bytes) -> ExpectationSheet:
    """The sheet of expectations in `data` (CSV in UTF-8 or CP932, or .xlsx).

    A blank value is "don't know" (K_S) or "none" (K_E): the respondent was asked all the same.
    """
    found = records(read_spreadsheet(data), FORM)
    answers = [answer for record in found.records if (answer := _answer(record))]
    problems = [
        *found.problems,
        *(each for record in found.records for each in _cell_problems(record)),
        *(each for answer in answers for each in _value_problems(answer)),
        *_contradictions(answers),
    ]
    wrong = {each.row for each in problems}
    return ExpectationSheet(
        expectations=tuple(_expectation(answer) for answer in answers if answer.record.row not in wrong),
        problems=tuple(sorted(problems, key=lambda each: (each.row, FORM.place(each.field)))),
    )


def _answer(record: Record) -> _Answer | None:
    respondent = plain(record.get("respondent"))
    codes = [known.code(record.get(field)) for field, known in NAMED.items()]
    agency, item, stage = (code or "" for code in codes)
    whole = respondent and agency and item and stage
    return _Answer(record, respondent, agency, item, stage, record.get("value")) if whole else None


def _cell_problems(record: Record) -> Iterator[SheetProblem]:
    for field in ("respondent", *NAMED):
        if field in record.fields and not record.get(field):
            yield problem(record.row, field, "row.blank")
    for field, known in NAMED.items():
        if record.get(field) and known.code(record.get(field)) is None:
            yield unknown(record.row, field, record.get(field), known)


def _value_problems(answer: _Answer) -> Iterator[SheetProblem]:
    row = answer.record.row
    if answer.item == OWN_PART:
        if plain(answer.value) not in STRENGTHS:
            yield problem(row, "value", "expectation.value", found=answer.value)
    elif answer.expected is None:
        yield unknown(row, "value", answer.value, names.TYPE)
    elif answer.expected == answer.type:
        yield problem(row, "value", "expectation.own")


def _contradictions(answers: list[_Answer]) -> Iterator[SheetProblem]:
    """A respondent is of one type and answers each question once."""
    people: dict[str, _Answer] = {}
    questions: dict[tuple[str, str, str, str | None], _Answer] = {}
    for answer in answers:
        row = answer.record.row
        person = people.setdefault(answer.respondent, answer)
        if person.type != answer.type:
            texts = {"before": person.record.get("type"), "found": answer.record.get("type")}
            yield problem(row, "type", "expectation.type_differs", first=person.record.row, **texts)
        asked = questions.setdefault(answer.question, answer)
        if asked is not answer and answer.question[-1] is not None:
            yield problem(row, "value", "expectation.twice", first=asked.record.row)


def _expectation(answer: _Answer) -> Expectation:
    own = answer.item == OWN_PART
    return Expectation(
        respondent=answer.respondent,
        type=answer.type,
        stage=answer.stage,
        strength=STRENGTHS[plain(answer.value)] if own else None,
        expected="" if own else answer.expected or "",
    )
