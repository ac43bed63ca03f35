"""C3: what rests on one agency type alone."""

from worked import W, said

from facilitation.dependence import Dependence, dependence


def test_the_worked_example_rests_on_two_types_with_one_stage_each() -> None:
    assert dependence(W) == {"CITY_CHILD": Dependence(("S2",), 1 / 6), "CSC": Dependence(("S3",), 1 / 6)}


def test_two_stages_and_three_tenths_are_heavy_and_one_stage_never_is() -> None:
    assert dependence([said("1 HC S1 can")]) == {"HC": Dependence(("S1",), 1.0)}
    assert not Dependence(("S1",), 1.0).heavy
    assert not Dependence(("S1", "S2"), 2 / 7).heavy
    assert Dependence(("S1", "S2"), 2 / 6).heavy


def test_where_nothing_is_carried_nothing_rests_on_anybody() -> None:
    assert dependence([said("1 HC S1 hard")]) == {}
