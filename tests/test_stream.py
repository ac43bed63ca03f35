"""The change stream: who is told when, how often, and what another process wrote."""

import re
from contextlib import ExitStack
from time import monotonic, sleep

import pytest
from meeting import FACILITATOR, LOG, ONE, TWO, card_fields, ticking
from test_routes import heard, hosted, listening, with_grants

from facilitation import advice, cards, commands
from facilitation.audience import CONTACTS, EVERYONE, PARTS
from facilitation.fold import fold
from facilitation.screen import hub
from facilitation.screen.house import PAGES
from facilitation.screen.hub import ARRIVALS, TABLETS, Pace
from facilitation.store.writer import Writer


@pytest.fixture
def here(house):
    """No conference yet."""
    return house


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


def test_everybody_is_told_where_nobody_can_say_who_sees_it(here, stream, monkeypatch):
    """A fault in what comes after a commit: the commit stands, and every page looks."""

    def broken(*_):
        raise RuntimeError("planted")

    for where in ("news", "let_go", "erases"):
        monkeypatch.setattr(f"facilitation.screen.house.{where}", broken)
    with ExitStack() as open_sockets:
        sockets = [open_sockets.enter_context(listening(stream, view)) for view in ("group-1", "group-2", "projector")]
        start = max(heard(socket) for socket in sockets)
        receipt = here.send(LOG, cards.write_card, ONE, card="card-0001", fields=card_fields())
        assert [heard(socket) for socket in sockets] == [receipt.revision] * 3
    assert receipt.revision > start


def test_a_listener_is_told_where_its_view_stands_though_nothing_happens(here, stream, monkeypatch):
    monkeypatch.setattr(hub, "BEAT", 0.05)
    with listening(stream, "group-1") as first:
        start = heard(first)
        assert [heard(first), heard(first)] == [start, start]


def test_tablets_are_told_one_after_another_and_the_wall_before_them(here, stream):
    here.hub.rows[TABLETS].pace = Pace(0.02, 0.15, each=0.05)
    with ExitStack() as open_sockets:
        tablets = [open_sockets.enter_context(listening(stream, "group-1")) for _ in range(3)]
        wall = open_sockets.enter_context(listening(stream, "projector"))
        start = max(heard(socket) for socket in (*tablets, wall))
        begun = monotonic()
        here.hub.publish(LOG, {"group-1": start + 1, "projector": start + 1})
        heard(wall)
        at = [monotonic() - begun, *sorted(monotonic() - begun for tablet in tablets if heard(tablet))]
    assert at == sorted(at) and at[3] >= 2 * 0.05


def test_while_cards_pour_in_wall_and_desk_wait_for_a_quiet_moment_and_are_told_once(here, stream):
    here.hub.rows["projector"].pace, here.hub.rows["lead"].pace = Pace(0.3, 30), Pace(0.4, 30)
    with listening(stream, "projector") as wall, listening(stream, "lead") as desk:
        start = max(heard(wall), heard(desk))
        for n in range(1, 13):
            here.hub.publish(LOG, {f"projector{PARTS}": start + n, "lead": start + n})
        assert (heard(wall), heard(desk)) == (start + 12, start + 12)


def test_where_no_quiet_moment_comes_the_wall_is_told_all_the_same(here, stream):
    here.hub.rows["projector"].pace = Pace(quiet=30, longest=0.05)
    with listening(stream, "projector") as wall:
        start = heard(wall)
        here.hub.publish(LOG, {f"projector{PARTS}": start + 1})
        assert heard(wall) == start + 1


def test_who_sees_nothing_of_a_change_hears_nothing(here, stream):
    """Each kind of change, and the next number a listener of table 2 hears: never that of what it does not see."""
    with listening(stream, "group-2") as second:
        before = heard(second)
        here.send(LOG, cards.write_card, ONE, card="card-0001", fields=card_fields())
        here.send(LOG, commands.set_ready, ONE, ready=True)
        here.send(LOG, commands.show_on_projector, FACILITATOR, show="map")
        here.send(LOG, commands.take_seat, FACILITATOR, seat="seat-late")
        here.send(LOG, commands.move_seat, FACILITATOR, seat="seat-late", group=3)
        here.send(LOG, advice.star, FACILITATOR, card="card-0001", starred=True)
        sleep(0.3)
        seen = here.send(LOG, cards.write_card, TWO, card="card-0002", fields=card_fields()).revision
        assert (heard(second), seen) == (seen, before + 7)


def test_open_agency_cards_hear_of_every_tables_words_and_not_of_each_single_card(here, stream):
    """Ten cards within a breath: the whole of the cards is asked for once."""
    here.hub.rows[CONTACTS].pace = Pace(quiet=0.5, longest=30)
    with listening(stream, CONTACTS) as opened:
        before = heard(opened)
        for n in range(10):
            here.send(LOG, cards.write_card, (ONE, TWO)[n % 2], card=f"card-00{n:02}", fields=card_fields())
        here.send(LOG, commands.set_ready, ONE, ready=True)
        assert heard(opened) == before + 10


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
    following = {"advise", "check", "facilitate", "map", "projector", "tablet"}
    assert {name for name, found in beats.items() if found} >= following
    assert {beat for found in beats.values() for beat in found} == {"NEVER"}


def test_the_connection_check_hears_of_every_device_that_comes_and_goes(here, stream):
    with listening(stream, ARRIVALS, "check") as desk:
        before = heard(desk)
        with listening(stream, "devices", "check") as first:
            heard(first)
            assert (heard(desk), here.hub.listening("check", "devices")) == (before + 1, 1)
        assert (heard(desk), here.hub.listening("check", "devices")) == (before + 2, 0)
