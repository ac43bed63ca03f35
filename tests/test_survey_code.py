"""The four letters on the card: drawn without repeats, read as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.survey_code import LETTERS, ReadCode, new_codes, read_code, shown


def test_fresh_codes_are_all_different_and_none_is_in_use() -> None:
    first = new_codes(500)
    more = new_codes(500, first)
    assert len({*first, *more}) == 1000
    assert {letter for code in first for letter in code} <= set(LETTERS)


def test_more_codes_than_there_are_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="more codes"):
        new_codes(23**4 + 1)


@pytest.mark.parametrize(
    "typed", ["ABQS", "abqs", "ＡＢＱＳ", "ab-qs", " a b q s ", "ABーQS", "A8QS", "AB0S", "ABO5", "4B05", "AB–Q5"]
)
def test_width_case_dashes_and_look_alikes_make_no_difference(typed: str) -> None:
    assert read_code(typed) == ReadCode("ABQS")


@pytest.mark.parametrize(
    ("typed", "wrong", "found"),
    [
        ("", "empty", ""),
        (" -ー ", "empty", ""),
        ("AB1C", "letters", "1"),
        ("LILA", "letters", "LI"),
        ("あいうえ", "letters", "あいうえ"),
        ("ABC", "length", "ABC"),
        ("ABCDE", "length", "ABCDE"),
    ],
)
def test_what_is_no_code_is_named(typed: str, wrong: str, found: str) -> None:
    assert read_code(typed) == ReadCode(wrong=wrong, found=found)


@given(st.text(LETTERS, min_size=4, max_size=4))
def test_a_code_as_it_is_shown_is_read_back(code: str) -> None:
    assert read_code(shown(code)) == ReadCode(code)
