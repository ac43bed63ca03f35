"""The writer: one decision after another, one commit for all who wait, an answer only after it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest
from meeting import FACILITATOR, LOG, ORGANISER, meeting
from sqlite_utils.utils import sqlite3

from facilitation import commands
from facilitation.access import Refused
from facilitation.conference import KIND
from facilitation.entries import REDACTED, Draft
from facilitation.fold import fold
from facilitation.store import FRESH, Forgotten, StoreFull, UnreadableLog
from facilitation.store import reader as readers
from facilitation.store.memory import MemoryStore
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.writer import Writer

AT = "2024-03-01T05:00:00Z"


class Refusal(Exception):
    pass


def texts(before, log, entries):
    """The state of these tests: every text, in order."""
    return (before or ()) + tuple(entry.body["text"] for entry in entries)


def say(text, key=""):
    return lambda state: [Draft("said", "seat:1", {"text": text}, key)]


def say_if(count, text, key=""):
    """A command with a base: refused unless `count` texts are there."""

    def command(state):
        if len(state) != count:
            raise Refusal
        return [Draft("said", "seat:1", {"text": text}, key)]

    return command


class Gate(MemoryStore):
    """A store whose first commit waits until the test lets it go, so that others queue up behind it."""

    def __init__(self):
        super().__init__()
        self.entered, self.go = threading.Event(), threading.Event()
        self.commits = []

    def append(self, log, kind, drafts, after, at):
        self.entered.set()
        assert self.go.wait(10)
        self.commits.append((log, len(drafts)))
        return super().append(log, kind, drafts, after, at)


def queued(writer, store, commands):
    """One command that holds the commit, then `commands` waiting together; the outcomes of the latter."""

    def outcome(request):
        log, command, key = request
        try:
            return writer.send(log, command, key=key)
        except Exception as refused:
            return refused

    with ThreadPoolExecutor(len(commands) + 1) as pool:
        pool.submit(writer.send, "first", say("held"))
        assert store.entered.wait(10)
        futures = []
        for number, command in enumerate(commands, 1):
            futures.append(pool.submit(outcome, command))
            while len(writer._waiting) < number:
                pass
        store.go.set()
        return [future.result(10) for future in futures]


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def writer(store):
    return Writer(store, lambda: AT, texts)


def test_a_command_sees_the_state_and_its_drafts_become_entries(writer, store):
    writer.send("a", say("一"))
    receipt = writer.send("a", lambda state: [Draft("said", "seat:1", {"text": state[0] + "二"})])
    assert receipt.entries == store.entries("a")[1:]
    assert (receipt.revision, receipt.at, receipt.fresh) == (2, AT, True)
    assert writer.state("a") == ("一", "一二")


def test_a_command_that_changes_nothing_writes_nothing(writer, store):
    receipt = writer.send("a", lambda state: [])
    assert (receipt.revision, receipt.fresh, receipt.entries) == (0, False, ())
    assert dict(store.logs()) == {}


def test_a_refusal_reaches_its_sender_and_writes_nothing(writer, store):
    with pytest.raises(Refusal):
        writer.send("a", say_if(1, "x"))
    assert store.revision("a") == 0
    assert writer.send("a", say("y")).revision == 1


def test_all_who_wait_are_committed_together_in_the_order_they_came():
    store = Gate()
    writer = Writer(store, lambda: AT, texts)
    receipts = queued(writer, store, [("a", say(str(n)), "") for n in range(20)])
    assert store.commits == [("first", 1), ("a", 20)]
    assert [receipt.revision for receipt in receipts] == list(range(1, 21))
    assert writer.state("a") == tuple(str(n) for n in range(20))


def test_in_one_commit_a_refusal_stays_with_its_sender_and_each_sees_those_before_it():
    store = Gate()
    writer = Writer(store, lambda: AT, texts)
    commands = [("a", say_if(0, "one"), ""), ("a", say_if(0, "late"), ""), ("a", say_if(1, "two"), "")]
    first, second, third = queued(writer, store, commands)
    assert (first.revision, third.revision) == (1, 2)
    assert isinstance(second, Refusal)
    assert store.commits == [("first", 1), ("a", 2)]


def both_press_next(press):
    """Two who lead press the same button in one moment: one step is opened, and the other press is refused."""
    room, store = meeting(), Gate()
    store.receive(LOG, KIND, room.entries, 0)
    writer, drawn = Writer(store, lambda: AT, fold), room.now
    presses = [(LOG, lambda now, who=who: press(drawn, now, who), "") for who in (FACILITATOR, ORGANISER)]
    outcomes = queued(writer, store, presses)
    assert [isinstance(outcome, Refused) for outcome in outcomes] == [False, True]
    assert writer.state(LOG).step == drawn.step + 1


def step_after(conference, now, who):
    return commands.open_step(now, who, step=conference.step + 1, base=conference.step_revision)


def test_f12_two_facilitators_press_next_in_one_moment_and_one_scene_opens():
    both_press_next(step_after)


def test_f12_two_steps_for_two_presses_would_be_seen():
    """The planted fault: a press says "on" alone, not from where it was drawn."""
    with pytest.raises(AssertionError):
        both_press_next(lambda drawn, now, who: step_after(now, now, who))


def test_commands_for_several_logs_keep_apart_in_one_round():
    store = Gate()
    writer = Writer(store, lambda: AT, texts)
    queued(writer, store, [("a", say("1"), ""), ("b", say("2"), ""), ("a", say("3"), "")])
    assert store.commits == [("first", 1), ("a", 2), ("b", 1)]
    assert (writer.state("a"), writer.state("b")) == (("1", "3"), ("2",))


def test_a_draft_that_no_store_can_hold_refuses_only_its_command():
    store = Gate()
    writer = Writer(store, lambda: AT, texts)
    broken = ("a", lambda state: [Draft("said", "", {"text": {1, 2}})], "")
    no_text = ("a", lambda state: [Draft("said", "", {})], "")
    outcomes = queued(writer, store, [("a", say("1"), ""), broken, no_text, ("a", say("2"), "")])
    assert [type(outcome).__name__ for outcome in outcomes] == ["Receipt", "TypeError", "KeyError", "Receipt"]
    assert writer.state("a") == ("1", "2")


def test_f08_a_repeat_gets_the_receipt_of_its_first_arrival(writer, store):
    first = writer.send("a", say("x", "k"))
    writer.send("a", say("y"))
    again = writer.send("a", say("x", "k"))
    assert (again.revision, again.at, again.entries) == (first.revision, first.at, first.entries)
    assert (first.fresh, again.fresh) == (True, False)
    assert store.revision("a") == 2


def test_f08_a_repeat_that_the_command_would_refuse_gets_the_first_receipt(writer):
    first = writer.send("a", say_if(0, "scene 1", "k"), key="k")
    again = writer.send("a", say_if(0, "scene 1", "k"), key="k")
    assert (again.revision, again.entries, again.fresh) == (1, first.entries, False)
    with pytest.raises(Refusal):
        writer.send("a", say_if(0, "scene 1", "other"), key="other")


def test_f08_the_same_key_with_another_text_may_be_an_edit(writer, store):
    writer.send("a", say("x", "k"), key="k")
    edit = writer.send("a", say("better", "k+1"), key="k")
    assert (edit.fresh, edit.revision) == (True, 2)
    assert writer.state("a") == ("x", "better")


def test_f08_a_repeat_after_a_restart_gets_the_same_receipt(writer, store):
    first = writer.send("a", lambda state: [*say("x", "k")(state), *say("and more")(state)])
    again = Writer(store, lambda: "later", texts).send("a", say("x", "k"))
    assert (again.revision, again.at) == (first.revision, first.at) == (1, AT)
    assert store.revision("a") == 2


def test_f08_keys_are_compared_as_they_are_stored(writer, store):
    writer.send("a", say("x", "k\x00"))
    assert not writer.send("a", say("x", "k\ud800")).fresh
    assert store.revision("a") == 1


def fifty_taps(store, key):
    writer = Writer(store, lambda: AT, texts)
    with ThreadPoolExecutor(50) as pool:
        return list(pool.map(lambda _: writer.send("a", say("x", key)), range(50)))


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_f08_fifty_taps_with_one_key_are_one_entry(kind, tmp_path):
    store = MemoryStore() if kind == "memory" else SQLiteStore(tmp_path / "conferences.db")
    receipts = fifty_taps(store, "k")
    assert len(store.entries("a")) == 1
    assert {(receipt.revision, receipt.at) for receipt in receipts} == {(1, AT)}
    assert sorted(receipt.fresh for receipt in receipts) == [False] * 49 + [True]
    store.close()


def test_f08_the_taps_would_show_a_missing_key():
    store = MemoryStore()
    fifty_taps(store, "")
    assert len(store.entries("a")) == 50


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_f28_sixty_tablets_at_once_lose_and_double_nothing(kind, tmp_path):
    store = MemoryStore() if kind == "memory" else SQLiteStore(tmp_path / "conferences.db")
    sixty_at_once(store)
    store.close()


def sixty_at_once(store, keyed=True):
    """Sixty tablets send ten cards each, every one twice: all are in the store, once, and in the state as well."""
    writer = Writer(store, lambda: AT, texts)
    start = threading.Barrier(60)

    def tablet(number):
        start.wait()
        for card in range(10):
            name = f"{number}-{card}"
            for _ in range(2):  # the tap that bounced
                writer.send("a", say(name, name if keyed else ""))

    with ThreadPoolExecutor(60) as pool:
        list(pool.map(tablet, range(60)))
    expected = {f"{number}-{card}" for number in range(60) for card in range(10)}
    entries = store.entries("a")
    assert ({entry.body["text"] for entry in entries}, len(entries)) == (expected, 600)
    assert [entry.revision for entry in entries] == list(range(1, 601))
    assert writer.state("a") == tuple(entry.body["text"] for entry in entries)


def test_f28_cards_that_are_doubled_and_cards_that_are_lost_would_be_seen():
    """The planted faults: a repeat that is not known as one; a store that says yes to what it forgets."""

    class Forgetful(MemoryStore):
        def append(self, log, kind, drafts, after, at):
            written = super().append(log, kind, drafts, after, at)
            self._logs[log] = tuple(
                replace(entry, body={"text": ""}) if entry.body["text"] == "7-7" else entry for entry in self._logs[log]
            )
            return written

    with pytest.raises(AssertionError):
        sixty_at_once(MemoryStore(), keyed=False)
    with pytest.raises(AssertionError):
        sixty_at_once(Forgetful())


def test_another_process_that_writes_first_is_read_and_the_command_decided_again(store):
    class Overtaken(MemoryStore):
        """Before its first commit somebody else writes."""

        def append(self, log, kind, drafts, after, at):
            if not self.revision(log):
                super().append(log, kind, [Draft("said", "", {"text": "theirs"})], 0, at)
            return super().append(log, kind, drafts, after, at)

    writer = Writer(Overtaken(), lambda: AT, texts)
    receipt = writer.send("a", lambda state: [Draft("said", "", {"text": f"after {len(state)}"})])
    assert (receipt.revision, writer.state("a")) == (2, ("theirs", "after 1"))


def test_a_log_whose_number_tells_of_more_than_it_holds_is_refused_and_keeps_no_other_waiting(tmp_path, monkeypatch):
    """Rows of a damaged file are gone: a writer that asks again until nobody else writes would ask for ever."""
    store = SQLiteStore(tmp_path / "conferences.db")
    for n in range(3):
        store.append("a", "conference", [Draft("said", "", {"text": str(n)})], n, AT)
    with closing(sqlite3.connect(str(tmp_path / "conferences.db"))) as file, file:
        file.execute("delete from entries where log = 'a' and revision = 3")
    append, patience = store.append, iter(range(5))
    monkeypatch.setattr(store, "append", lambda *given: (next(patience), append(*given))[1])
    writer = Writer(store, lambda: AT, texts)
    with pytest.raises(UnreadableLog):
        writer.send("a", say("4"))
    assert writer.state("a") == ("0", "1")
    assert writer.send("b", say("5")).revision == 1
    store.close()


def test_the_state_follows_what_another_process_wrote(writer, store):
    writer.send("a", say("mine"))
    store.append("a", "conference", [Draft("said", "", {"text": "theirs"})], 1, AT)
    assert writer.state("a") == ("mine", "theirs")


def test_the_state_is_one_value_for_all_and_folded_once(store):
    folded = []

    def counting(before, log, entries):
        folded.append(len(entries))
        return texts(before, log, entries)

    writer = Writer(store, lambda: AT, counting)
    for n in range(3):
        writer.send("a", say(str(n)))
    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(lambda _: writer.state("a"), range(100)))
    assert all(state is states[0] for state in states)
    assert sum(folded) == 3


def test_a_log_restored_from_an_older_copy_is_read_anew(store):
    writer = Writer(store, lambda: AT, texts)
    for n in range(3):
        writer.send("a", say(str(n), str(n)))
    store._logs["a"] = store._logs["a"][:1]
    assert writer.state("a") == ("0",)
    assert writer.send("a", say("2", "2")).revision == 2


def test_f03_a_full_disk_is_told_to_everybody_who_waited_and_the_next_one_is_saved():
    class Full(Gate):
        full = True

        def append(self, log, kind, drafts, after, at):
            if self.full and log == "a":
                raise StoreFull(path="x")
            return super().append(log, kind, drafts, after, at)

    store = Full()
    writer = Writer(store, lambda: AT, texts)
    outcomes = queued(writer, store, [("a", say("1", "k"), ""), ("a", say_if(9, "2"), ""), ("b", say("3"), "")])
    assert [type(outcome).__name__ for outcome in outcomes] == ["StoreFull", "StoreFull", "Receipt"]
    assert writer.state("a") == ()
    store.full = False
    assert writer.send("a", say("1", "k")).fresh


def test_listeners_hear_of_a_commit_outside_the_lock_and_cannot_spoil_it(store):
    heard = []

    def listener(log, entries):
        heard.append((log, [entry.revision for entry in entries]))
        if len(heard) == 1:
            writer.send("b", say("from a listener"))
        raise RuntimeError("a broken projector")

    writer = Writer(store, lambda: AT, texts, [listener])
    assert writer.send("a", say("x")).revision == 1
    assert heard == [("a", [1]), ("b", [1])]


def test_a_listener_that_fails_keeps_no_other_from_hearing(store):
    heard = []

    def broken(log, entries):
        raise RuntimeError("a broken projector")

    def listener(log, entries):
        heard.append([entry.revision for entry in entries])

    writer = Writer(store, lambda: AT, texts, [broken, listener], [broken, listener])
    writer.send("a", say("mine"))
    store.append("a", "conference", [Draft("said", "", {"text": "theirs"})], 1, AT)
    writer.look("a")
    assert heard == [[1], [2]]


def test_what_others_wrote_is_told_once_as_news_and_what_was_there_before_is_none(store):
    store.append("a", "conference", [Draft("said", "", {"text": "old"})], 0, AT)
    heard, own = [], []
    writer = Writer(
        store,
        lambda: AT,
        texts,
        [lambda log, entries: own.append([entry.revision for entry in entries])],
        [lambda log, entries: heard.append([entry.revision for entry in entries])],
    )
    writer.state("a")
    store.append("a", "conference", [Draft("said", "", {"text": "new"}), Draft("said", "", {"text": "newer"})], 1, AT)
    writer.look("a")
    writer.look("a")
    writer.send("a", say("ours"))
    assert (heard, own) == ([[2, 3]], [[4]])


def test_of_many_logs_those_used_last_stay_in_memory(store, monkeypatch):
    monkeypatch.setattr(readers, "AT_HAND", 3)
    writer = Writer(store, lambda: AT, texts)
    for log in "abcd":
        writer.send(log, say(log))
    writer.state("b")
    writer.send("e", say("e"))
    assert [log for log in "abcdex" if writer.known(log) is not None] == ["b", "d", "e"]
    assert (writer.state("a"), writer.state("x")) == (("a",), ())
    assert writer.known("x") is None


def test_a_reading_of_a_shared_store_holds_for_a_moment_and_a_look_renews_it(store, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("facilitation.store.reader.time.monotonic", lambda: now[0])
    store.shared = True
    writer = Writer(store, lambda: AT, texts)
    writer.send("a", say("1"))
    writer.state("a")
    store.append("a", "conference", [Draft("said", "", {"text": "theirs"})], 1, AT)
    assert writer.state("a") == ("1",)
    now[0] += FRESH / 2
    writer.look("a")
    assert writer.state("a") == ("1", "theirs")
    store.append("a", "conference", [Draft("said", "", {"text": "and more"})], 2, AT)
    assert writer.send("a", lambda state: [Draft("said", "", {"text": f"after {len(state)}"})]).revision == 4
    now[0] += 2 * FRESH
    assert writer.state("a") == ("1", "theirs", "and more", "after 3")


def test_answers_to_a_survey_carry_the_day_alone(store):
    writer = Writer(store, lambda: AT, texts)
    assert writer.send("s", say("5"), kind="survey").at == "2024-03-01"
    assert [entry.at for entry in store.entries("s")] == ["2024-03-01"]
    assert dict(store.logs("survey")) == {"s": 1}


# --- words that go ---------------------------------------------------------------------------------------------------


def left(before, log, entries):
    """The texts that are left."""
    return (before or ()) + tuple(entry.body.get("text", "–") for entry in entries if entry.kind != REDACTED)


def erase(revision):
    return lambda state: [Draft(REDACTED, "organiser", {"revision": revision})]


def test_what_is_known_of_a_log_forgets_what_was_erased(store):
    writer = Writer(store, lambda: AT, left)
    writer.send("a", say("山田さん", "k"))
    writer.send("a", say("二"))
    receipt = writer.send("a", erase(1))
    assert (receipt.revision, receipt.fresh) == (3, True)
    assert writer.state("a") == ("–", "二")
    again = writer.send("a", say("山田さん", "k"))
    assert (again.revision, again.fresh) == (1, False)
    assert again.entries == store.entries("a")[:1]
    assert "山田" not in repr((writer._known, store._logs))


def test_what_another_process_erased_is_forgotten_here_too(store):
    writer = Writer(store, lambda: AT, left)
    writer.send("a", say("山田さん"))
    writer.send("a", say("二"))
    store.append("a", "conference", erase(1)(()), 2, AT)
    assert writer.state("a") == ("–", "二")
    assert "山田" not in repr(writer._known)


def test_a_forgotten_log_is_known_no_more(store):
    writer = Writer(store, lambda: AT, left)
    writer.send("a", say("山田さん"))
    store.forget("a", AT)
    assert writer.state("a") == ()
    assert "山田" not in repr(writer._known)
    with pytest.raises(Forgotten):
        writer.send("a", say("山田さん"))


def test_who_waits_behind_an_erasure_is_decided_on_what_it_left():
    store = Gate()
    writer = Writer(store, lambda: AT, left)
    echo = lambda state: [Draft("said", "seat:1", {"text": f"{state[0]}!"})]  # noqa: E731
    outcomes = queued(writer, store, [("a", say("山田さん"), ""), ("a", erase(1), ""), ("a", echo, "")])
    assert [receipt.revision for receipt in outcomes] == [1, 2, 3]
    assert store.commits == [("first", 1), ("a", 2), ("a", 1)]
    assert writer.state("a") == ("–", "–!")


def test_who_waits_while_the_process_ends_is_served_though_there_are_no_hands_any_more():
    store = Gate()
    writer = Writer(store, lambda: AT, texts)
    writer._hands.shutdown()  # as the interpreter does once its first thread is through
    waiting: list[threading.Thread] = []
    receipts = []
    for number in range(5):
        waiting.append(
            threading.Thread(target=lambda n=number: receipts.append(writer.send("a", say(str(n)))), daemon=True)
        )
        waiting[-1].start()
        assert store.entered.wait(10)
        while number and len(writer._waiting) < number:
            pass
    store.go.set()
    for thread in waiting:
        thread.join(10)
    assert sorted(receipt.revision for receipt in receipts) == [1, 2, 3, 4, 5]
    assert writer.post("a", say("more")).result(10).revision == 6
