"""Advice: stars and comments with their refusals, what a room sees of them, and the hints of the map."""

import pytest
from meeting import CASES, FACILITATOR, GUEST, ONE, ORGANISER, PROJECTOR, THREE, TWO, meeting, refusal

from facilitation import advice, cards, commands, hints, limits, remarks, sharing
from facilitation.access import Refused, Who
from facilitation.audience import ROOM, touched
from facilitation.bridges import Edge
from facilitation.conference import Note
from facilitation.hints import Hints
from facilitation.mismatch import Difference

DOCTOR = Who("adviser", "ab12cd34ef56", "医師")
HOUSE = Who("adviser", "99887766aabb", "回復施設")


def with_cards(n):
    room = meeting()
    for i in range(n):
        room.write(ONE, f"card-000{i}", can=f"ことば{i}")
    return room


def starring(room, card="card-0000", starred=True, who=DOCTOR):
    return room.send(advice.star, who, card=card, starred=starred)


def commenting(room, about="scene:1", text="待つことも支援です", who=DOCTOR, **other):
    return room.send(advice.comment, who, note=advice.own_note(who, about), about=about, text=text, **other)


# --- stars -----------------------------------------------------------------------------------------------------------


def test_starred_cards_are_quoted_the_newest_star_first():
    room = with_cards(3)
    for card in ("card-0002", "card-0000"):
        starring(room, card)
    assert [card.id for card in remarks.quotes(room.now)] == ["card-0000", "card-0002"]


def test_a_second_star_writes_nothing_and_a_star_can_be_taken_back():
    room = with_cards(1)
    starring(room)
    before = room.now.revision
    starring(room)
    assert room.now.revision == before
    starring(room, starred=False)
    assert remarks.quotes(room.now) == ()


@pytest.mark.parametrize("gone", ["hidden", "withdrawn"])
def test_what_is_held_back_or_taken_back_is_quoted_no_more(gone):
    room = with_cards(2)
    starring(room)
    if gone == "hidden":
        room.send(cards.hide_card, FACILITATOR, card="card-0000", hidden=True)
    else:
        room.send(cards.withdraw_card, ONE, card="card-0000", base=room.now.cards["card-0000"].revision)
    assert remarks.quotes(room.now) == ()
    assert refusal(starring, room, "card-0009") == ("card.none", {})


def test_a_card_that_is_held_back_cannot_be_starred_but_its_star_can_be_taken_away():
    room = with_cards(1)
    room.send(cards.hide_card, FACILITATOR, card="card-0000", hidden=True)
    assert refusal(starring, room) == ("card.none", {})
    room.send(cards.hide_card, FACILITATOR, card="card-0000", hidden=False)
    starring(room)
    room.send(cards.hide_card, FACILITATOR, card="card-0000", hidden=True)
    starring(room, starred=False)
    assert room.now.stars == ()


# --- comments --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("about", ["", "scene:1", "stage:S4", "cell:HC:S4", "cell:SHG_FAMILY:S7", "bridge:S5-S6"])
def test_a_comment_stands_at_its_place_with_its_role(about):
    room = meeting()
    receipt = commenting(room, about)
    note = advice.own_note(DOCTOR, about)
    assert remarks.remarks(room.now, "ja") == (
        Note(note, about, "待つことも支援です", "医師", True, receipt.at, receipt.revision),
    )


def test_writing_again_at_a_place_changes_the_comment_and_nothing_written_takes_it_back():
    room = meeting()
    commenting(room)
    commenting(room, text="  待つことも\r\n支援です ")
    assert [note.text for note in remarks.remarks(room.now, "ja")] == ["待つことも\n支援です"]
    before = room.now.revision
    commenting(room, text="待つことも\n支援です")
    assert room.now.revision == before
    commenting(room, text="  ")
    assert room.now.notes == {}
    assert room.now.revision == before + 1
    commenting(room, text="")
    assert room.now.revision == before + 1


def test_two_advisers_write_at_the_same_place_and_the_newest_comes_first():
    room = meeting()
    commenting(room)
    commenting(room, who=HOUSE, text="迎えに行けます")
    assert [(note.by, note.text) for note in remarks.remarks(room.now, "ja")] == [
        ("回復施設", "迎えに行けます"),
        ("医師", "待つことも支援です"),
    ]


def test_an_adviser_changes_no_comment_of_another_one():
    room = meeting()
    commenting(room)
    note = advice.own_note(DOCTOR, "scene:1")
    refused = refusal(room.send, advice.comment, HOUSE, note=note, about="scene:1", text="ちがう")
    assert refused == ("not_allowed", {})


def test_a_facilitator_changes_a_comment_and_it_keeps_its_role():
    room = meeting()
    commenting(room)
    note = advice.own_note(DOCTOR, "scene:1")
    room.send(advice.comment, FACILITATOR, note=note, about="scene:1", text="伏せました")
    assert [(each.by, each.text) for each in remarks.remarks(room.now, "ja")] == [("医師", "伏せました")]
    commenting(room, who=FACILITATOR, about="")
    assert remarks.role(remarks.remarks(room.now, "ja")[0], "ja") == "司会"


def test_a_resent_comment_is_written_once():
    room = meeting()
    first = commenting(room, key="k" * 24)
    assert commenting(room, key="k" * 24).revision == first.revision


def test_a_note_of_a_table_is_no_advice_and_no_adviser_may_change_it():
    room = meeting()
    room.send(sharing.review_map, ONE, note="note-of-one", about=2, text="強みが見えます")
    assert remarks.remarks(room.now, "ja") == ()
    for who in (Who("adviser", words="医師"), FACILITATOR):
        refused = refusal(room.send, advice.comment, who, note="note-of-one", about="", text="x")
        assert refused == ("not_allowed", {})


@pytest.mark.parametrize(
    "about",
    [
        "scene:9",
        "scene:x",
        "stage:S9",
        "cell:HC",
        "cell:HC:S9",
        "cell:NONE:S4",
        "bridge:S1-S8",
        "bridge:S1",
        "group:1",
        "x",
    ],
)
def test_a_comment_at_no_place_of_the_picture_is_refused(about):
    assert refusal(commenting, meeting(), about) == ("note.about", {})


def test_a_long_comment_is_refused_with_its_length():
    most = limits.STATEMENT
    assert refusal(commenting, meeting(), text="あ" * (most + 1)) == ("note.long", {"most": most, "length": most + 1})


@pytest.mark.parametrize("note", ["short", "ab12cd34ef56-" + "x" * 60, "ab12cd34ef56_scene"])
def test_an_id_that_is_none_is_refused(note):
    refused = refusal(meeting().send, advice.comment, DOCTOR, note=note, about="", text="x")
    assert refused == ("note.about", {})


# --- who, and when ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [ONE, TWO, THREE, PROJECTOR, GUEST])
def test_nobody_else_stars_or_comments(who):
    room = with_cards(1)
    assert refusal(starring, room, who=who) == ("not_allowed", {})
    assert refusal(commenting, room, who=who) == ("not_allowed", {})


@pytest.mark.parametrize("who", [FACILITATOR, ORGANISER])
def test_those_who_lead_star_and_comment_as_well(who):
    room = with_cards(1)
    starring(room, who=who)
    commenting(room, who=who)
    assert room.now.stars == ("card-0000",)
    assert len(room.now.notes) == 1


def test_an_adviser_does_nothing_else():
    room = with_cards(1)
    base = room.now.cards["card-0000"].revision
    for verb, fields in (
        (cards.write_card, {"card": "card-0001", "fields": {}}),
        (cards.withdraw_card, {"card": "card-0000", "base": base}),
        (cards.hide_card, {"card": "card-0000", "hidden": True}),
        (commands.open_step, {"step": 0, "base": room.now.step_revision}),
        (commands.show_on_projector, {"show": "quotes"}),
        (commands.set_ready, {"ready": True}),
        (sharing.make_pick, {"gap": "S4"}),
    ):
        assert refusal(room.send, verb, DOCTOR, **fields) == ("not_allowed", {}), verb.__name__


def test_an_adviser_without_a_role_in_words_does_not_comment():
    assert refusal(commenting, meeting(), who=Who("adviser", "ab12cd34ef56")) == ("adviser.unnamed", {})


def test_after_the_end_nothing_is_starred_or_written():
    room = with_cards(1)
    room.send(commands.end_conference, FACILITATOR)
    assert refusal(starring, room) == ("conference.ended", {})
    assert refusal(commenting, room) == ("conference.ended", {})


@pytest.mark.parametrize(("typed", "named"), [(" 医師\x00 ", "医師"), ("あ" * 40, "あ" * 40)])
def test_a_role_is_cleaned_and_trimmed(typed, named):
    assert advice.named(typed) == named


def test_no_role_and_a_long_role_are_refused():
    with pytest.raises(Refused, match=r"adviser\.unnamed"):
        advice.named(" \t")
    with pytest.raises(Refused, match=r"adviser\.long"):
        advice.named("あ" * 41)


# --- who sees it, and in what words ----------------------------------------------------------------------------------


def test_only_the_wall_and_the_desk_redraw_for_advice():
    room = with_cards(1)
    starring(room)
    commenting(room)
    room.send(sharing.review_map, ONE, note="note-of-one", about=2, text="強みが見えます")
    star, comment, note = room.entries[-3:]
    assert set(touched(star, {})) == set(touched(comment, {})) == set(ROOM)
    assert set(touched(note, room.now)) == {*ROOM, "group-1", "group-2"}


@pytest.mark.parametrize(
    ("about", "ja", "en"),
    [
        ("", "全体を通して", "On the whole"),
        ("scene:1", "場面1　{0}", "Scene 1  {1}"),
        ("stage:S4", "待つ・続ける", "Wait & keep up"),
        ("bridge:S5-S6", "{2}", "{3}"),
        ("group:2", "2班", "Group 2"),
    ],
)
def test_a_place_has_a_name_in_both_languages(about, ja, en):
    case, now = CASES["case2"], meeting().now
    fill = (case["ja"].scenes[0].title, case["en"].scenes[0].title, bridge("ja"), bridge("en"))
    said = {language: remarks.place(about, now, case[language], language) for language in ("ja", "en")}
    if about == "stage:S4":
        assert said == {language: stage("S4", language) for language in ("ja", "en")}
    else:
        assert said == {"ja": ja.format(*fill), "en": en.format(*fill)}


def stage(code, language):
    from facilitation.path import STAGES

    return STAGES[code].short(language)


def bridge(language):
    return f"{stage('S5', language)} → {stage('S6', language)}"


# --- hints -----------------------------------------------------------------------------------------------------------


def test_before_the_first_card_there_is_no_hint():
    assert hints.hints(meeting().now) == Hints((), (), (), None)


def test_gaps_single_stages_and_the_coldest_hand_over_are_hints():
    room = meeting()
    room.write(ONE, "card-0001", stage="S2", can="聞けます", handover="H1_explain", to="CSC")
    room.write(ONE, "card-0002", stage="S3", can="", hard="夜は難しい")
    room.write(TWO, "card-0003", type="HC", stage="S4", can="待てます", handover="H3_accompany", to="REC", consent=True)
    found = hints.hints(room.now)
    assert (found.gaps, found.singles) == (("S3",), ("S2", "S4"))
    assert found.coldest == (Edge("CONSULT", "CSC", ("H1_explain",), 1),)


def stated(room, n, type, strength=None, expected=()):
    """`n` people of one type say what they carry at S5 and whom they expect there."""
    for i in range(n):
        strengths = {} if strength is None else {"S5": strength}
        fields = {"type": type, "strengths": strengths, "expected": {"S5": list(expected)}}
        room.send(sharing.state_role, ONE, respondent=f"{type.lower().replace('_', '-')}-{i:08}", **fields)


def test_the_widest_difference_is_a_hint_once_enough_have_answered():
    room = meeting()
    stated(room, 2, "REC", strength=2)
    stated(room, 4, "HC", strength=1)
    assert hints.hints(room.now).apart is None, "four others are too few"
    stated(room, 1, "CSC")
    assert hints.hints(room.now).apart == Difference("REC", "S5", 1.0, 0.0, 2, 5)
