"""The sentences outside the screens: the same keys and placeholders in both languages, and all that is used exists."""

import re
from pathlib import Path
from string import Formatter

import pytest

from facilitation.sentences import sentences

CODE = Path(__file__).parent.parent / "facilitation"
SUBJECTS = ("analysis", "cli", "sheet")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_say_the_same_with_the_same_placeholders(subject: str) -> None:
    ja, en = sentences(subject, "ja"), sentences(subject, "en")
    assert {key: placeholders(text) for key, text in ja.items()} == {
        key: placeholders(text) for key, text in en.items()
    }


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_sentence_is_empty(subject: str) -> None:
    assert [key for language in ("ja", "en") for key, text in sentences(subject, language).items() if not text] == []


def test_every_problem_of_a_sheet_has_a_sentence_and_every_sentence_a_problem() -> None:
    modules = ("spreadsheet", "headings", "sheet", "expectation_sheet", "fill", "answer_sheet")
    source = "".join((CODE / f"{module}.py").read_text("utf-8") for module in modules)
    used = set(re.findall(r'"((?:file|heading|row|handover|card|expectation|room|answer)\.[a-z_]+)"', source))
    assert used == {key for key in sentences("sheet", "ja") if not key.startswith("place.")}
