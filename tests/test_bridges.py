"""C4: bridges between stages, the warmest route, what is indispensable on it, and links to peers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worked import CARD_16, FEW_TYPES, W, said, statements

from facilitation.agencies import AGENCIES
from facilitation.bridges import WARMTHS, Edge, EntryToPeer, Route, bridges, hand_overs, route
from facilitation.path import HANDOVERS
from facilitation.statements import Statement

WORKED_LINKS = {
    ("S1", "S2"): "same",
    ("S2", "S3"): "warm",
    ("S3", "S4"): "na",
    ("S4", "S5"): "na",
    ("S5", "S6"): "warm",
    ("S5", "S7"): "none",
    ("S6", "S7"): "cold",
    ("S6", "S8"): "na",
    ("S7", "S8"): "na",
}


def test_the_worked_example_has_the_worked_bridges() -> None:
    drawn = bridges(W)
    assert drawn.links == WORKED_LINKS
    assert drawn.edges == (
        Edge("CITY_CHILD", "CSC", ("H2_contact",), 2),
        Edge("CSC", "SHG", ("H1_explain",), 1),
        Edge("HC", "CSC", ("H2_contact",), 2),
    )
    assert drawn.entry_to_peer == EntryToPeer(("CITY_CHILD", "CSC", "HC"), linked=("CSC",), warmly=())
    assert (drawn.entry_to_peer.any, drawn.entry_to_peer.warm) == (1 / 3, 0)


def test_the_worked_route_is_as_warm_as_its_coldest_hand_over() -> None:
    assert route(W) == Route("CITY_CHILD", "S7", 1, ("CITY_CHILD", "CSC", "SHG"), {1: ("CSC",), 2: None, 3: None})


def test_with_card_16_two_links_warm_up_and_so_does_the_route() -> None:
    drawn = bridges([*W, CARD_16])
    assert drawn.links == WORKED_LINKS | {("S5", "S7"): "warm", ("S6", "S7"): "warm"}
    assert drawn.edges[1] == Edge("CSC", "SHG", ("H1_explain", "H4_sit_in"), 3)
    assert drawn.entry_to_peer.warm == 1 / 3
    assert route([*W, CARD_16]) == Route(
        "CITY_CHILD", "S7", 2, ("CITY_CHILD", "CSC", "SHG"), {1: ("CSC",), 2: ("CSC",), 3: None}
    )


def test_a_start_that_carries_the_goal_itself_needs_nobody() -> None:
    assert route(W, "SHG", "S7") == Route("SHG", "S7", 3, ("SHG",), {1: (), 2: (), 3: ()})


@pytest.mark.parametrize(("start", "goal"), [("POLICE", "S7"), ("CITY_CHILD", "S8"), ("DEBT", "S7")])
def test_without_a_known_route_there_is_none_at_any_warmth(start: str, goal: str) -> None:
    assert route(W, start, goal) == Route(start, goal, -1, (), {1: None, 2: None, 3: None})


def test_a_route_of_referrals_only_is_a_route_and_has_no_warmth_to_cut() -> None:
    said_so = [said("1 HC S1 can handover=H0_referral to=SHG"), said("2 SHG S7 can")]
    assert route(said_so, "HC") == Route("HC", "S7", 0, ("HC", "SHG"), {1: None, 2: None, 3: None})


def test_a_second_way_round_makes_nobody_indispensable_and_a_goal_is_never_between() -> None:
    said_so = [
        said("1 HC S5 can handover=H2_contact to=CSC"),
        said("2 HC S5 hard handover=H3_accompany to=MED"),
        said("3 CSC S6 can handover=H2_contact to=SHG"),
        said("4 MED S6 can handover=H5_meet to=SHG"),
        said("5 SHG S7 can handover=H5_meet to=REC"),
        said("6 REC S7 can"),
    ]
    assert route(said_so, "HC") == Route("HC", "S7", 3, ("HC", "MED", "SHG"), {1: (), 2: (), 3: ("MED",)})


def test_of_equally_short_routes_the_first_by_code_is_told() -> None:
    ways = [said(f"{kind}{by} HC S5 can handover=H2_contact to={by}") for kind in "a" for by in ("MED", "CSC")] + [
        said(f"b{by} {by} S6 can handover=H2_contact to=SHG") for by in ("MED", "CSC")
    ]
    assert route([*ways, said("9 SHG S7 can")], "HC").path == ("HC", "CSC", "SHG")


def test_where_no_public_counter_is_present_there_is_no_share() -> None:
    reached = bridges([said("1 MED S6 can handover=H2_contact to=SHG")]).entry_to_peer
    assert (reached, reached.any, reached.warm) == (EntryToPeer((), (), ()), None, None)


def test_a_programme_shared_is_marked_as_standing() -> None:
    edge = hand_overs([said("1 MED S6 can handover=H6_programme to=SHG")])[0]
    assert (edge.standing, edge.warmth) == (True, 3)


def test_warmths_and_peers_are_those_of_the_terms() -> None:
    assert set(WARMTHS) >= {handover.warmth for handover in HANDOVERS.values()}
    assert {code for code, agency in AGENCIES.items() if agency.peer} == {
        code for code, agency in AGENCIES.items() if agency.broad == "peer"
    }


@given(statements.flatmap(lambda spoken: st.tuples(st.just(spoken), st.permutations(spoken))))
def test_the_order_of_cards_never_matters(pair: tuple[list[Statement], list[Statement]]) -> None:
    spoken, shuffled = pair
    assert bridges(spoken) == bridges(shuffled)
    assert route(spoken) == route(shuffled)


@given(
    statements,
    st.tuples(st.sampled_from(FEW_TYPES), st.sampled_from(FEW_TYPES)).filter(lambda ends: ends[0] != ends[1]),
    st.sampled_from(tuple(HANDOVERS)),
)
def test_one_more_hand_over_never_makes_the_warmest_route_colder(
    spoken: list[Statement], ends: tuple[str, str], kind: str
) -> None:
    start, end = ends
    more = said(f"z {start} S5 hard handover={kind} to={end}")
    assert route([*spoken, more]).warmest >= route(spoken).warmest


@given(statements)
def test_a_route_is_reached_exactly_at_its_warmth_and_below(spoken: list[Statement]) -> None:
    found = route(spoken)
    assert {warmth for warmth, cut in found.cut.items() if cut is not None} == {
        warmth for warmth in (1, 2, 3) if warmth <= found.warmest
    }
