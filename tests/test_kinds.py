"""The kinds of a verb's fields: what its signature says, and nothing near it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypedDict

import pytest

from facilitation.access import RefusedFields
from facilitation.kinds import check, fits


class Said(TypedDict, total=False):
    scene: int
    can: str


FITS = [
    (str, ["", "話す", "\ud800"], [1, None, True, [], {}, b"x"]),
    (int, [0, -1, 10**400], [True, False, 1.0, "1", None]),
    (bool, [True, False], [0, 1, "true", None]),
    (float, [0, 1.5, 10**400], [True, float("inf"), float("nan"), "1.5", None]),
    (Sequence[str], [[], ["HC"], ("HC",)], ["HC", {"HC": 1}, ["HC", 1], [["HC"]], 5, None]),
    (Iterable[int], [[1], (), iter([1])], ["1", {1: 1}, ["1"], None]),
    (Collection[str], [frozenset({"HC"}), ["HC"]], ["HC", [1], 7]),
    (Mapping[str, int], [{}, {"HC": 2}], [{"HC": 1.5}, {"HC": True}, {1: 1}, [["HC", 1]], [], None]),
    (Mapping[str, Sequence[str]], [{"S3": ["MED"]}], [{"S3": "MED"}, {"S3": [1]}]),
    (
        tuple[str, str, int | str],
        [["Q1", "", 3], ("T1", "", "x")],
        [["Q1", ""], ["Q1", "", 1.5], "Q1x", None, [["Q1", "", 3]]],
    ),
    (tuple[str, ...], [[], ["a", "b"]], ["ab", [1]]),
    (Mapping[str, Any] | None, [None, {"a": object()}], [[], "x"]),
    (Said, [{}, {"scene": 1, "can": "x", "later": [1]}], [{"scene": True}, {"can": None}, [], "x"]),
    (Any, [None, {}, "x"], []),
]


@pytest.mark.parametrize(("kind", "right", "wrong"), FITS, ids=[str(kind) for kind, *_ in FITS])
def test_a_value_is_of_a_kind_or_is_not(kind, right, wrong):
    assert [value for value in right if not fits(value, kind)] == []
    assert [value for value in wrong if fits(value, kind)] == []


def verb(state, who, *, card: str, base: int = 0):
    raise AssertionError("only asked for its signature")


def open_ended(state, who, **fields: str):
    raise AssertionError("only asked for its signature")


@pytest.mark.parametrize(
    ("asked", "fields", "wrong"),
    [
        (verb, {"card": "card-0001"}, []),
        (verb, {"card": "card-0001", "base": 3}, []),
        (verb, {}, ["card"]),
        (verb, {"base": "3"}, ["card", "base"]),
        (verb, {"card": "card-0001", "who": "organiser", "state": {}}, ["who", "state"]),
        (open_ended, {"room": "和室", "anything": ""}, []),
        (open_ended, {"room": 1}, ["room"]),
    ],
)
def test_every_wrong_missing_and_unasked_field_is_named_at_once(asked, fields, wrong):
    try:
        check(asked, fields)
        found = []
    except RefusedFields as refused:
        found = [problem.field for problem in refused.problems]
        assert {problem.key for problem in refused.problems} == {"form"}
    assert found == wrong
