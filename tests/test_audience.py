"""Who redraws for an entry: the tables that see something of it, and nobody else."""

import pytest

from facilitation import fold
from facilitation.audience import EVERYONE, LEAD, PROJECTOR, table, touched
from facilitation.entries import Entry

ROOM = {LEAD, PROJECTOR}
ALL = {EVERYONE}
GROUPS = {"card-0001": 2}

SEEN = {
    "conference_opened": ({}, ALL),
    "types_set": ({"types": ["HC"]}, ALL),
    "groups_set": ({"groups": 2}, ALL),
    "venue_set": ({"room": "相談室"}, ALL),
    "seat_taken": ({"seat": "a"}, ROOM),
    "seat_moved": ({"seat": "a", "group": 2}, ALL),
    "rules_accepted": ({"group": 3}, {*ROOM, "group-3"}),
    "table_set": ({"group": 3, "people": {}}, {*ROOM, "group-3"}),
    "line_written": ({"group": 3, "type": "HC", "text": ""}, {*ROOM, "group-3"}),
    "step_opened": ({"step": 1}, ALL),
    "timer_set": ({"running": True}, ALL),
    "projector_set": ({"show": "map"}, ROOM),
    "card_written": ({"group": 3, "card": "card-0001"}, {*ROOM, "group-3"}),
    "card_withdrawn": ({"card": "card-0001"}, ALL),
    "card_hidden": ({"card": "card-0001", "hidden": True}, ALL),
    "words_hidden": ({"about": "line:1:HC", "hidden": True}, ALL),
    "words_kept": ({"about": "card:card-0001", "base": 2, "group": 3}, {*ROOM, "group-3"}),
    "words_released": ({"about": "card:card-0001", "base": 2, "group": 3}, {*ROOM, "group-3"}),
    "conference_deleted": ({"deleted": True}, ALL),
    "ready_set": ({"group": 3, "step": 1, "ready": True}, {*ROOM, "group-3"}),
    "conference_ended": ({"ended": True}, ALL),
    "role_stated": ({"group": 3}, {*ROOM, "group-3"}),
    "pick_made": ({"group": 3}, ALL),
    "heart_given": ({"group": 3, "card": "card-0001"}, {*ROOM, "group-3"}),
    "star_set": ({"card": "card-0001", "starred": True}, ROOM),
    "note_written": ({"about": "group:3"}, ALL),
    "next_step_written": ({"group": 3}, {*ROOM, "group-3"}),
    "hint_written": ({"type": "HC"}, ALL),
    "care_set": ({"adviser": "精神科医"}, ROOM),
    "notice_told": ({}, ROOM),
    "survey_linked": ({"survey": "survey-2024-03-01-XN9P7T"}, ALL),
}


@pytest.mark.parametrize("kind", SEEN)
def test_an_entry_is_seen_where_it_changes_something(kind):
    body, views = SEEN[kind]
    found = list(touched(Entry("log", 1, kind, "facilitator", body, "2024-03-01T05:00:00Z"), GROUPS))
    assert (set(found), len(found)) == (views, len(views))


def test_every_kind_of_entry_has_its_audience_here():
    assert set(SEEN) == set(fold._CHANGES)


def test_a_kind_from_a_later_version_is_told_to_everyone():
    assert list(touched(Entry("log", 1, "tea_served", "organiser", {}, "2024-03-01T05:00:00Z"), {})) == [EVERYONE]


def test_a_groups_view_has_its_number():
    assert (table(3), table(0)) == ("group-3", "group-0")
