"""F29: the database cuts its lines, goes away, comes back, refuses to serialise: retried, and nothing is doubled."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from store_contract import AT, draft

from facilitation.entries import Draft
from facilitation.store import Behind, Unreachable
from facilitation.store import postgres as database
from facilitation.store.postgres import PostgresStore
from facilitation.store.writer import Writer

pytestmark = pytest.mark.postgres

TABLETS, CARDS = 8, 20


def names(before, log, entries):
    return (before or ()) + tuple(entry.body["name"] for entry in entries)


def say(name, key):
    return lambda state: [Draft("said", "", {"name": name}, key)]


def submits(writers, trouble, *, keys=True):
    """Tablets send cards through `writers` in turn while `trouble` happens; what was acknowledged."""
    done = threading.Event()

    def tablet(number):
        for card in range(CARDS):
            name = f"{number}-{card}"
            writers[(number + card) % len(writers)].send("a", say(name, name if keys else ""))
            time.sleep(0.01)
        return [f"{number}-{card}" for card in range(CARDS)]

    def make_trouble():
        while not done.wait(0.06):
            trouble()

    troubling = threading.Thread(target=make_trouble)
    troubling.start()
    try:
        with ThreadPoolExecutor(TABLETS) as pool:
            return {name for names in pool.map(tablet, range(TABLETS)) for name in names}
    finally:
        done.set()
        troubling.join()


def assert_once(store, acknowledged):
    entries = store.entries("a")
    assert [entry.revision for entry in entries] == list(range(1, len(entries) + 1))
    assert len(acknowledged) == TABLETS * CARDS
    assert sorted(entry.body["name"] for entry in entries) == sorted(acknowledged)


@pytest.fixture
def open_one(postgres):
    """Opens stores on one empty database."""
    place = postgres.space("f29")
    opened = []

    def one(**other):
        opened.append(PostgresStore(place, **other))
        return opened[-1]

    yield one
    for store in opened:
        store.close()


@pytest.mark.parametrize("keys", [True, False])
def test_f29_lines_cut_during_submits_lose_and_double_nothing(postgres, open_one, keys):
    """Even without keys: a try that was cut off after its commit is known by its rows."""
    cut = []
    writer = Writer(open_one(), lambda: AT, names)
    acknowledged = submits([writer], lambda: cut.append(postgres.cut()), keys=keys)
    assert sum(cut) > 2
    assert_once(open_one(), acknowledged)


def test_f29_two_servers_write_into_one_conference_while_lines_are_cut(postgres, open_one):
    cut = []
    writers = [Writer(open_one(), lambda: AT, names) for _ in range(2)]
    acknowledged = submits(writers, lambda: cut.append(postgres.cut()))
    assert sum(cut) > 2
    assert_once(open_one(), acknowledged)
    assert writers[0].state("a") == writers[1].state("a")


def test_f29_a_failover_during_submits_is_waited_for(postgres, open_one):
    times = []

    def restart():
        if not times:
            times.append(time.monotonic())
            postgres.stop()
            time.sleep(0.3)
            postgres.start()

    acknowledged = submits([Writer(open_one(), lambda: AT, names)], restart)
    assert times
    assert_once(open_one(), acknowledged)


def test_f29_a_database_that_stays_away_is_told_by_name_and_the_next_one_is_saved(postgres, open_one):
    store = open_one(wait=0.5)
    writer = Writer(store, lambda: AT, names)
    writer.send("a", say("1", "1"))
    postgres.stop()
    try:
        with pytest.raises(Unreachable):
            writer.send("a", say("2", "2"))
    finally:
        postgres.start()
    store._wait = 10.0
    assert writer.send("a", say("2", "2")).revision == 2
    assert writer.state("a") == ("1", "2")


def test_f29_a_burst_that_meets_a_lost_database_is_told_together_and_saved_once_when_it_is_sent_again(
    postgres, open_one
):
    """Cards that come one after another while the first waits: nobody waits for the database a second time."""
    store = open_one(wait=3.0)
    writer = Writer(store, lambda: AT, names)
    writer.send("a", say("0", "0"))

    def burst():
        for n in map(str, range(1, 13)):
            yield writer.post("ab"[int(n) % 2], say(n, n), key=n)
            time.sleep(0.1)

    postgres.stop()
    try:
        begun = time.monotonic()
        outcomes = [sent.exception(20) for sent in [*burst()]]
        spent = time.monotonic() - begun
    finally:
        postgres.start()
    assert [type(each) for each in outcomes] == [Unreachable] * 12
    assert spent < 1.6 * store._wait
    store._wait = 10.0
    for _ in range(2):
        receipts = [sent.result(20) for sent in [*burst()]]
    assert [receipt.fresh for receipt in receipts] == [False] * 12
    assert writer.state("a") == ("0", "2", "4", "6", "8", "10", "12")
    assert writer.state("b") == ("1", "3", "5", "7", "9", "11")


class Losing:
    """A line on which the answer to one statement is lost after the database has carried it out."""

    def __init__(self, store):
        self._pooled, self.left = store._pooled, 1

    def __call__(self):
        real, losing = self._pooled(), self

        class Line:
            def __enter__(self):
                self.connection = real.__enter__()
                return self

            def __exit__(self, *error):
                return real.__exit__(*error)

            def execute(self, *asked):
                done = self.connection.execute(*asked)
                if losing.left and asked[0].startswith("with raised"):
                    losing.left -= 1
                    self.connection.close()
                    raise psycopg.OperationalError("the answer was lost")
                return done

        return Line()


def test_f29_an_answer_lost_after_the_commit_is_found_again(open_one):
    store = open_one()
    store._pooled = Losing(store)
    written = store.append("a", "conference", [draft("1"), draft("2")], 0, AT)
    assert store._pooled.left == 0
    assert store.entries("a") == written
    assert len(written) == 2


def test_f29_a_stranger_who_wrote_meanwhile_is_not_taken_for_our_own_lost_try(open_one):
    store, other = open_one(), open_one()
    losing = Losing(store)
    losing.left = 0
    store._pooled = losing
    other.append("a", "conference", [draft("theirs")], 0, AT)
    with pytest.raises(Behind):
        store.append("a", "conference", [draft("ours")], 0, AT)


@pytest.fixture
def set_for_all(postgres):
    """Sets something for every line that is opened from now on."""
    names = []

    def setting(name, value):
        names.append(name)
        postgres.ask(f"alter role test set {name} = '{value}'")

    yield setting
    for name in names:
        postgres.ask(f"alter role test reset {name}")


def meanwhile(postgres, store, stranger, asked):
    """The second card of a log is on its way and waits for `stranger`, who then asks something and ends."""
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(store.append, "a", "conference", [draft("2", key="2")], 1, AT)
        while not postgres.ask("select 1 from pg_locks where not granted"):
            assert not sent.done(), "it waited for nobody"
        stranger.execute(asked)
        return sent.result(20)


def test_f29_two_servers_write_into_one_log_at_the_strictest_level(set_for_all, open_one):
    set_for_all("default_transaction_isolation", "serializable")
    writers = [Writer(open_one(), lambda: AT, names) for _ in range(2)]
    assert_once(open_one(), submits(writers, lambda: None))


def test_f29_a_card_that_the_database_refuses_to_put_in_order_is_tried_again(postgres, set_for_all, open_one):
    """At the strictest level whoever waited for a row that has been changed meanwhile is refused."""
    set_for_all("default_transaction_isolation", "serializable")
    store = open_one()
    store.append("a", "conference", [draft("1")], 0, AT)
    with psycopg.connect(store._address) as stranger:
        stranger.execute("update logs set revision = revision where log = 'a'")
        written = meanwhile(postgres, store, stranger, "commit")
    assert store.retries == {"40001": 1}
    assert store.entries("a", 1) == written


def test_f29_a_card_that_the_database_gives_up_in_a_deadlock_is_tried_again(postgres, set_for_all, open_one):
    """A stranger holds the card's key and wants the log's row, which the card holds while it waits for the key. The
    database looks once for such rings on a line that has waited so long: on ours in a second, on the stranger's not."""
    set_for_all("deadlock_timeout", "1s")
    store = open_one()
    store.append("a", "conference", [draft("1")], 0, AT)
    with psycopg.connect(store._address) as stranger:
        stranger.execute("set deadlock_timeout = '1min'")
        stranger.execute("insert into entries select log, 99, kind, author, body, at, '2' from entries")
        written = meanwhile(postgres, store, stranger, "update logs set revision = revision where log = 'a'; rollback")
    assert store.retries == {"40P01": 1}
    assert store.entries("a", 1) == written


def test_f29_a_store_that_gives_up_and_one_that_writes_twice_would_be_seen(open_one, monkeypatch):
    """The planted faults: a cut line is an error at once; a second try does not know the rows of the first."""
    with monkeypatch.context() as fault:
        fault.setattr(database, "TRY_AGAIN", ())
        with pytest.raises(psycopg.OperationalError):
            test_f29_an_answer_lost_after_the_commit_is_found_again(open_one)

    def receive(store, log, kind, entries, after):
        if not store._again(lambda connection: database._write(connection, log, kind, entries, after)):
            raise store._refusal(log, after)

    monkeypatch.setattr(PostgresStore, "receive", receive)
    store = open_one()
    store._pooled = Losing(store)
    Writer(store, lambda: AT, names).send("b", say("1", ""))
    assert len(store.entries("b")) == 2
    with pytest.raises(Behind):
        test_f29_an_answer_lost_after_the_commit_is_found_again(open_one)


def test_f29_a_row_that_somebody_holds_is_no_reason_to_wait_for_ever(postgres, open_one):
    store = open_one(wait=1.0)
    store.append("a", "conference", [draft("1")], 0, AT)
    with psycopg.connect(postgres.url("f29")) as holder, ThreadPoolExecutor(1) as pool:
        holder.execute("select * from logs for update")
        late = pool.submit(store.append, "a", "conference", [draft("2")], 1, AT)
        try:
            assert isinstance(late.exception(10), Unreachable)
        finally:
            holder.rollback()
    assert store.append("a", "conference", [draft("2")], 1, AT)[0].revision == 2


def test_f29_a_database_that_stands_still_without_a_word_is_told_in_time_and_the_card_is_saved_once(postgres, open_one):
    """What is sent to it is taken in and may be written later, when the tablet was told and sends again."""
    store = open_one(wait=2.0)
    writer = Writer(store, lambda: AT, names)
    writer.send("a", say("1", "1"))
    with postgres.frozen():
        late = writer.post("a", say("2", "2"), key="2")
        assert isinstance(late.exception(8), Unreachable)
    store._wait = 10.0
    assert writer.send("a", say("2", "2"), key="2").revision == 2
    assert [entry.key for entry in store.entries("a")] == ["1", "2"]


def test_f29_what_a_server_that_is_gone_had_begun_holds_up_nobody_for_long(open_one, monkeypatch):
    monkeypatch.setattr(database, "LEFT", 1)
    store = open_one(wait=8.0)
    store.append("a", "conference", [draft("1")], 0, AT)
    with store._alone() as gone:
        gone.execute("begin")
        gone.execute("select * from logs for update")
        assert store.append("a", "conference", [draft("2")], 1, AT)[0].revision == 2
        gone.close()


def test_f29_a_machine_that_vanished_without_a_word_is_noticed_in_seconds(open_one):
    with open_one()._alone() as line:
        of = line.info.get_parameters()
    assert (of["keepalives_idle"], of["keepalives_interval"], of["tcp_user_timeout"]) == ("10", "3", "10000")
