"""C1, C2 and C2b: who carries which stage, for the conference and for each group."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st
from worked import TWO_GROUPS, W, said, statement, statements

from facilitation.coverage import Coverage, Standing, by_group, by_track, coverage, scoped
from facilitation.path import STAGES
from facilitation.statements import Statement

UNASKED = Standing("unasked")
BEST_FIRST = ("covered", "single", "conditional", "gap", "unasked")


def test_the_worked_example_gives_the_worked_map() -> None:
    assert coverage(W) == Coverage(
        levels={
            "CITY_CHILD": {"S1": 2, "S2": 2, "S3": 1, "S5": 2, "S8": 0},
            "CSC": {"S3": 2, "S6": 2},
            "DEBT": {"S6": 2},
            "HC": {"S1": 2, "S4": 0, "S5": 2},
            "MED": {"S6": 1},
            "REC": {"S7": 2, "S8": 1},
            "SHG": {"S7": 2},
        },
        mixed={},
        stages={
            "S1": Standing("covered", ("CITY_CHILD", "HC")),
            "S2": Standing("single", ("CITY_CHILD",)),
            "S3": Standing("single", ("CSC",), ("CITY_CHILD",)),
            "S4": Standing("gap"),
            "S5": Standing("covered", ("CITY_CHILD", "HC")),
            "S6": Standing("covered", ("CSC", "DEBT"), ("MED",)),
            "S7": Standing("covered", ("REC", "SHG")),
            "S8": Standing("conditional", (), ("REC",)),
        },
        present=("CITY_CHILD", "CSC", "DEBT", "HC", "MED", "REC", "SHG"),
    )


def test_the_worked_example_gives_the_worked_rates() -> None:
    drawn = coverage(W)
    assert (drawn.coverage_rate, drawn.robust_rate) == (0.75, 0.5)
    assert drawn.depth == {
        "S1": 2 / 7, "S2": 1 / 7, "S3": 1 / 7, "S4": 0, "S5": 2 / 7, "S6": 2 / 7, "S7": 2 / 7, "S8": 0,
    }  # fmt: skip


def test_a_conference_where_nothing_was_said_has_no_rates() -> None:
    nothing = coverage(())
    assert nothing == Coverage({}, {}, dict.fromkeys(STAGES, UNASKED), ())
    assert (nothing.asked, nothing.coverage_rate, nothing.robust_rate, nothing.depth) == ((), None, None, {})


def test_a_help_makes_its_type_present_and_asks_nothing() -> None:
    assert coverage([said("1 HC S4 help help=E_VISIT")]) == Coverage({}, {}, dict.fromkeys(STAGES, UNASKED), ("HC",))


def test_can_and_hard_of_one_cell_are_mixed_and_two_cards_are_told_from_one() -> None:
    one_card = [said("1 HC S3 can"), said("1 HC S3 hard")]
    two_cards = [said("1 HC S5 can"), said("2 HC S5 hard help=E_VISIT")]
    drawn = coverage(one_card + two_cards)
    assert (drawn.levels, drawn.mixed) == ({"HC": {"S3": 2, "S5": 2}}, {("HC", "S3"): False, ("HC", "S5"): True})


def test_conditional_and_hard_alone_are_not_mixed() -> None:
    drawn = coverage([said("1 HC S3 hard"), said("2 HC S3 hard help=E_VISIT")])
    assert (drawn.levels, drawn.mixed) == ({"HC": {"S3": 1}}, {})


def test_two_groups_of_the_worked_example_stand_side_by_side() -> None:
    standing = by_group(TWO_GROUPS)
    first, second = standing.groups.values()
    assert {stage: (first.stages[stage].status, second.stages[stage].status) for stage in ("S1", "S4", "S5", "S8")} == {
        "S1": ("single", "single"),
        "S4": ("unasked", "gap"),
        "S5": ("single", "single"),
        "S8": ("gap", "conditional"),
    }
    assert standing.counts["S4"] == {"covered": 0, "single": 0, "conditional": 0, "gap": 1, "unasked": 1}
    assert list(standing.counts) == list(STAGES)


def test_groups_come_in_the_order_of_their_numbers() -> None:
    said_by = [said("1 HC S1 can", group=group) for group in ("B", "10", "2", "A", "")]
    assert list(by_group(said_by).groups) == ["2", "10", "A", "B"]


def test_a_group_with_a_number_of_any_length_has_its_place() -> None:
    """As a slip of the hand in a sheet may have it."""
    long = "9" * 5000
    said_by = [said("1 HC S1 can", group=group) for group in (long, "007", "10", "A")]
    assert list(by_group(said_by).groups) == ["007", "10", long, "A"]


def test_a_scope_is_a_group_a_scene_or_both() -> None:
    a, b, c = (said("1 HC S1 can", group=group, scene=scene) for group, scene in (("1", 1), ("1", 2), ("2", 1)))
    assert scoped((a, b, c)) == (a, b, c)
    assert scoped((a, b, c), group="1") == (a, b)
    assert scoped((a, b, c), scene=1) == (a, c)
    assert scoped((a, b, c), group="1", scene=2) == (b,)


def test_a_card_counts_for_each_of_its_tracks_and_safety_only_lists() -> None:
    family_and_safety = said("1 HC S1 can", tracks=("TF", "TS"))
    money = said("2 DEBT S6 hard", tracks=("TD",))
    view = by_track([family_and_safety, money, said("3 HC S2 can")])
    assert view.safety == (family_and_safety,)
    assert view.coverage == Coverage(
        levels={"DEBT": {"TD": 0}, "HC": {"TF": 2}},
        mixed={},
        stages={
            "TP": UNASKED, "TF": Standing("single", ("HC",)), "TM": UNASKED, "TD": Standing("gap"), "TL": UNASKED,
        },
        present=("DEBT", "HC"),
    )  # fmt: skip
    assert coverage([family_and_safety]).levels == {"HC": {"S1": 2}}


@given(statements)
def test_the_groups_maps_together_are_the_conferences_map(spoken: list[Statement]) -> None:
    together: dict[str, dict[str, int]] = defaultdict(dict)
    for drawn in by_group(spoken).groups.values():
        for agency, row in drawn.levels.items():
            for stage, level in row.items():
                together[agency][stage] = max(level, together[agency].get(stage, 0))
    assert together == coverage(spoken).levels


@given(statements)
def test_each_stage_is_counted_once_by_every_group(spoken: list[Statement]) -> None:
    standing = by_group(spoken)
    assert {sum(counts.values()) for counts in standing.counts.values()} == {len(standing.groups)}


@given(statements.flatmap(lambda spoken: st.tuples(st.just(spoken), st.permutations(spoken))))
def test_the_order_of_cards_never_matters(pair: tuple[list[Statement], list[Statement]]) -> None:
    spoken, shuffled = pair
    assert repr(coverage(spoken)) == repr(coverage(shuffled))
    assert repr(by_group(spoken)) == repr(by_group(shuffled))


@given(statements, statement())
def test_one_more_can_never_makes_a_stage_stand_worse(spoken: list[Statement], more: Statement) -> None:
    can = said(f"z {more.type} {more.stage} can")
    before, after = coverage(spoken), coverage([*spoken, can])
    assert all(
        BEST_FIRST.index(after.stages[stage].status) <= BEST_FIRST.index(before.stages[stage].status)
        for stage in STAGES
    )
    assert after.stages[can.stage].status in ("covered", "single")
