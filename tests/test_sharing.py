"""What tables say beside their cards: roles, picks, hearts, next steps, notes on another group's map."""

import pytest
from meeting import FACILITATOR, ONE, ORGANISER, THREE, TWO, meeting, refusal

from facilitation import cards, commands, sharing
from facilitation.conference import NextStep, Pick, Role

ROLE = {"respondent": "person-0001", "type": "HC", "strengths": {"S3": 2, "S5": 0}, "expected": {"S5": ["SHG", "CSC"]}}
STEP = {"step": "step-0001", "type": "HC", "to": "SHG", "text": "来週、見学をお願いする"}
NOTE = {"note": "note-0001", "about": 2, "text": "うちも一緒に"}
NOT_ALLOWED = ("not_allowed", {})


@pytest.fixture
def room():
    room = meeting()
    room.write(ONE, can="夜も電話に出られます", stage="S4", tracks=["TF"])
    return room


def wrong(room, verb, who, fields, **other):
    return refusal(verb, room.now, who, **{**fields, **other})


def test_a_role_is_stated_once_a_person_and_may_be_stated_anew(room):
    room.send(sharing.state_role, ONE, **ROLE)
    assert room.now.roles == {"person-0001": Role("person-0001", 1, "HC", {"S3": 2, "S5": 0}, {"S5": ("CSC", "SHG")})}
    assert sharing.state_role(room.now, ONE, **{**ROLE, "expected": {"S5": ["CSC", "SHG", "CSC"]}}) == ()
    room.send(sharing.state_role, ONE, **{**ROLE, "strengths": {}})
    assert room.now.roles["person-0001"].strengths == {}


def test_a_role_names_what_there_is_and_expects_nothing_of_itself(room):
    def role(**other):
        return wrong(room, sharing.state_role, ONE, ROLE, **other)

    assert role(respondent="x") == NOT_ALLOWED
    assert role(type="POLICE") == ("card.type", {"found": "POLICE"})
    assert role(strengths={"S9": 1}) == ("card.stage", {"found": "S9"})
    assert role(strengths={"S3": 3}) == ("role.strength", {})
    assert role(expected={"S5": ["X"]}) == ("card.type", {"found": "X"})
    assert role(expected={"S5": ["HC"]}) == ("role.itself", {})


def test_a_table_picks_a_strength_a_gap_and_a_help_and_may_leave_some_open(room):
    room.send(sharing.make_pick, ONE, strength="S3")
    room.send(sharing.make_pick, THREE, strength="S3", gap="S4", help=" 夜の電話 ")
    assert room.now.picks == {1: Pick(1, "S3", "S4", "夜の電話")}
    assert sharing.make_pick(room.now, TWO) == ()


def test_a_pick_is_a_stage_and_a_short_help(room):
    assert wrong(room, sharing.make_pick, ONE, {"gap": "S9"}) == ("card.stage", {"found": "S9"})
    assert wrong(room, sharing.make_pick, ONE, {"strength": "S0", "gap": "S4"}) == ("card.stage", {"found": "S0"})
    assert wrong(room, sharing.make_pick, ONE, {"help": "あ" * 121}) == ("pick.long", {"most": 120, "length": 121})


def test_a_heart_is_given_to_another_tables_can_and_taken_back(room):
    room.send(sharing.give_heart, TWO, card="card-0001", type="HC")
    assert room.now.hearts == {("card-0001", 2): "HC"}
    room.send(sharing.give_heart, TWO, card="card-0001", given=False)
    assert room.now.hearts == {}


def test_there_is_no_heart_for_the_own_a_held_back_a_withdrawn_card_or_one_without_a_can(room):
    heart = {"card": "card-0001", "type": "HC"}
    assert wrong(room, sharing.give_heart, THREE, heart) == ("card.none", {})
    assert wrong(room, sharing.give_heart, TWO, heart, type="X") == ("card.type", {"found": "X"})
    room.write(ONE, card="card-0002", can="", hard="夜は難しい")
    assert wrong(room, sharing.give_heart, TWO, heart, card="card-0002") == ("card.none", {})
    room.send(cards.hide_card, FACILITATOR, card="card-0001", hidden=True)
    assert wrong(room, sharing.give_heart, TWO, heart) == ("card.none", {})


def test_a_heart_becomes_a_card_of_the_own_table_once(room):
    room.send(sharing.give_heart, TWO, card="card-0001", type="HC")
    for _ in range(2):
        room.send(sharing.heart_to_card, TWO, card="card-0001", text="うちも：")
    (card,) = room.now.of_group(2)
    assert (card.type, card.stage, card.scene, card.tracks, card.can) == (
        "HC",
        "S4",
        1,
        ("TF",),
        "うちも：夜も電話に出られます",
    )


def test_f27_words_that_were_held_back_since_do_not_come_back_by_a_heart(room):
    room.send(sharing.give_heart, TWO, card="card-0001", type="HC")
    room.send(cards.hide_card, FACILITATOR, card="card-0001", hidden=True)
    asked = {"card": "card-0001", "text": ""}
    assert wrong(room, sharing.heart_to_card, TWO, asked) == ("card.none", {})
    assert wrong(meeting(), sharing.heart_to_card, TWO, asked) == ("card.none", {})


def test_a_next_step_is_written_changed_and_taken_back_by_its_table(room):
    room.send(sharing.write_next_step, ONE, **STEP)
    assert room.now.next_steps == {"step-0001": NextStep("step-0001", 1, "HC", "SHG", "来週、見学をお願いする")}
    assert wrong(room, sharing.write_next_step, TWO, STEP, text="×") == NOT_ALLOWED
    room.send(sharing.write_next_step, THREE, **{**STEP, "text": ""})
    assert (room.now.next_steps, sharing.write_next_step(room.now, ONE, **{**STEP, "text": " "})) == ({}, ())


def test_a_next_step_names_types_that_exist_and_is_short(room):
    assert wrong(room, sharing.write_next_step, ONE, STEP, to="X") == ("card.type", {"found": "X"})
    assert wrong(room, sharing.write_next_step, ONE, STEP, step="x") == NOT_ALLOWED
    long = wrong(room, sharing.write_next_step, ONE, STEP, text="あ" * 121)
    assert long == ("step.long", {"most": 120, "length": 121})


def test_a_note_is_put_on_another_groups_map_and_only_its_writers_change_it(room):
    room.send(sharing.review_map, ONE, **NOTE)
    (note,) = room.now.notes.values()
    assert (note.about, note.by, note.text, note.adviser) == ("group:2", "1", "うちも一緒に", False)
    assert wrong(room, sharing.review_map, TWO, NOTE, about=1, text="×") == NOT_ALLOWED
    room.send(sharing.review_map, THREE, **{**NOTE, "text": ""})
    assert room.now.notes == {}


@pytest.mark.parametrize("about", [1, 0, 4])
def test_a_note_needs_another_group_that_is_there(room, about):
    assert wrong(room, sharing.review_map, ONE, NOTE, about=about) == ("group.none", {"found": about})


def test_an_organisers_hint_takes_the_place_of_the_example_until_it_is_emptied(room):
    hint = {"type": "HC", "field": "role", "text": "相談日があります"}
    room.send(sharing.write_hint, ORGANISER, **hint)
    assert room.now.agency_hints == {("HC", "role"): "相談日があります"}
    assert wrong(room, sharing.write_hint, ORGANISER, hint, field="phone") == ("card.type", {"found": "HC"})
    room.send(sharing.write_hint, FACILITATOR, **{**hint, "text": ""})
    assert room.now.agency_hints.get(("HC", "role")) == ""


def test_after_the_end_nothing_is_shared(room):
    room.send(commands.end_conference, FACILITATOR)
    assert wrong(room, sharing.write_next_step, ONE, STEP) == ("conference.ended", {})


def test_f27_a_picked_help_vanishes_with_the_card_it_was_read_from():
    room = meeting()
    room.write(ONE, hard="窓口が混みます", help="個室があれば")
    room.send(sharing.make_pick, ONE, strength="S1", gap="S2", help="個室があれば")
    shown = [room.now.picked_help(1)]
    room.send(cards.hide_card, FACILITATOR, card="card-0001", hidden=True)
    shown.append(room.now.picked_help(1))
    room.send(cards.hide_card, FACILITATOR, card="card-0001", hidden=False)
    room.send(cards.withdraw_card, ONE, card="card-0001", base=room.now.cards["card-0001"].revision)
    shown.append(room.now.picked_help(1))
    assert shown == ["個室があれば", "", ""]
