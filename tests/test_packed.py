"""Frozen values as text and back: the same value, of every type that results are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Generic, TypeVar

import pytest
from test_survey_charts import ROUNDS

from facilitation import packed
from facilitation.packed import read, write
from facilitation.survey import SurveyResult
from facilitation.survey_counted import result_of
from facilitation.survey_items import Questionnaire

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Part(Generic[V]):
    of: Mapping[str, V]


@dataclass(frozen=True, slots=True)
class Whole:
    ticks: Mapping[tuple[str, str], int]
    parts: Mapping[str, Part[tuple[int, ...]]]
    both: Part[Part[float]] | None = None
    seen: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "value",
    [
        Whole({}, {}),
        Whole(
            MappingProxyType({("HC", "REC"): 3}),
            {"Q1": Part({"HC": (1, 2)})},
            Part({"a": Part({"b": 0.1})}),
            frozenset({"x"}),
        ),
    ],
)
def test_a_value_comes_back_as_it_was(value):
    assert read(Whole, write(value)) == value


@pytest.mark.parametrize("code", list(ROUNDS))
def test_the_results_of_every_demo_survey_come_back_as_they_were(code):
    result = replace(result_of(ROUNDS[code]), questionnaire=Questionnaire({}, {}))
    assert read(SurveyResult, write(result)) == result


def test_another_version_of_the_code_or_of_the_terms_has_another_number(tmp_path, monkeypatch):
    own = tmp_path / "facilitation"
    (own / "terms").mkdir(parents=True)
    (own / "a.py").write_text("1")
    (own / "terms" / "t.toml").write_text("1")
    monkeypatch.setattr(packed, "__file__", str(own / "packed.py"))
    numbers = [packed.version.__wrapped__()]
    for changed in ("a.py", "terms/t.toml"):
        (own / changed).write_text("2")
        numbers.append(packed.version.__wrapped__())
    assert len(set(numbers)) == 3
    assert packed.version.__wrapped__() == numbers[-1]
