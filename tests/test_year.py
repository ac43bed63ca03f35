"""A year of conferences: the worked numbers of C12, and that nothing depends on their order."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation.bridges import NO_ROUTE, route, warmest_to
from facilitation.coverage import STATUSES
from facilitation.outcome import Outcome, outcome_of
from facilitation.path import LINKS, STAGES
from facilitation.summary import Summary, read, write
from facilitation.year import Held, year
from tests.worked import W

NOTHING = outcome_of((), 0)


def held(region="北", date="2024-05-10", start="CITY", people=0, ways=None, links=None, **stages):
    told = replace(NOTHING, stages={**NOTHING.stages, **stages}, people=people, ways=ways or {})
    return Held(date, region, replace(told, links=links) if links else told, start)


C12 = [
    held("北", S8="gap", S4="single"),
    held("北", S8="conditional", S4="covered"),
    held("北", S8="covered", S4="unasked"),
    *(held("南", S8="gap", S4=s4) for s4 in ("single", "conditional")),
]


def test_the_worked_gaps_are_persistent_and_the_others_are_not():
    north, south = year(C12)
    assert north.stages["S8"].bad_share == pytest.approx(2 / 3) and north.stages["S8"].persistent
    assert (north.stages["S4"].asked, north.stages["S4"].bad_share, north.stages["S4"].persistent) == (2, 0, False)
    assert south.stages["S8"].bad_share == 1 and south.stages["S8"].persistent
    assert south.stages["S4"].bad_share == 0.5 and south.stages["S4"].persistent
    assert north.persistent == ("S8",) and south.persistent == ("S4", "S8")


def test_one_conference_makes_no_gap_persistent_and_none_no_share():
    (region,) = year([held(S8="gap")])
    assert region.persistent == () and region.stages["S1"].bad_share is None


def test_quarters_follow_the_fiscal_year():
    days = ("2024-04-01", "2024-06-30", "2024-07-01", "2024-10-31", "2025-01-01", "2025-03-31")
    (region,) = year([held(date=day, S1="single") for day in days])
    assert [quarter.carried for quarter in region.quarters["S1"]] == [2, 1, 1, 2]
    assert [quarter.asked for quarter in region.quarters["S2"]] == [0, 0, 0, 0]


def test_regions_stand_by_name_and_the_unnamed_last():
    assert [region.name for region in year([held(""), held("南"), held("北")])] == ["北", "南", ""]


def test_people_ways_and_the_thinnest_link_of_a_region():
    apart = tuple("cold" if link == ("S6", "S7") else "warm" for link in LINKS)
    told = [held(people=20, ways={"CITY": 2}, links=apart), held(people=15, links=tuple("warm" for _ in LINKS))]
    (region,) = year(told)
    assert (region.conferences, region.people) == (2, 35)
    assert dict(region.ways) == {2: 1, -1: 1}
    assert region.thin == (("S6", "S7"), 1, 2)


def test_data_set_w_comes_to_its_worked_numbers():
    told = outcome_of(W, 7)
    assert [told.stages[stage] for stage in STAGES] == [
        *("covered", "single", "single", "gap", "covered", "covered", "covered", "conditional")
    ]
    assert told.links == ("same", "warm", "na", "na", "warm", "none", "cold", "na", "na")
    assert told.ways["CITY_CHILD"] == 1 and told.people == 7
    assert set(told.reasons) == {"B_KNOW", "B_TIME", "B_FEE", "B_STAFF", "B_ROLE"}


@given(st.lists(st.sampled_from(W), max_size=25))
@settings(max_examples=60)
def test_the_warmest_ways_of_all_types_are_those_found_one_by_one(said):
    types = {each.type for each in W}
    found = warmest_to(said)
    assert {each: found.get(each, NO_ROUTE) for each in types} == {each: route(said, each).warmest for each in types}


@given(
    st.lists(
        st.builds(held, region=st.sampled_from(["北", ""]), S4=st.sampled_from(STATUSES), people=st.integers(0, 9)),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=100)
def test_the_order_of_conferences_never_matters_and_none_is_lost(told, chance):
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert year(shuffled) == year(told)
    assert sum(region.conferences for region in year(told)) == len(told)
    for region in year(told):
        for stage in STAGES:
            quarters = region.quarters[stage]
            assert sum(quarter.asked for quarter in quarters) == region.stages[stage].asked


def test_a_summary_is_read_as_it_was_written():
    told = outcome_of(W, 7)
    names = ("code", "adviser_code", "lead_code", "title", "case", "date", "region", "survey", "deleted")
    about = dict.fromkeys(names, "x")
    summary = Summary(id="log", **about, demo=False, ended=True, cards=3, questions=(("A", "S1", ""),), outcome=told)
    again = read("log", write(summary))
    assert again == summary and isinstance(again.outcome, Outcome)
    assert read("log", write(replace(summary, outcome=None))).outcome is None
