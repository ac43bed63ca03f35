"""The change stream: who is told when, how often, and what another process wrote."""

import re
from contextlib import ExitStack
from time import monotonic

import pytest
from meeting import FACILITATOR, LOG, ONE, a_house, card_fields, ticking
from test_routes import heard, hosted, listening, with_grants

from facilitation import cards, commands
from facilitation.audience import EVERYONE
from facilitation.fold import fold
from facilitation.screen import hub
from facilitation.screen.house import PAGES, stand_in
from facilitation.store.writer import Writer


@pytest.fixture
def here():
    house = a_house()
    stand_in(house)
    yield house
    stand_in(None)


@pytest.fixture
def stream(here):
    hosted(here)
    with with_grants(here, organiser=True) as device:
        yield device


def test_changes_that_come_while_a_tablet_waits_for_its_turn_are_one_number(here, stream):
    with listening(stream, "group-1") as first:
        start = heard(first)
        for n in (1, 3, 2):
            here.hub.publish(LOG, {"group-1": start + n})
        assert heard(first) == start + 3
        here.hub.publish(LOG, {EVERYONE: start + 4})
        assert heard(first) == start + 4


def test_a_listener_is_told_where_its_view_stands_though_nothing_happens(here, stream, monkeypatch):
    monkeypatch.setattr(hub, "BEAT", 0.05)
    with listening(stream, "group-1") as first:
        start = heard(first)
        assert [heard(first), heard(first)] == [start, start]


def test_tablets_are_told_one_after_another_and_the_wall_before_them(here, stream, monkeypatch):
    monkeypatch.setattr(hub, "PACE", 0.05)
    with ExitStack() as open_sockets:
        tablets = [open_sockets.enter_context(listening(stream, "group-1")) for _ in range(3)]
        wall = open_sockets.enter_context(listening(stream, "projector"))
        start = max(heard(socket) for socket in (*tablets, wall))
        begun = monotonic()
        here.hub.publish(LOG, {"group-1": start + 1, "projector": start + 1})
        heard(wall)
        at = [monotonic() - begun, *sorted(monotonic() - begun for tablet in tablets if heard(tablet))]
    assert at == sorted(at) and at[3] >= 2 * 0.05


def test_what_another_process_wrote_is_told_by_the_next_look(here, stream):
    with listening(stream, "group-1") as first, listening(stream, "group-2") as second:
        known, before = heard(first), heard(second)
        other = Writer(here.store, ticking(), fold)
        written = other.send(
            LOG, lambda state: cards.write_card(state, ONE, card="card-0009", fields=card_fields())
        ).revision
        here.look(LOG)
        assert heard(first) == written > known
        everybody = other.send(LOG, lambda state: commands.set_venue(state, FACILITATOR, room="相談室")).revision
        here.look(LOG)
        assert heard(second) == everybody > before


def test_pages_that_follow_a_conference_never_ask_by_themselves():
    beats = {page.stem: re.findall(r"run_every=(\w+)", page.read_text("utf-8")) for page in PAGES.glob("*.py")}
    assert beats.pop("check") == ["2"]  # it counts who listens, before the guests come
    assert {name for name, found in beats.items() if found} >= {"advise", "facilitate", "map", "projector", "tablet"}
    assert {beat for found in beats.values() for beat in found} == {"NEVER"}
