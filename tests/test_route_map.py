"""The map of railway lines: who stops where, where people change, and what is still without a track."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from worked import CARD_16, FEW_TYPES, W, said, statements

from facilitation.agencies import AGENCIES
from facilitation.path import STAGES
from facilitation.route_map import MOST_LANES, Lane, RouteMap, Row, Segment, Station, Transfer, route_map
from facilitation.statements import Statement

ORDER = ("CITY_CHILD", "HC", "CSC", "DEBT", "MED", "SHG", "REC")


def row(code: str, stops: str, *segments: str) -> Row:
    """`S1:2 S2:2` and `S1=S2` (thick) or `S2-S3` (thin)."""
    stations = [stop.split(":") for stop in stops.split()]
    return Row(
        code,
        tuple(Station(stage, int(level)) for stage, level in stations),  # type: ignore[arg-type]
        tuple(Segment(each[:2], each[-2:], "=" in each) for each in segments),
    )


def stops(view: RouteMap) -> set[tuple[str, str]]:
    return {(row.type, each.stage) for row in view.rows for each in row.stations if each.level}


def test_the_worked_example_has_the_worked_lines() -> None:
    assert route_map(W, ORDER).rows == (
        row("CITY_CHILD", "S1:2 S2:2 S3:1 S5:2 S8:0", "S1=S2", "S2-S3", "S3-S5", "S5-S8"),
        row("HC", "S1:2 S4:0 S5:2", "S1-S4", "S4-S5"),
        row("CSC", "S3:2 S6:2", "S3-S6"),
        row("DEBT", "S6:2"),
        row("MED", "S6:1"),
        row("SHG", "S7:2"),
        row("REC", "S7:2 S8:1", "S7-S8"),
    )


def test_the_worked_example_has_the_worked_changes_gap_and_statuses() -> None:
    view = route_map(W, ORDER)
    assert view.transfers == (
        Transfer("CITY_CHILD", "CSC", "S5", "S6", ("H2_contact",), 1, Lane(4, 1 / 3, joins=True)),
        Transfer("HC", "CSC", "S5", "S6", ("H2_contact",), 1, Lane(4, 2 / 3, joins=True)),
        Transfer("CSC", "SHG", "S6", "S7", ("H1_explain",), 1, Lane(5, 1 / 2)),
    )
    assert [(each.warm, each.standing) for each in view.transfers] == [(True, False), (True, False), (False, False)]
    assert view.gaps == (("S4",),)
    assert list(view.stages.values()) == (
        ["covered", "single", "single", "gap", "covered", "covered", "covered", "conditional"]
    )


def test_with_card_16_a_neighbouring_stage_thickens_the_line_and_a_warm_change_is_added() -> None:
    view = route_map([*W, CARD_16], ORDER)
    assert view.rows[2] == row("CSC", "S3:2 S5:2 S6:2", "S3-S5", "S5=S6")
    added = [each for each in view.transfers if each.kinds == ("H4_sit_in",)]
    assert [(each.stage, each.arrives, each.warmth) for each in added] == [("S5", "S7", 3)]


def test_a_programme_shared_is_marked_as_standing() -> None:
    view = route_map([said("1 MED S6 can handover=H6_programme to=SHG"), said("2 SHG S7 can")])
    assert [each.standing for each in view.transfers] == [True]


def test_a_type_only_handed_over_to_has_a_row_without_a_stop_and_is_met_at_the_next_stage() -> None:
    view = route_map([said("1 HC S5 can handover=H0_referral to=POLICE")], ("HC",))
    assert view.rows == (row("HC", "S5:2"), row("POLICE", ""))
    assert [(each.stage, each.arrives) for each in view.transfers] == [("S5", "S6")]


def test_who_is_kept_has_a_row_before_a_word_was_said() -> None:
    assert [each.type for each in route_map([said("1 HC S1 can")], ORDER, keep=("SHG", "CSC")).rows] == (
        ["HC", "CSC", "SHG"]
    )


def test_there_are_never_more_than_twelve_rows_with_those_who_were_only_named() -> None:
    said_so = [said(f"{n} HC S5 can handover=H2_contact to={to}") for n, to in enumerate(AGENCIES) if to != "HC"]
    assert len(route_map(said_so).rows) == 12


def test_the_way_back_leads_back_and_beside_the_last_stage_there_is_room_on_the_left_only() -> None:
    back = route_map([said("1 SHG S7 can handover=H2_contact to=MED"), said("2 MED S6 can")])
    last = route_map([said("1 SHG S8 can handover=H2_contact to=REC"), said("2 REC S8 can")])
    assert [(each.arrives, each.lane) for each in back.transfers] == [("S6", Lane(5, 1 / 2))]
    assert [(each.arrives, each.lane) for each in last.transfers] == [("S8", Lane(6, 1 / 2))]


def test_the_same_hand_over_named_twice_is_one_curve_with_its_number() -> None:
    view = route_map(
        [said(f"{n} HC S5 can handover={kind} to=CSC") for n, kind in enumerate(("H1_explain", "H5_meet"))]
    )
    assert [(each.kinds, each.count) for each in view.transfers] == [(("H5_meet", "H1_explain"), 2)]


def test_hand_overs_of_many_stages_between_the_same_two_are_one_bundle_at_the_warmest() -> None:
    ways = (("S2", "H0_referral"), ("S3", "H1_explain"), ("S5", "H3_accompany"), ("S6", "H0_referral"))
    view = route_map([said(f"{stage} HC {stage} can handover={kind} to=REC") for stage, kind in ways])
    assert [(each.stage, each.kinds, each.count) for each in view.transfers] == (
        [("S5", ("H3_accompany", "H1_explain", "H0_referral"), 4)]
    )


def test_more_curves_side_by_side_than_can_be_read_are_left_to_the_table_the_coldest_first() -> None:
    others = [code for code in AGENCIES if code != "CSC"][: MOST_LANES + 2]
    ways = ["H0_referral", "H0_referral", *["H5_meet"] * MOST_LANES]
    view = route_map(
        [said(f"{code} {code} S5 can handover={kind} to=CSC") for code, kind in zip(others, ways, strict=True)]
    )
    assert sorted(each.kinds[0] for each in view.transfers if each.lane is None) == ["H0_referral"] * 2


def test_neighbouring_gaps_are_one() -> None:
    view = route_map([said(f"{stage} HC {stage} hard") for stage in ("S2", "S3", "S8")])
    assert view.gaps == (("S2", "S3"), ("S8",))


def test_nothing_said_draws_nothing() -> None:
    view = route_map([])
    assert (view.rows, view.transfers, view.gaps) == ((), (), ())


@given(statements.flatmap(lambda spoken: st.tuples(st.just(spoken), st.permutations(spoken))))
def test_the_order_of_cards_never_matters(pair: tuple[list[Statement], list[Statement]]) -> None:
    assert route_map(pair[0], ORDER) == route_map(pair[1], ORDER)


@given(statements, st.sampled_from(FEW_TYPES), st.sampled_from(tuple(STAGES)))
def test_one_more_can_never_takes_a_stop_away(spoken: list[Statement], agency: str, stage: str) -> None:
    more = said(f"z {agency} {stage} can")
    assert stops(route_map([*spoken, more], ORDER)) >= stops(route_map(spoken, ORDER)) | {(agency, stage)}


@given(statements)
def test_curves_of_one_lane_never_share_a_row(spoken: list[Statement]) -> None:
    view = route_map(spoken, ORDER)
    lanes: dict[tuple[int, float], list[tuple[int, int]]] = {}
    for each in view.transfers:
        if each.lane:
            ends = sorted((view.row(each.start), view.row(each.end)))
            lanes.setdefault((each.lane.channel, each.lane.place), []).append((ends[0], ends[1]))
    for spans in lanes.values():
        spans.sort()
        assert all(before[1] < after[0] for before, after in pairwise(spans))
