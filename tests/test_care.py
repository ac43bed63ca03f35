"""Cases to be handled with care (domain §4.4 F6): read at any time, opened and played only with everything in place."""

import re
from pathlib import Path

import pytest
from meeting import (
    ADVISER,
    FACILITATOR,
    GUEST,
    LOG,
    ONE,
    ORGANISER,
    TWO,
    Room,
    a_house,
    card_fields,
    hosted,
    opening,
    refusal,
)
from test_pages import _trees, desk, on_tab, organiser, press, sees, sound, tablet, visitor, wall

from facilitation import advice, cards, care, commands
from facilitation.agencies import AGENCIES
from facilitation.agenda import plan
from facilitation.conference import Conference
from facilitation.export.record import record
from facilitation.scenario import library
from facilitation.screen.house import House, stand_in
from facilitation.screen.table_contacts import contact_cards
from facilitation.texts import say

ADVISING = {"advises": [LOG], "roles": {LOG: "医師"}, "device": "d"}
READY = {"adviser": "精神科医", "contacts": "夜間こころの電話 012-345（架空）", "notice": True}
PLACE = {"person": "保健師 みなみ（架空）", "room": "2階の和室"}
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
    assert care.missing(now) == ("notice", "place")


def test_other_cases_ask_for_nothing():
    now = Room().now
    assert (now.sensitive, care.missing(now)) == (False, ())
    assert "sensitive" not in opened_with(None)[0].body


def ready(send):
    """The room is known and was told."""
    send(care.tell_notice, FACILITATOR)
    send(commands.set_venue, FACILITATOR, **PLACE)


def scene_opens(room, who=FACILITATOR):
    at = next(i for i, step in enumerate(room.now.steps) if step.scene)
    return commands.open_step(room.now, who, step=at, base=room.now.step_revision)


def test_no_scene_opens_before_the_room_was_told_and_other_steps_do():
    room = Room(prepared=READY)
    room.open("cast")
    assert refusal(scene_opens, room) == [("notice", "care.notice", {}), ("place", "care.place", {})]
    room.send(care.tell_notice, FACILITATOR)
    for half in ({"person": PLACE["person"]}, {"person": "", "room": PLACE["room"]}):
        room.send(commands.set_venue, FACILITATOR, **half)
        assert refusal(scene_opens, room) == [("place", "care.place", {})]
    room.send(commands.set_venue, FACILITATOR, **PLACE)
    assert scene_opens(room)
    assert care.tell_notice(room.now, FACILITATOR) == ()


def test_what_was_taken_away_again_locks_the_next_scene_as_well():
    room = Room(prepared=READY)
    ready(room.send)
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


def test_f27_an_adviser_is_called_by_a_role_and_a_name_is_asked_about(here):
    at = at_the_last_look()
    at.text_input(key="care-adviser").set_value("佐藤先生")
    at.text_area(key="care-contacts").set_value(READY["contacts"])
    at.checkbox(key="care-notice").check()
    press(at, say("ja", "open.start"))
    asked = say("ja", "checking.box", words=say("ja", "checking.found", words="佐藤先生"))
    assert (sees(at, asked), here.conferences()) == ([True], [])
    at.button(key="rewrite-opening").click().run()
    assert (sees(at, asked), at.text_input(key="care-adviser").value) == ([False], "佐藤先生")
    press(at, say("ja", "open.start"))
    at.button(key="keep-opening").click().run()
    assert [here.conference(each.id).care_adviser for each in here.conferences()] == ["佐藤先生"]


def test_f27_an_adviser_named_later_is_asked_about_at_the_desk(here):
    hosted(here, scene=0, prepared=READY)
    asked = say("ja", "checking.box", words=say("ja", "checking.found", words="佐藤先生"))
    lead = sound(desk())
    lead.text_input(key="care-精神科医").set_value("佐藤先生")
    press(lead, say("ja", "care.change"))
    assert sees(sound(lead), asked, say("ja", "care.everywhere")) == [True, True]
    assert here.conference(LOG).care_adviser == "精神科医"
    lead.button(key="rewrite-adviser").click().run()
    assert (sees(lead, asked), lead.text_input(key="care-精神科医").value) == ([False], "佐藤先生")
    press(lead, say("ja", "care.change"))
    assert sees(lead, asked) == [True]
    lead.text_input(key="care-精神科医").set_value("精神科の医師").run()
    assert sees(lead, asked) == [False], "the question is one about other words"
    lead.text_input(key="care-精神科医").set_value("佐藤先生")
    press(lead, say("ja", "care.change"))
    lead.button(key="keep-adviser").click().run()
    assert (here.conference(LOG).care_adviser, sees(lead, asked)) == ("佐藤先生", [False])
    lead.text_input(key="care-佐藤先生").set_value("保健師")
    press(lead, say("ja", "care.change"))
    assert here.conference(LOG).care_adviser == "保健師"


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
    assert sees(lead, say("ja", "care.no_place"), say("ja", "care.has_place")) == [True, False]
    here.send(LOG, commands.set_venue, FACILITATOR, **PLACE)
    lead.run()
    assert sees(lead, say("ja", "care.no_place"), say("ja", "care.has_place")) == [False, True]
    lead.button(key=f"next-{here.conference(LOG).step_revision}").click().run()
    assert here.conference(LOG).scenes == (1,)
    assert sees(sound(lead), say("ja", "care.title")) == [False]


def test_other_cases_are_opened_as_ever(here):
    hosted(here, scene=0, case="case1")
    assert sees(desk(), say("ja", "care.title")) == [False]
    assert sees(tablet(here), say("ja", "care.told")) == [False]


# --- while it is played ----------------------------------------------------------------------------------------------


def played(here, scene, prepared=READY, **opened):
    """The conference at one of its scenes, with a card of the first table in it."""
    hosted(here, scene=0, prepared=prepared, **opened)
    ready(lambda verb, who, **fields: here.send(LOG, verb, who, **fields) if prepared else None)
    here.send(LOG, commands.set_table, ONE, people={"HC": 1})
    here.send(LOG, commands.set_table, TWO, people={"CSC": 1})
    for n in sorted({1, scene}):
        now = here.conference(LOG)
        at = next(i for i, step in enumerate(now.steps) if step.scene == n)
        here.send(LOG, commands.open_step, FACILITATOR, step=at, base=now.step_revision)
    here.send(LOG, cards.write_card, ONE, card="card-0001", fields=card_fields(type="CONSULT", can=SAID))


SAID = "夜のあいだ、ひとりにしません"


def clocks(at):
    return " ".join(_trees(at)).count('"timer":{"seconds"')


@pytest.mark.parametrize(("scene", "shown"), [(1, 0), (3, 1)])
def test_no_clock_presses_the_room_in_the_first_two_scenes_and_the_desk_keeps_it(here, scene, shown):
    played(here, scene)
    assert here.conference(LOG).timer.seconds > 0
    assert (clocks(sound(wall())), clocks(sound(tablet(here)))) == (shown, shown)
    lead = sound(desk())
    assert (clocks(lead), sees(lead, say("ja", "care.no_clock"))) == (1, [not shown])


def test_it_is_the_cases_own_numbers_that_count():
    room = Room(prepared=READY, steps=plan("120min", [(1, 10), (2, 10), (3, 12)]))
    ready(room.send)
    seen = []
    for n in (1, 2, 3):
        room.open("scene", n)
        seen.append(care.shows_clock(room.now))
    assert seen == [False, False, True]


def test_other_cases_keep_their_clock_in_every_scene(here):
    played(here, 1, prepared=None, case="case1")
    assert (clocks(wall()), clocks(tablet(here))) == (1, 1)


def test_after_the_last_scene_the_room_breathes_and_says_a_word_each(here):
    played(here, 1)
    steps = here.conference(LOG).steps
    for at in range(here.conference(LOG).step + 1, len(steps)):
        here.send(LOG, commands.open_step, FACILITATOR, step=at, base=here.conference(LOG).step_revision)
        last = steps[at].kind == "reveal" and steps[at].position == sum(1 for step in steps if step.scene)
        if steps[at].kind == "reveal":
            assert sees(sound(wall()), say("ja", "care.pause")) == [last]
            assert sees(sound(desk()), say("ja", "care.pause_how")) == [last]
    assert any(step.kind == "reveal" for step in steps)


def everywhere(here):
    """Where words travel beyond their table: other tables, the agency cards, the wall, the record."""
    now, case = here.conference(LOG), here.case(here.conference(LOG), "ja")
    shown = {"contacts": contact_cards(now, "ja").decode()}
    here.send(LOG, advice.star, ADVISER, card="card-0001", starred=True)
    here.send(LOG, commands.show_on_projector, FACILITATOR, show="quotes")
    shown["wall"] = " ".join(_trees(wall()))
    sharing = next(i for i, step in enumerate(now.steps) if step.kind == "sharing")
    here.send(LOG, commands.open_step, FACILITATOR, step=sharing, base=now.step_revision)
    shown["other table"] = " ".join(each for each in _trees(tablet(here, TWO)) if SAID in each)
    shown["record"] = record(here.conference(LOG), case, "ja", [])
    return shown


def beside(text):
    """What stands just before and after the words."""
    return [text[max(0, at.start() - 160) : at.end() + 70] for at in re.finditer(SAID, text)]


def test_words_travel_without_who_said_them(here):
    played(here, 3)
    shown = everywhere(here)
    assert {name: SAID in text for name, text in shown.items()} == {
        "contacts": False,
        "wall": True,
        "other table": True,
        "record": True,
    }
    agency = AGENCIES["CONSULT"]
    named = (agency.short("ja"), f"family-{agency.family}", say("ja", "group", n=1))
    for name in ("wall", "other table", "record"):
        assert not [word for around in beside(shown[name]) for word in named if word in around], name


def test_in_other_cases_they_travel_with_their_agency_type(here):
    played(here, 3, prepared=None, case="case1")
    shown = everywhere(here)
    assert all(AGENCIES["CONSULT"].short("ja") in "".join(beside(text)) for text in shown.values()), shown.keys()


def test_those_who_lead_and_advise_still_read_who_said_it(here):
    played(here, 3)
    agency = AGENCIES["CONSULT"].short("ja")
    assert agency in "".join(beside(" ".join(_trees(on_tab(desk(), "cards")))))
    assert agency in "".join(beside(" ".join(_trees(visitor("advise", ADVISING, c=LOG)))))


def test_the_table_reads_that_its_words_travel_without_its_name(here):
    hosted(here, seats=(), scene=0, prepared=READY)
    here.send(LOG, commands.take_seat, ONE, seat=ONE.seat)
    here.send(LOG, commands.move_seat, ONE, seat=ONE.seat, group=1)
    assert sees(sound(tablet(here)), say("ja", "care.unnamed")) == [True]
