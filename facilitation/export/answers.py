"""Answers for an organisation's own statistics: one row an answer, and a codebook beside them, as CSV.

The rows are written out from a result and not from answers, so they hold what its tables hold and no more. They cannot
be joined from one question to another: a person's whole set of answers would single people out, whatever the groups
(decision 20). People are numbered anew within each question, in an order drawn by chance.
"""

import csv
import io
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from facilitation import sentences
from facilitation.agencies import group_name
from facilitation.choices import Choices
from facilitation.export.cells import row
from facilitation.knows import Knows
from facilitation.likert import Likert
from facilitation.shift import Shift
from facilitation.suppression import MERGED, UNTYPED, Parts
from facilitation.survey import SurveyResult
from facilitation.survey_items import LEVELS, NO_ANSWER, Item, options

COLUMNS = ("item", "version", "group", "number", "when", "option", "value")
CODEBOOK = ("item", "version", "type", "code", "ja", "en")
TOGETHER = "+"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer. `number` tells people apart within one `item` and `option` only, and joins before with after there.
    `group` is a part of C11 (several agency types joined by `+`), or empty where an answer stands beside no type."""

    item: str
    version: int
    group: str
    number: int
    when: str
    option: str
    value: int | str

    def cells(self) -> tuple[Any, ...]:
        """In the order of `COLUMNS`."""
        return self.item, self.version, self.group, self.number, self.when, self.option, self.value


Given = tuple[str, Sequence[tuple[str, int | str]]]
"""What one person answered to one question: the group, and (when, value) of each time."""


def answer_rows(result: SurveyResult) -> tuple[AnswerRow, ...]:
    """Every answer that the tables of a result count."""
    found: list[AnswerRow] = []
    for item in result.questionnaire.items.values():
        for option, given in _answers(item, result):
            found += _numbered(item, option, list(given))
    return tuple(found)


def answers_csv(result: SurveyResult) -> bytes:
    """The rows with their headings; UTF-8 with a BOM, for spreadsheets in Japan."""
    return _csv([COLUMNS, *(each.cells() for each in answer_rows(result))])


def codebook_csv(result: SurveyResult) -> bytes:
    """What every column, group, question and code means, in both languages, and what was kept back by which rule."""
    rows = answer_rows(result)
    groups = sorted({each.group for each in rows if each.group})
    asked = dict.fromkeys(each.item for each in rows)
    about: list[tuple[Any, ...]] = [
        *(("", "", "column", name, *_both(f"codebook.{name}", k=result.k)) for name in COLUMNS)
    ]
    about += [("", "", "rule", "k", *_both("codebook.rule", k=result.k))]
    about += [("", "", "group", group, *_group(group)) for group in groups]
    about += [("", "", "category", code, *_category(code, types)) for code, types in result.categories.items()]
    about += [(item, "", "withheld", "", *_both("codebook.withheld")) for item in result.withheld]
    about += [(item, "", "left out", n, *_both("codebook.left_out", n=n)) for item, n in result.left_out.items()]
    return _csv([CODEBOOK, *about, *(each for item in asked for each in _described(result.questionnaire.items[item]))])


def _answers(item: Item, result: SurveyResult) -> Iterator[tuple[str, Iterable[Given]]]:
    """By option ("" for a question without): what each person answered."""
    if item.id in result.likert:
        yield "", _levels(item, result.likert[item.id], result.likert_by[item.id])
    elif item.id in result.shift:
        yield "", _pairs(result.shift_by[item.id])
    elif item.id in result.choices:
        yield from _chosen(item, result.choices[item.id], result.choices_by.get(item.id))
    for about, each in result.knows.get(item.id, {}).items():
        yield about, _ticks(each)


def _levels(item: Item, whole: Likert, parts: Parts[Likert]) -> Iterator[Given]:
    when = _time(item)
    for group, each in _named(parts):
        for level, count in zip(LEVELS, each.counts, strict=True):
            yield from [(group, [(when, level)])] * count
    yield from [("", [(when, NO_ANSWER)])] * whole.missing


def _pairs(parts: Parts[Shift]) -> Iterator[Given]:
    for group, each in _named(parts):
        for (before, after), count in each.pairs.items():
            yield from [(group, [("pre", before), ("post", after)])] * count


def _chosen(item: Item, whole: Choices, parts: Parts[Choices] | None) -> Iterator[tuple[str, Iterable[Given]]]:
    """A list for one choice is one question; of a list for several each option is a question of its own, yes or no."""
    held = [("", whole)] if parts is None else list(_named(parts))
    when = _time(item)
    if item.type == "single":
        codes = [(group, code, count) for group, each in held for code, count in each.counts.items()]
        yield "", [(group, [(when, code)]) for group, code, count in codes for _ in range(count)]
        return
    for option in whole.counts:
        numbers = [(group, each.counts.get(option, 0), each.n) for group, each in held]
        yield option, [(group, [(when, int(at < yes))]) for group, yes, n in numbers for at in range(n)]


def _ticks(each: Knows) -> Iterator[Given]:
    both = each.ticked_before - each.lost
    counts = {(1, 1): both, (1, 0): each.lost, (0, 1): each.gained, (0, 0): each.n - both - each.lost - each.gained}
    for (before, after), count in counts.items():
        yield from [("", [("pre", before), ("post", after)])] * count


def _time(item: Item) -> str:
    """When an item is asked; "" where that differs from event to event."""
    return item.forms[0] if len(item.forms) == 1 else ""


def _named(parts: Parts[Any]) -> Iterator[tuple[str, Any]]:
    """The parts with the names that stand in the column `group`."""
    for name, held in parts.of.items():
        yield (TOGETHER.join(parts.groups.merged) if name == MERGED else name), held


def _numbered(item: Item, option: str, given: list[Given]) -> Iterator[AnswerRow]:
    secrets.SystemRandom().shuffle(given)
    for number, (group, values) in enumerate(given, 1):
        for when, value in values:
            yield AnswerRow(item.id, item.version, group, number, when, option, value)


def _described(item: Item) -> Iterator[tuple[Any, ...]]:
    yield item.id, item.version, item.type, "", item.ja, item.en
    if item.type == "likert5":
        for level in (*reversed(LEVELS), NO_ANSWER):
            yield item.id, item.version, "value", level, *_both(f"level.{level}")
    for option in options(item):
        yield item.id, item.version, "option", option.code, option.ja, option.en


def _group(group: str) -> tuple[str, str]:
    """The names of a part, in both languages."""
    untyped = _both("line.no_type")
    named = [
        untyped if code == UNTYPED else (group_name(code, "ja"), group_name(code, "en"))
        for code in group.split(TOGETHER)
    ]
    return f" {TOGETHER} ".join(ja for ja, _ in named), f" {TOGETHER} ".join(en for _, en in named)


def _category(code: str, types: Iterable[str]) -> tuple[str, str]:
    """The name of a category with the agency types in it, in both languages."""
    ja, en = "、".join(group_name(each, "ja") for each in types), ", ".join(group_name(each, "en") for each in types)
    return f"{group_name(code, 'ja')}：{ja}", f"{group_name(code, 'en')}: {en}"


def _both(key: str, **params: Any) -> tuple[str, str]:
    say = partial(sentences.say, "survey_report", key=key, **params)
    return say(language="ja"), say(language="en")


def _csv(rows: Iterable[Iterable[Any]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(map(row, rows))
    return written.getvalue().encode("utf-8-sig")
