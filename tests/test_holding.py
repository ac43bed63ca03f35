"""Words held back, brought back, erased for good: by whom, with what, and what is left."""

import pytest
from meeting import ADVISER, CASES, FACILITATOR, GUEST, ONE, ORGANISER, TWO, refusal
from test_written import evening

from facilitation import cards, holding, remarks, sharing
from facilitation.access import Refused
from facilitation.entries import REDACTED
from facilitation.export.record import record


def hold(room, about, hidden=True, who=FACILITATOR):
    return room.send(holding.hold_words, who, about=about, hidden=hidden)


def erase(room, about, who=ORGANISER, upto=None):
    return room.send(holding.erase, who, about=about, upto=room.now.revision if upto is None else upto)


def everything(room):
    """All that the house still knows of a log."""
    return repr((room.entries, room.writer._known, room.store._logs))


# --- held back -------------------------------------------------------------------------------------------------------


def test_words_that_are_held_back_are_nowhere_but_where_they_were_written():
    room = evening()
    for about in ("line:1:HC", "note:note-0001", "note:note-0002", "step:step-0001"):
        hold(room, about)
    now = room.now
    assert (now.public_lines(), now.public_notes(), now.public_steps(), remarks.remarks(now, "ja")) == ({}, (), (), ())
    assert now.lines[1, "HC"] == "まず電話を"
    assert set(now.notes) == {"note-0001", "note-0002"}
    assert set(now.next_steps) == {"step-0001"}


def test_words_can_be_brought_back():
    room = evening()
    before = room.now.public_lines()
    hold(room, "line:1:HC")
    hold(room, "line:1:HC", hidden=False)
    assert room.now.public_lines() == before


def test_words_that_are_written_anew_stay_held_back_until_somebody_has_looked():
    room = evening()
    hold(room, "step:step-0001")
    room.send(sharing.write_next_step, ONE, step="step-0001", type="HC", to="CSC", text="電話する")
    assert room.now.public_steps() == ()


def test_holding_back_twice_is_one_entry():
    room = evening()
    hold(room, "line:1:HC")
    assert not hold(room, "line:1:HC").fresh


@pytest.mark.parametrize("about", ["card:card-0001", "title", "line:2:HC", "nothing", ""])
def test_only_lines_notes_and_steps_are_held_back_like_this(about):
    room = evening()
    assert refusal(hold, room, about) == ("words.none", {})


@pytest.mark.parametrize("who", [ONE, ADVISER, GUEST])
def test_who_does_not_lead_holds_nothing_back_and_brings_nothing_back(who):
    room = evening()
    assert refusal(hold, room, "line:1:HC", who=who) == ("not_allowed", {})


# --- erased ----------------------------------------------------------------------------------------------------------

WORDS = {
    "title": "春の検討会",
    "venue:person": "山田さん",
    "line:1:HC": "まず電話を",
    "card:card-0001": "待てます",
    "pick:1": "当番があれば",
    "note:note-0001": "夜が空いています",
    "note:note-0002": "よい問いです",
    "step:step-0001": "会いに行く",
    "hint:HC:role": "相談日は火曜",
}


@pytest.mark.parametrize("about", sorted(set(WORDS) - {"pick:1"}))
def test_erased_words_are_nowhere_any_more(about):
    room = evening()
    assert WORDS[about] in everything(room)
    erase(room, about)
    assert WORDS[about] not in everything(room)
    assert about not in room.now.said


def test_every_earlier_version_of_a_card_goes_with_it():
    room = evening()
    room.write(ONE, base=room.now.cards["card-0001"].revision, can="夜も待ちます")
    receipt = erase(room, "card:card-0001")
    assert [entry.kind for entry in receipt.entries] == [REDACTED] * 4  # two versions, a copy, a pick
    assert not any(word in everything(room) for word in ("待てます", "夜も待ちます", "当番があれば"))
    assert room.now.of_group(1) == ()


def test_a_card_that_another_table_made_of_it_and_a_picked_help_go_with_it():
    room = evening()
    assert holding.copies(room.now, "card:card-0001") == ("card:card-0001-too-2", "pick:1")
    erase(room, "card:card-0001")
    assert (room.now.of_group(2), room.now.picked_help(1)) == ((), "")
    assert "当番があれば" not in everything(room)


def test_a_pick_of_another_card_stays():
    room = evening()
    room.write(ONE, card="card-0002", can="", help="車があれば", help_code="E_STAFF")
    room.send(sharing.make_pick, ONE, help="車があれば")
    receipt = erase(room, "card:card-0001")
    assert len(receipt.entries) == 3  # the card, its copy, the pick before
    assert room.now.picked_help(1) == "車があれば"
    assert "当番があれば" not in everything(room)


def test_only_the_earlier_versions_can_go():
    room = evening()
    room.write(ONE, base=room.now.cards["card-0001"].revision, can="担当が待ちます")
    newest = room.now.said["card:card-0001"][-1]
    erase(room, "card:card-0001", upto=newest - 1)
    assert room.now.cards["card-0001"].can == "担当が待ちます"
    assert "夜は難しい" not in everything(room)


def test_what_was_written_after_the_look_stays():
    room = evening()
    seen = room.now.revision
    room.write(ONE, base=room.now.cards["card-0001"].revision, can="別のことば")
    erase(room, "card:card-0001", upto=seen)
    assert room.now.cards["card-0001"].can == "別のことば"


def test_a_card_that_was_held_back_stays_so_when_its_words_were_erased_and_it_is_written_anew():
    room = evening()
    room.send(cards.hide_card, FACILITATOR, card="card-0001", hidden=True)
    erase(room, "card:card-0001")
    room.write(ONE, base=room.now.cards["card-0001"].revision, can="新しいことば")
    assert room.now.cards["card-0001"].hidden
    assert [card.can for card in room.now.of_group(1)] == ["新しいことば"]


def test_f08_a_device_that_sends_again_does_not_bring_erased_words_back():
    room = evening()
    room.write(TWO, card="card-0009", key="key-0009", can="山田さんに電話します")
    erase(room, "card:card-0009")
    again = room.write(TWO, card="card-0009", key="key-0009", can="山田さんに電話します")
    assert not again.fresh
    assert "山田さんに電話します" not in everything(room)


def test_withdrawn_words_can_be_erased_too():
    room = evening()
    room.send(cards.withdraw_card, ONE, card="card-0001", base=room.now.cards["card-0001"].revision)
    erase(room, "card:card-0001")
    assert "待てます" not in everything(room)


def test_the_conference_goes_on_without_its_title():
    room = evening()
    erase(room, "title")
    assert (room.now.title, room.now.opened, room.now.groups) == ("", True, 3)
    assert set(room.now.cards) == {"card-0001", "card-0001-too-2"}


def test_erasing_one_field_of_the_room_leaves_the_others():
    room = evening()
    erase(room, "venue:person")
    assert (room.now.venue.person, room.now.venue.contacts) == ("", "相談窓口")


@pytest.mark.parametrize("about", ["nothing", "card:card-0099", ""])
def test_what_is_not_there_cannot_be_erased(about):
    assert refusal(erase, evening(), about) == ("words.none", {})


def test_erasing_twice_is_said():
    room = evening()
    erase(room, "line:1:HC")
    with pytest.raises(Refused):
        erase(room, "line:1:HC")


@pytest.mark.parametrize("who", [FACILITATOR, ONE, ADVISER, GUEST])
def test_f23_only_an_organiser_erases(who):
    assert refusal(erase, evening(), "line:1:HC", who=who) == ("not_allowed", {})


def test_the_record_has_no_erased_and_no_held_back_words():
    room = evening()
    hold(room, "step:step-0001")
    erase(room, "card:card-0001")
    page = record(room.now, CASES["case2"]["ja"], "ja")
    assert "よい問いです" in page
    assert not any(words in page for words in ("会いに行く", "待てます", "当番があれば"))
