"""The fold: what every kind of entry does, and that a log folds to the same value however it is cut."""

from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meeting import FACILITATOR, LOG, ONE, ORGANISER, THREE, TWO, TYPES, Room, card_fields, meeting, steps_of

from facilitation import cards, commands
from facilitation import fold as folding
from facilitation.access import Refused
from facilitation.agencies import AGENCIES
from facilitation.agenda import Step
from facilitation.conference import (
    Card,
    Check,
    Conference,
    NextStep,
    Note,
    Pick,
    Role,
    Seat,
    Timer,
    Venue,
    statements,
)
from facilitation.entries import Entry
from facilitation.fold import fold
from facilitation.statements import Statement

AT = "2024-03-01T05:00:00Z"

STEPS = (Step("reception"), Step("scene", 600, 1, 0), Step("reveal", 0, 0, 1), Step("scene", 480, 3, 1))

OPENED = {
    "code": "XN9P7T",
    "secret": "s",
    "lead_key": "l",
    "title": "春の会",
    "case": "case2",
    "case_version": "1",
    "variant": "120min",
    "date": "2024-03-01",
    "demo": True,
    "groups": 2,
    "types": ["HC", "CSC"],
    "steps": [step.body() for step in STEPS],
}

START = Conference(
    id=LOG,
    revision=1,
    opened=True,
    code="XN9P7T",
    secret="s",
    lead_key="l",
    title="春の会",
    case="case2",
    case_version="1",
    variant="120min",
    date="2024-03-01",
    demo=True,
    groups=2,
    types=("HC", "CSC"),
    steps=STEPS,
    latest=AT,
)

WRITTEN = {
    "card": "card-0001",
    "group": 1,
    "scene": 1,
    "type": "HC",
    "stage": "S4",
    "tracks": ["TF"],
    "can": "待てます",
    "hard": "夜は難しい",
    "reason": "B_TIME",
    "help": "当番があれば",
    "help_code": "E_STAFF",
    "handover": "H2_contact",
    "to": "CSC",
    "consent": True,
    "acts": [],
}

CARD = Card(
    id="card-0001",
    group=1,
    scene=1,
    type="HC",
    stage="S4",
    revision=2,
    at=AT,
    seat="seat:a",
    key="k",
    tracks=("TF",),
    can="待てます",
    hard="夜は難しい",
    reason="B_TIME",
    help="当番があれば",
    help_code="E_STAFF",
    handover="H2_contact",
    to="CSC",
    consent=True,
    versions=(2,),
)


def log(*written):
    """Entries behind an opened conference: (kind, body) or (kind, body, author, key)."""
    rows = [("conference_opened", OPENED), *written]
    return [
        Entry(LOG, n, row[0], *(row[2:3] or ("facilitator",)), row[1], AT, *row[3:4]) for n, row in enumerate(rows, 1)
    ]


def folded(*written):
    """The conference, without where its words stand in the log: `test_written` asks that."""
    return replace(fold(None, LOG, log(*written)), said={})


def changed(revision, **values):
    """The opened conference with some values changed."""
    return replace(START, revision=revision, **values)


# --- every kind ------------------------------------------------------------------------------------------------------


def test_an_empty_log_is_a_conference_that_was_never_opened():
    assert fold(None, LOG, ()) == Conference(LOG)
    assert (Conference(LOG).here, Conference(LOG).scene) == (Step("reception"), 0)


def test_opening_fixes_case_steps_groups_and_types():
    assert folded() == START


def test_an_opening_of_the_first_version_of_the_format_still_opens():
    kept = {"code": "XN9P7T", "secret": "s", "case": "case2", "variant": "120min", "groups": 1, "types": ["HC"]}
    body = {**kept, "steps": [{"kind": "reception"}]}
    assert fold(None, LOG, [Entry(LOG, 1, "conference_opened", "organiser", body, AT)]) == Conference(
        id=LOG,
        revision=1,
        opened=True,
        code="XN9P7T",
        secret="s",
        case="case2",
        variant="120min",
        date="2024-03-01",
        groups=1,
        types=("HC",),
        steps=(Step("reception"),),
        latest=AT,
    )


SEATED = [("seat_taken", {"seat": "a"}), ("seat_moved", {"seat": "a", "group": 2})]

STATED = {
    "respondent": "person-0001",
    "group": 1,
    "type": "HC",
    "strengths": {"S3": 0},
    "expected": {"S5": ["CSC", "SHG"]},
}
HEART = {"card": "card-0001", "type": "HC"}
NOTE = {"about": "scene:1", "by": "医師", "adviser": True}
WRITTEN_AND_TAKEN_BACK = (("a", "x"), ("b", "y"), ("a", ""))
STEP = {"group": 1, "type": "HC", "to": "CSC"}

KINDS = {
    "types_set": ([("types_set", {"types": ["MED"]})], {"types": ("MED",)}),
    "groups_set": ([("groups_set", {"groups": 5})], {"groups": 5}),
    "venue_set": (
        [("venue_set", {"wifi": "hokensho", "room": "和室"}), ("venue_set", {"room": "相談室", "later": "?"})],
        {"venue": Venue(wifi="hokensho", room="相談室")},
    ),
    "seat_taken": ([("seat_taken", {"seat": "a"})], {"seats": {"a": Seat("a")}}),
    "seat_moved": (SEATED, {"seats": {"a": Seat("a", 2)}}),
    "rules_accepted": ([("rules_accepted", {"group": 2})], {"rules": frozenset({2})}),
    "table_set": (
        [("table_set", {"group": 1, "people": {"HC": 2}}), ("table_set", {"group": 1, "people": {"CSC": 1}})],
        {"people": {1: {"CSC": 1}}},
    ),
    "line_written": (
        [("line_written", {"group": 1, "type": "HC", "text": "まず電話を"})],
        {"lines": {(1, "HC"): "まず電話を"}},
    ),
    "step_opened": (
        [("step_opened", {"step": 1})],
        {"step": 1, "step_revision": 2, "scenes": (1,), "timer": Timer(600, 0.0, True, AT, 2)},
    ),
    "timer_set": (
        [("step_opened", {"step": 1}), ("timer_set", {"running": False, "spent": 42.5, "more": 60})],
        {"step": 1, "step_revision": 2, "scenes": (1,), "timer": Timer(660, 42.5, False, AT, 3)},
    ),
    "projector_set": ([("projector_set", {"show": "map"})], {"show": "map"}),
    "card_written": ([("card_written", WRITTEN, "seat:a", "k")], {"cards": {"card-0001": CARD}, "sent": {"k": CARD}}),
    "card_withdrawn": (
        [("card_written", WRITTEN, "seat:a", "k"), ("card_withdrawn", {"card": "card-0001"})],
        {"cards": {"card-0001": replace(CARD, withdrawn=True, revision=3)}, "sent": {"k": CARD}},
    ),
    "card_hidden": (
        [("card_written", WRITTEN, "seat:a", "k"), ("card_hidden", {"card": "card-0001", "hidden": True})],
        {"cards": {"card-0001": replace(CARD, hidden=True)}, "sent": {"k": CARD}},
    ),
    "ready_set": ([("ready_set", {"group": 2, "step": 0, "ready": True})], {"ready": {2: 0}}),
    "role_stated": (
        [("role_stated", STATED), ("role_stated", {**STATED, "strengths": {"S3": 2}})],
        {"roles": {"person-0001": Role("person-0001", 1, "HC", {"S3": 2}, {"S5": ("CSC", "SHG")})}},
    ),
    "pick_made": (
        [("pick_made", {"group": 1, "strength": "S1"}), ("pick_made", {"group": 1, "gap": "S4", "help": "夜の電話"})],
        {"picks": {1: Pick(1, "", "S4", "夜の電話")}},
    ),
    "heart_given": (
        [("heart_given", {**HEART, "group": group, "given": True}) for group in (2, 1)]
        + [("heart_given", {**HEART, "group": 1, "given": False})],
        {"hearts": {("card-0001", 2): "HC"}},
    ),
    "star_set": (
        [
            ("star_set", {"card": card, "starred": on})
            for card, on in (("a", 1), ("b", 1), ("c", 1), ("a", 0), ("b", 1))
        ],
        {"stars": ("c", "b")},
    ),
    "note_written": (
        [("note_written", {**NOTE, "note": note, "text": text}) for note, text in WRITTEN_AND_TAKEN_BACK],
        {"notes": {"b": Note("b", "scene:1", "y", "医師", True, AT, 3)}},
    ),
    "next_step_written": (
        [
            ("next_step_written", {**STEP, "step": step, "text": text})
            for step, text in (("a", "x"), ("b", "y"), ("a", ""))
        ],
        {"next_steps": {"b": NextStep("b", 1, "HC", "CSC", "y")}},
    ),
    "hint_written": (
        [("hint_written", {"type": "HC", "field": "role", "text": "相談日があります"})],
        {"agency_hints": {("HC", "role"): "相談日があります"}},
    ),
    "survey_linked": ([("survey_linked", {"survey": "survey-1"})], {"survey": "survey-1"}),
    "care_set": ([("care_set", {"adviser": "精神科医"})], {"care_adviser": "精神科医"}),
    "notice_told": ([("notice_told", {})], {"notice_told": True}),
    "words_hidden": (
        [("words_hidden", {"about": about, "hidden": on}) for about, on in (("a", True), ("b", True), ("a", False))],
        {"held": frozenset({"b"})},
    ),
    "words_kept": (
        [
            ("line_written", {"group": 1, "type": "HC", "text": "山田さんへ", "personal": {"name": 1}}),
            ("words_kept", {"about": "line:1:HC", "base": 2}),
        ],
        {"lines": {(1, "HC"): "山田さんへ"}, "checks": {"line:1:HC": Check({"name": 1}, 2, True)}},
    ),
    "words_released": (
        [
            ("card_written", {**WRITTEN, "personal": {"name": 1}}, "seat:a", "k"),
            ("words_released", {"about": "card:card-0001", "base": 2}),
        ],
        {
            "cards": {"card-0001": CARD},
            "sent": {"k": replace(CARD, unchecked=True)},
            "checks": {"card:card-0001": Check({"name": 1}, 2, True, True)},
        },
    ),
    "conference_deleted": ([("conference_deleted", {"deleted": True})], {"opened": False, "deleted": AT}),
    "conference_ended": (
        [("step_opened", {"step": 1}), ("conference_ended", {"ended": True})],
        {"step": 1, "step_revision": 2, "scenes": (1,), "timer": Timer(600, 0.0, False, AT, 2), "ended": True},
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_changes_what_it_names_and_nothing_else(kind):
    written, values = KINDS[kind]
    assert folded(*written) == changed(len(written) + 1, **values)


def test_every_kind_the_fold_knows_is_tried_here():
    assert {"conference_opened", *KINDS} == set(folding._CHANGES)


def test_a_kind_from_a_later_version_is_skipped_and_still_counts_as_a_revision():
    assert folded(("tea_served", {"cups": 12}), ("groups_set", {"groups": 3})) == changed(3, groups=3)


def test_a_mark_on_a_card_that_is_not_there_marks_nothing():
    assert folded(("card_hidden", {"card": "nobody", "hidden": True})) == changed(2)


def test_a_conference_that_is_taken_back_is_open_again():
    assert folded(("conference_deleted", {"deleted": True}), ("conference_deleted", {"deleted": False})) == changed(3)


def test_an_entry_that_was_erased_whole_says_nothing_and_keeps_its_place():
    assert folded(("card_written", {"redacted": True}), ("groups_set", {"groups": 3})) == changed(3, groups=3)


# --- steps, scenes, timer --------------------------------------------------------------------------------------------


def test_a_scene_opens_once_and_the_one_opened_last_is_the_scene():
    now = folded(*[("step_opened", {"step": step}) for step in (1, 2, 1, 2, 3)])
    assert (now.scenes, now.scene, now.here) == ((1, 3), 3, STEPS[3])


def test_going_back_may_close_a_scene():
    now = folded(("step_opened", {"step": 1}), ("step_opened", {"step": 3}), ("step_opened", {"step": 2, "closes": 3}))
    assert (now.scenes, now.scene, now.here) == ((1,), 1, STEPS[2])


def test_a_step_without_minutes_has_no_running_clock():
    assert folded(("step_opened", {"step": 2})).timer == Timer(0, 0.0, False, AT, 2)


def test_a_new_step_takes_the_wall_back_to_the_timetable():
    assert folded(("projector_set", {"show": "map"}), ("step_opened", {"step": 1})).show == "auto"


def test_a_table_is_no_longer_ready_when_it_says_so():
    ready = {"group": 1, "step": 0}
    now = folded(("ready_set", {**ready, "ready": True}), ("ready_set", {**ready, "ready": False}))
    assert now.ready == {1: -1}


def test_a_conference_can_be_opened_again_after_its_end():
    now = folded(("conference_ended", {"ended": True}), ("conference_ended", {"ended": False}))
    assert now == changed(3)


# --- cards -----------------------------------------------------------------------------------------------------------


def test_an_edited_card_shows_the_newest_words_and_keeps_its_versions_and_its_place():
    other = {**WRITTEN, "card": "card-0002"}
    edited = {**WRITTEN, "can": "いつでも待てます", "tracks": []}
    now = folded(
        ("card_written", WRITTEN, "seat:a", "k"),
        ("card_written", other, "seat:b", "m"),
        ("card_written", edited, "seat:c", "n"),
    )
    newest = replace(CARD, can="いつでも待てます", tracks=(), revision=4, seat="seat:c", key="n", versions=(2, 4))
    beside = replace(CARD, id="card-0002", revision=3, seat="seat:b", key="m", versions=(3,))
    assert list(now.cards.items()) == [("card-0001", newest), ("card-0002", beside)]


def test_an_edit_leaves_a_held_back_card_held_back():
    now = folded(
        ("card_written", WRITTEN), ("card_hidden", {"card": "card-0001", "hidden": True}), ("card_written", WRITTEN)
    )
    assert now.cards["card-0001"].hidden


def test_a_withdrawn_card_that_is_written_again_is_back():
    now = folded(("card_written", WRITTEN), ("card_withdrawn", {"card": "card-0001"}), ("card_written", WRITTEN))
    assert (now.cards["card-0001"].withdrawn, now.cards["card-0001"].versions) == (False, (2, 4))


def test_a_withdrawn_card_is_counted_nowhere_and_a_held_back_one_is():
    now = folded(
        ("card_written", WRITTEN),
        ("card_written", {**WRITTEN, "card": "card-0002"}),
        ("card_withdrawn", {"card": "card-0001"}),
        ("card_hidden", {"card": "card-0002", "hidden": True}),
    )
    held = now.cards["card-0002"]
    assert (now.of_group(1), now.of_scene(1), now.written(1, 1)) == ((held,), (held,), 1)
    assert (now.of_group(2), now.of_scene(3), now.written(2, 1)) == ((), (), 0)
    assert (held.readable, held.public) == (True, False)
    assert (now.cards["card-0001"].readable, now.cards["card-0001"].public) == (False, False)


def test_the_types_at_a_table_come_in_the_conferences_order():
    assert folded(("table_set", {"group": 1, "people": {"CSC": 1, "HC": 2, "MED": 3}})).types_at(1) == ("HC", "CSC")
    assert folded().types_at(1) == ()


# --- statements (domain 7.0) -----------------------------------------------------------------------------------------


def cut(**fields):
    card = Card("c", 2, 3, "HC", "S4", revision=9, at=AT, tracks=("TF",), **fields)
    return statements([card])


def said(kind, **fields):
    return Statement("c", "HC", "S4", kind, group="2", scene=3, tracks=("TF",), **fields)


def test_a_card_with_can_and_hard_is_two_statements_and_the_hand_over_stands_on_the_can():
    assert cut(can="行けます", hard="夜は難しい", reason="B_TIME", handover="H2_contact", to="CSC") == (
        said("can", text="行けます", handover="H2_contact", to="CSC"),
        said("hard", text="夜は難しい", reason="B_TIME"),
    )


def test_a_hand_over_stands_on_the_hard_where_there_is_no_can():
    assert cut(hard="夜は難しい", reason="B_TIME", handover="H1_explain", to="CSC") == (
        said("hard", text="夜は難しい", reason="B_TIME", handover="H1_explain", to="CSC"),
    )


def test_a_help_beside_a_hard_makes_the_hard_conditional_and_is_no_statement_of_its_own():
    assert cut(hard="夜は難しい", help="当番があれば", help_code="E_STAFF") == (
        said("hard", text="夜は難しい", help="E_STAFF"),
    )
    assert [statement.conditional for statement in cut(hard="夜は難しい", help_code="E_STAFF")] == [True]
    assert [statement.conditional for statement in cut(hard="夜は難しい")] == [False]


def test_a_help_without_a_code_counts_as_other():
    assert cut(hard="夜は難しい", help="何か") == (said("hard", text="夜は難しい", help="E_OTHER"),)
    assert cut(help="何か") == (said("help", text="何か", help="E_OTHER"),)


def test_a_help_beside_a_can_without_a_hard_is_kept_as_a_wish():
    assert cut(can="行けます", help="車があれば", help_code="E_STAFF") == (
        said("can", text="行けます"),
        said("help", text="車があれば", help="E_STAFF"),
    )


def test_all_three_with_a_hand_over_are_a_can_and_a_conditional_hard():
    assert cut(can="行けます", hard="夜は難しい", help="当番", handover="H0_info", to="SHG") == (
        said("can", text="行けます", handover="H0_info", to="SHG"),
        said("hard", text="夜は難しい", help="E_OTHER"),
    )


def test_withdrawn_cards_make_no_statement_held_back_ones_do_and_words_can_be_left_out():
    card = Card("c", 2, 3, "HC", "S4", revision=9, at=AT, tracks=("TF",), can="名前のある言葉", help="何か")
    assert statements([replace(card, withdrawn=True)]) == ()
    assert statements([replace(card, hidden=True)], texts=False) == (said("can"), said("help", help="E_OTHER"))


# --- folding in pieces -----------------------------------------------------------------------------------------------

WHO = st.sampled_from((ONE, TWO, THREE))
LEAD = st.sampled_from((ORGANISER, FACILITATOR))
CARDS = st.sampled_from([f"card-000{n}" for n in range(5)])
WORDS = st.sampled_from(("", "できます", "難しい", "<b>太字</b>", "👪"))


def asking(verb, who, **fields):
    return st.tuples(st.just(verb), who, st.fixed_dictionaries(fields))


COMMANDS = st.one_of(
    asking(commands.move_seat, LEAD, seat=st.just("seat-one"), group=st.integers(1, 3)),
    asking(commands.accept_rules, WHO),
    asking(commands.set_table, WHO, people=st.dictionaries(st.sampled_from(("HC", "CSC")), st.integers(0, 3))),
    asking(commands.write_line, WHO, type=st.just("HC"), text=WORDS),
    asking(commands.open_step, LEAD, step=st.integers(0, 8)),
    asking(commands.pause_timer, LEAD, spent=st.just(3.5)),
    asking(commands.resume_timer, LEAD),
    asking(commands.add_minute, LEAD, spent=st.just(1.0)),
    asking(commands.show_on_projector, LEAD, show=st.sampled_from(commands.SHOWN)),
    asking(commands.set_ready, WHO, ready=st.booleans()),
    asking(commands.set_groups, LEAD, groups=st.integers(1, 6)),
    asking(commands.set_types, LEAD, types=st.sampled_from((["HC"], ["MED", "CONSULT"]))),
    asking(commands.set_venue, LEAD, room=WORDS),
    asking(commands.end_conference, LEAD, ended=st.booleans()),
    asking(
        cards.write_card,
        WHO,
        card=CARDS,
        base=st.integers(0, 40),
        key=st.sampled_from(("", "k1", "k2", "k3")),
        fields=st.builds(card_fields, can=WORDS, hard=WORDS, help=WORDS),
    ),
    asking(cards.withdraw_card, WHO, card=CARDS, base=st.integers(0, 40)),
    asking(cards.hide_card, LEAD, card=CARDS, hidden=st.booleans()),
    asking(cards.correct_card, LEAD, card=CARDS, type=st.just("HC"), stage=st.just("S7")),
)


def happened(asked):
    """The entries that a run of commands left: what is refused writes nothing."""
    room = meeting()
    for verb, who, fields in asked:
        if verb is commands.open_step:
            fields = {**fields, "base": room.now.step_revision}
        try:
            room.send(verb, who, **fields)
        except Refused:
            continue
    return room.entries, room.now


@settings(max_examples=60)
@given(st.lists(COMMANDS, max_size=25), st.data())
def test_a_log_folded_in_pieces_is_the_log_folded_at_once_and_no_value_before_it_changes(asked, data):
    entries, now = happened(asked)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(entries)), max_size=4)))
    piece, befores = None, []
    for start, end in zip([0, *cuts], [*cuts, len(entries)], strict=True):
        piece = fold(piece, LOG, entries[start:end])
        befores.append((piece, deepcopy(piece)))
    assert piece == fold(None, LOG, entries) == now
    assert all(value == copy for value, copy in befores)


def test_the_random_commands_come_through():
    """The strategy above would prove nothing if everything were refused."""
    room = meeting()
    room.write(ONE)
    entries, now = happened([(cards.write_card, ONE, {"card": "card-0000", "fields": card_fields(), "base": 0})])
    assert entries[-1].kind == room.entries[-1].kind == "card_written"
    assert list(now.cards) == ["card-0000"]


def test_the_value_before_keeps_its_seats_people_lines_cards_and_tables():
    room = meeting()
    before, copy = room.now, deepcopy(room.now)
    room.write(ONE)
    room.send(commands.set_table, ONE, people={"HC": 2})
    room.send(commands.write_line, ONE, type="HC", text="電話を")
    room.send(commands.set_ready, ONE, ready=True)
    room.send(commands.move_seat, THREE, seat="seat-three", group=3)
    assert before == copy != room.now


def test_what_the_opening_writes_folds_to_what_was_asked_for():
    room = Room()
    now = room.now
    assert (now.steps, now.types, now.groups, now.case, now.variant) == (
        steps_of(),
        tuple(code for code in AGENCIES if code in TYPES),
        3,
        "case2",
        "120min",
    )
    assert (len(now.secret) >= 16, len(now.lead_key) >= 21, now.secret != Room().now.secret) == (True, True, True)
