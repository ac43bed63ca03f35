"""Copies that still hold erased words: found by their counts, listed to the organiser, deleted by hand alone."""

import pytest
from meeting import CASES, LOG, ORGANISER
from test_archive import SURVEY, with_survey
from test_pages import organiser, sees, tap

from facilitation import holding
from facilitation.commands import set_venue
from facilitation.screen.house import House, stand_in
from facilitation.store.copies import Copies
from facilitation.store.copying import Copier
from facilitation.store.left_in_copies import hold, left_in
from facilitation.store.sqlite import SQLiteStore


@pytest.fixture
def store(tmp_path):
    store = SQLiteStore(tmp_path / "conferences.db")
    evening = with_survey().store
    for log, kind in ((LOG, "conference"), (SURVEY, "survey")):
        store.receive(log, kind, evening.entries(log), 0)
    yield store
    store.close()


@pytest.fixture
def copies(tmp_path):
    return Copies(tmp_path / "copies")


@pytest.fixture
def here(store, copies, tmp_path):
    house = House(store, CASES)
    house.copier = Copier(store, tmp_path, copies)
    stand_in(house)
    yield house
    stand_in(None)


def take(store, copies):
    return copies.take(store.path, "hand")


def erase(here, about="card:card-0001"):
    revision = here.conference(LOG).revision
    return here.send(LOG, holding.erase, ORGANISER, about=about, upto=revision)


def test_a_copy_from_before_the_erasure_holds_the_words_and_one_from_after_does_not(here, store, copies):
    old = take(store, copies)
    assert left_in(store, copies.all()) == ()
    erase(here)
    new = take(store, copies)
    assert [(left.copy.path, left.logs) for left in left_in(store, copies.all())] == [(old.path, (LOG,))]
    assert "待てます".encode() in old.path.read_bytes()
    assert "待てます".encode() not in new.path.read_bytes()


def test_a_copy_from_before_the_words_were_written_does_not_hold_them(here, store, copies):
    take(store, copies)
    here.send(LOG, write_room, ORGANISER)
    erase(here, "venue:room")
    assert [left.logs for left in left_in(store, copies.all())] == []


def write_room(conference, who):
    return set_venue(conference, who, room="山田花子さんの部屋")


def test_a_copy_with_a_forgotten_log_holds_its_words(here, store, copies):
    take(store, copies)
    store.forget(SURVEY, "2024-03-02")
    assert [left.logs for left in left_in(store, copies.all())] == [(SURVEY,)]


def test_a_copy_of_which_nobody_knows_what_is_in_it_may_hold_anything(here, store, copies):
    old = take(store, copies)
    old.path.with_name(f"{old.path.name}.json").unlink()
    assert left_in(store, copies.all()) == ()
    erase(here)
    assert [left.logs for left in left_in(store, copies.all())] == [()]
    assert hold(copies.all(), LOG, 1) == 1


def test_how_many_copies_hold_an_entry(here, store, copies):
    take(store, copies)
    here.send(LOG, write_room, ORGANISER)
    take(store, copies)
    newest = store.revision(LOG)
    assert [hold(copies.all(), LOG, revision) for revision in (1, newest, newest + 1)] == [2, 1, 0]
    assert hold(copies.all(), "another", 1) == 0


def test_the_page_of_copies_lists_them_and_one_goes_in_two_steps(here, store, copies):
    old = take(store, copies)
    assert sees(organiser("keeping"), "消したことばが残っている控え") == [False]
    erase(here)
    new = take(store, copies)
    at = tap(organiser("keeping"), ["ask", str(old.path)])
    assert [copy.path for copy in copies.all()] == [new.path, old.path]
    at = tap(at, ["remove", str(old.path)])
    assert [copy.path for copy in copies.all()] == [new.path]
    assert sees(at, "消したことばが残っている控え") == [False]


def test_a_house_that_would_have_no_copy_left_makes_a_new_one_first(here, store, copies):
    take(store, copies)
    take(store, copies)
    erase(here)
    at = tap(organiser("keeping"), ["ask", "*"])
    assert len(copies.all()) == 2
    tap(at, ["remove", "*"])
    assert len(copies.all()) == 1
    assert left_in(store, copies.all()) == ()
    assert not [path for path in copies.folder.iterdir() if "待てます".encode() in path.read_bytes()]


def test_no_copy_goes_by_itself(here, store, copies):
    take(store, copies)
    erase(here)
    organiser("keeping")
    assert len(copies.all()) == 1
