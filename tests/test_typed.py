"""What people typed stays as typed, except what no person types."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation import typed
from facilitation.typed import clean, nfkc


def test_f19_typed_text_stays_as_it_is():
    typed = "家族👩‍👩‍👧 ｱﾙｺｰﾙ ＯＡＣ عربي \u202eabc\u202c \u200b\u3000①髙﨑\t表\n次の行"
    assert clean(typed) == typed


def test_f19_controls_and_lone_surrogates_go_and_line_ends_become_one():
    assert clean("a\x00b\x1b[31m\x7f\x85\x9fc\ud83dd\r\ne\rf") == "ab[31mcd\ne\nf"


@given(st.text(st.characters()))
def test_f19_cleaned_text_can_be_stored_and_cleaning_again_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    assert once.encode("utf-8").decode("utf-8") == once
    assert "\x00" not in once


def test_f19_half_and_full_width_find_each_other():
    assert nfkc("ｱﾙｺｰﾙ") == nfkc("アルコール")
    assert nfkc("ＯＡＣ①") == "oac1"


def test_f19_a_control_that_stays_and_a_search_that_folds_nothing_would_be_seen(monkeypatch):
    """The planted faults: of what no person types only NUL goes; a search looks for the very signs."""
    monkeypatch.setattr(typed, "_NEVER_STORED", re.compile("\x00"))
    with pytest.raises(AssertionError):
        test_f19_controls_and_lone_surrogates_go_and_line_ends_become_one()
    monkeypatch.setattr(typed.unicodedata, "normalize", lambda form, text: text)
    with pytest.raises(AssertionError):
        test_f19_half_and_full_width_find_each_other()
