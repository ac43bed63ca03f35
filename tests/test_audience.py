"""Who redraws for an entry: the tables that see something of it, and nobody else."""

import pytest

from facilitation import fold
from facilitation.agenda import Step
from facilitation.audience import CONTACTS, EVERYONE, LEAD, PARTS, PROJECTOR, group_of, news, table, touched
from facilitation.conference import Card, Conference
from facilitation.entries import Entry

WALL = PROJECTOR + PARTS
ROOM = {LEAD, WALL}
ALL = {EVERYONE}
ALL_PARTS = {*ROOM, EVERYONE + PARTS}


def room(kind="scene"):
    """A conference at a step of `kind`; table 2 has written a card."""
    card = Card("card-0001", group=2, scene=1, type="HC", stage="S1", revision=1, at="")
    return Conference("log", steps=(Step(kind),), cards={card.id: card})


SEEN = {
    "conference_opened": ({}, ALL),
    "types_set": ({"types": ["HC"]}, ALL),
    "groups_set": ({"groups": 2}, ALL),
    "venue_set": ({"room": "相談室"}, ALL),
    "seat_taken": ({"seat": "a"}, ROOM),
    "seat_moved": ({"seat": "a", "group": 2}, ALL),
    "rules_accepted": ({"group": 3}, {*ROOM, "group-3"}),
    "table_set": ({"group": 3, "people": {}}, {*ROOM, "group-3"}),
    "line_written": ({"group": 3, "type": "HC", "text": ""}, {*ROOM, "group-3", CONTACTS}),
    "step_opened": ({"step": 1}, ALL),
    "timer_set": ({"running": True}, ALL_PARTS),
    "projector_set": ({"show": "map"}, ROOM),
    "card_written": ({"group": 3, "card": "card-0001"}, {*ROOM, "group-3+parts", CONTACTS}),
    "card_withdrawn": ({"card": "card-0001"}, ALL),
    "card_hidden": ({"card": "card-0001", "hidden": True}, ALL),
    "words_hidden": ({"about": "line:1:HC", "hidden": True}, ALL),
    "words_kept": ({"about": "card:card-0001", "base": 2, "group": 3}, {*ROOM, "group-3", CONTACTS}),
    "words_released": ({"about": "card:card-0001", "base": 2, "group": 3}, {*ROOM, "group-3", CONTACTS}),
    "conference_deleted": ({"deleted": True}, ALL),
    "ready_set": ({"group": 3, "step": 1, "ready": True}, {*ROOM, "group-3+parts"}),
    "conference_ended": ({"ended": True}, ALL),
    "role_stated": ({"group": 3}, {*ROOM, "group-3"}),
    "pick_made": ({"group": 3}, {*ROOM, "group-3"}),
    "heart_given": ({"group": 3, "card": "card-0001"}, {*ROOM, "group-3"}),
    "star_set": ({"card": "card-0001", "starred": True}, ROOM),
    "note_written": ({"about": ""}, ALL),
    "next_step_written": ({"group": 3}, {*ROOM, "group-3"}),
    "hint_written": ({"type": "HC"}, {*ROOM, CONTACTS}),
    "care_set": ({"adviser": "精神科医"}, ROOM),
    "notice_told": ({}, ROOM),
    "survey_linked": ({"survey": "survey-2024-03-01-XN9P7T"}, ALL),
}


def entry(kind, body, revision=1):
    return Entry("log", revision, kind, "facilitator", body, "2024-03-01T05:00:00Z")


@pytest.mark.parametrize("kind", SEEN)
def test_an_entry_is_seen_where_it_changes_something(kind):
    body, views = SEEN[kind]
    found = list(touched(entry(kind, body), room()))
    assert (set(found), len(found)) == (views, len(views))


def test_every_kind_of_entry_has_its_audience_here():
    assert set(SEEN) == set(fold._CHANGES)


def test_a_kind_from_a_later_version_is_told_to_everyone():
    assert list(touched(entry("tea_served", {}), room())) == [EVERYONE]


def test_a_seat_that_moves_is_seen_where_it_was_where_it_is_and_by_those_who_choose():
    moved = {"seat": "a", "group": 2, "left": 1}
    assert set(touched(entry("seat_moved", moved), room())) == {*ROOM, "group-0", "group-1", "group-2"}
    assert set(touched(entry("seat_moved", {**moved, "left": 0}), room())) == {*ROOM, "group-0", "group-2"}


def test_a_card_written_while_tables_read_each_other_is_seen_by_all():
    written = entry("card_written", {"group": 3, "card": "card-0002"})
    assert list(touched(written, room("sharing"))) == [EVERYONE]


def test_a_card_written_while_a_table_picks_from_its_own_changes_more_than_the_cards():
    written = entry("card_written", {"group": 3, "card": "card-0002"})
    assert set(touched(written, room("table_check"))) == {*ROOM, "group-3", CONTACTS}


@pytest.mark.parametrize("about", ["group:99", "group:" + "9" * 5_000, "group:x", "tea"])
def test_words_on_the_map_of_a_table_that_is_not_there_are_told_to_everyone(about):
    note = {"note": "n", "about": about, "by": "2", "text": "よい案", "adviser": False}
    assert touched(entry("note_written", note), room()) == (EVERYONE,)


def test_words_on_another_tables_map_are_seen_by_both_tables():
    note = {"note": "n", "about": "group:3", "by": "2", "text": "よい案", "adviser": False}
    assert set(touched(entry("note_written", note), room())) == {*ROOM, "group-2", "group-3"}
    assert set(touched(entry("note_written", {**note, "adviser": True}), room())) == ROOM


@pytest.mark.parametrize("strange", [{"about": "group:1.5"}, {"about": "group:"}, {"by": "医師"}, {"by": ""}])
def test_a_note_of_a_table_that_nobody_knows_is_told_to_everybody(strange):
    """As it may come with a file from elsewhere."""
    note = {"note": "note-0001", "about": "group:3", "by": "2", "adviser": False, "text": "", **strange}
    assert set(touched(entry("note_written", note), room())) == ALL


def test_a_card_that_is_named_alone_is_its_tables():
    assert set(touched(entry("heart_given", {"card": "card-0001"}), room())) == {*ROOM, "group-2"}


def test_from_scene_to_scene_a_tablet_changes_in_parts_alone():
    steps = [Step(kind) for kind in ("cast", "scene", "reveal", "scene", "break", "table_check")]
    evening = Conference("log", steps=tuple(steps))
    opened = lambda left, step: set(touched(entry("step_opened", {"left": left, "step": step}), evening))  # noqa: E731
    assert [opened(*steps) == ALL_PARTS for steps in ((0, 1), (1, 2), (2, 3), (3, 4), (3, 2))] == [True] * 5
    assert [opened(*steps) for steps in ((1, 0), (4, 5), (9, 1), (9, 5))] == [ALL] * 4


def test_agency_cards_change_with_every_tables_words():
    """Whom a table could call, it reads there; it hears of it, though its own page changes not at all."""
    for kind, body in (
        ("card_written", {"group": 3}),
        ("line_written", {"group": 3}),
        ("hint_written", {"type": "HC"}),
    ):
        views = set(touched(entry(kind, body), room()))
        assert (CONTACTS in views, "group-2" in views) == (True, False)


def test_the_news_of_a_commit_are_the_last_change_of_each_view():
    entries = [entry("star_set", {"card": "card-0001"}, 4), entry("pick_made", {"group": 2}, 5)]
    assert news(entries, room()) == {LEAD: 5, WALL: 5, "group-2": 5}


def test_a_groups_view_has_its_number():
    assert (table(3), table(0)) == ("group-3", "group-0")
    assert [group_of(view) for view in ("group-3", "group-0", "projector", "group-x", "3")] == [3, 0, None, None, None]
