"""What a component's key is made of is never refused by the framework, whatever a token or a typed word holds."""

import pytest
from streamlit.testing.v1 import AppTest


@pytest.fixture
def here(house):
    """No conference yet."""
    return house


def drawing(what: str, words: str) -> AppTest:
    script = f"from facilitation.screen.parts import {what}\n{what}({words!r})"
    return AppTest.from_string(script, default_timeout=30).run()


@pytest.mark.parametrize("words", ["/enter/ab__cd.ef", "/enter/" + "_" * 40])
def test_a_browser_is_led_to_any_signed_address(here, words):
    at = drawing("go", words)
    assert not at.exception
    assert words in str(at.main[0].proto)


@pytest.mark.parametrize("words", ["「a__b」というコードは見つかりませんでした", "__", "x" * 500])
def test_any_refusal_can_be_said(here, words):
    at = drawing("notice", words)
    assert not at.exception


def test_two_sentences_stand_side_by_side(here):
    script = "from facilitation.screen.parts import notice\nnotice('a')\nnotice('b')"
    at = AppTest.from_string(script, default_timeout=30).run()
    assert not at.exception and len(at.main) == 2
