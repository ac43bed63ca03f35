"""Cards: all that is wrong is said at once, and nobody's words are lost however devices meet or repeat themselves."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meeting import FACILITATOR, GUEST, ONE, ORGANISER, THREE, TWO, card_fields, meeting, refusal

from facilitation import cards, commands
from facilitation.conference import Card
from facilitation.entries import Draft
from facilitation.path import HANDOVERS
from facilitation.typed import nfkc

EMPTY = {"can": "", "hard": "", "help": ""}


@pytest.fixture
def room():
    return meeting()


def words(room, group=1):
    """What the table sees: (id, the can, beside which card), in order."""
    return [(card.id, card.can, card.beside) for card in room.now.of_group(group)]


def wrong(room, **fields):
    return refusal(cards.write_card, room.now, ONE, card="card-0001", fields=card_fields(**fields))


# --- one card --------------------------------------------------------------------------------------------------------


def test_a_card_is_kept_as_it_was_written():
    room = meeting()
    receipt = room.write(
        ONE,
        key="k",
        tracks=["TD", "TF"],
        hard="夜は難しい",
        reason="B_TIME",
        help="当番があれば",
        help_code="E_STAFF",
        handover="H4_sit_in",
        to="CSC",
        consent=True,
    )
    assert room.now.cards == {
        "card-0001": Card(
            id="card-0001",
            group=1,
            scene=1,
            type="CONSULT",
            stage="S2",
            revision=receipt.revision,
            at=receipt.at,
            seat="seat:seat-one",
            key="k",
            tracks=("TF", "TD"),
            can="いっしょに電話をかけられます",
            hard="夜は難しい",
            reason="B_TIME",
            help="当番があれば",
            help_code="E_STAFF",
            handover="H4_sit_in",
            to="CSC",
            consent=True,
            versions=(receipt.revision,),
        )
    }


def test_only_known_fields_reach_the_log_and_a_group_cannot_be_forged(room):
    fields = card_fields(group=2, hidden=True, author="organiser", card="other", later="?", tracks=["TF", "XX", 3])
    (draft,) = cards.write_card(room.now, ONE, card="card-0001", fields=fields, key="k")
    assert draft == Draft(
        "card_written",
        "seat:seat-one",
        {
            "card": "card-0001",
            "group": 1,
            "scene": 1,
            "type": "CONSULT",
            "stage": "S2",
            "tracks": ["TF"],
            "can": "いっしょに電話をかけられます",
            "hard": "",
            "reason": "",
            "help": "",
            "help_code": "",
            "handover": "",
            "to": "",
            "consent": False,
            "acts": [],
        },
        "k",
    )


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧‍👦 家族",
        "مرحبا",
        "ｱﾙｺｰﾙ　ＯＡＣ",
        "a\u200bb",
        "<img src=x onerror=alert(1)>",
        "![x](http://h/x.png)",
        "=1+1",
    ],
)
def test_f19_f21_words_are_stored_as_typed(room, text):
    room.write(ONE, can=text)
    assert room.now.cards["card-0001"].can == text


def test_f19_controls_and_lone_surrogates_are_dropped_and_line_ends_become_one(room):
    room.write(ONE, can=" 一行目\r\n二行目\x00\x1b[31m\ud800 ")
    assert room.now.cards["card-0001"].can == "一行目\n二行目[31m"


@pytest.mark.parametrize(
    ("rule", "typed"),
    [
        (nfkc, "ｱﾙｺｰﾙ　ＯＡＣ"),
        (lambda text: text.replace("\u200b", ""), "a\u200bb"),
        (lambda text: text.replace("\u200d", ""), "👩‍👩‍👧‍👦 家族"),
    ],
    ids=["one width", "no zero width", "no joiner"],
)
def test_f19_words_that_are_not_stored_as_typed_would_be_seen(room, monkeypatch, rule, typed):
    """The planted fault: a rule that means well and changes what was typed."""
    monkeypatch.setattr(cards, "clean", rule)
    with pytest.raises(AssertionError):
        test_f19_f21_words_are_stored_as_typed(room, typed)


def test_f19_a_card_of_nothing_but_controls_and_spaces_is_empty(room):
    assert wrong(room, can=" \x00\u3000\n") == [("can", "card.empty", {})]


# --- what is wrong ---------------------------------------------------------------------------------------------------

WRONG = {
    "a scene that is not open": ({"scene": 3}, [("scene", "card.scene_closed", {})]),
    "no scene": ({"scene": "1"}, [("scene", "card.scene_closed", {})]),
    "no type": ({"type": ""}, [("type", "card.no_type", {"found": ""})]),
    "a type that is not there": ({"type": "POLICE"}, [("type", "card.type", {"found": "POLICE"})]),
    "no such stage": ({"stage": "S9"}, [("stage", "card.stage", {"found": "S9"})]),
    "no words": (EMPTY, [("can", "card.empty", {})]),
    "too many words": ({"hard": "あ" * 401}, [("hard", "card.long", {"most": 400, "length": 401})]),
    "no such reason": ({"reason": "B_X"}, [("reason", "card.code", {"found": "B_X"})]),
    "no such help": ({"help_code": "E_X"}, [("help_code", "card.code", {"found": "E_X"})]),
    "a hand-over to nobody": ({"handover": "H1_explain"}, [("to", "handover.no_to", {})]),
    "a hand-over of no kind": ({"to": "CSC"}, [("handover", "handover.no_kind", {"found": ""})]),
    "a hand-over of an unknown kind": (
        {"handover": "H9", "to": "CSC"},
        [("handover", "handover.kind", {"found": "H9"})],
    ),
    "a hand-over to an unknown type": ({"handover": "H1_explain", "to": "X"}, [("to", "card.type", {"found": "X"})]),
    "a hand-over to itself": ({"handover": "H1_explain", "to": "CONSULT"}, [("to", "handover.itself", {})]),
    "a hand-over on a wish alone": (
        {**EMPTY, "help": "車", "handover": "H1_explain", "to": "CSC"},
        [("can", "handover.alone", {})],
    ),
    "a contact without consent": ({"handover": "H2_contact", "to": "CSC"}, [("consent", "handover.consent", {})]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_field_is_named_with_its_reason(room, name):
    fields, problems = WRONG[name]
    assert wrong(room, **fields) == problems


def test_all_wrong_fields_are_said_at_once(room):
    everything = {
        **EMPTY,
        "scene": 5,
        "type": "X",
        "stage": "",
        "help": "あ" * 500,
        "reason": "B_X",
        "help_code": "E_X",
        "handover": "H2_contact",
        "to": "POLICE_BOX",
    }
    assert wrong(room, **everything) == [
        ("scene", "card.scene_closed", {}),
        ("type", "card.type", {"found": "X"}),
        ("stage", "card.stage", {"found": ""}),
        ("help", "card.long", {"most": 400, "length": 500}),
        ("reason", "card.code", {"found": "B_X"}),
        ("help_code", "card.code", {"found": "E_X"}),
        ("can", "handover.alone", {}),
        ("to", "card.type", {"found": "POLICE_BOX"}),
        ("consent", "handover.consent", {}),
    ]
    assert (room.now.cards, room.now.revision) == ({}, len(room.entries))


def test_f18_a_text_at_the_limit_fits_and_one_more_is_refused_with_its_length(room):
    room.write(ONE, can="あ" * 400)
    assert room.now.cards["card-0001"].can == "あ" * 400
    assert wrong(room, can="あ" * 1_000_000) == [("can", "card.long", {"most": 400, "length": 1_000_000})]


@pytest.mark.parametrize("kept", [400, 399])
def test_f18_a_text_cut_in_silence_would_be_seen(room, monkeypatch, kept):
    """The planted fault: what is too long is shortened, and nobody is told."""
    monkeypatch.setattr(cards, "clean", lambda text: text[:kept])
    with pytest.raises(AssertionError):
        test_f18_a_text_at_the_limit_fits_and_one_more_is_refused_with_its_length(room)


@pytest.mark.parametrize("kind", HANDOVERS)
def test_the_persons_wish_comes_before_any_contact(room, kind):
    asked = {"handover": kind, "to": "CSC"}
    needed = HANDOVERS[kind].needs_consent
    assert needed == (kind[:2] not in ("H0", "H1"))
    if needed:
        assert wrong(room, **asked) == [("consent", "handover.consent", {})]
    room.write(ONE, **asked, consent=needed)
    assert room.now.cards["card-0001"].handover == kind


def test_cards_are_locked_until_the_table_has_read_the_rules(room):
    room.send(commands.move_seat, TWO, seat=TWO.seat, group=3)
    asked = {"card": "card-0001", "fields": card_fields(scene=9)}
    assert refusal(cards.write_card, room.now, TWO, **asked) == ("rules.first", {})


@pytest.mark.parametrize("card", ["", "short", "x" * 65, "card 0001", "card/0001", "カード番号一二三", "card-0001;"])
def test_a_card_has_an_id_made_on_a_device(room, card):
    assert refusal(cards.write_card, room.now, ONE, card=card, fields=card_fields()) == ("not_allowed", {})


@pytest.mark.parametrize("key", ["k" * 65, "k+7"])
def test_a_key_is_short_and_never_looks_like_one_of_ours(room, key):
    assert refusal(cards.write_card, room.now, ONE, card="card-0001", fields=card_fields(), key=key) == (
        "not_allowed",
        {},
    )


# --- editing, F7 -----------------------------------------------------------------------------------------------------


def test_a_table_edits_its_card_from_any_of_its_seats(room):
    first = room.write(ONE, can="一")
    second = room.write(THREE, base=first.revision, can="二")
    card = room.now.cards["card-0001"]
    assert (words(room), card.versions) == ([("card-0001", "二", "")], (first.revision, second.revision))
    assert [entry.body["can"] for entry in room.entries[-2:]] == ["一", "二"]


def test_writing_the_same_again_is_no_change(room):
    first = room.write(ONE, can="一", key="a")
    again = room.write(THREE, can="一", base=0, key="b")
    assert (again.fresh, room.now.revision) == (False, first.revision)


def test_f07_of_two_edits_from_one_base_both_are_kept_the_second_beside_the_first(room):
    base = room.write(ONE, can="もと").revision
    room.write(ONE, base=base, can="一人目")
    last = room.write(THREE, base=base, can="二人目")
    beside = f"card-0001-{last.revision}"
    assert words(room) == [("card-0001", "一人目", ""), (beside, "二人目", "card-0001")]


def test_f07_of_three_edits_from_one_base_all_three_are_seen(room):
    base = room.write(ONE, can="もと").revision
    for text in ("一人目", "二人目", "三人目"):
        room.write(ONE, base=base, can=text)
    assert [text for _, text, _ in words(room)] == ["一人目", "二人目", "三人目"]


def test_f07_the_card_beside_is_edited_like_any_other(room):
    base = room.write(ONE, can="もと").revision
    room.write(ONE, base=base, can="一人目")
    last = room.write(THREE, base=base, can="二人目")
    beside = f"card-0001-{last.revision}"
    room.write(THREE, card=beside, base=last.revision, can="二人目、直し")
    assert words(room) == [("card-0001", "一人目", ""), (beside, "二人目、直し", "card-0001")]


def test_f07_fifty_times_two_tablets_edit_one_card_in_one_moment(room):
    for n in range(50):
        card = f"card-{n:04}"
        base = room.write(ONE, card=card, can="もと").revision
        start = threading.Barrier(2)

        def edit(who, card=card, base=base, start=start):
            start.wait()
            room.write(who, card=card, base=base, key=f"{who.seat}{card}", can=who.seat)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(edit, (ONE, THREE)))
        seen = [(text, beside) for id, text, beside in words(room) if id.startswith(card)]
        assert sorted(text for text, _ in seen) == ["seat-one", "seat-three"]
        assert [beside for _, beside in seen] == ["", card]


def test_f07_a_text_written_over_the_other_would_be_seen(room, monkeypatch):
    """The planted fault: who comes second writes over the first."""
    monkeypatch.setattr(cards, "_beside", lambda conference, body: body)
    with pytest.raises(AssertionError):
        test_f07_fifty_times_two_tablets_edit_one_card_in_one_moment(room)


def test_another_groups_card_is_out_of_reach(room):
    base = room.write(ONE).revision
    stolen = {"card": "card-0001", "base": base, "fields": card_fields(can="×")}
    assert refusal(cards.write_card, room.now, TWO, **stolen) == ("not_allowed", {})


def test_a_seat_that_moved_writes_for_its_new_group_and_leaves_its_old_cards(room):
    base = room.write(ONE).revision
    room.send(commands.move_seat, ONE, seat=ONE.seat, group=2)
    assert refusal(cards.write_card, room.now, ONE, card="card-0001", base=base, fields=card_fields(can="二")) == (
        "not_allowed",
        {},
    )
    room.write(ONE, card="card-0002")
    assert [card.group for card in room.now.cards.values()] == [1, 2]


# --- repeats, F8 -----------------------------------------------------------------------------------------------------


def test_f08_the_same_key_with_the_same_words_is_one_card_and_one_receipt(room):
    first = room.write(ONE, key="k")
    room.write(TWO, card="card-0002", key="other")
    again = room.write(ONE, key="k")
    assert (again.revision, again.at, again.fresh) == (first.revision, first.at, False)
    assert sum(entry.kind == "card_written" for entry in room.entries) == 2


def test_f08_the_same_key_with_other_words_is_an_edit_and_both_texts_are_kept(room):
    first = room.write(ONE, key="k", can="一")
    second = room.write(ONE, key="k", can="二")
    assert (second.fresh, words(room)) == (True, [("card-0001", "二", "")])
    assert room.now.cards["card-0001"].versions == (first.revision, second.revision)
    assert [(entry.key, entry.body["can"]) for entry in room.entries[-2:]] == [
        ("k", "一"),
        (f"k+{first.revision}", "二"),
    ]


def test_f08_a_repeat_of_the_edit_under_the_same_key_adds_nothing(room):
    room.write(ONE, key="k", can="一")
    room.write(ONE, key="k", can="二")
    revision = room.now.revision
    assert not room.write(ONE, key="k", can="二").fresh
    third = room.write(ONE, key="k", can="三")
    assert (third.fresh, third.revision, words(room)) == (True, revision + 1, [("card-0001", "三", "")])


def test_f08_a_late_repeat_does_not_undo_what_another_device_wrote_since(room):
    first = room.write(ONE, key="k", can="一")
    room.write(THREE, key="m", base=first.revision, can="二")
    again = room.write(ONE, key="k", can="一")
    assert (again.fresh, again.revision, words(room)) == (False, first.revision, [("card-0001", "二", "")])


def test_f08_f07_other_words_under_a_used_key_come_beside_what_another_device_wrote_since(room):
    first = room.write(ONE, key="k", can="一")
    room.write(THREE, key="m", base=first.revision, can="二")
    last = room.write(ONE, key="k", can="三")
    assert last.fresh
    assert words(room) == [("card-0001", "二", ""), (f"card-0001-{last.revision}", "三", "card-0001")]


def test_f08_f07_a_repeat_of_words_that_came_beside_adds_nothing_and_new_words_edit_them(room):
    base = room.write(ONE, can="もと").revision
    room.write(THREE, base=base, key="m", can="二")
    beside = room.write(ONE, base=base, key="k", can="三")
    assert not room.write(ONE, base=base, key="k", can="三").fresh
    assert room.write(ONE, base=base, key="k", can="四").fresh
    assert words(room) == [("card-0001", "二", ""), (f"card-0001-{beside.revision}", "四", "card-0001")]


def test_f08_a_repeat_does_not_bring_back_a_withdrawn_card(room):
    first = room.write(ONE, key="k", can="一")
    room.send(cards.withdraw_card, THREE, card="card-0001", base=first.revision)
    assert not room.write(ONE, key="k", can="一").fresh
    assert words(room) == []


def test_f08_a_key_that_wrote_another_card_writes_no_second_one(room):
    room.write(ONE, key="k", can="一")
    base = room.write(ONE, card="card-0002", can="二").revision
    assert not room.write(ONE, card="card-0002", base=base, key="k", can="三").fresh
    assert words(room) == [("card-0001", "一", ""), ("card-0002", "二", "")]


TAPS = st.lists(
    st.tuples(
        st.sampled_from((ONE, THREE)),
        st.sampled_from(("k1", "k2", "k3", "k4")),
        st.sampled_from("甲乙丙"),
        st.integers(0, 6),
    ),
    max_size=12,
)


@settings(max_examples=150)
@given(TAPS)
def test_f07_f08_every_acknowledged_text_is_a_card_or_an_earlier_version_of_one(taps):
    """However two devices repeat, edit and cross each other on one card: what was acknowledged is in the log, and what
    the table sees changed only by a device that had seen it or had written it."""
    room = meeting()
    seen = [0]
    for who, key, text, known in taps:
        room.write(who, base=seen[known % len(seen)], key=who.seat + key, can=text)
        card = room.now.cards["card-0001"]
        seen.append(card.revision)
        assert text in {entry.body.get("can") for entry in room.entries}
    written = [entry for entry in room.entries if entry.kind == "card_written"]
    assert sorted(r for card in room.now.cards.values() for r in card.versions) == [e.revision for e in written]


# --- withdrawing, holding back, correcting ---------------------------------------------------------------------------


def test_a_card_is_withdrawn_by_its_table_from_its_own_base(room):
    base = room.write(ONE).revision
    draft = Draft("card_withdrawn", "seat:seat-three", {"card": "card-0001"}, "k")
    assert cards.withdraw_card(room.now, THREE, card="card-0001", base=base, key="k") == (draft,)
    room.send(cards.withdraw_card, THREE, card="card-0001", base=base)
    assert (words(room), room.entries[-2].body["can"]) == ([], "いっしょに電話をかけられます")
    assert cards.withdraw_card(room.now, ONE, card="card-0001", base=base) == ()


def test_a_card_that_changed_since_is_not_withdrawn(room):
    base = room.write(ONE).revision
    room.write(THREE, base=base, can="直し")
    assert refusal(cards.withdraw_card, room.now, ONE, card="card-0001", base=base) == ("card.moved", {})


def test_a_withdrawn_card_is_brought_back_by_writing_it_from_its_newest_base(room):
    base = room.write(ONE).revision
    base = room.send(cards.withdraw_card, ONE, card="card-0001", base=base).revision
    room.write(ONE, base=base)
    assert words(room) == [("card-0001", "いっしょに電話をかけられます", "")]


@pytest.mark.parametrize("who", [FACILITATOR, ORGANISER])
def test_a_card_is_held_back_and_brought_back(room, who):
    room.write(ONE)
    held = Draft("card_hidden", who.author, {"card": "card-0001", "hidden": True})
    assert cards.hide_card(room.now, who, card="card-0001", hidden=True) == (held,)
    assert cards.hide_card(room.now, who, card="card-0001", hidden=False) == ()
    room.send(cards.hide_card, who, card="card-0001", hidden=True)
    card = room.now.cards["card-0001"]
    assert (card.readable, card.public) == (True, False)
    room.send(cards.hide_card, who, card="card-0001", hidden=False)
    assert room.now.cards["card-0001"] == replace(card, hidden=False)


def test_holding_a_card_back_does_not_stale_the_tables_edit(room):
    base = room.write(ONE).revision
    room.send(cards.hide_card, FACILITATOR, card="card-0001", hidden=True)
    room.write(ONE, base=base, can="言い直し")
    assert (words(room), room.now.cards["card-0001"].hidden) == ([("card-0001", "言い直し", "")], True)


def test_a_facilitator_corrects_who_spoke_and_the_stage_and_the_words_stay(room):
    room.write(ONE, tracks=["TF"], handover="H2_contact", to="CSC", consent=True, acts=["A1_phone_now"])
    before = room.now.cards["card-0001"]
    receipt = room.send(cards.correct_card, FACILITATOR, card="card-0001", type="HC", stage="S5")
    assert room.now.cards["card-0001"] == replace(
        before,
        type="HC",
        stage="S5",
        revision=receipt.revision,
        at=receipt.at,
        seat="facilitator",
        key="",
        versions=(*before.versions, receipt.revision),
    )
    assert cards.correct_card(room.now, ORGANISER, card="card-0001", type="HC", stage="S5") == ()


def test_a_correction_names_what_is_wrong_with_it(room):
    room.write(ONE, handover="H1_explain", to="CSC")
    asked = {"card": "card-0001", "type": "CSC", "stage": "S9"}
    assert refusal(cards.correct_card, room.now, FACILITATOR, **asked) == [
        ("stage", "card.stage", {"found": "S9"}),
        ("to", "handover.itself", {}),
    ]


def test_a_card_that_is_not_there_is_neither_withdrawn_held_back_nor_corrected(room):
    assert refusal(cards.withdraw_card, room.now, ONE, card="nobody", base=0) == ("card.none", {})
    assert refusal(cards.hide_card, room.now, FACILITATOR, card="nobody", hidden=True) == ("card.none", {})
    gone = {"card": "card-0001", "type": "HC", "stage": "S1"}
    assert refusal(cards.correct_card, room.now, FACILITATOR, **gone) == ("card.none", {})
    base = room.write(ONE).revision
    room.send(cards.withdraw_card, ONE, card="card-0001", base=base)
    assert refusal(cards.correct_card, room.now, FACILITATOR, **gone) == ("card.none", {})


def test_a_guest_writes_nothing(room):
    assert refusal(cards.write_card, room.now, GUEST, card="card-0001", fields=card_fields()) == ("not_allowed", {})
