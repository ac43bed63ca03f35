"""Visitors over one store: what an adviser stars and writes stands on the projector, and vanishes when it should."""

import pytest
from meeting import CASES, FACILITATOR, LOG, ONE, TWO, card_fields, hosted
from page_visits import Visitor, words

from facilitation import advice, cards, commands, limits
from facilitation.access import Who
from facilitation.entries import Draft
from facilitation.export.record import record
from facilitation.screen import wall_advice
from facilitation.screen.visit import adviser
from facilitation.texts import say

ADVISES = {"advises": [LOG], "device": "d0d0", "roles": {LOG: "医師"}}
LEADS = {"leads": [LOG]}
SAID, MEET = "まず話を聞きます", "同席します"


@pytest.fixture
def house(house):
    hosted(house)
    fields = card_fields(type="HC", can=SAID, hard="<b>夜は</b>難しい", help="当番があれば")
    house.send(LOG, cards.write_card, ONE, card="card-0001", fields=fields)
    house.send(LOG, cards.write_card, TWO, card="card-0002", fields=card_fields(type="REC", stage="S5", can=MEET))
    return house


@pytest.fixture
def adviser_page(house):
    return Visitor("advise", **ADVISES)


@pytest.fixture
def wall(house):
    house.send(LOG, commands.show_on_projector, FACILITATOR, show="quotes")
    return Visitor("projector", **LEADS)


def comments(house, about="", text="待つことも支援です", who=None):
    who = who or adviser(ADVISES, LOG)
    return house.send(LOG, advice.comment, who, note=advice.own_note(who, about), about=about, text=text)


# --- two visitors ----------------------------------------------------------------------------------------------------


def test_a_starred_card_appears_on_the_projector_with_its_agency_type_and_without_its_group(adviser_page, wall):
    assert SAID not in wall.text("wall")
    adviser_page.tap("voices", ["card-0001", True])
    body = [node for node in wall.look().tree("wall")[0][2] if isinstance(node, list) and node[0] == "section"]
    said = words(body)
    assert {SAID, "<b>夜は</b>難しい", "保健所"} <= set(said)
    assert not [text for text in said if "班" in text or "seat" in text]


def test_a_second_tap_takes_it_away_again(adviser_page, wall):
    adviser_page.tap("voices", ["card-0001", True])
    adviser_page.tap("voices", ["card-0001", False])
    assert SAID not in wall.look().text("wall")


@pytest.mark.parametrize("how", ["held back", "taken back"])
def test_what_is_held_back_or_taken_back_vanishes_from_wall_and_list(house, adviser_page, wall, how):
    adviser_page.tap("voices", ["card-0001", True])
    if how == "held back":
        house.send(LOG, cards.hide_card, FACILITATOR, card="card-0001", hidden=True)
    else:
        base = house.conference(LOG).cards["card-0001"].revision
        house.send(LOG, cards.withdraw_card, ONE, card="card-0001", base=base)
    assert SAID not in wall.look().text("wall")
    assert SAID not in adviser_page.look().text("voices")


def test_the_advisers_step_shows_the_groups_map_until_there_are_quotations(house, adviser_page):
    now = house.conference(LOG)
    at = next(i for i, step in enumerate(now.steps) if step.kind == "advisers")
    house.send(LOG, commands.open_step, FACILITATOR, step=at, base=now.step_revision)
    wall = Visitor("projector", **LEADS)
    assert say("ja", "advisers.note") in wall.text("wall")
    adviser_page.look().tap("voices", ["card-0002", True])
    wall.look()
    assert MEET in wall.text("wall")
    assert say("ja", "advisers.note") not in wall.text("wall")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_comments_stand_on_the_wall_with_role_and_place(house, language):
    comments(house, "bridge:S5-S6", "顔合わせを先に")
    comments(house, "scene:1", "待つことも支援です")
    house.send(LOG, commands.show_on_projector, FACILITATOR, show="advice")
    wall = Visitor("projector", language, **LEADS).text("wall")
    assert wall.index("待つことも支援です") < wall.index("顔合わせを先に"), "the newest first"
    assert "医師" in wall
    assert CASES["case2"][language].scenes[0].title in wall
    assert say(language, "step.advice") in wall


# --- the page --------------------------------------------------------------------------------------------------------


def test_an_adviser_without_a_role_is_asked_for_it_and_sees_nothing_yet(house):
    page = Visitor("advise", advises=[LOG], device="d0d0")
    assert say("ja", "advise.role_ask") in page.text("ask")
    assert page.drawn("voices") is None
    page.app.button(key="role1").click().run()
    assert page.app.main is not None


@pytest.mark.parametrize("typed", ["", "あ" * 41])
def test_no_role_or_a_long_one_is_refused_where_it_was_typed(house, typed):
    page = Visitor("advise", advises=[LOG], device="d0d0")
    page.app.text_input(key="role-own").input(typed)
    next(button for button in page.app.button if button.label == say("ja", "advise.role_use")).click().run()
    key = "adviser.long" if typed else "adviser.unnamed"
    assert page.text("no") == say("ja", f"refused.{key}", most=limits.ROLE, length=len(typed))


def test_nobody_else_opens_the_page(house):
    for granted in ({}, {"seats": [[LOG, ONE.seat]]}, {"advises": ["another"], "roles": {"another": "医師"}}):
        page = Visitor("advise", **granted)
        assert page.drawn("voices") is None
        assert say("ja", "not_found.here") in page.text("not-found")


def test_those_who_lead_may_open_it_too(house):
    page = Visitor("advise", **LEADS)
    page.tap("voices", ["card-0001", True])
    assert house.conference(LOG).stars == ("card-0001",)


@pytest.mark.parametrize(
    ("by", "value", "left"),
    [
        ("by-stage", "S5", [MEET]),
        ("by-type", "HC", [SAID]),
        ("by-kind", "hard", [SAID]),
        ("by-scene", 1, [MEET, SAID]),
    ],
)
def test_the_list_is_narrowed(adviser_page, by, value, left):
    adviser_page.app.selectbox(key=by).set_value(value).run()
    said = adviser_page.text("voices")
    assert [each for each in (MEET, SAID) if each in said] == left


def test_a_card_of_a_scene_that_was_never_opened_does_no_harm(house):
    """No command writes one; a log that was brought may hold it."""
    body = {**card_fields(), "card": "card-0003", "group": 1, "scene": 4, "can": "早すぎたことば"}
    house.store.append(
        LOG, "conference", [Draft("card_written", "seat:x", body)], house.store.revision(LOG), "2024-03-01T05:00:00Z"
    )
    voices = Visitor("advise", **ADVISES).text("voices")
    assert SAID in voices
    assert "早すぎたことば" not in voices


def test_only_starred_ones_when_asked(adviser_page):
    adviser_page.tap("voices", ["card-0001", True])
    adviser_page.app.toggle(key="by-star").set_value(True).run()
    said = adviser_page.text("voices")
    assert SAID in said
    assert MEET not in said


def test_a_field_a_scene_with_the_cases_question_one_for_the_whole_and_any_place_beside(house, adviser_page):
    who = adviser(ADVISES, LOG)
    given = adviser_page.drawn(f"notes-{who.seat}")
    assert [field["send"]["about"] for field in given["fields"]] == ["scene:1", ""]
    assert CASES["case2"]["ja"].scenes[0].adviser in given["fields"][0]["hint"]
    places = [field["send"]["about"] for _, fields in given["more"] for field in fields]
    assert len(places) == len(set(places)) == 8 + 9 + 8 * len(house.conference(LOG).types)
    assert given["seat"] == "", "the role is the cookie's"


def test_what_was_written_stands_in_its_field_and_among_all_advice(house, adviser_page):
    comments(house, "stage:S4", "待つことも支援です")
    comments(house, "", "全体への一言", Who("adviser", "ffeeddccbbaa", "家族会"))
    adviser_page.look()
    given = adviser_page.drawn(f"notes-{adviser(ADVISES, LOG).seat}")
    assert {field["send"]["about"]: field["text"] for field in given["fields"]} == {
        "scene:1": "",
        "": "",
        "stage:S4": "待つことも支援です",
    }
    assert "家族会" in adviser_page.text("all-notes")
    assert "全体への一言" in adviser_page.text("all-notes")


def test_after_the_end_it_can_be_read_and_not_written(house, adviser_page):
    house.send(LOG, commands.end_conference, FACILITATOR)
    adviser_page.look()
    assert SAID in adviser_page.text("voices")
    assert say("ja", "advise.star") not in adviser_page.text("voices")
    assert adviser_page.drawn(f"notes-{adviser(ADVISES, LOG).seat}")["ended"] is True


def test_in_english_the_page_speaks_english_and_people_are_quoted_as_they_spoke(house):
    page = Visitor("advise", "en", **ADVISES)
    assert say("en", "advise.title") in page.text("head")
    assert SAID in page.text("voices")


# --- how much fits the wall ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        ([["短い"]] * 6, 4),
        ([["あ" * 100]] * 6, 4),
        ([["あ" * 400]] * 6, 2),
        ([["あ" * 120] * 3] * 4, 2),
        ([["a" * 200, "a" * 100]] * 4, 3),
        ([["あ" * 400] * 3] * 2, 1),
        ([["短い"], ["あ" * 400] * 3], 1),
    ],
)
def test_as_many_as_fit_and_never_more_than_four(texts, shown):
    assert wall_advice.fitting(texts) == shown


def test_of_a_card_of_the_greatest_length_two_parts_are_shown_and_the_record_is_named():
    assert wall_advice.room(["あ" * 406] * 3) == 2
    assert wall_advice.room(["a" * 406] * 3) == 3
    assert wall_advice.room(["短い"]) == 1


# --- the record ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_record_marks_what_was_quoted_and_holds_the_advice_escaped(house, language):
    house.send(LOG, advice.star, adviser(ADVISES, LOG), card="card-0001", starred=True)
    comments(house, "cell:HC:S4", "<i>待つ</i>ことも支援です")
    now = house.conference(LOG)
    page = record(now, house.case(now, language), language)
    assert page.count(say(language, "record.starred")) == 1
    assert say(language, "record.advice") in page
    assert "&lt;i&gt;待つ&lt;/i&gt;ことも支援です" in page
    assert "医師 · " in page


def test_a_record_without_advice_has_no_chapter_for_it(house):
    now = house.conference(LOG)
    assert f"<h2>{say('ja', 'record.advice')}</h2>" not in record(now, house.case(now, "ja"), "ja")


# --- the front page --------------------------------------------------------------------------------------------------


def test_the_advisers_code_on_the_front_page_leads_to_the_advisers_door(house):
    code = house.conference(LOG).adviser_code
    page = Visitor("welcome")
    page.app.text_input[0].input(f"{code[:3].lower()}-{code[3:]}")
    page.app.button[0].click().run()
    assert page.led_to() == f"/join/{code}"


def test_a_device_that_advises_finds_its_way_back_from_the_front_page(house):
    page = Visitor("welcome", **ADVISES)
    assert page.text(f"advice-{LOG}") == say("ja", "door.back_adviser", title=house.conference(LOG).title)
    assert page.tree(f"advice-{LOG}")[0][1]["href"] == f"/advise?c={LOG}"
