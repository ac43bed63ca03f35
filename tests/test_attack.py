"""No set of published figures lets the answers of fewer than k people be worked out (F26)."""

import os
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from answers import LIKERT, NETWORK, people, scale, ticked
from attack import HERE, OFFERED, Attack
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitation import suppression
from facilitation.agencies import category
from facilitation.suppression import Groups, of_respondents
from facilitation.survey import survey
from facilitation.survey_gate import Gate
from facilitation.survey_items import Answer

LONG = int(os.environ.get("ATTACKS", "40"))
"""How many surveys are attacked; `ATTACKS=5000` for a long run."""

TYPES = OFFERED
OPTIONS = ("T4_1", "T4_2")


@st.composite
def events(draw) -> list[list[Answer]]:
    """One to three events: people of some types and of none, who came once or twice and left questions out."""
    return [list(_event(draw)) for _ in range(draw(st.integers(1, 3)))]


def _event(draw) -> Iterator[Answer]:
    largest = draw(st.sampled_from([4, 9]))
    sizes = draw(st.lists(st.integers(0, largest), min_size=len(TYPES) + 1, max_size=len(TYPES) + 1))
    chance = Random(draw(st.integers(0, 2**32)))  # drawn one by one, so many answers would be too much for hypothesis
    skips = draw(st.sampled_from([0.0, 0.15, 0.5]))
    for agency, size in zip((*TYPES, ""), sizes, strict=True):
        for n in range(size):
            yield from _person(f"{agency}-{n}", agency, skips, chance)


def _person(who: str, agency: str, skips: float, chance) -> Iterator[Answer]:
    times = ["pre", "post"] if chance.random() >= skips else chance.choice([["pre"], ["post"], []])
    if agency:
        yield Answer(who, chance.choice([*times, "follow"]) if chance.random() < skips else "pre", "A1", "", agency)
    for when, item, options, last in (
        ("pre", "P1", ("",), 5),
        ("post", "P1", ("",), 5),
        ("post", "Q1", ("",), 5),
        ("post", "Q2", ("",), 5),
        ("pre", "K_F", TYPES, 1),
        ("post", "K_F", TYPES, 1),
        ("post", "T4", OPTIONS, 1),
    ):
        if when in times and chance.random() >= skips:
            yield from (Answer(who, when, item, option, chance.randint(0, last)) for option in options)
    if "pre" in times and chance.random() >= skips:
        yield Answer(who, "pre", "A2", "", chance.choice(["A2_1", "A2_2"]))
    if chance.random() >= skips:
        yield Answer(who, "follow", "W1", "", chance.choice(["W1_1", "W1_3"]))


@settings(max_examples=LONG, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(events(), st.sampled_from([3, 5]))
def test_no_small_group_gives_itself_up(held, k) -> None:
    assert Attack(held, k).leaks() == []


# --- faults planted on purpose: the attack must see them -------------------------------------------------------------


def event(sizes: dict[str, int], *, leave_out: tuple[str, ...] = (), item: str = "Q1") -> list[Answer]:
    everybody = people(sizes)
    names = [each.respondent for each in everybody if each.respondent not in leave_out]
    return [*everybody, *scale(item, "post", [1 + n % 5 for n in range(len(names))], names)]


ONE_SMALL = {"HC": 12, "REC": 7, "MED": 2}


def test_without_the_second_group_the_small_one_is_found_by_subtraction(monkeypatch) -> None:
    def naive(counts, k=5, together=()):
        shown = {group: n for group, n in sorted(counts.items()) if n >= k}
        return Groups(shown, tuple(sorted(counts.keys() - shown.keys())), sum(counts.values()) - sum(shown.values()))

    held = [event(ONE_SMALL)]
    assert Attack(held).leaks() == []
    monkeypatch.setattr(suppression, "groups", naive)
    assert {cell[1] for _, scope in Attack(held).leaks() for cell in scope} == {("MED",) * 3}


def test_groups_counted_by_everybody_give_up_the_few_who_answered(monkeypatch) -> None:
    held = [event({"HC": 8, "REC": 7}, leave_out=("HC1", "HC2", "HC3", "HC4", "HC5"))]
    assert Attack(held).leaks() == []
    monkeypatch.setattr("facilitation.survey_gate.divided", _by_everybody)
    assert {cell[1] for _, scope in Attack(held).leaks() for cell in scope} == {("HC",) * 3}


def _by_everybody(answers, types, base, k=5):
    parts: dict[str, list] = {}
    for who, value in answers.items():
        parts.setdefault(base.part(types.get(who, suppression.UNTYPED)), []).append(value)
    return suppression.Parts(base, {name: tuple(held) for name, held in parts.items()})


def test_people_without_a_type_are_found_where_they_are_no_group(monkeypatch) -> None:
    held = [[*event({"HC": 8, "REC": 7}), *scale("Q1", "post", [1, 2], ["x", "y"])]]
    assert Attack(held).leaks() == []
    divided = suppression.divided

    def typed_only(answers, types, base, k=5):
        return divided({who: value for who, value in answers.items() if who in types}, types, Groups({}), k)

    monkeypatch.setattr("facilitation.survey_gate.divided", typed_only)
    assert {cell[1] for _, scope in Attack(held).leaks() for cell in scope} == {("NO_TYPE",) * 3}


def test_a_pool_of_answers_and_not_of_results_is_noticed(monkeypatch) -> None:
    held = [event({"HC": 8}), event({"HC": 3})]
    assert Attack(held).leaks() == []
    everybody = [
        replace(each, respondent=f"{n}/{each.respondent}") for n, answers in enumerate(held) for each in answers
    ]
    monkeypatch.setattr("attack.pool", lambda results: survey(everybody))
    with pytest.raises(AssertionError, match="published 3, true"):
        Attack(held).leaks()


def test_nodes_of_the_network_counted_by_everybody_give_up_the_few_who_answered_twice(monkeypatch) -> None:
    sizes = {"HC": 8, "REC": 7}
    twice = [each for when in ("pre", "post") for each in ticked("K_F", when, "REC", {"HC": (1, 3)})]
    twice += [each for when in ("pre", "post") for each in ticked("K_F", when, "HC", {"REC": (4, 7)})]
    held = [[*people(sizes), *twice]]
    assert Attack(held).leaks() == []
    monkeypatch.setattr("facilitation.survey_gate.divided", _by_everybody)
    assert {(question, cell[1]) for question, scope in Attack(held).leaks() for cell in scope} == {
        (("K_F", "REC"), ("HC",) * 3)
    }


def test_types_named_after_three_months_give_up_a_group_where_they_cut_earlier_answers_anew(monkeypatch) -> None:
    held = [[*event({"HC": 9, "MED": 5, "SHG": 4, "CSC": 6}), *_named_later("MED", 3)]]
    assert Attack(held).leaks() == []
    monkeypatch.setattr("facilitation.survey._Event.gate", lambda event, item: event.gates[max(event.gates)])
    assert {cell[1] for _, scope in Attack(held).leaks() for cell in scope} == {("SHG",) * 3}


def _named_later(agency: str, number: int) -> list[Answer]:
    return [Answer(f"late{n}", "follow", "A1", "", agency) for n in range(number)]


BY_TYPE = {"HC": 6, "CSC": 4, "MED": 7, "SHG": 3}
BY_CATEGORY = {"HC": 4, "CSC": 3, "MED": 3, "MED_ADD": 3, "SHG": 4, "REC": 2}


def _always_by_category(types, everybody, k):
    categories = {who: category(code) for who, code in types.items()}
    return Gate(categories, of_respondents(everybody, categories, k), True, k)


def test_events_by_type_and_by_category_give_nobody_up_alone_or_joined() -> None:
    held = [event(BY_TYPE), event(BY_CATEGORY)]
    assert [survey(answers).by_category for answers in held] == [False, True]
    assert Attack(held).leaks() == []


def test_the_same_table_by_type_and_by_category_gives_up_the_rest_of_a_category(monkeypatch) -> None:
    published = Attack._published

    def both(attack, cells):
        yield from published(attack, cells)
        with monkeypatch.context() as fault:
            fault.setattr("facilitation.survey.gate", _always_by_category)
            yield from published(attack, cells)

    monkeypatch.setattr(Attack, "_published", both)
    found = {cell[1] for _, scope in Attack([event(BY_TYPE)]).leaks() for cell in scope}
    assert found == {("CSC",) * 3, ("SHG",) * 3}


def test_an_event_by_type_that_is_cut_anew_for_a_pool_by_category_is_noticed(monkeypatch) -> None:
    def anew(result):
        with monkeypatch.context() as fault:
            fault.setattr("facilitation.survey.gate", _always_by_category)
            return survey(event(BY_CATEGORY if result.by_category else BY_TYPE))

    monkeypatch.setattr("facilitation.pool.broadened", anew)
    with pytest.raises(AssertionError, match="published"):
        Attack([event(BY_TYPE), event(BY_CATEGORY)]).leaks()


def test_sizes_by_type_less_sizes_by_category_are_no_small_category(monkeypatch) -> None:
    held = [[*people({"HC": 4, "CSC": 4, "SHG": 2}), *scale("Q1", "post", [5] * 7, [f"x{n}" for n in range(7)])]]
    assert Attack(held).leaks() == []
    monkeypatch.setattr("facilitation.survey_gate._tells_more", lambda by_category, by_type: by_category.told_apart > 1)
    assert {(question[0], cell[1]) for question, scope in Attack(held).leaks() for cell in scope} == {
        (HERE, ("SHG",) * 3)
    }


@settings(max_examples=20)
@given(st.lists(st.integers(1, 5), min_size=19, max_size=19))
def test_whether_types_or_categories_are_shown_hangs_on_who_came_and_not_on_what_they_said(levels) -> None:
    everybody = people(BY_CATEGORY)
    names = [each.respondent for each in everybody]
    found = survey([*everybody, *scale("Q1", "post", levels, names)])
    assert found.groups["post"] == Groups({"medical": 6, "peer": 6, "public": 7})


def test_the_worked_numbers_give_nobody_up() -> None:
    assert Attack([LIKERT, NETWORK]).leaks() == []
