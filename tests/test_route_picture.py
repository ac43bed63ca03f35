"""The route map on the wall: nothing too small, nothing written over something else, nothing cut off."""

import random

import pytest
from drawn import collisions, elements, letters, outside, size, texts
from worked import CARD_16, W, said

from facilitation.agencies import AGENCIES
from facilitation.path import HANDOVERS, STAGES
from facilitation.route_map import route_map
from facilitation.screen.route_layout import WIDTH
from facilitation.screen.route_picture import route_picture
from facilitation.statements import Statement

WALL = 944
"""What is left of 1080 between head and foot of the wall."""

ORDER = ("CITY_CHILD", "HC", "CSC", "DEBT", "MED", "SHG", "REC")
LONGEST = (
    *("CSC", "CITY_MH", "CONSULT", "MED_ADD", "SHG", "SHG_FAMILY"),
    *("PEER_ORG", "DEBT", "CONSUMER", "SELFREL", "COSWEL", "PHARM"),
)
THREE = [
    said("1 HC S5 can handover=H2_contact to=CSC"),
    said("2 CSC S5 can handover=H6_programme to=HC"),
    said("3 CITY_CHILD S5 can handover=H3_accompany to=HC"),
    said("4 HC S5 can handover=H5_meet to=CITY_CHILD"),
    said("5 CSC S6 can handover=H1_explain to=CITY_CHILD"),
    said("6 CITY_CHILD S4 hard"),
    said("7 HC S8 hard"),
]


def crowded(seed: int, links: int) -> list[Statement]:
    """Twelve types, every stage spoken of, S4 and S8 gaps, so many hand-overs."""
    dice = random.Random(seed)
    spoken = []
    for n, (code, stage) in enumerate((code, stage) for code in LONGEST for stage in STAGES):
        kind = "hard" if stage in ("S4", "S8") else dice.choice(("can", "hard"))
        spoken.append(Statement(f"c{n}", code, stage, kind, help="E_VISIT" if stage not in ("S4", "S8") else ""))
    for n in range(links):
        start, end = dice.sample(LONGEST, 2)
        stage, kind = dice.choice(("S2", "S3", "S5", "S6", "S7")), dice.choice(tuple(HANDOVERS))
        spoken.append(Statement(f"h{n}", start, stage, "can", handover=kind, to=end))
    return spoken


SAID = {
    "W": W,
    "W and card 16": (*W, CARD_16),
    "three types": THREE,
    "twelve types": crowded(1, 12),
    "twelve types, many hand-overs": crowded(2, 40),
    "nothing": (),
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", SAID)
class TestOnTheWall:
    @pytest.fixture
    def drawn(self, name, language):
        return route_picture(route_map(SAID[name]), language, "場面4まで" if language == "ja" else "Up to scene 4")

    def test_nothing_is_written_smaller_than_26(self, drawn):
        assert size(drawn)[0] == WIDTH
        assert min(each.size for each in letters(drawn)) >= 26

    def test_no_words_are_written_over_others(self, drawn):
        assert collisions(drawn) == []

    def test_nothing_is_cut_off_and_all_of_it_fits_between_head_and_foot(self, drawn):
        assert outside(drawn) == []
        assert size(drawn)[1] <= WALL


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_agency_type_has_a_name_that_fits_its_row(language):
    """Twelve at a time, all twenty-seven."""
    codes = list(AGENCIES)
    for start in range(0, len(codes), 12):
        some = [said(f"{code} {code} S1 can") for code in codes[start : start + 12]]
        drawn = route_picture(route_map(some), language)
        assert (collisions(drawn), outside(drawn)) == ([], [])


def test_the_picture_says_whose_it_is_and_that_it_is_fiction():
    told = texts(route_picture(route_map(W, ORDER), "ja", "場面4まで"))
    caption = next(text for text in told if "参加者の発言による図です" in text)
    assert "架空" in caption and "場面4まで" in caption
    assert {"どちらが先でも", "どんなことがあれば？", "連絡", "説明", "すきま"} <= set(told)


def test_warm_is_solid_cold_is_dotted_and_a_standing_one_is_double():
    def strokes(kind):
        drawn = route_picture(route_map([said(f"1 HC S5 can handover={kind} to=CSC")]), "ja")
        curves = [e for e in elements(drawn) if e[0] == "path" and "Q" in e[1]["d"]]
        return [(e[1]["stroke-width"], e[1].get("stroke-dasharray")) for e in curves]

    assert strokes("H2_contact") == [(5, None)]
    assert strokes("H1_explain") == [(5, "1 11")]
    assert strokes("H6_programme") == [(9, None), (3, None)]


def test_a_bundle_says_how_often_and_whether_there_are_other_ways():
    twice = [said(f"{n} HC S5 can handover=H2_contact to=CSC") for n in (1, 2)]
    assert "連絡×2" in texts(route_picture(route_map(twice), "ja"))
    both = [*twice, said("3 HC S5 can handover=H6_programme to=CSC")]
    assert "⇄ 協力ほか" in texts(route_picture(route_map(both), "ja"))


def test_what_finds_no_room_is_counted():
    told = " ".join(texts(route_picture(route_map(SAID["twelve types, many hand-overs"]), "ja")))
    assert "ほかのつなぎ" in told and "件は表に" in told
