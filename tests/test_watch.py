"""What others wrote reaches those who listen here: two houses over one store stand for two servers."""

import threading
import time

import pytest
from meeting import CASES, FACILITATOR, ORGANISER, opening

from facilitation import commands
from facilitation.entries import Draft
from facilitation.screen.house import House
from facilitation.screen.watch import LATE, SLOW, SOON, Watch
from facilitation.store import FRESH, StoreBusy
from facilitation.store.memory import MemoryStore

LOG = "2024-03-01-XN9P7T"


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def servers(store):
    """Two houses; the second has a listener on the wall of the conference."""
    first, second = House(store, CASES), House(store, CASES)
    first.send(LOG, commands.open_conference, ORGANISER, **opening(code="XN9P7T", date="2024-03-01"))
    second.hub._listeners[LOG]["projector"].add(object())
    second.watch.once()
    return first, second


def test_a_change_through_one_server_is_told_by_the_other(servers):
    first, second = servers
    before = second.hub.revision(LOG, "projector")
    receipt = first.send(LOG, commands.set_venue, FACILITATOR, room="大会議室")
    second.watch.once()
    assert second.hub.revision(LOG, "projector") == receipt.revision > before
    assert second.conference(LOG).venue.room == "大会議室"


def test_keys_that_another_server_took_back_hold_no_more_once_the_watch_has_looked(servers):
    """The event loop asks by the keys at hand: it never waits for the store."""
    first, second = servers
    token = first.carry(LOG, "s", "d1")
    cookie = first.sign({"device": "d1", "organiser": first.keyring.turn})

    def allows(server):
        return bool(server.allowed(cookie, server.keys_at_hand)), bool(server.carried(token, server.keys_at_hand))

    assert allows(second) == (True, True)
    first.note("organiser", "signed_out", key="out d1", device="d1")
    assert (allows(first), allows(second)) == ((False, False), (True, True))
    second.watch.once()
    assert allows(second) == (False, False)


def test_a_page_that_reads_first_takes_nothing_away_from_those_who_listen(servers):
    first, second = servers
    receipt = first.send(LOG, commands.set_venue, FACILITATOR, room="大会議室")
    second.conference(LOG)
    assert second.hub.revision(LOG, "projector") == receipt.revision


def test_the_clock_of_the_other_server_runs_from_when_it_saw_the_step(servers):
    first, second = servers
    first.writer._clock = lambda: "1970-01-01T00:00:00Z"
    step = next(i for i, step in enumerate(first.conference(LOG).steps) if step.scene)
    first.send(LOG, commands.open_step, FACILITATOR, step=step, base=0)
    second.watch.once()
    assert second.spent(second.conference(LOG)) < 5


def test_where_nobody_listens_the_store_is_asked_for_the_keys_alone(store):
    asked = []
    store.revisions = lambda logs: asked.append(list(logs)) or {}
    here = House(store, CASES)
    here.hub._listeners[LOG]["projector"]
    here.watch.once()
    assert asked == [["house"]]


def test_two_servers_that_start_on_an_empty_store_share_one_secret_and_one_password(store):
    first, second = House(store, CASES), House(store, CASES)
    assert second.signed(first.sign({"seats": []})) == {"seats": []}
    assert (bool(first.new_password), second.new_password) == (True, "")
    assert second.password_is(first.new_password)


def test_a_store_that_does_not_answer_ends_no_watch(store, monkeypatch, caplog):
    monkeypatch.setattr("facilitation.screen.watch.AFTER_TROUBLE", 0.01)
    monkeypatch.setattr("facilitation.screen.watch.SLOW", 0.01)
    found = iter([StoreBusy(seconds=1), {"a": 3}])
    looked = []

    def revisions(logs):
        answer = next(found, {"a": 3})
        if isinstance(answer, Exception):
            raise answer
        return answer

    store.revisions = revisions
    watch = Watch(store, lambda: ["a"], looked.append)
    watch.start()
    until = time.monotonic() + 10
    while not looked and time.monotonic() < until:
        time.sleep(0.01)
    watch.stop()
    assert looked == ["a"]
    assert "does not answer" in caplog.text


def test_an_error_that_is_no_refusal_of_the_store_ends_no_watch_and_is_one_line(store, monkeypatch, caplog):
    monkeypatch.setattr("facilitation.screen.watch.AFTER_TROUBLE", 0.01)
    monkeypatch.setattr("facilitation.screen.watch.SLOW", 0.01)
    answers = iter([RuntimeError("名前"), RuntimeError("名前"), RuntimeError("名前"), {"a": 3}])
    looked = threading.Event()

    def revisions(logs):
        answer = next(answers, {"a": 3})
        if isinstance(answer, Exception):
            raise answer
        return answer

    store.revisions = revisions
    watch = Watch(store, lambda: ["a"], lambda log: looked.set())
    watch.start()
    went_on = looked.wait(10)
    watch.stop()
    assert went_on
    assert [record.getMessage() for record in caplog.records] == ["the watch came to nothing and goes on"]
    assert "名前" not in caplog.text


def test_a_log_whose_look_fails_keeps_no_other_from_being_looked_at_and_is_tried_again(store):
    looked = []

    def look(log):
        looked.append(log)
        if looked == ["bad"]:
            raise RuntimeError

    for log in ("bad", "good"):
        store.append(log, "conference", [Draft("said", "", {}, "")], 0, "")
    watch = Watch(store, lambda: ["bad", "good"], look)
    with pytest.raises(RuntimeError):
        watch.once()
    watch.once()
    watch.once()
    assert looked == ["bad", "good", "bad"]


def test_a_watch_that_the_store_does_not_answer_for_long_stands_and_one_that_never_began_does_not(store, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("facilitation.screen.watch.time.monotonic", lambda: now[0])
    monkeypatch.setattr("facilitation.screen.watch.threading.Thread.start", lambda thread: None)
    store.append("a", "conference", [Draft("said", "", {}, "")], 0, "")

    def broken(log):
        raise RuntimeError

    watch = Watch(store, lambda: ["a"], broken)
    assert (watch.since, watch.stands) == (0.0, False)
    watch.start()
    now[0] += LATE + 1
    assert watch.stands
    with pytest.raises(RuntimeError):
        watch.once()
    assert not watch.stands, "one log that cannot be told takes no server out of the row"


def test_while_something_moves_a_shared_store_is_looked_at_more_often(monkeypatch):
    store = MemoryStore()
    watch = Watch(store, lambda: ["a"], lambda log: None)
    assert watch.pause == SLOW
    store.shared = True
    assert watch.pause == FRESH
    store.append("a", "conference", [Draft("said", "", {}, "")], 0, "")
    watch.once()
    assert watch.pause == SOON < FRESH
    watch.once()
    assert watch.pause == SOON
    monkeypatch.setattr("facilitation.screen.watch.LIVELY", 0.0)
    assert watch.pause == FRESH
