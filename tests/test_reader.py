"""Reading while others wait, while the store is away, and after a log has left our hands."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from facilitation.entries import REDACTED, Draft
from facilitation.store import KeyTaken, StoreBusy, Unreachable, UnreadableLog
from facilitation.store import reader as readers
from facilitation.store.memory import MemoryStore
from facilitation.store.reader import Reader
from facilitation.store.writer import Writer

AT = "2024-03-01T05:00:00Z"
READERS = 12


def texts(before, log, entries):
    return (before or ()) + tuple(entry.body.get("text", "–") for entry in entries if entry.kind != REDACTED)


def said(text):
    return Draft("said", "", {"text": text})


class Slow(MemoryStore):
    """A store whose revision is answered when the test lets it; `asked` counts, `fails` is then raised."""

    def __init__(self):
        super().__init__()
        self.entered, self.go = threading.Event(), threading.Event()
        self.asked, self.fails = [], None

    def revision(self, log):
        self.asked.append(log)
        found = super().revision(log)
        self.entered.set()
        assert self.go.wait(10)
        if self.fails:
            raise self.fails
        return found


@pytest.fixture
def slow():
    store = Slow()
    store.append("a", "conference", [said("1")], 0, AT)
    return store


def waiting(reader, store, log="a"):
    """One that reads, and others that asked meanwhile; then the store answers: what came to each."""

    def outcome(_):
        try:
            return reader.state(log)
        except Exception as refused:
            return refused

    asked, line = threading.Semaphore(0), reader._lines[hash(log) % readers.LINES]

    class Turn:
        def __init__(self, turn):
            self.turn = turn

        def __enter__(self):
            asked.release()
            self.turn.acquire()

        def __exit__(self, *error):
            self.turn.release()

    line.turn = Turn(line.turn)
    with ThreadPoolExecutor(READERS) as pool:
        outcomes = [pool.submit(outcome, None)]
        assert store.entered.wait(10)
        outcomes += [pool.submit(outcome, None) for _ in range(READERS - 1)]
        for _ in range(READERS):
            assert asked.acquire(timeout=10)
        store.go.set()
        return [each.result(10) for each in outcomes]


def test_f29_readers_behind_one_another_wait_for_a_lost_store_once_and_not_each_in_turn(slow):
    slow.fails = Unreachable(seconds=10)
    outcomes = waiting(Reader(slow, texts), slow)
    assert [(type(each), each.detail) for each in outcomes] == [(Unreachable, {"seconds": 10})] * READERS
    assert slow.asked == ["a"]


def test_f29_a_store_that_is_back_is_asked_again(slow):
    reader = Reader(slow, texts)
    slow.fails = StoreBusy(seconds=10)
    waiting(reader, slow)
    slow.fails = None
    assert reader.state("a") == ("1",)


def test_a_log_that_cannot_be_read_refuses_nobody_who_asks_for_another(slow):
    """Two logs that share a line."""

    def fold(before, log, entries):
        if log == "a" and entries:
            raise UnreadableLog(log=log, entry=1)
        return texts(before, log, entries)

    slow.append("b", "conference", [said("2")], 0, AT)
    reader = Reader(slow, fold)
    reader._lines = [reader._lines[0]] * readers.LINES
    with ThreadPoolExecutor(2) as pool:
        bad = pool.submit(reader.state, "a")
        assert slow.entered.wait(10)
        good = pool.submit(reader.state, "b")
        slow.go.set()
        assert good.result(10) == ("2",)
    assert isinstance(bad.exception(), UnreadableLog)


def test_readers_of_another_log_do_not_wait(slow):
    reader = Reader(slow, texts)
    reader._lines = [readers._Line() for _ in range(readers.LINES)]
    other = next(name for name in map(str, range(99)) if hash(name) % readers.LINES != hash("a") % readers.LINES)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(reader.state, "a")
        assert slow.entered.wait(10)
        slow.entered.clear()
        second = pool.submit(reader.state, other)
        assert slow.entered.wait(5), "it stands behind the other log"
        slow.go.set()
        assert (first.result(10), second.result(10)) == (("1",), ())


def test_who_asked_meanwhile_reads_once_for_all_of_them(slow):
    outcomes = waiting(Reader(slow, texts), slow)
    assert outcomes == [("1",)] * READERS
    assert len(slow.asked) < READERS


def test_who_asked_after_a_commit_is_not_given_what_was_read_before_it(slow):
    """The reading under way may have looked before the commit: who waits behind it looks anew."""
    reader = Reader(slow, texts)
    slow.go.set()
    reader.state("a")
    slow.go.clear()
    slow.entered.clear()
    with ThreadPoolExecutor(2) as pool:
        early = pool.submit(reader.state, "a")
        assert slow.entered.wait(10)
        slow.append("a", "conference", [said("2")], 1, AT)
        late = pool.submit(reader.state, "a")
        slow.go.set()
        assert (early.result(10), late.result(10)) == (("1",), ("1", "2"))


def test_what_others_wrote_is_told_though_the_log_has_left_our_hands(monkeypatch):
    monkeypatch.setattr(readers, "AT_HAND", 2)
    store, told = MemoryStore(), []
    writer = Writer(store, lambda: AT, texts, on_news=[lambda log, entries: told.append((log, [*entries]))])
    for log in ("room", "b", "c"):
        writer.send(log, lambda state: [said("ours")])
    assert writer.known("room") is None
    theirs = store.append("room", "conference", [said("theirs")], 1, AT)
    writer.look("room")
    writer.look("room")
    assert told == [("room", [*theirs])]


def test_what_others_wrote_behind_our_own_erasure_is_told():
    store, told = MemoryStore(), []
    writer = Writer(store, lambda: AT, texts, on_news=[lambda log, entries: told.extend(entries)])
    writer.send("a", lambda state: [said("山田さん")])
    writer.send("a", lambda state: [Draft(REDACTED, "organiser", {"revision": 1})])
    theirs = store.append("a", "conference", [said("theirs")], 2, AT)
    writer.look("a")
    assert told == [*theirs]


def test_where_a_log_stood_when_it_was_read_first_is_told_once():
    store, first, told = MemoryStore(), [], []
    store.append("a", "conference", [said("1"), said("2")], 0, AT)
    reader = Reader(store, texts, [lambda log, entries: told.append(log)], [lambda log, at: first.append((log, at))])
    for _ in range(2):
        reader.state("a")
        reader.state("nobody")
    assert (first, told) == ([("a", 2)], [])


def test_of_names_that_nobody_opened_nothing_is_kept():
    reader = Reader(MemoryStore(), texts)
    for n in range(100):
        assert reader.state(f"nobody-{n}") == ()
    assert (len(reader._known), len(reader._looked), len(reader._told)) == (0, 0, 0)


def test_a_reader_that_was_overtaken_by_an_erasure_keeps_nothing_of_what_went():
    """It read the log before the words went, and comes to keep it after."""
    store = MemoryStore()
    writer = Writer(store, lambda: AT, texts)
    writer.send("a", lambda state: [said("山田さん")])
    read = store.revision

    def overtaken(log):
        store.revision = read
        found = read(log)
        writer._lines = [readers._Line() for _ in range(readers.LINES)]
        writer.send("a", lambda state: [Draft(REDACTED, "organiser", {"revision": 1})])
        return found

    store.revision = overtaken
    writer.state("a")
    assert "山田" not in repr(writer._known)
    assert writer.state("a") == ("–",)


class Going(Slow):
    """A store that takes one commit and is gone then."""

    gone = Unreachable(seconds=10)

    def append(self, *asked):
        written = super().append(*asked)
        self.fails = self.gone
        return written


def test_f29_who_writes_into_many_logs_at_once_waits_for_a_lost_store_once():
    """Twenty rooms in one commit: ten seconds each, one after another, would be minutes."""
    store = Going()
    writer = Writer(store, lambda: AT, texts)
    first = writer.post("a", lambda state: [said("ours")])
    assert store.entered.wait(10)
    behind = [writer.post(f"room-{n}", lambda state: [said("ours")]) for n in range(20)]
    store.go.set()
    assert first.result(10).revision == 1
    assert [type(sent.exception(10)) for sent in behind] == [Unreachable] * 20
    assert store.asked == ["a", "room-0"]


@pytest.mark.parametrize("refusal", [Unreachable, StoreBusy])
def test_f29_who_comes_while_the_store_is_waited_for_in_vain_is_told_with_the_others(slow, refusal):
    """A room that sends within these ten seconds would else be told after twenty, when its devices have given up."""
    writer = Writer(slow, lambda: AT, texts)
    slow.fails = refusal(seconds=10)
    first = writer.post("a", lambda state: [said("ours")])
    assert slow.entered.wait(10)
    meanwhile = [writer.post(log, lambda state: [said("ours")], key=f"{n}") for n, log in enumerate("aaabba")]
    slow.go.set()
    assert [type(sent.exception(10)) for sent in (first, *meanwhile)] == [refusal] * 7
    assert (slow.asked, writer.refused, writer.waiting) == (["a"], {refusal.key: 7}, 0)
    slow.fails = None
    again = [writer.post(log, lambda state: [said("ours")], key=f"{n}") for n, log in enumerate("aaabba")]
    assert [sent.result(10).revision for sent in again] == [2, 3, 4, 1, 2, 5]


def test_f29_who_comes_while_a_log_refuses_is_served_all_the_same(slow):
    """What one log has to say is no word of the store."""

    def refuse(state):
        raise KeyTaken(log="a")

    writer = Writer(slow, lambda: AT, texts)
    first = writer.post("a", refuse)
    assert slow.entered.wait(10)
    late = writer.post("a", lambda state: [said("ours")])
    slow.go.set()
    assert (type(first.exception(10)), late.result(10).revision) == (KeyTaken, 2)


def test_a_log_that_refuses_what_is_sent_refuses_nobody_who_writes_into_another(slow):
    def fold(before, log, entries):
        if log == "a" and entries:
            raise UnreadableLog(log=log, entry=1)
        return texts(before, log, entries)

    writer = Writer(slow, lambda: AT, fold)
    slow.append("held", "conference", [said("1")], 0, AT)
    held = writer.post("held", lambda state: [said("2")])
    assert slow.entered.wait(10)
    bad, good = (writer.post(log, lambda state: [said("2")]) for log in ("a", "b"))
    slow.go.set()
    assert (held.result(10).revision, type(bad.exception(10)), good.result(10).revision) == (2, UnreadableLog, 1)
