"""The views of a survey against the worked numbers (C8-C11, C14), and who counts in which of them."""

from dataclasses import replace

import pytest
from answers import FOLLOW_UP, LIKERT, NETWORK, SHIFT, people, scale, ticked, usual

from facilitation.follow_up import FollowUp
from facilitation.knows import Knows
from facilitation.likert import Likert
from facilitation.suppression import MERGED, UNTYPED, Groups
from facilitation.survey import Respondents, survey
from facilitation.survey_changes import add, changed
from facilitation.survey_items import STANDARD, Answer
from facilitation.survey_json import as_json


def test_a_scale_is_split_around_its_middle() -> None:
    q1 = survey(LIKERT).likert["Q1"]
    assert q1 == Likert((1, 2, 4, 12, 9), missing=2)
    assert (q1.n, round(q1.left, 3), round(q1.right, 3), q1.top2) == (28, -0.179, 0.821, 0.75)


def test_values_before_and_after_are_compared_person_by_person() -> None:
    p3 = survey(SHIFT).shift["P3"]
    assert (p3.n, p3.before, p3.after, p3.difference) == (8, 2.5, 3.625, 1.125)
    assert (p3.up, p3.same, p3.down, p3.unpaired) == (6, 2, 0, 0)


def test_who_answered_once_or_gave_no_answer_is_no_pair() -> None:
    p3 = survey([*SHIFT, *scale("P3", "pre", [5, 5, 0], ["a", "b", "c"]), *scale("P3", "post", [0], ["b"])]).shift["P3"]
    assert (p3.n, p3.before, p3.unpaired) == (8, 2.5, 2)


def test_the_network_before_and_after() -> None:
    drawn = survey(NETWORK).network
    assert drawn is not None
    before, after = drawn.before, drawn.after
    assert (round(before.density, 3), before.reciprocal, before.pairs) == (0.244, 0, 3)
    assert (round(after.density, 3), after.reciprocal, after.pairs) == (0.717, 3, 3)
    assert round(drawn.change, 3) == 0.472
    assert drawn.nodes == {"CITY_CHILD": 5, "HC": 6, "REC": 5}
    assert before.share("HC", "CITY_CHILD") == 0.5


def test_somebody_without_a_partner_form_changes_nothing_in_the_network() -> None:
    more = [Answer("x", "pre", "A1", "", "HC"), Answer("x", "pre", "K_F", "REC", 1)]
    assert survey([*NETWORK, *more]).network == survey(NETWORK).network


def test_people_without_a_type_are_merged_where_they_are_few() -> None:
    more = [Answer("x", when, "K_F", "REC", 1) for when in ("pre", "post")]
    drawn = survey([*NETWORK, *more])
    assert drawn.network is not None
    assert drawn.network.nodes == {"HC": 6, "REC": 5, MERGED: 6}
    assert drawn.network.merged == ("CITY_CHILD", UNTYPED)
    assert drawn.by_type == Groups({"HC": 6, "REC": 5}, ("CITY_CHILD", UNTYPED), 6)
    assert "CITY_CHILD" not in drawn.knows["K_F"] and drawn.knows["K_F"]["HC"].n == 11


def test_small_types_are_one_node_that_is_known_to_who_knows_any_of_them() -> None:
    answers = [
        *people({"HC": 5, "MED": 3, "SHG": 2}),
        *(Answer(f"HC{n}", when, "K_F", "MED", int(n == 1)) for n in range(1, 6) for when in ("pre", "post")),
        *(Answer(f"HC{n}", when, "K_F", "SHG", int(n <= 2)) for n in range(1, 6) for when in ("pre", "post")),
        *ticked("K_F", "pre", "HC", {"MED": (3, 3), "SHG": (1, 2)}),
        *ticked("K_F", "post", "HC", {"MED": (3, 3), "SHG": (2, 2)}),
    ]
    drawn = survey(answers).network
    assert drawn is not None
    assert drawn.before.ticks == {("HC", MERGED): 2, (MERGED, "HC"): 4}
    assert drawn.after.share(MERGED, "HC") == 1.0


def test_what_others_know_of_a_type_before_and_after() -> None:
    assert survey(NETWORK).knows["K_F"] == {
        "CITY_CHILD": Knows(11, 3, 8, 5, 0),
        "HC": Knows(10, 4, 8, 4, 0),
        "REC": Knows(11, 1, 7, 6, 0),
    }


def test_a_tick_for_ones_own_type_counts_nowhere() -> None:
    own = [Answer(f"HC{n}", when, "K_F", "HC", 1) for n in range(1, 7) for when in ("pre", "post")]
    plain, more = survey(NETWORK), survey([*NETWORK, *own])
    assert (more.knows, more.network) == (plain.knows, plain.network)


def test_the_follow_up_is_a_share_of_those_invited_and_of_those_who_answered() -> None:
    asked = survey(FOLLOW_UP).follow_up
    assert asked == FollowUp(30, 18, 11)
    assert asked and (asked.response, round(asked.action or 0, 3)) == (0.6, 0.611)
    assert survey(FOLLOW_UP, invited=36).follow_up == FollowUp(36, 18, 11)


def test_a_follow_up_of_four_people_is_kept_back() -> None:
    few = [answer for answer in FOLLOW_UP if answer.when == "pre" or answer.respondent in ("HC1", "HC2", "HC3", "HC4")]
    asked = survey(few).follow_up
    assert asked == FollowUp(30, None, None)
    assert asked and (asked.response, asked.action) == (None, None)


def test_what_they_did_is_kept_back_where_few_answered_that_question() -> None:
    texts = [Answer(f"CITY_CHILD{n}", "follow", "W3", "", "…") for n in range(1, 6)]
    few = [answer for answer in FOLLOW_UP if answer.when == "pre" or answer.respondent in ("HC1", "HC2")]
    assert survey([*few, *texts]).follow_up == FollowUp(30, 7, None)


def test_nobody_asked_again_is_no_follow_up() -> None:
    assert survey(SHIFT).follow_up is None


def test_the_respondents_are_counted_by_form() -> None:
    drawn = survey([*SHIFT[:12], *scale("V1", "visit", [5] * 6)])
    assert drawn.respondents == Respondents(everybody=8, pre=8, post=4, paired=4, visit=6)


def test_a_question_that_four_people_answered_is_withheld() -> None:
    drawn = survey([*LIKERT, *scale("Q2", "post", [5, 5, 5, 5, 0, 0]), *SHIFT[:12]])
    assert drawn.likert.keys() == drawn.likert_by.keys() == {"Q1"}
    assert not drawn.shift and drawn.withheld == ("Q2", "P3")


def test_a_heat_table_merges_by_those_who_answered_that_question() -> None:
    everybody = people({"HC": 12, "CITY_CHILD": 7, "MED": 4, "SHG": 3, "CONSULT": 6})
    names = [answer.respondent for answer in everybody]
    few = [name for name in names if name not in ("CONSULT1", "CONSULT2")]
    answers = [*everybody, *scale("Q1", "post", [5] * 32, names), *scale("Q2", "post", [4] * 30, few)]
    drawn = survey(answers)
    assert (
        drawn.likert_by["Q1"].groups
        == drawn.by_type
        == Groups({"HC": 12, "CITY_CHILD": 7, "CONSULT": 6}, ("MED", "SHG"), 7)
    )
    assert drawn.likert_by["Q2"].of == {
        "HC": Likert((0, 0, 0, 12, 0)),
        "CITY_CHILD": Likert((0, 0, 0, 7, 0)),
        MERGED: Likert((0, 0, 0, 11, 0)),
    }


def test_wishes_are_counted_by_option_and_whoever_ticked_none_has_answered() -> None:
    answers = [
        *(Answer(f"p{n}", "post", "T4", "T4_1", 1) for n in range(4)),
        *(Answer(f"p{n}", "post", "T4", "T4_3", int(n < 2)) for n in range(3, 6)),
    ]
    wishes = survey(answers).choices["T4"]
    assert wishes.n == 6
    assert wishes.counts == {"T4_1": 4, "T4_2": 0, "T4_3": 0, "T4_4": 0, "T4_5": 0, "T4_6": 0}
    assert round(wishes.share("T4_1"), 3) == 0.667


def test_who_somebody_is_stands_beside_no_type() -> None:
    everybody = people({"HC": 6, "REC": 6})
    answers = [
        *everybody,
        *(Answer(each.respondent, "pre", "A2", "", "A2_1") for each in everybody),
        *(Answer(each.respondent, "post", "T4", "T4_1", 1) for each in everybody),
        *(Answer(each.respondent, "post", "T5", "", "T5_1") for each in everybody),
    ]
    drawn = survey(answers)
    assert drawn.choices["A2"].counts["A2_1"] == drawn.choices["T5"].counts["T5_1"] == 12
    assert set(drawn.choices_by) == {"T4"}


def test_own_items_are_counted_by_their_type() -> None:
    now = STANDARD
    for type, forms, options in (
        ("likert5", ["post"], []),
        ("likert5", ["pre", "post"], []),
        ("multi", ["post"], [("駅", ""), ("役所", "")]),
        ("grid_binary", ["post"], [("朝", ""), ("夜", "")]),
    ):
        now = changed(now, [add(now, "exchange", forms, type, ("問い", ""), options)])
    answers = [
        *scale("X1", "post", [5] * 5),
        *scale("X2", "pre", [1] * 5),
        *scale("X2", "post", [2] * 5),
        *(Answer(f"p{n}", "post", item, f"{item}_2", 1) for n in range(5) for item in ("X3", "X4")),
    ]
    drawn = survey(answers, now)
    assert drawn.likert["X1"].top2 == 1.0 and drawn.shift["X2"].up == 5
    assert drawn.choices["X3"].counts == {"X3_1": 0, "X3_2": 5} and drawn.choices["X4"].counts["X4_2"] == 5


def test_the_last_answer_to_a_question_counts() -> None:
    again = [replace(answer, value=1) for answer in LIKERT]
    assert survey([*LIKERT, *again]).likert["Q1"] == Likert((30, 0, 0, 0, 0))


def test_the_setting_may_be_raised_and_hides_more() -> None:
    assert "Q1" in survey(LIKERT, k=28).likert and "Q1" not in survey(LIKERT, k=29).likert
    with pytest.raises(ValueError, match="never below 3"):
        survey(LIKERT, k=2)


def test_where_no_two_types_can_be_told_apart_answers_stand_by_broad_category() -> None:
    drawn = survey(usual())
    three = Groups({"medical": 7, "public": 7}, ("law_money", "life", "peer"), 10)
    assert drawn.by_category and drawn.groups == {"pre": three, "post": three}
    assert drawn.likert_by["Q1"].groups == three and drawn.likert_by["Q1"].of["public"] == Likert((0, 0, 0, 7, 0))
    assert drawn.by_type and (drawn.by_type.shown, drawn.by_type.merged_n) == ({}, 24)
    assert drawn.categories == {
        "public": ("CSC", "HC"),
        "medical": ("MED", "MED_ADD"),
        "peer": ("SHG", "REC"),
        "life": ("CONSULT",),
        "law_money": ("DEBT",),
    }


def test_a_category_is_known_to_people_outside_of_it_who_know_any_of_its_types() -> None:
    plain = survey(usual())
    assert plain.knows["K_F"] == {"public": Knows(17, 0, 7, 7, 0), "medical": Knows(17, 0, 7, 7, 0)}
    assert plain.network and plain.network.nodes == {"medical": 7, "public": 7, MERGED: 10}
    assert plain.network.after.ticks[MERGED, "public"] == 4 and plain.network.after.ticks["public", "medical"] == 3
    inside = [Answer(f"HC{n}", "post", "K_F", "CSC", 1) for n in range(1, 5)]
    more = survey([*usual(), *inside])
    assert (more.knows, more.network) == (plain.knows, plain.network)
    outside = survey([*usual(), *(Answer("MED2", "post", "K_F", about, 1) for about in ("HC", "CSC"))])
    assert outside.knows["K_F"]["public"] == Knows(17, 0, 8, 8, 0)


def test_two_types_that_can_be_told_apart_stay_types() -> None:
    drawn = survey(people({"HC": 6, "CSC": 4, "MED": 7, "SHG": 3}))
    assert not drawn.by_category and drawn.categories == {}
    assert drawn.groups["pre"] == drawn.by_type == Groups({"HC": 6, "MED": 7}, ("CSC", "SHG"), 7)


def test_where_categories_are_too_small_as_well_all_answers_stand_together() -> None:
    drawn = survey(
        [
            *people({"HC": 4, "MED": 4}),
            *scale("Q1", "post", [5] * 8, [f"{c}{n}" for c in ("HC", "MED") for n in (1, 2, 3, 4)]),
        ]
    )
    assert not drawn.by_category and drawn.groups["pre"].sizes == {MERGED: 8}
    assert drawn.likert["Q1"].n == 8 and set(drawn.likert_by["Q1"].of) == {MERGED}


def test_who_comes_after_three_months_changes_no_category_and_no_figure_of_the_evening() -> None:
    late = [Answer(f"late{n}", "follow", "A1", "", agency) for n, agency in enumerate(("HC", "HC", "MED", "DEBT"))]
    then, now = survey(usual()), survey([*usual(), *late])
    tables = ("likert", "likert_by", "shift_by", "choices_by", "knows", "network")
    assert all(getattr(then, table) == getattr(now, table) for table in tables)
    assert now.groups["post"] == then.groups["post"]
    assert now.groups["follow"] == Groups({"HC": 6, "MED": 5}, ("CONSULT", "CSC", "DEBT", "MED_ADD", "REC", "SHG"), 17)


def test_an_own_table_that_asks_about_no_agencies_is_not_hidden_by_categories() -> None:
    now = changed(
        STANDARD, [add(STANDARD, "exchange", ["pre", "post"], "grid_binary", ("問い", ""), [("朝", ""), ("夜", "")])]
    )
    ticks = [
        Answer(f"{code}{n}", when, "X1", "X1_1", 1)
        for code in ("HC", "CSC", "MED", "MED_ADD")
        for n in range(1, 4)
        for when in ("pre", "post")
    ]
    drawn = survey([*people({"HC": 3, "CSC": 3, "MED": 3, "MED_ADD": 3}), *ticks], now)
    assert drawn.by_category and drawn.knows == {"X1": {"X1_1": Knows(12, 12, 12, 0, 0), "X1_2": Knows(12, 0, 0, 0, 0)}}
    assert set(as_json(drawn)["knows"]["X1"]) == {"X1_1", "X1_2"} and as_json(drawn)["by_category"]["knows"] == {
        "X1": {}
    }
