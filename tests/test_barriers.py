"""C7: what makes it hard, what would help, and what stays open."""

from hypothesis import given
from hypothesis import strategies as st
from worked import W, said, statements

from facilitation.barriers import Barrier, Barriers, Help, barriers
from facilitation.statements import Statement


def test_the_worked_example_has_the_worked_barriers_and_ranking() -> None:
    assert barriers(W) == Barriers(
        hard=5,
        barriers=(
            Barrier("B_FEE", 1, 0.2, ("MED",), {"E_SYSTEM": 1}),
            Barrier("B_KNOW", 1, 0.2, ("CITY_CHILD",), {"E_VISIT": 1}),
            Barrier("B_ROLE", 1, 0.2, ("CITY_CHILD",), {}),
            Barrier("B_STAFF", 1, 0.2, ("REC",), {"E_STAFF": 1}),
            Barrier("B_TIME", 1, 0.2, ("HC",), {}),
        ),
        helps=(
            Help("E_STAFF", unlock=1, firm=0, uplift=1, count=1, reach={"S8": (0, 1)}),
            Help("E_VISIT", unlock=0, firm=1, uplift=1, count=1, reach={"S3": (1, 2)}),
            Help("E_SYSTEM", unlock=0, firm=0, uplift=1, count=1, reach={"S6": (2, 3)}),
        ),
        open_questions=(W[5], W[14]),
    )


def test_the_reason_named_most_comes_first_and_a_hard_without_reason_counts_in_the_total() -> None:
    found = barriers([said("1 HC S1 hard reason=B_TIME"), said("2 MED S1 hard reason=B_TIME"), said("3 HC S2 hard")])
    assert (found.hard, found.barriers) == (3, (Barrier("B_TIME", 2, 2 / 3, ("HC", "MED"), {}),))


def test_a_wish_counts_among_the_helps_and_changes_no_stage() -> None:
    found = barriers([said("1 HC S1 can"), said("1 HC S1 help help=E_FACE"), said("2 HC S2 help")])
    assert found.helps == (Help("E_FACE", 0, 0, 0, 1, {}), Help("E_OTHER", 0, 0, 0, 1, {}))
    assert found.open_questions == ()


def test_helps_that_change_as_much_are_ranked_by_how_many_name_them() -> None:
    found = barriers(
        [said("1 HC S1 help help=E_ACCOMP"), said("2 HC S1 help help=E_TOOL"), said("3 MED S1 help help=E_TOOL")]
    )
    assert [(each.help, each.count) for each in found.helps] == [("E_TOOL", 2), ("E_ACCOMP", 1)]


def test_a_stage_nobody_carries_that_two_would_carry_is_unlocked_once_and_not_firmed() -> None:
    found = barriers([said("1 HC S4 hard help=E_TOOL"), said("2 MED S4 hard help=E_TOOL")])
    assert found.helps == (Help("E_TOOL", unlock=1, firm=0, uplift=2, count=2, reach={"S4": (0, 2)}),)


def test_a_help_beside_a_can_of_the_same_type_adds_nothing() -> None:
    found = barriers([said("1 HC S4 can"), said("2 HC S4 hard help=E_TOOL")])
    assert found.helps == (Help("E_TOOL", 0, 0, 0, 1, {}),)


@given(statements.flatmap(lambda spoken: st.tuples(st.just(spoken), st.permutations(spoken))))
def test_the_order_of_cards_never_matters(pair: tuple[list[Statement], list[Statement]]) -> None:
    def told(found: Barriers) -> tuple[object, ...]:
        open_questions = [(each.stage, each.type, each.reason, each.card) for each in found.open_questions]
        return found.hard, found.barriers, found.helps, open_questions

    assert told(barriers(pair[0])) == told(barriers(pair[1]))
