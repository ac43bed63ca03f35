"""Small numbers: which groups are shown, merged or kept back (C11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.suppression import MERGED, Groups, divided, groups

SIZES = st.dictionaries(st.sampled_from(["CITY_CHILD", "CSC", "HC", "MED", "REC", "SHG", "NO_TYPE"]), st.integers(0, 9))


def test_small_groups_are_merged() -> None:
    assert groups({"HC": 12, "CITY_CHILD": 7, "MED": 4, "SHG": 3, "CONSULT": 6}) == Groups(
        {"HC": 12, "CITY_CHILD": 7, "CONSULT": 6}, ("MED", "SHG"), 7
    )


def test_one_small_group_takes_the_smallest_shown_one_with_it() -> None:
    assert groups({"HC": 12, "CITY_CHILD": 7, "MED": 4, "SHG": 5, "CONSULT": 6}) == Groups(
        {"HC": 12, "CITY_CHILD": 7, "CONSULT": 6}, ("MED", "SHG"), 9
    )


def test_nothing_is_shown_of_too_few() -> None:
    assert groups({"HC": 3, "MED": 1}) == Groups({}, ("HC", "MED"), None)


def test_nothing_is_merged_where_all_groups_are_large() -> None:
    assert groups({"HC": 8, "CITY_CHILD": 6}) == Groups({"HC": 8, "CITY_CHILD": 6})


def test_of_two_smallest_groups_the_first_by_code_is_merged() -> None:
    assert groups({"REC": 6, "HC": 6, "MED": 1}) == Groups({"REC": 6}, ("HC", "MED"), 7)


def test_two_small_groups_that_are_still_too_few_take_another_with_them() -> None:
    assert groups({"HC": 12, "REC": 8, "MED": 2, "SHG": 2}) == Groups({"HC": 12}, ("MED", "REC", "SHG"), 12)


@pytest.mark.parametrize("k", [2, 1, 0, -5])
def test_the_setting_is_never_below_three(k: int) -> None:
    with pytest.raises(ValueError, match="never below 3"):
        groups({"HC": 8}, k)


@given(SIZES, st.integers(3, 8), st.data())
def test_parts_make_up_the_whole_and_none_is_small(sizes, k, data) -> None:
    base = groups(sizes, k)
    assert base.merged_n is None or all(n >= k for n in base.sizes.values())
    types = {f"{code}{n}": code for code, size in sizes.items() for n in range(size)}
    answered = data.draw(st.lists(st.sampled_from(sorted(types)), unique=True) if types else st.just([]))
    parts = divided({who: who for who in answered}, types, base, k)
    if len(answered) < k:
        assert not parts.of
    else:
        assert sorted(who for part in parts.of.values() for who in part) == sorted(answered)
        assert all(len(part) >= k for part in parts.of.values())


@given(SIZES, st.data())
def test_what_was_merged_for_everybody_is_never_told_apart_for_a_question(sizes, data) -> None:
    base = groups(sizes)
    types = {f"{code}{n}": code for code, size in sizes.items() for n in range(size)}
    answered = data.draw(st.lists(st.sampled_from(sorted(types)), unique=True) if types else st.just([]))
    parts = divided({who: types[who] for who in answered}, types, base)
    for name, part in parts.of.items():
        assert name == MERGED or (set(part) == {name} and name not in base.merged)
