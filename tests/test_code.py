"""Join codes: read however a tired person types them, and never mistaken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.code import LENGTH, LETTERS, new_code, read_code, shown

CODES = st.text(st.sampled_from(LETTERS), min_size=LENGTH, max_size=LENGTH)


@pytest.mark.parametrize(
    "typed",
    [
        "XN9-P7T",
        "XN9P7T",
        "xn9p7t",
        "ＸＮ９－Ｐ７Ｔ",
        "ｘｎ９ーｐ７ｔ",
        "xn9ｰp7t",
        "ｘｎ９ｐ７ｔ",
        " xn9 p7t ",
        "XN9　P7T",
        "xn9–p7t",
        "xn9—p7t",
        "xn9−p7t",
        "xn9‐p7t",
        "xn9_p7t.",
        "X N 9 P 7 T\n",
        "\u200eXN9\u00adP7T",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "XN9P7T"


@pytest.mark.parametrize("letter", [*"0O1I5S2ZBUVLoil", "〇", "Ⅰ", "é"])
def test_letters_that_look_like_others_are_no_code(letter):
    assert letter.upper() not in LETTERS
    assert read_code("XN9P7" + letter) is None


@pytest.mark.parametrize("typed", ["", "XN9P7", "XN9P7TT", "-", "コード", "XN9P7T XN9P7T", "⁴⁴⁴⁴⁴", "../etc"])
def test_anything_else_is_no_code(typed):
    assert read_code(typed) is None


def test_a_code_is_shown_in_two_halves():
    assert shown("XN9P7T") == "XN9-P7T"


@given(CODES)
def test_what_is_shown_is_read_back(code):
    assert read_code(shown(code)) == read_code(shown(code).lower()) == code


@given(st.text(max_size=30))
def test_whatever_is_typed_becomes_a_sound_code_or_none(typed):
    code = read_code(typed)
    assert code is None or (len(code) == LENGTH and set(code) <= set(LETTERS))


def test_new_codes_use_all_the_letters_and_no_other_and_hardly_ever_meet():
    codes = [new_code() for _ in range(2000)]
    assert {len(code) for code in codes} == {LENGTH}
    assert set("".join(codes)) == set(LETTERS)
    assert len(set(codes)) >= 1999
    assert (len(LETTERS), len(set(LETTERS))) == (24, 24)
