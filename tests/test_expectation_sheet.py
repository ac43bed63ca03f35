"""Sheets of expectations: one row for each K_S and each K_E."""

from facilitation.expectation_sheet import ExpectationSheet, read_expectations
from facilitation.mismatch import Expectation
from facilitation.sheet_problem import SheetProblem

HEADS = "respondent,type,item,stage,value\n"


def test_strengths_expectations_and_blanks_are_read() -> None:
    rows = "a,HC,K_S,S5,2\na,HC,K_S,S3,\na,HC,K_E,S5,REC\na,HC,K_E,S5,回復施設\nb,CITY,K_E,つなぎ,\n"
    sheet = read_expectations((HEADS + rows.replace("回復施設", "家族会")).encode())
    assert sheet == ExpectationSheet(
        (
            Expectation("a", "HC", "S5", strength=2),
            Expectation("a", "HC", "S3"),
            Expectation("a", "HC", "S5", expected="REC"),
            Expectation("a", "HC", "S5", expected="FAM_ASSOC"),
            Expectation("b", "CITY_CHILD", "S5"),
        ),
        (),
    )


def test_japanese_headings_and_another_order_are_read() -> None:
    sheet = read_expectations("段階,回答,項目,回答者,機関\nS5,１,K_S,１,保健所\n".encode("cp932"))
    assert sheet == ExpectationSheet((Expectation("1", "HC", "S5", strength=1),), ())


def test_all_problems_are_told_at_once() -> None:
    rows = "a,HC,K_S,S5,3\n,HH,K_X,S9,1\na,HC,K_E,S5,保健所\na,HC,K_E,S5,病院\nb,HC,K_S,S5,1\nb,MED,K_S,S5,2\n"
    found = read_expectations((HEADS + rows).encode()).problems
    assert [(each.row, each.field, each.key) for each in found] == [
        (2, "value", "expectation.value"),
        (3, "respondent", "row.blank"),
        (3, "type", "row.unknown"),
        (3, "item", "row.unknown_near"),
        (3, "stage", "row.unknown"),
        (4, "value", "expectation.own"),
        (5, "value", "row.unknown"),
        (7, "type", "expectation.type_differs"),
        (7, "value", "expectation.twice"),
    ]


def test_the_same_expectation_twice_is_told_with_the_first_row() -> None:
    rows = "a,HC,K_E,S5,REC\na,HC,K_E,S3,REC\na,保健所,K_E,S5,回復施設\n"
    assert read_expectations((HEADS + rows).encode()).problems == (
        SheetProblem(4, "value", "expectation.twice", {"first": 2}),
    )


def test_all_five_columns_are_needed() -> None:
    found = read_expectations(b"respondent,type,value\na,HC,1\n")
    assert [(each.row, each.field, each.key) for each in found.problems] == [
        (1, "item", "heading.missing"),
        (1, "stage", "heading.missing"),
    ]
    assert found.expectations == ()
