"""Sheets of answers: what is accepted, and all problems of what is not, at once and with their places."""

import io
import json
from pathlib import Path

import pytest
from answers import EVERYBODY, NETWORK, as_csv, scale
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from facilitation.answer_sheet import MOST_ROWS, AnswerSheet, read_answers
from facilitation.survey_changes import add, changed
from facilitation.survey_items import STANDARD, Answer, options

SHEETS = Path(__file__).parent / "sheets"
BAD = sorted((SHEETS / "bad_answers").glob("*.csv"))
HEADS = "respondent,when,item,option,value\n"
WHO = [answer.respondent for answer in NETWORK[:8]]
SAMPLE = (
    *NETWORK,
    *scale("P3", "pre", [2, 3, 2, 4, 3, 1, 3, 2], WHO),
    *scale("P3", "post", [4, 4, 3, 4, 5, 2, 3, 4], WHO),
)


def read(rows: str) -> AnswerSheet:
    return read_answers((HEADS + rows).encode())


@pytest.mark.parametrize("path", sorted(SHEETS.glob("answers*")), ids=lambda path: path.name)
def test_the_same_answers_are_read_from_every_kind_of_sheet(path: Path) -> None:
    assert read_answers(path.read_bytes()) == AnswerSheet(SAMPLE, ())


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_a_bad_sheet_tells_all_its_problems_at_once(path: Path) -> None:
    expected = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
    found = read_answers(path.read_bytes()).problems
    assert [{"row": each.row, "field": each.field, "problem": each.text("ja")} for each in found] == expected


def test_an_answer_written_as_a_row_is_read_back() -> None:
    assert read_answers(as_csv(EVERYBODY)) == AnswerSheet(tuple(EVERYBODY), ())


def test_codes_japanese_and_english_words_may_stand_in_one_sheet() -> None:
    rows = (
        "a,前,A1,,市役所 子育て部門\nb,before,Type of your agency,,Health centre\n"
        "c,pre,あなたの所属する機関の種類,,ＨＣ\n"
        "a,会の後,Q1,,とてもそう思う\nb,post,q1,,答えない\n"
        "a,post,K_F,保健所,○\na,post,K_F,Recovery facility,いいえ\n"
        "a,study,M3,知らない,1\na,study,M4,同行,1\na,pre,A2,,1~3年\nb,pre,A2,,4-9 years\na,follow-up,W1,,した\n"
    )
    assert read(rows) == AnswerSheet(
        (
            Answer("a", "pre", "A1", "", "CITY_CHILD"),
            Answer("b", "pre", "A1", "", "HC"),
            Answer("c", "pre", "A1", "", "HC"),
            Answer("a", "post", "Q1", "", 5),
            Answer("b", "post", "Q1", "", 0),
            Answer("a", "post", "K_F", "HC", 1),
            Answer("a", "post", "K_F", "REC", 0),
            Answer("a", "study", "M3", "B_KNOW", 1),
            Answer("a", "study", "M4", "H3_accompany", 1),
            Answer("a", "pre", "A2", "", "A2_2"),
            Answer("b", "pre", "A2", "", "A2_3"),
            Answer("a", "follow", "W1", "", "W1_1"),
        ),
        (),
    )


def test_a_respondent_is_any_text_the_same_before_and_after() -> None:
    rows = "山田の 隣,pre,A1,,HC\n　山田の　隣 ,post,Q1,,3\n１２,post,Q1,,3\n"
    assert [answer.respondent for answer in read(rows).answers] == ["山田の 隣", "山田の 隣", "12"]


def test_a_choice_may_stand_in_the_column_of_options() -> None:
    assert read("a,pre,A1,HC,1\n").answers == (Answer("a", "pre", "A1", "", "HC"),)
    assert [(each.field, each.key) for each in read("a,pre,A1,HC,REC\n").problems] == [
        ("option", "answer.extra_option")
    ]


def test_a_blank_value_is_a_question_left_out() -> None:
    assert read("a,post,Q1,,\na,post,Q2,,4\na,post,T1,,\n") == AnswerSheet((Answer("a", "post", "Q2", "", 4),), ())


def test_a_blank_option_is_not_ticked() -> None:
    rows = "a,post,K_F,HC,\na,post,T4,T4_1,\na,post,Q1,,3\n"
    assert [(each.option, each.value) for each in read(rows).answers] == [("HC", 0), ("T4_1", 0), ("", 3)]


def test_the_same_answer_twice_is_no_problem() -> None:
    assert not read("a,post,Q1,,5\na,後,Q1,,5.0\n").problems


def test_numbers_of_a_workbook_are_read() -> None:
    book, file = Workbook(), io.BytesIO()
    for row in (
        ["respondent", "when", "item", "value", "option"],
        [1, "post", "Q1", 5.0],
        [1, "post", "T4", 1, "T4_2"],
    ):
        book.active.append(row)
    book.save(file)
    assert read_answers(file.getvalue()).answers == (
        Answer("1", "post", "Q1", "", 5),
        Answer("1", "post", "T4", "T4_2", 1),
    )


def test_the_own_items_of_an_organiser_are_read() -> None:
    own = changed(
        STANDARD, [add(STANDARD, "exchange", ["post"], "single", ("駅から", ""), [("徒歩", ""), ("バス", "")])]
    )
    assert read_answers((HEADS + "a,post,駅から,,バス\n").encode(), own).answers == (
        Answer("a", "post", "X1", "", "X1_2"),
    )
    assert next(each.key for each in read("a,post,X1,,バス\n").problems).startswith("row.unknown")


def test_more_rows_than_fit_are_refused_and_those_that_fit_are_read_in_time() -> None:
    rows = "".join(f"r{n},post,Q1,,5\n" for n in range(MOST_ROWS + 1))
    sheet = read(rows)
    assert [(each.row, each.key) for each in sheet.problems] == [(MOST_ROWS + 2, "file.rows")]
    assert len(sheet.answers) == MOST_ROWS


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_there_is_an_answer(data: bytes) -> None:
    for each in read_answers(data).problems:
        assert each.line("ja") and each.line("en")


CELLS = st.sampled_from(["", "pre", "前", "post", "A1", "Q1", "K_F", "T1", "HC", "5", "6", "0", "1", "=1+1", "x" * 300])


@given(st.lists(st.tuples(*[CELLS] * 5), max_size=12))
def test_a_row_is_an_answer_or_a_problem_and_never_both(rows) -> None:
    sheet = read("".join(",".join(row) + "\n" for row in rows))
    for each in sheet.answers:
        item = STANDARD.items[each.item]
        assert each.respondent and each.when in item.forms
        assert isinstance(each.value, str) or 0 <= each.value <= 5
        assert not each.option or options(item, [each.option])
    for each in sheet.problems:
        assert each.line("ja") and each.line("en")
