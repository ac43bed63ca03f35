"""What is written from right to left turns nothing that stands beside it (F19)."""

import re

import pytest

from facilitation.screen import parts
from facilitation.screen.parts import ASSETS, TURNING, el

TURNS = ["\u202egpj.exe", "مرحبا", "שלום", "\u2067x", "a\u200fb"]
STAYS = ["家族👩‍👩‍👧", "ｱﾙｺｰﾙ　ＯＡＣ", "a\u200bb", "Ελληνικά", "naïve – 12,3 €"]


@pytest.mark.parametrize("typed", TURNS)
def test_f19_words_that_turn_the_direction_stand_in_an_element_of_their_own(typed):
    assert el("dd", typed, " ", el("small", "例")) == ["dd", {}, ["bdi", {}, typed], " ", ["small", {}, "例"]]
    assert el("text", typed) == ["text", {}, typed], "a label of a drawing"


@pytest.mark.parametrize("typed", STAYS)
def test_f19_all_other_words_stand_as_they_are(typed):
    assert el("dd", typed) == ["dd", {}, typed]


def test_f19_forms_that_a_device_draws_itself_know_the_same_signs():
    (found,) = re.findall(r"const TURNING = /(\S+)/;", (ASSETS / "dom.js").read_text("utf-8"))
    assert re.compile(found.encode().decode("unicode_escape")).pattern == TURNING.pattern


def test_f19_words_that_turn_their_neighbours_would_be_seen(monkeypatch):
    monkeypatch.setattr(parts, "TURNING", re.compile("(?!)"))
    with pytest.raises(AssertionError):
        test_f19_words_that_turn_the_direction_stand_in_an_element_of_their_own(TURNS[0])
