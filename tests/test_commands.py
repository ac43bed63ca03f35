"""Every verb: what it writes, what it refuses and with which words, and who may use it at all."""

import inspect
from dataclasses import replace

import pytest
from meeting import (
    ADVISER,
    FACILITATOR,
    GUEST,
    LOG,
    ONE,
    ORGANISER,
    PROJECTOR,
    THREE,
    TWO,
    TYPES,
    Room,
    card_fields,
    meeting,
    opening,
    refusal,
    steps_of,
)

from facilitation import advice, cards, commands, limits, sharing
from facilitation.access import Refused, Who
from facilitation.agencies import AGENCIES, MOST_TYPES
from facilitation.conference import Conference, Seat, Timer, Venue
from facilitation.entries import Draft
from facilitation.fold import fold
from facilitation.store.rows import numbered, sound

SOMEBODY = "seat-new"
NOT_ALLOWED = ("not_allowed", {})
ENDED = ("conference.ended", {})
NONE = ("conference.none", {})


@pytest.fixture
def room():
    return meeting()


@pytest.fixture
def ended():
    room = meeting()
    room.write(ONE)
    room.send(commands.end_conference, FACILITATOR)
    return room


# --- opening ---------------------------------------------------------------------------------------------------------


def test_a_conference_is_opened_with_all_that_its_log_needs():
    (draft,) = commands.open_conference(Conference(LOG), ORGANISER, **opening(demo=True), key="k")
    secrets = {name: draft.body[name] for name in ("secret", "lead_key", "adviser_code", "adviser_key")}
    assert [len(secret) for secret in secrets.values()] == [16, 22, 6, 22]
    assert draft == Draft(
        "conference_opened",
        "organiser",
        {
            **opening(demo=True),
            **secrets,
            "types": [code for code in AGENCIES if code in TYPES],
            "steps": [step.body() for step in steps_of()],
        },
        "k",
    )


def test_a_conference_is_opened_once(room):
    assert commands.open_conference(room.now, ORGANISER, **opening(title="もう一つ")) == ()


@pytest.mark.parametrize("groups", [0, -1, limits.GROUPS + 1])
def test_a_conference_has_one_to_six_groups(groups):
    asked = opening(groups=groups)
    assert refusal(commands.open_conference, Conference(LOG), ORGANISER, **asked) == ("open.groups", {"most": 6})


def test_a_conference_needs_agency_types_that_exist_and_fit_a_wall():
    def opened_with(types):
        return refusal(commands.open_conference, Conference(LOG), ORGANISER, **opening(types=types))

    assert opened_with([]) == ("open.no_types", {})
    assert opened_with(["HC", "CLINIC"]) == ("card.type", {"found": "CLINIC"})
    assert opened_with(list(AGENCIES)[: MOST_TYPES + 1]) == ("open.many_types", {"most": 12})


def test_a_title_is_cleaned_and_measured():
    (draft,) = commands.open_conference(Conference(LOG), ORGANISER, **opening(title=" 春\x00の会\u200b \r\n"))
    assert draft.body["title"] == "春の会\u200b"
    long = opening(title="あ" * 401)
    assert refusal(commands.open_conference, Conference(LOG), ORGANISER, **long) == (
        "open.title",
        {"most": 400, "length": 401},
    )


# --- the room --------------------------------------------------------------------------------------------------------


def test_types_are_set_in_the_terms_order_and_what_a_table_speaks_for_stays(room):
    room.send(commands.set_table, TWO, people={"MED": 2, "HC": 0})
    room.write(ONE, type="CONSULT")
    (draft,) = commands.set_types(room.now, FACILITATOR, types=["SHG", "CSC"])
    assert draft == Draft("types_set", "facilitator", {"types": ["CSC", "CONSULT", "MED", "SHG"]})


def test_a_type_whose_only_card_was_withdrawn_may_go(room):
    room.write(ONE, type="CONSULT")
    room.send(cards.withdraw_card, ONE, card="card-0001", base=room.now.revision)
    (draft,) = commands.set_types(room.now, FACILITATOR, types=["SHG"])
    assert draft.body == {"types": ["SHG"]}


def test_the_same_types_are_no_change(room):
    assert commands.set_types(room.now, FACILITATOR, types=list(reversed(TYPES))) == ()


def test_unknown_none_and_too_many_types_are_refused(room):
    assert refusal(commands.set_types, room.now, FACILITATOR, types=["X"]) == ("card.type", {"found": "X"})
    assert refusal(commands.set_types, room.now, FACILITATOR, types=[]) == ("open.no_types", {})
    many = list(AGENCIES)[:13]
    assert refusal(commands.set_types, room.now, FACILITATOR, types=many) == ("open.many_types", {"most": 12})


def test_groups_may_grow_and_shrink_to_those_in_use(room):
    assert commands.set_groups(room.now, ORGANISER, groups=2) == (Draft("groups_set", "organiser", {"groups": 2}),)
    assert refusal(commands.set_groups, room.now, ORGANISER, groups=1) == ("groups.in_use", {"least": 2, "most": 6})
    assert refusal(commands.set_groups, room.now, ORGANISER, groups=7) == ("groups.in_use", {"least": 2, "most": 6})
    assert refusal(commands.set_groups, Room().now, ORGANISER, groups=0) == ("groups.in_use", {"least": 1, "most": 6})


def test_a_group_with_a_card_stays_even_when_its_seats_moved_away(room):
    room.write(TWO)
    room.send(commands.move_seat, TWO, seat=TWO.seat, group=1)
    assert refusal(commands.set_groups, room.now, ORGANISER, groups=1) == ("groups.in_use", {"least": 2, "most": 6})


def test_the_same_number_of_groups_is_no_change(room):
    assert commands.set_groups(room.now, ORGANISER, groups=3) == ()


def test_of_the_venue_only_what_changed_is_written(room):
    fields = {"wifi": " hokensho ", "person": "保健師", "room": ""}
    changed = {"wifi": "hokensho", "person": "保健師"}
    assert commands.set_venue(room.now, FACILITATOR, **fields) == (Draft("venue_set", "facilitator", changed),)
    room.send(commands.set_venue, FACILITATOR, **fields)
    assert room.now.venue == Venue(wifi="hokensho", person="保健師")
    assert commands.set_venue(room.now, FACILITATOR, **fields) == ()
    assert commands.set_venue(room.now, FACILITATOR, wifi="") == (Draft("venue_set", "facilitator", {"wifi": ""}),)


def test_what_no_venue_has_is_refused(room):
    assert refusal(commands.set_venue, room.now, FACILITATOR, wifi="x", cellar="x") == ("form", {"found": "cellar"})


def test_words_about_the_venue_are_measured(room):
    asked = {"contacts": "い" * 500}
    assert refusal(commands.set_venue, room.now, FACILITATOR, **asked) == ("venue.long", {"most": 400, "length": 500})


# --- seats -----------------------------------------------------------------------------------------------------------


def test_a_device_joins_once_however_often_it_asks():
    room = Room()
    first = room.send(commands.take_seat, GUEST, seat="a")
    again = room.send(commands.take_seat, GUEST, seat="a")
    assert (first.fresh, again.fresh, room.now.seats) == (True, False, {"a": Seat("a")})
    assert room.entries[-1].author == room.entries[-1].key == "seat:a"


def test_seats_end_at_a_number(room):
    for n in range(limits.SEATS - 3):
        room.send(commands.take_seat, GUEST, seat=f"s{n}")
    assert len(room.now.seats) == limits.SEATS
    assert refusal(commands.take_seat, room.now, GUEST, seat="one-too-many") == ("seat.full", {"most": 120})
    assert commands.take_seat(room.now, GUEST, seat="s0") == ()


def test_a_seat_chooses_its_group_and_a_facilitator_may_move_it(room):
    moved = {"seat": "seat-one", "group": 3}
    written = {**moved, "left": 1}
    assert commands.move_seat(room.now, ONE, **moved) == (Draft("seat_moved", "seat:seat-one", written),)
    assert commands.move_seat(room.now, FACILITATOR, **moved) == (Draft("seat_moved", "facilitator", written),)
    assert commands.move_seat(room.now, ONE, seat="seat-one", group=1) == ()


@pytest.mark.parametrize("group", [0, 4, -1])
def test_a_group_that_is_not_there_takes_no_seat(room, group):
    asked = {"seat": "seat-one", "group": group}
    assert refusal(commands.move_seat, room.now, ONE, **asked) == ("group.none", {"found": group})


def test_a_seat_that_is_not_there_moves_nowhere(room):
    assert refusal(commands.move_seat, room.now, FACILITATOR, seat="nobody", group=1) == NOT_ALLOWED


# --- a table's own words ---------------------------------------------------------------------------------------------


def test_the_ground_rules_are_read_once_a_group(room):
    room.send(commands.take_seat, GUEST, seat="late")
    late = Who("seat", "late")
    room.send(commands.move_seat, late, seat="late", group=3)
    draft = Draft("rules_accepted", "seat:late", {"group": 3})
    assert commands.accept_rules(room.now, late) == (draft,)
    assert commands.accept_rules(room.now, THREE) == ()


def test_a_table_counts_its_people_and_zero_is_left_out(room):
    people = {"HC": 2, "CSC": 0, "MED": 1}
    draft = Draft("table_set", "seat:seat-one", {"group": 1, "people": {"HC": 2, "MED": 1}})
    assert commands.set_table(room.now, ONE, people=people) == (draft,)
    room.send(commands.set_table, ONE, people=people)
    assert commands.set_table(room.now, THREE, people={"MED": 1, "HC": 2}) == ()


def test_a_table_counts_only_types_of_the_conference_and_people_that_can_sit_there(room):
    assert refusal(commands.set_table, room.now, ONE, people={"POLICE": 1}) == ("card.type", {"found": "POLICE"})
    assert refusal(commands.set_table, room.now, ONE, people={"HC": 21}) == ("table.people", {"most": 20})
    assert refusal(commands.set_table, room.now, ONE, people={"HC": -1}) == ("table.people", {"most": 20})


def test_an_agency_gives_one_line_of_itself(room):
    asked = {"type": "HC", "text": " 家族だけでも\x00どうぞ ", "key": "k"}
    body = {"group": 1, "type": "HC", "text": "家族だけでもどうぞ"}
    assert commands.write_line(room.now, ONE, **asked) == (Draft("line_written", "seat:seat-one", body, "k"),)
    room.send(commands.write_line, ONE, **asked)
    assert commands.write_line(room.now, THREE, type="HC", text="家族だけでもどうぞ") == ()
    (draft,) = commands.write_line(room.now, THREE, type="HC", text="")
    assert draft.body == {"group": 1, "type": "HC", "text": ""}


def test_a_line_is_of_a_known_type_and_short(room):
    assert refusal(commands.write_line, room.now, ONE, type="X", text="a") == ("card.type", {"found": "X"})
    asked = {"type": "HC", "text": "う" * 121}
    assert refusal(commands.write_line, room.now, ONE, **asked) == ("line.long", {"most": 120, "length": 121})


def test_a_table_is_ready_for_the_open_step_and_not_for_the_next(room):
    draft = Draft("ready_set", "seat:seat-one", {"group": 1, "step": room.now.step, "ready": True})
    assert commands.set_ready(room.now, ONE, ready=True) == (draft,)
    assert commands.set_ready(room.now, ONE, ready=False) == ()
    room.send(commands.set_ready, ONE, ready=True)
    assert commands.set_ready(room.now, THREE, ready=True) == ()
    room.open("break")
    assert commands.set_ready(room.now, ONE, ready=False) == ()
    assert len(commands.set_ready(room.now, ONE, ready=True)) == 1


TABLE_VERBS = (
    (commands.accept_rules, {}),
    (commands.set_table, {"people": {"HC": 1}}),
    (commands.write_line, {"type": "HC", "text": "電話を"}),
    (commands.set_ready, {"ready": True}),
    (cards.write_card, {"card": "card-0009", "fields": card_fields()}),
    (cards.withdraw_card, {"card": "card-0001", "base": 0}),
)


@pytest.mark.parametrize(("verb", "fields"), TABLE_VERBS, ids=lambda value: getattr(value, "__name__", ""))
def test_only_a_seat_of_this_conference_with_a_group_writes_for_a_table(room, verb, fields):
    assert refusal(verb, room.now, Who("seat", "forged"), **fields) == ("seat.unknown", {})
    room.send(commands.take_seat, GUEST, seat=SOMEBODY)
    assert refusal(verb, room.now, Who("seat", SOMEBODY), **fields) == ("seat.no_group", {})


def test_f09_what_a_seat_wrote_before_it_was_moved_is_its_former_tables(room):
    """The words may come late; the tablet writes for the table where it is now and for those where it was."""
    room.send(commands.move_seat, FACILITATOR, seat=ONE.seat, group=2)
    for group, written in ((0, 2), (1, 1), (2, 2)):
        (draft,) = commands.write_line(room.now, replace(ONE, group=group), type="HC", text="電話を")
        assert draft.body["group"] == written
    assert refusal(commands.write_line, room.now, replace(ONE, group=3), type="HC", text="電話を") == NOT_ALLOWED
    assert refusal(commands.write_line, room.now, replace(THREE, group=2), type="HC", text="電話を") == NOT_ALLOWED


WRITTEN_OVER = {
    "write_line": (commands.write_line, ONE, THREE, {"type": "HC"}),
    "write_next_step": (sharing.write_next_step, ONE, THREE, {"step": "step-0001", "type": "HC", "to": "CSC"}),
    "review_map": (sharing.review_map, ONE, THREE, {"note": "note-0001", "about": 2}),
    "comment": (advice.comment, FACILITATOR, ORGANISER, {"note": "facilitator-whole", "about": ""}),
}


@pytest.mark.parametrize("name", WRITTEN_OVER)
def test_f07_words_that_nobody_has_seen_are_not_written_over(room, name):
    """Two devices begin at one moment: the second is shown what the first wrote, and may write over it then."""
    verb, first, second, place = WRITTEN_OVER[name]
    room.send(verb, first, **place, text="一つめ", before="", key="first")
    late = {**place, "text": "二つめ", "key": "second"}
    assert refusal(verb, room.now, second, **late, before="") == ("words.moved", {"found": "一つめ"})
    assert verb(room.now, second, **late, before="\r一つめ ")[0].body["text"] == "二つめ"
    assert verb(room.now, second, **late)[0].body["text"] == "二つめ"
    assert verb(room.now, second, **place, text="一つめ", before="") == ()
    room.send(verb, first, **place, text="", before="一つめ")
    assert refusal(verb, room.now, second, **late, before="一つめ") == ("words.taken_back", {"found": ""})


@pytest.mark.parametrize("name", WRITTEN_OVER)
def test_f07_f08_what_is_sent_again_after_others_wrote_gets_its_receipt(room, name):
    """Its acknowledgement was lost, and somebody who had seen the words has changed them since."""
    verb, first, second, place = WRITTEN_OVER[name]
    given = room.send(verb, first, **place, text="一つめ", before="", key="first")
    room.send(verb, second, **place, text="二つめ", before="一つめ", key="second")
    again = room.send(verb, first, **place, text="一つめ", before="", key="first")
    assert (again.fresh, again.revision) == (False, given.revision)


def test_a_table_that_is_no_more_takes_no_words_that_come_late(room):
    room.send(commands.set_groups, FACILITATOR, groups=4)
    for group in (4, 1):
        room.send(commands.move_seat, FACILITATOR, seat=ONE.seat, group=group)
    room.send(commands.set_groups, FACILITATOR, groups=3)
    late = replace(ONE, group=4)
    assert refusal(commands.write_line, room.now, late, type="HC", text="電話を") == ("group.none", {"found": 4})


# --- steps and the clock ---------------------------------------------------------------------------------------------


def test_a_step_opens_with_its_scene_and_its_clock(room):
    assert (room.now.here.kind, room.now.scenes) == ("scene", (1,))
    assert room.now.timer == Timer(room.now.here.seconds, 0.0, True, room.entries[-1].at, room.now.revision)


def test_f12_the_second_press_finds_another_base_and_moves_nothing(room):
    base, following = room.now.step_revision, room.now.step + 1
    room.send(commands.open_step, FACILITATOR, step=following, base=base)
    before = room.now
    with pytest.raises(Refused) as caught:
        room.send(commands.open_step, ORGANISER, step=following, base=base)
    with pytest.raises(Refused):
        room.send(commands.open_step, ORGANISER, step=following + 1, base=base)
    assert (caught.value.key, caught.value.params, room.now) == ("step.moved", {}, before)


def test_f12_writing_at_the_tables_does_not_stale_the_next_button(room):
    base, following = room.now.step_revision, room.now.step + 1
    room.write(ONE)
    room.send(commands.add_minute, FACILITATOR, spent=10)
    assert room.send(commands.open_step, FACILITATOR, step=following, base=base).fresh


def test_a_step_that_is_not_there_or_open_already_is_refused(room):
    for step in (-1, len(room.now.steps), room.now.step):
        asked = {"step": step, "base": room.now.step_revision}
        assert refusal(commands.open_step, room.now, FACILITATOR, **asked) == ("step.none", {})


def back(room):
    return room.now.step - 1, room.now.step_revision


def test_going_back_closes_a_scene_nobody_wrote_in(room):
    room.open("scene", 3)
    step, base = back(room)
    (draft,) = commands.open_step(room.now, FACILITATOR, step=step, base=base)
    assert draft == Draft("step_opened", "facilitator", {"step": step, "left": room.now.step, "closes": 3})
    room.send(commands.open_step, FACILITATOR, step=step, base=base)
    assert (room.now.scenes, room.now.scene) == ((1,), 1)


def test_going_back_from_a_scene_with_a_card_is_refused_and_a_withdrawn_card_is_none(room):
    room.open("scene", 3)
    room.write(ONE, scene=3)
    step, base = back(room)
    assert refusal(commands.open_step, room.now, FACILITATOR, step=step, base=base) == ("step.has_cards", {})
    room.send(cards.withdraw_card, ONE, card="card-0001", base=room.now.revision)
    (draft,) = commands.open_step(room.now, FACILITATOR, step=step, base=base)
    assert draft.body == {"step": step, "left": step + 1, "closes": 3}


def test_going_back_to_a_scene_from_what_follows_it_keeps_it_open(room):
    room.write(ONE)
    room.send(commands.open_step, FACILITATOR, step=room.now.step + 1, base=room.now.step_revision)
    step, base = back(room)
    (draft,) = commands.open_step(room.now, FACILITATOR, step=step, base=base)
    assert draft.body == {"step": step, "left": step + 1, "closes": 0}
    room.send(commands.open_step, FACILITATOR, step=step, base=base)
    assert (room.now.scenes, room.now.here.scene) == ((1,), 1)


def test_the_clock_is_stopped_resumed_and_given_a_minute(room):
    pause = Draft("timer_set", "facilitator", {"running": False, "spent": 90.5})
    assert commands.pause_timer(room.now, FACILITATOR, spent=90.5) == (pause,)
    assert commands.resume_timer(room.now, FACILITATOR) == ()
    seconds = room.now.timer.seconds
    room.send(commands.pause_timer, FACILITATOR, spent=90.5)
    assert commands.pause_timer(room.now, ORGANISER, spent=99) == ()
    assert commands.resume_timer(room.now, ORGANISER) == (Draft("timer_set", "organiser", {"running": True}),)
    room.send(commands.resume_timer, ORGANISER)
    assert (room.now.timer.running, room.now.timer.spent) == (True, 90.5)
    room.send(commands.add_minute, ORGANISER, spent=100)
    timer = room.now.timer
    assert (timer.seconds, timer.spent, timer.running) == (seconds + 60, 100, True)


def test_a_minute_for_a_stopped_clock_does_not_start_it_and_one_for_no_clock_makes_one(room):
    room.send(commands.pause_timer, FACILITATOR, spent=5)
    (draft,) = commands.add_minute(room.now, FACILITATOR, spent=5)
    assert draft.body == {"running": False, "spent": 5, "more": 60}
    untimed = Room().now
    assert (untimed.timer, commands.resume_timer(untimed, FACILITATOR)) == (Timer(), ())
    (draft,) = commands.add_minute(untimed, FACILITATOR, spent=0, seconds=30)
    assert draft.body == {"running": True, "spent": 0, "more": 30}


def test_the_wall_shows_one_of_a_few_pictures(room):
    draft = Draft("projector_set", "facilitator", {"show": "map"})
    assert commands.show_on_projector(room.now, FACILITATOR, show="map") == (draft,)
    assert commands.show_on_projector(room.now, FACILITATOR, show="auto") == ()
    assert refusal(commands.show_on_projector, room.now, FACILITATOR, show="<script>") == NOT_ALLOWED


# --- the end ---------------------------------------------------------------------------------------------------------


def test_a_conference_ends_and_a_wrong_tap_is_taken_back(ended):
    assert commands.end_conference(ended.now, FACILITATOR) == ()
    reopened = Draft("conference_ended", "facilitator", {"ended": False})
    assert commands.end_conference(ended.now, FACILITATOR, ended=False) == (reopened,)
    ended.send(commands.end_conference, FACILITATOR, ended=False)
    assert ended.write(ONE, card="card-0002").fresh


# --- who may do what -------------------------------------------------------------------------------------------------

VERBS = {
    name: verb
    for module in (commands, cards, sharing, advice)
    for name, verb in vars(module).items()
    if inspect.isfunction(verb)
    and verb.__module__ == module.__name__
    and list(inspect.signature(verb).parameters)[:2] == ["conference", "who"]
    and not name.startswith("_")
    and inspect.signature(verb).return_annotation is commands.Drafts
}
"""Every verb there is, found by its shape: (conference, who, …) → drafts."""

ROLES = {
    "guest": GUEST,
    "projector": PROJECTOR,
    "adviser": ADVISER,
    "own seat": ONE,
    "seat of another group": TWO,
    "facilitator": FACILITATOR,
    "organiser": ORGANISER,
}

NO = "not_allowed"
LEAD_ONLY = (NO, NO, NO, NO, NO, "done", "done")
TABLE_ONLY = (NO, NO, NO, "done", "own group", NO, NO)
ADVISING = (NO, NO, "done", NO, NO, "done", "done")

NOTE = {"note": "note-0001", "text": "夜の電話は助かります"}

TABLE = {
    "open_conference": (opening(), (NO, NO, NO, NO, NO, NO, "done")),
    "set_types": ({"types": ["HC"]}, LEAD_ONLY),
    "set_groups": ({"groups": 5}, LEAD_ONLY),
    "set_venue": ({"room": "相談室"}, LEAD_ONLY),
    "take_seat": ({"seat": SOMEBODY}, ("done",) * 7),
    "move_seat": ({"seat": ONE.seat, "group": 3}, (NO, NO, NO, "done", NO, "done", "done")),
    "accept_rules": ({}, TABLE_ONLY),
    "set_table": ({"people": {"HC": 1}}, TABLE_ONLY),
    "write_line": ({"type": "HC", "text": "電話を"}, TABLE_ONLY),
    "open_step": ({"step": 0}, LEAD_ONLY),
    "pause_timer": ({"spent": 3}, LEAD_ONLY),
    "resume_timer": ({}, LEAD_ONLY),
    "add_minute": ({"spent": 3}, LEAD_ONLY),
    "show_on_projector": ({"show": "map"}, LEAD_ONLY),
    "set_ready": ({"ready": True}, TABLE_ONLY),
    "end_conference": ({}, LEAD_ONLY),
    "write_card": (
        {"card": "card-0001", "fields": card_fields(can="別の言葉")},
        (NO, NO, NO, "done", NO, NO, NO),
    ),
    "withdraw_card": ({"card": "card-0001"}, (NO, NO, NO, "done", "card.none", NO, NO)),
    "hide_card": ({"card": "card-0001", "hidden": True}, LEAD_ONLY),
    "correct_card": ({"card": "card-0001", "type": "HC", "stage": "S7"}, LEAD_ONLY),
    "state_role": (
        {"respondent": "person-0001", "type": "HC", "strengths": {"S3": 2}, "expected": {"S5": ["CSC"]}},
        TABLE_ONLY,
    ),
    "make_pick": ({"strength": "S1", "gap": "S4", "help": "夜の電話"}, TABLE_ONLY),
    "give_heart": ({"card": "card-0001", "type": "HC"}, (NO, NO, NO, "card.none", "own group", NO, NO)),
    "heart_to_card": ({"card": "card-0001", "text": ""}, (NO, NO, NO, "card.none", "own group", NO, NO)),
    "write_next_step": (
        {"step": "step-0001", "type": "HC", "to": "CSC", "text": "来週、電話をする"},
        TABLE_ONLY,
    ),
    "review_map": ({**NOTE, "about": 3}, (NO, NO, NO, "done", "done", NO, NO)),
    "write_hint": ({"type": "HC", "field": "role", "text": "依存症の相談日があります"}, LEAD_ONLY),
    "star": ({"card": "card-0001", "starred": True}, ADVISING),
    "comment": ({**NOTE, "about": "scene:1"}, ADVISING),
}
"""Verb → what it is asked for, and what each of `ROLES` gets: done, done for the own group alone, or the refusal."""

HOLDS_WHEN_ENDED = {"set_venue", "show_on_projector", "end_conference", "hide_card"}
"""What still works after the end; `open_conference` answers with nothing."""


def ready_for(verb):
    """A conference in which `verb` would change something, and the bases that it needs."""
    room = meeting()
    room.write(ONE)
    if verb == "open_conference":
        return Conference(LOG), {}
    if verb == "accept_rules":
        room = Room()
        room.sit(ONE, 1, rules=False)
        room.sit(TWO, 2, rules=False)
    if verb == "heart_to_card":
        room.send(sharing.give_heart, TWO, card="card-0001", type="HC")
    if verb == "resume_timer":
        room.send(commands.pause_timer, FACILITATOR, spent=1)
    if verb == "open_step":
        room.send(cards.withdraw_card, ONE, card="card-0001", base=room.now.revision)
        return room.now, {"base": room.now.step_revision}
    base = room.now.cards["card-0001"].revision if room.now.cards else 0
    return room.now, {"base": base} if verb in ("write_card", "withdraw_card") else {}


def test_every_verb_has_a_row():
    assert set(VERBS) == set(TABLE)
    assert len(VERBS) >= 20


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", VERBS)
def test_f23_each_verb_is_done_for_those_who_may_and_refused_to_all_others(verb, role):
    fields, expected = TABLE[verb]
    outcome = expected[list(ROLES).index(role)]
    conference, base = ready_for(verb)
    if outcome not in ("done", "own group"):
        assert refusal(VERBS[verb], conference, ROLES[role], **fields, **base) == (outcome, {})
        return
    (draft,) = VERBS[verb](conference, ROLES[role], **fields, **base)
    if outcome == "own group":
        assert (draft.author, draft.body["group"]) == ("seat:seat-two", 2)


ADDS_EVERY_TIME = {"add_minute"}


@pytest.mark.parametrize("verb", sorted(set(VERBS) - ADDS_EVERY_TIME))
def test_f08_asking_a_second_time_changes_nothing(verb):
    """A double tap without a key: the second finds done what it asks for, or another base than it was drawn from."""
    fields, expected = TABLE[verb]
    conference, base = ready_for(verb)
    who = list(ROLES.values())[next(i for i, outcome in enumerate(expected) if outcome in ("done", "own group"))]
    drafts = VERBS[verb](conference, who, **fields, **base)
    entries = numbered(LOG, [sound(draft) for draft in drafts], conference.revision, "2024-03-01T06:00:00Z")
    now = fold(conference, LOG, entries)
    try:
        assert VERBS[verb](now, who, **fields, **base) == ()
    except Refused as refused:
        assert (verb, refused.key) == ("open_step", "step.moved")


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "open_conference"])
def test_a_conference_that_was_never_opened_is_asked_in_vain(verb):
    fields, expected = TABLE[verb]
    base = {"base": 0} if "base" in inspect.signature(VERBS[verb]).parameters else {}
    who = ONE if expected[3] == "done" or "own group" in expected else FACILITATOR
    found = ("card.none", {}) if verb == "hide_card" else NONE
    assert refusal(VERBS[verb], Conference(LOG), who, **fields, **base) == found


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "open_conference"])
def test_after_the_end_only_the_wall_the_venue_the_end_itself_and_holding_back_still_work(ended, verb):
    fields, expected = TABLE[verb]
    base = {"base": 0} if "base" in inspect.signature(VERBS[verb]).parameters else {}
    who = ONE if expected[3] == "done" or "own group" in expected else FACILITATOR
    if verb in HOLDS_WHEN_ENDED:
        VERBS[verb](ended.now, who, **fields, **base)
    else:
        assert refusal(VERBS[verb], ended.now, who, **fields, **base) == ENDED


def test_the_log_keeps_a_seat_or_a_role_and_never_a_name():
    assert [who.author for who in (ONE, FACILITATOR, ORGANISER, ADVISER, PROJECTOR, GUEST)] == [
        "seat:seat-one",
        "facilitator",
        "organiser",
        "adviser",
        "projector",
        "guest",
    ]
