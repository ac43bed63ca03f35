"""Organisers change a questionnaire without code: every change is plain data, and years stay comparable."""

import json

import pytest

from facilitation.access import Refused
from facilitation.survey_changes import add, changed, hide, reorder, reword, show
from facilitation.survey_items import STANDARD, Option


def ids(questionnaire, form="post", kind="exchange"):
    return [item.id for item in questionnaire.form(form, kind)]


def after(*changes, base=STANDARD):
    return changed(base, json.loads(json.dumps(changes)))


def test_a_hidden_item_is_asked_nowhere_and_comes_back_where_it_was() -> None:
    hidden = after(hide(STANDARD, "Q1"))
    assert ids(hidden) == ["T2"] and "Q1" not in ids(hidden, kind="case_conference")
    assert ids(after(show(hidden, "Q1"), base=hidden)) == ["Q1", "T2"]


def test_items_are_asked_in_another_order() -> None:
    assert ids(after(reorder(STANDARD, "exchange", "post", ["T2", "Q1"]))) == ["T2", "Q1"]


def test_an_item_that_came_while_somebody_sorted_stays_at_the_end() -> None:
    order = reorder(STANDARD, "exchange", "post", ["T2", "Q1"])
    assert ids(after(add(STANDARD, "exchange", ["post"], "likert5", ("楽しかった", "")), order)) == ["T2", "Q1", "X1"]


def test_another_wording_is_another_version_and_the_old_one_stays_known() -> None:
    first = after(reword(STANDARD, "Q1", ("顔を合わせられた", "We met")))
    second = after(reword(first, "Q1", ("顔を合わせた", "")), base=first)
    assert [(second.wording("Q1", n).version, second.wording("Q1", n).ja) for n in (1, 2, 3)] == [
        (1, STANDARD.items["Q1"].ja),
        (2, "顔を合わせられた"),
        (3, "顔を合わせた"),
    ]
    assert second.items["Q1"].name("en") == "顔を合わせた"
    assert second.items["Q1"].version == 3 and ids(second) == ["Q1", "T2"]


def test_options_change_their_words_and_keep_their_codes() -> None:
    words = [("はい", "yes"), ("要約で", "summarised"), ("いいえ", "no")]
    reworded = after(reword(STANDARD, "T5", ("のせてよいですか", "May we?"), words))
    assert reworded.items["T5"].options == (
        Option("T5_1", "はい", "yes"),
        Option("T5_2", "要約で", "summarised"),
        Option("T5_3", "いいえ", "no"),
    )


def test_own_items_of_every_type_are_written_and_numbered() -> None:
    now = STANDARD
    for type, options in (
        ("likert5", []),
        ("single", [("はい", "yes"), ("いいえ", "no")]),
        ("multi", [("駅", ""), ("役所", "")]),
        ("grid_binary", []),
        ("text", []),
    ):
        now = after(add(now, "exchange", ["post"], type, (f"問い {type}", ""), options), base=now)
    own = [item for item in now.form("post", "exchange") if item.own]
    assert [(item.id, item.type) for item in own] == [
        ("X1", "likert5"),
        ("X2", "single"),
        ("X3", "multi"),
        ("X4", "grid_binary"),
        ("X5", "text"),
    ]
    assert own[1].options == (Option("X2_1", "はい", "yes"), Option("X2_2", "いいえ", "no"))
    assert (own[3].options_from, own[4].most) == ("PRESENT_AGENCY_TYPES", 200)


def test_an_own_item_before_and_at_a_visit_is_compared_as_before_and_after() -> None:
    visit = after(add(STANDARD, "visit", ["pre", "visit"], "likert5", ("行ってみたい", "")))
    assert visit.items["X1"].asked_twice and ids(visit, "visit", "visit")[-1] == "X1"
    assert visit.items["X1"].when("visit") == "post" and ids(visit, "pre", "visit")[-1] == "X1"


def test_a_change_that_a_newer_version_wrote_changes_nothing() -> None:
    assert (
        after({"change": "colour", "item": "Q1"}, {"change": "reword", "item": "Q99", "ja": "", "en": ""}) == STANDARD
    )


@pytest.mark.parametrize(
    ("verb", "key"),
    [
        (lambda: hide(STANDARD, "Q99"), "item"),
        (lambda: reorder(STANDARD, "exchange", "post", ["T2"]), "order"),
        (lambda: reorder(STANDARD, "exchange", "post", ["T2", "T2"]), "order"),
        (lambda: reword(STANDARD, "Q1", (" \n", "x")), "empty"),
        (lambda: reword(STANDARD, "Q1", ("あ" * 121, "")), "long"),
        (lambda: reword(STANDARD, "T5", ("x", ""), [("はい", "")]), "options_number"),
        (lambda: add(STANDARD, "exchange", ["study"], "text", ("x", "")), "form"),
        (lambda: add(STANDARD, "exchange", [], "text", ("x", "")), "form"),
        (lambda: add(STANDARD, "exchange", ["pre", "post"], "text", ("x", "")), "one_form"),
        (lambda: add(STANDARD, "exchange", ["post", "follow"], "likert5", ("x", "")), "one_form"),
        (lambda: add(STANDARD, "exchange", ["post"], "level_per_stage", ("x", "")), "type"),
        (lambda: add(STANDARD, "exchange", ["post"], "single", ("x", ""), [("はい", "")]), "options"),
        (lambda: add(STANDARD, "exchange", ["post"], "single", ("x", ""), [("はい", "")] * 2), "same_option"),
        (lambda: add(STANDARD, "exchange", ["post"], "multi", ("x", ""), [("", "")] * 2), "empty"),
    ],
)
def test_what_cannot_be_changed_is_refused_by_name(verb, key) -> None:
    with pytest.raises(Refused, match=rf"questionnaire\.{key}$"):
        verb()


def test_twenty_own_items_are_enough() -> None:
    now = STANDARD
    for n in range(20):
        now = after(add(now, "exchange", ["post"], "text", (f"{n}", "")), base=now)
    with pytest.raises(Refused, match="many_own"):
        add(now, "exchange", ["post"], "text", ("x", ""))
