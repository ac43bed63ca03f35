"""Cases to be handled with care (domain §4.4 F6): read at any time, opened and played only with everything in place."""

from pathlib import Path

import pytest
from meeting import ADVISER, FACILITATOR, GUEST, LOG, ONE, ORGANISER, Room, a_house, hosted, opening, refusal
from test_pages import desk, organiser, press, sees, sound, tablet, wall

from facilitation import care, commands
from facilitation.conference import Conference
from facilitation.scenario import library
from facilitation.screen.house import House, stand_in
from facilitation.texts import say

READY = {"adviser": "精神科医", "contacts": "夜間こころの電話 012-345（架空）", "notice": True}
ALL_MISSING = [(name, f"care.{name}", {}) for name in care.NEEDED]


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """The second case as an author would mark it: `sensitivity = 2` in both files."""
    folder = tmp_path_factory.mktemp("scenarios")
    for place in Path(__file__).parents[1].joinpath("scenarios").glob("*/"):
        (folder / place.name).mkdir()
        for file in place.glob("*.toml"):
            text = file.read_text("utf-8")
            marked = text.replace("sensitivity = 0", "sensitivity = 2") if place.name == "case2" else text
            (folder / place.name / file.name).write_text(marked, "utf-8")
    return library(folder)


def test_the_mark_in_the_file_is_what_locks(locked):
    assert [(name, texts["ja"].locked, texts["en"].locked) for name, texts in locked.items()] == [
        ("case1", False, False),
        ("case2", True, True),
        ("case3", False, False),
    ]


# --- the verbs -------------------------------------------------------------------------------------------------------


def opened_with(prepared):
    return commands.open_conference(Conference(LOG), ORGANISER, **opening(prepared=prepared))


@pytest.mark.parametrize("left_out", care.NEEDED)
@pytest.mark.parametrize("empty", ["", " \n", None, False])
def test_it_is_not_opened_while_one_of_the_three_is_missing(left_out, empty):
    assert refusal(opened_with, {**READY, left_out: empty}) == [(left_out, f"care.{left_out}", {})]


def test_everything_missing_is_said_at_once():
    assert refusal(opened_with, {}) == ALL_MISSING


@pytest.mark.parametrize("notice", [1, "yes", "True", ["x"]])
def test_only_a_tick_is_a_tick(notice):
    assert refusal(opened_with, {**READY, "notice": notice}) == [("notice", "care.notice", {})]


def test_a_role_or_a_contact_that_is_too_long_is_refused():
    assert refusal(opened_with, {**READY, "adviser": "医" * 41}) == [("adviser", "care.long", {"most": 40})]
    assert refusal(opened_with, {**READY, "contacts": "x" * 401}) == [("contacts", "care.long", {"most": 400})]


def test_what_was_prepared_is_kept_and_the_contacts_stand_on_every_safety_panel():
    now = Room(prepared=READY).now
    assert (now.sensitive, now.care_adviser, now.venue.contacts) == (True, "精神科医", READY["contacts"])
    assert care.missing(now) == ("notice",)


def test_other_cases_ask_for_nothing():
    now = Room().now
    assert (now.sensitive, care.missing(now)) == (False, ())
    assert "sensitive" not in opened_with(None)[0].body


def scene_opens(room, who=FACILITATOR):
    at = next(i for i, step in enumerate(room.now.steps) if step.scene)
    return commands.open_step(room.now, who, step=at, base=room.now.step_revision)


def test_no_scene_opens_before_the_room_was_told_and_other_steps_do():
    room = Room(prepared=READY)
    room.open("cast")
    assert refusal(scene_opens, room) == [("notice", "care.notice", {})]
    room.send(care.tell_notice, FACILITATOR)
    assert scene_opens(room)
    assert care.tell_notice(room.now, FACILITATOR) == ()


def test_what_was_taken_away_again_locks_the_next_scene_as_well():
    room = Room(prepared=READY)
    room.send(care.tell_notice, FACILITATOR)
    room.open("scene", 1)
    room.send(commands.set_venue, FACILITATOR, contacts="")
    at = next(i for i, step in enumerate(room.now.steps) if step.scene == 3)
    base = room.now.step_revision
    assert refusal(commands.open_step, room.now, FACILITATOR, step=at, base=base) == [("contacts", "care.contacts", {})]


def test_the_adviser_may_change_and_is_never_nobody():
    room = Room(prepared=READY)
    room.send(care.name_adviser, FACILITATOR, adviser="自殺予防の研修を受けた職員")
    assert room.now.care_adviser == "自殺予防の研修を受けた職員"
    for nobody in ("", "  ", "医" * 41):
        assert refusal(care.name_adviser, room.now, FACILITATOR, adviser=nobody) == ("care.adviser", {})


@pytest.mark.parametrize("who", [GUEST, ONE, ADVISER])
def test_only_who_leads_confirms(who):
    room = Room(prepared=READY)
    assert refusal(care.tell_notice, room.now, who)[0] == "not_allowed"
    assert refusal(care.name_adviser, room.now, who, adviser="医師")[0] == "not_allowed"


# --- the screens -----------------------------------------------------------------------------------------------------


@pytest.fixture
def here(locked):
    house = House(a_house().store, locked)
    stand_in(house)
    yield house
    stand_in(None)


def at_the_last_look(language="ja"):
    at = organiser("open", lang=language)
    at.radio[0].set_value("case2").run()
    at.radio[1].set_value("120min").run()
    at.button(key="to-2").click().run()
    at.button(key="to-3").click().run()
    return sound(at, language)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_case_is_read_before_it_is_opened(here, language):
    at = at_the_last_look(language)
    scenes = here.cases["case2"][language].scenes
    assert sees(at, say(language, "care.title"), say(language, "care.told"), *[s.narrative for s in scenes]) == [
        True
    ] * (2 + len(scenes))
    assert here.conferences() == []


def test_the_start_button_opens_nothing_until_all_three_are_there(here):
    at = at_the_last_look()
    press(at, say("ja", "open.start"))
    assert sees(at, *[say("ja", f"refused.care.{name}") for name in care.NEEDED]) == [True] * 3
    at.text_input(key="care-adviser").set_value("精神科医")
    at.text_area(key="care-contacts").set_value(READY["contacts"])
    press(at, say("ja", "open.start"))
    assert here.conferences() == []
    at.checkbox(key="care-notice").check()
    press(at, say("ja", "open.start"))
    (found,) = here.conferences()
    conference = here.conference(found.id)
    assert (conference.sensitive, conference.care_adviser, conference.case) == (True, "精神科医", "case2")


def test_the_desk_says_what_is_missing_and_the_room_hears_the_notice(here):
    hosted(here, scene=0, prepared=READY)
    lead = sound(desk())
    told = say("ja", "care.told")
    assert sees(lead, say("ja", "care.no_notice"), say("ja", "care.has_adviser", who="精神科医"), told) == [True] * 3
    here.send(LOG, commands.set_table, ONE, people={"HC": 1})
    assert sees(sound(tablet(here)), told) == [True]
    steps = [step.kind for step in here.conference(LOG).steps]
    here.send(LOG, commands.open_step, FACILITATOR, step=steps.index("cast"), base=0)
    assert sees(sound(wall()), told) == [True]
    lead.run()
    lead.button(key=f"next-{here.conference(LOG).step_revision}").click().run()
    assert (here.conference(LOG).scenes, sees(lead, say("ja", "refused.care.notice"))) == ((), [True])
    press(lead, say("ja", "care.tell"))
    lead.button(key=f"next-{here.conference(LOG).step_revision}").click().run()
    assert here.conference(LOG).scenes == (1,)
    assert sees(sound(lead), say("ja", "care.title")) == [False]


def test_other_cases_are_opened_as_ever(here):
    hosted(here, scene=0, case="case1")
    assert sees(desk(), say("ja", "care.title")) == [False]
    assert sees(tablet(here), say("ja", "care.told")) == [False]
