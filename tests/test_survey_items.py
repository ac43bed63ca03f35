"""The items of surveys: forty-five as data, and which form asks which of them at which event (domain §6)."""

from facilitation.agencies import AGENCIES
from facilitation.path import BARRIERS
from facilitation.survey_items import AT_THE_FORMS, FORMS, KINDS, STANDARD, TABLE, Option, item_of, options, row_of


def ids(form: str, kind: str) -> list[str]:
    return [item.id for item in STANDARD.form(form, kind)]


def test_the_standard_has_forty_five_items_and_all_but_two_stand_in_some_form() -> None:
    asked = {each for kind in KINDS for form in FORMS for each in ids(form, kind)}
    assert len(STANDARD.items) == 45
    assert STANDARD.items.keys() - asked == {"K_E", "K_S"}
    assert {STANDARD.items[each].forms for each in ("K_E", "K_S")} == {(TABLE,)}
    assert {STANDARD.items[each].type for each in asked} == set(AT_THE_FORMS)


def test_each_kind_of_event_has_its_forms() -> None:
    assert {kind: STANDARD.forms_of(kind) for kind in KINDS} == {
        "case_conference": ("pre", "post", "follow"),
        "study_meeting": ("pre", "study"),
        "exchange": ("pre", "post", "follow"),
        "visit": ("pre", "visit", "follow"),
    }
    assert ids("pre", "visit") == ["A1", "P3", "K_R", "K_F", "K_C"]
    assert ids("post", "exchange") == ["Q1", "T2"]
    assert ids("post", "study_meeting") == []


def test_an_answer_counts_for_the_time_its_item_is_asked_for() -> None:
    at_a_visit = {item.id: item.when("visit") for item in STANDARD.form("visit", "visit")}
    assert (at_a_visit["V1"], at_a_visit["P3"], at_a_visit["K_F"]) == ("visit", "post", "post")
    assert STANDARD.items["A1"].when("follow") == "follow"
    assert {item.id for item in STANDARD.items.values() if item.asked_twice} == {
        "P1", "P2", "P3", "P4", "P5", "K_R", "K_F", "K_C",
    }  # fmt: skip


def test_the_options_of_a_grid_are_the_types_present_and_any_type_may_be_ones_own() -> None:
    assert options(STANDARD.items["K_F"], ["REC", "HC"]) == (
        Option("REC", "回復施設", "Recovery facility"),
        Option("HC", "保健所", "Health centre"),
    )
    own = [option.code for option in options(STANDARD.items["A1"], ["REC", "HC"])]
    assert own[:2] == ["REC", "HC"] and sorted(own) == sorted(AGENCIES)
    assert [option.code for option in options(STANDARD.items["M3"])] == list(BARRIERS)
    assert options(STANDARD.items["T4"])[0].name("en") == "case conference"
    assert options(STANDARD.items["Q1"]) == ()


def test_an_item_goes_into_plain_data_and_comes_back_the_same() -> None:
    for item in STANDARD.items.values():
        if TABLE not in item.forms:
            assert item_of(row_of(item)) == item
