"""Several events together: sums of what each may show, and what is left out is said."""

import pytest
from answers import FOLLOW_UP, LIKERT, NETWORK, SHIFT, USUAL, people, scale, usual

from facilitation.follow_up import FollowUp
from facilitation.likert import Likert
from facilitation.pool import pool
from facilitation.suppression import MERGED, Groups
from facilitation.survey import Respondents, survey
from facilitation.survey_changes import add, changed, reword
from facilitation.survey_items import STANDARD


def event(sizes: dict[str, int], level: int):
    everybody = people(sizes)
    names = [each.respondent for each in everybody]
    return survey([*everybody, *scale("Q1", "post", [level] * len(names), names)])


def test_a_pool_of_one_event_shows_what_the_event_shows() -> None:
    for answers in (LIKERT, SHIFT, FOLLOW_UP):
        one = survey(answers)
        drawn = pool([one])
        assert (drawn.likert, drawn.shift, drawn.choices) == (one.likert, one.shift, one.choices)
        assert (drawn.follow_up, drawn.respondents, drawn.by_type) == (one.follow_up, one.respondents, one.by_type)
    assert pool([survey(NETWORK)]).knows == survey(NETWORK).knows


def test_events_are_added_part_by_part() -> None:
    drawn = pool([event({"HC": 6, "MED": 3, "SHG": 2}, 5), event({"HC": 5, "MED": 7}, 4)])
    assert drawn.likert["Q1"] == Likert((0, 0, 0, 12, 11))
    assert drawn.likert_by["Q1"].of == {
        "HC": Likert((0, 0, 0, 5, 6)),
        MERGED: Likert((0, 0, 0, 0, 5)),
        "MED": Likert((0, 0, 0, 7, 0)),
    }
    assert drawn.by_type == Groups({"HC": 11, "MED": 7}, ("MED", "SHG"), 5)
    assert (drawn.respondents, drawn.events) == (Respondents(everybody=23, pre=23, post=23, paired=23), 2)


def test_an_event_of_four_people_is_in_no_pool_and_that_is_said() -> None:
    drawn = pool([event({"HC": 4}, 1), event({"HC": 6}, 5)])
    assert drawn.likert["Q1"] == Likert((0, 0, 0, 0, 6))
    assert (drawn.events, drawn.events_left_out, drawn.respondents.everybody) == (1, 1, 6)


def test_a_question_few_answered_at_one_event_is_left_out_of_the_pool_and_that_is_said() -> None:
    drawn = pool([survey([*SHIFT, *scale("Q1", "post", [1] * 4)]), survey(LIKERT)])
    assert drawn.likert["Q1"].n == 28 and drawn.left_out == {"Q1": 1}


def test_another_wording_is_not_added() -> None:
    then = survey(LIKERT)
    now = survey(LIKERT, changed(STANDARD, [reword(STANDARD, "Q1", ("会えてよかった", ""))]))
    drawn = pool([then, now])
    assert drawn.likert == {"Q1": now.likert["Q1"]} and drawn.left_out == {"Q1": 1}


def test_an_own_question_is_added_where_its_words_are_the_same() -> None:
    asked = [changed(STANDARD, [add(STANDARD, "exchange", ["post"], "likert5", (words, ""))]) for words in ("雨", "風")]
    events = [survey(scale("X1", "post", [level] * 6), asked[n]) for n, level in ((0, 5), (1, 4), (1, 3))]
    drawn = pool(events)
    assert drawn.likert["X1"] == Likert((0, 0, 6, 6, 0)) and drawn.left_out == {"X1": 1}


def test_only_follow_ups_that_may_be_shown_are_added() -> None:
    few = survey([each for each in FOLLOW_UP if each.when == "pre"], invited=30)
    assert pool([survey(FOLLOW_UP), few, survey(FOLLOW_UP)]).follow_up == FollowUp(60, 36, 22)


def test_events_that_may_show_nothing_make_a_pool_that_shows_nothing() -> None:
    drawn = pool([event({"HC": 3}, 5), event({"HC": 4}, 5)])
    assert (drawn.events, drawn.likert, drawn.respondents) == (0, {}, Respondents())
    with pytest.raises(ValueError, match="no events"):
        pool([])


def test_events_by_type_are_added_to_events_by_category_as_categories() -> None:
    drawn = pool([event({"HC": 6, "CSC": 5, "MED": 3, "SHG": 2}, 5), event(USUAL, 4)])
    assert drawn.groups["post"] == Groups({"medical": 7, "public": 18}, ("law_money", "life", "medical", "peer"), 15)
    assert drawn.likert_by["Q1"].of == {
        "public": Likert((0, 0, 0, 7, 11)),
        "medical": Likert((0, 0, 0, 7, 0)),
        MERGED: Likert((0, 0, 0, 10, 5)),
    }
    assert drawn.by_type and drawn.by_type.shown == {"CSC": 5, "HC": 6}
    assert drawn.categories["public"] == ("CSC", "HC") and drawn.categories["peer"] == ("SHG", "REC")


def test_what_others_know_of_single_types_is_no_part_of_a_pool_by_category_and_that_is_said() -> None:
    drawn = pool([survey(NETWORK), survey(usual())])
    assert drawn.knows == {"K_F": survey(usual()).knows["K_F"]} and drawn.left_out == {"K_F": 1}
