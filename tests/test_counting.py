"""Very many logs are counted while the house is open: nobody waits, lists say what is missing, and a kill costs
nothing."""

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from meeting import CASES, FACILITATOR, ORGANISER, a_house, opening
from test_pages import organiser, said, sound

from facilitation import commands, survey_commands
from facilitation.entries import Draft
from facilitation.fold import fold
from facilitation.screen import closed, survey_house
from facilitation.screen import house as houses
from facilitation.screen.closed import Door
from facilitation.screen.house import House
from facilitation.store.memory import MemoryStore
from facilitation.store.shelf import AT_ONCE, SOON, Shelf
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.writer import Writer
from facilitation.summary import SHAPE, summary_of
from facilitation.texts import say

MANY = SOON + 5 * AT_ONCE
AT = "2024-03-01T05:00:00Z"
LETTERS = "346789ACDEFGHJKMNPQRTWXY"


def code(n):
    return f"KKK{LETTERS[n // 576]}{LETTERS[n // 24 % 24]}{LETTERS[n % 24]}"


def keys(n):
    return {"secret": f"s{n}", "lead_key": f"l{n}", "adviser_key": f"a{n}", "adviser_code": code(n)[::-1]}


def fill(store, wanted):
    """Conferences that were opened and never counted, one a day."""
    for n in wanted:
        date = f"20{10 + n // 336:02}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        fields = opening(code=code(n), date=date, title=f"会その{n}。", keys=keys(n))
        drafts = commands.open_conference(fold(None, f"{date}-{code(n)}", ()), ORGANISER, **fields)
        store.append(f"{date}-{code(n)}", "conference", drafts, 0, AT)


@pytest.fixture
def store():
    made = MemoryStore()
    for n in range(MANY):
        made.append(f"{n:03}", "conference", [Draft("said", "", {"text": "x"})], 0, AT)
    return made


def shelf_of(store, made, at_each=lambda log: None):
    def make(log, revision):
        at_each(log)
        made.append(log)
        return revision, log

    return Shelf(store, "conference", 1, make, lambda text: text, lambda log, text: text)


def test_a_list_of_very_many_shows_what_is_there_and_says_how_many_are_missing(store):
    made = []
    shelf, names = shelf_of(store, made), [f"{n:03}" for n in range(MANY)]
    assert (shelf.missing(), made) == (MANY, [])
    assert shelf.so_far() == ({log: log for log in names[-AT_ONCE:]}, MANY - AT_ONCE)
    shelf.catch_up()
    assert made == names[::-1]
    assert (shelf.so_far(), shelf.missing()) == (({log: log for log in names}, 0), 0)


def test_broken_off_it_keeps_what_is_done_and_the_next_start_goes_on_with_the_rest(store):
    end, first, second = threading.Event(), [], []
    shelf_of(store, first, lambda log: end.set()).catch_up(end)
    assert len(first) == AT_ONCE
    again = shelf_of(store, second)
    assert again.missing() == MANY - AT_ONCE
    assert list(again.all()) == sorted(first + second)
    assert not set(first) & set(second)


def test_a_list_is_shown_at_once_while_a_portion_is_counted(store):
    at_work, go_on, end, made = threading.Event(), threading.Event(), threading.Event(), []

    def slowly(log):
        at_work.set()
        go_on.wait(10)

    shelf = shelf_of(store, made, slowly)
    working = threading.Thread(target=shelf.catch_up, args=(end,))
    working.start()
    assert at_work.wait(10)
    assert (shelf.so_far(), made) == (({}, MANY), [])
    end.set()
    go_on.set()
    working.join(10)
    found, missing = shelf.so_far()
    assert (len(found), missing, len(made)) == (2 * AT_ONCE, MANY - 2 * AT_ONCE, 2 * AT_ONCE)


def test_what_moves_on_while_it_is_counted_is_counted_anew(store):
    newest, made = f"{MANY - 1:03}", []

    def moves(log):
        if not made:
            store.append(newest, "conference", [Draft("said", "", {"text": "y"})], 1, AT)
            assert shelf.missing() == MANY

    shelf = shelf_of(store, made, moves)
    assert newest in shelf.all()
    assert made.count(newest) == 2
    assert len(made) == MANY + 1


def test_what_is_true_no_more_is_in_no_list_while_it_waits(store):
    shelf = shelf_of(store, [])
    shelf.all()
    for n in range(SOON + 1):
        store.append(f"{n:03}", "conference", [Draft("said", "", {"text": "y"})], 1, AT)
    found, missing = shelf.so_far()
    assert (len(found), missing) == (MANY - SOON - 1 + AT_ONCE, SOON + 1 - AT_ONCE)


@pytest.fixture
def here():
    house = a_house()
    fill(house.store, range(MANY))
    houses.stand_in(house)
    yield house
    houses.stand_in(None)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_organisers_list_says_how_many_are_missing_until_all_are_there(here, language):
    words = {say(language, "listing.counting", n=n) for n in range(1, MANY)}
    assert len(words & set(said(sound(organiser(lang=language), language)))) == 1
    here.catch_up()
    assert not words & set(said(sound(organiser(lang=language), language)))


def test_a_code_opens_its_conference_though_nobody_has_counted_it_yet(here):
    oldest = code(0)[::-1]
    assert here.find_advised(oldest).adviser_code == oldest
    assert here.find(code(1)).code == code(1)
    assert here.uncounted() == 0


def test_of_very_many_answers_the_newest_codes_stay_taken_and_drawing_never_comes_to_an_end(monkeypatch):
    house = House(MemoryStore(), CASES)
    monkeypatch.setattr(survey_house, "MOST_TAKEN", 3)
    for n, codes in enumerate((["AAAA", "BBBB"], ["CCCC", "DDDD"], ["EEEE", "FFFF"])):
        fields = {"code": code(n), "kind": "visit", "types": ("HC",), "date": f"2024-03-{n + 1:02}"}
        log = f"survey-2024-03-{n + 1:02}-{code(n)}"
        house.surveys.send(log, survey_commands.open_survey, ORGANISER, **fields)
        for one in codes:
            house.surveys.send(log, survey_commands.bring_code, ORGANISER, code=one)
    assert house.surveys.taken("") == {"CCCC", "DDDD", "EEEE", "FFFF"}
    assert house.surveys.taken(log) == {"AAAA", "BBBB", "CCCC", "DDDD"}


def test_the_house_opens_at_once_and_counts_afterwards(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    house, going, may_end = a_house(), threading.Event(), threading.Event()
    fill(house.store, range(10 * AT_ONCE))
    houses.stand_in(house)
    make = house.catalogue._shelf._make

    def slowly(log, revision):
        going.set()
        assert may_end.wait(10)
        return make(log, revision)

    house.catalogue._shelf._make = slowly
    door = Door()
    monkeypatch.setattr(closed, "door", lambda: door)
    begun = time.monotonic()
    assert door.look()
    assert going.wait(5)
    assert time.monotonic() - begun < 5
    may_end.set()
    closed.end()
    houses.stand_in(None)
    assert 0 < len(house.store.summaries("conference", SHAPE)) < 10 * AT_ONCE


CHILD = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from meeting import CASES
from facilitation.screen.house import House
from facilitation.store.sqlite import SQLiteStore
House(SQLiteStore(Path(sys.argv[1])), CASES).catch_up()
"""


def test_killed_in_the_middle_of_counting_nothing_is_lost_and_nothing_is_wrong(tmp_path):
    file, many = tmp_path / "conferences.db", 15 * AT_ONCE
    store = SQLiteStore(file)
    fill(store, range(many))
    before = {log: store.entries(log) for log in store.logs("conference")}
    tests = Path(__file__).parent
    script = CHILD.format(root=str(tests.parent), tests=str(tests))
    with subprocess.Popen([sys.executable, "-c", script, str(file)]) as child, sqlite3.connect(file) as beside:
        until = time.monotonic() + 60
        while not counted(beside) and time.monotonic() < until and child.poll() is None:
            time.sleep(0.002)
        child.kill()
    assert 0 < counted(sqlite3.connect(file)) < many
    assert {log: store.entries(log) for log in store.logs("conference")} == before
    house = House(store, CASES)
    house.catch_up()
    told = {found.id: found for found in House(store, CASES).conferences()}
    assert told == {log: summary_of(fold(None, log, entries)) for log, entries in before.items()}
    store.close()


def counted(database):
    return database.execute("select count(*) from summaries").fetchone()[0]


def test_a_conference_that_is_written_to_while_others_are_counted_shows_its_newest_state(here):
    log = next(iter(here.store.logs("conference")))
    writer = Writer(here.store, lambda: AT, fold)
    here.catalogue._shelf.catch_up()
    writer.send(log, lambda now: commands.end_conference(now, FACILITATOR))
    assert [found.id for found in here.conferences() if found.ended] == [log]


def test_a_store_for_viewing_is_counted_as_well_and_nothing_is_written():
    house = a_house()
    fill(house.store, range(MANY))
    house.store.read_only = True
    before = house.store.logs()
    house.catch_up()
    assert (house.uncounted(), len(house.conferences())) == (0, MANY)
    assert (house.store.logs(), dict(house.store.summaries("conference", SHAPE))) == (before, {})


def test_a_file_of_an_older_app_that_can_only_be_viewed_has_its_list(tmp_path):
    store = SQLiteStore(tmp_path / "conferences.db")
    fill(store, range(3))
    with sqlite3.connect(store.path) as older:
        older.execute("drop table summaries")
        older.execute("drop table figures")
    house = House(store, CASES)
    store.read_only = True
    assert len(house.conferences()) == 3
    store.close()
