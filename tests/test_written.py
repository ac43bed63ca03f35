"""Where words stand in a log: every field that a person can type into has a piece, and each piece finds its entries."""

from dataclasses import replace

from meeting import ADVISER, FACILITATOR, LOG, ONE, TWO, meeting
from test_recorded_logs import NAMES, recorded

from facilitation import advice, cards, commands, sharing, written
from facilitation.entries import Entry, tombstone
from facilitation.fold import fold


def evening():
    """A meeting in which something was typed wherever something can be typed."""
    room = meeting()
    room.send(commands.set_venue, FACILITATOR, person="山田さん", contacts="相談窓口")
    room.send(commands.write_line, ONE, type="HC", text="まず電話を")
    room.write(ONE, can="待てます", hard="夜は難しい", reason="B_TIME", help="当番があれば")
    room.send(sharing.make_pick, ONE, help="当番があれば")
    room.send(sharing.give_heart, TWO, card="card-0001", type="MED")
    room.send(sharing.heart_to_card, TWO, card="card-0001", text="うちも：")
    room.send(sharing.review_map, TWO, note="note-0001", about=1, text="夜が空いています")
    room.send(advice.comment, ADVISER, note="note-0002", about="scene:1", text="よい問いです")
    room.send(sharing.write_next_step, ONE, step="step-0001", type="HC", to="CSC", text="会いに行く")
    room.send(sharing.write_hint, FACILITATOR, type="HC", field="role", text="相談日は火曜")
    return room


PIECES = {
    "title",
    "venue:person",
    "venue:contacts",
    "line:1:HC",
    "card:card-0001",
    "pick:1",
    "card:card-0001-too-2",
    "note:note-0001",
    "note:note-0002",
    "step:step-0001",
    "hint:HC:role",
}


def test_every_piece_is_found_at_its_entries():
    room = evening()
    assert set(room.now.said) == PIECES
    for piece, revisions in room.now.said.items():
        for revision in revisions:
            assert piece in dict(written.words(room.entries[revision - 1]))


def test_a_piece_that_is_written_again_stands_at_two_entries():
    room = evening()
    first = room.now.said["card:card-0001"]
    room.write(ONE, base=room.now.cards["card-0001"].revision, can="夜も待てます")
    assert room.now.said["card:card-0001"] == (*first, room.now.revision)


def test_the_words_of_an_entry_are_what_was_typed_and_nothing_else():
    room = evening()
    said = {piece: words for entry in room.entries for piece, words in written.words(entry)}
    assert said["card:card-0001"] == {"can": "待てます", "hard": "夜は難しい", "help": "当番があれば"}
    assert said["note:note-0001"] == {"text": "夜が空いています", "by": "2"}
    assert said["note:note-0002"] == {"text": "よい問いです", "by": "医師"}
    assert said["title"] == {"title": "春の検討会"}


def test_what_was_erased_or_emptied_stands_nowhere():
    entries = evening().entries
    for entry, piece in [(each, piece) for each in entries for piece in written.pieces(each)]:
        for fields in (written.fields(piece), ()):
            erased = replace(entry, body=tombstone(entry.body, fields))
            assert piece not in written.pieces(erased)


def test_a_text_left_in_an_erased_entry_would_be_seen():
    entry = Entry(LOG, 1, "card_written", "", {"card": "a", "can": "x", "hard": "y"}, "")
    assert list(written.pieces(replace(entry, body=tombstone(entry.body, ("can",))))) == ["card:a"]


def test_no_text_that_somebody_typed_is_missed():
    """Every Japanese text in the recorded logs, which hold every kind of entry, belongs to a piece."""
    seen = set()
    for entry in [entry for name in NAMES for entry in recorded(name)]:
        told = {text for _, words in written.words(entry) for text in words.values()}
        typed = {value for value in entry.body.values() if isinstance(value, str) and not value.isascii()}
        assert typed <= told, (entry.log, entry.revision)
        seen |= {entry.kind} if typed else set()
    assert seen >= {"conference_opened", "venue_set", "line_written", "card_written", "pick_made", "note_written"}


def test_the_fold_of_an_erased_log_goes_on():
    room = evening()
    whole = [replace(entry, body=tombstone(entry.body, ())) for entry in room.entries[1:]]
    assert fold(None, LOG, [room.entries[0], *whole]).revision == room.now.revision
    cards_only = [
        replace(e, body=tombstone(e.body, cards.TEXTS)) if e.kind == "card_written" else e for e in room.entries
    ]
    now = fold(None, LOG, cards_only)
    assert (now.of_group(1), now.of_group(2)) == ((), ())
    assert all(card.erased and not card.public for card in now.cards.values())
