"""Copies that still hold erased words: found by their entries, listed to the organiser, deleted by hand alone."""

import os
import shutil
from contextlib import closing
from dataclasses import replace
from itertools import count

import pytest
from meeting import CASES, LOG, ORGANISER
from store_contract import AT
from test_archive import SURVEY, with_survey
from test_pages import organiser, sees, tap

from facilitation import holding
from facilitation.commands import set_venue
from facilitation.conference import KIND
from facilitation.entries import REDACTED, Draft
from facilitation.screen.house import House, stand_in
from facilitation.store import StoreFull
from facilitation.store.aside import set_aside
from facilitation.store.copies import Copies
from facilitation.store.copying import Copier
from facilitation.store.left_in_copies import hold, left_in
from facilitation.store.restoring import finish, restore
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
    assert left_in(store.path, copies.all()) == ()
    erase(here)
    new = take(store, copies)
    assert [(left.copy.path, left.logs) for left in left_in(store.path, copies.all())] == [(old.path, (LOG,))]
    assert "待てます".encode() in old.path.read_bytes()
    assert "待てます".encode() not in new.path.read_bytes()


def test_a_copy_from_before_the_words_were_written_does_not_hold_them(here, store, copies):
    take(store, copies)
    here.send(LOG, write_room, ORGANISER)
    erase(here, "venue:room")
    assert [left.logs for left in left_in(store.path, copies.all())] == []


def write_room(conference, who):
    return set_venue(conference, who, room="山田花子さんの部屋")


def test_a_copy_with_a_forgotten_log_holds_its_words(here, store, copies):
    take(store, copies)
    store.forget(SURVEY, "2024-03-02")
    assert [left.logs for left in left_in(store.path, copies.all())] == [(SURVEY,)]


def test_a_copy_of_which_nobody_knows_what_is_in_it_may_hold_anything(here, store, copies):
    old = take(store, copies)
    first = store.entries(LOG)[0]
    old.path.write_bytes(old.path.read_bytes()[:5000])
    assert left_in(store.path, copies.all()) == ()
    erase(here)
    assert [left.logs for left in left_in(store.path, copies.all())] == [()]
    assert hold(copies.all(), first) == 1


def test_how_many_copies_hold_an_entry(here, store, copies):
    take(store, copies)
    here.send(LOG, write_room, ORGANISER)
    take(store, copies)
    first, *_, newest = store.entries(LOG)
    assert [hold(copies.all(), entry) for entry in (first, newest)] == [2, 1]
    another = [replace(newest, revision=newest.revision + 1), replace(newest, at=AT), replace(newest, log="another")]
    assert [hold(copies.all(), entry) for entry in another] == [0, 0, 0]


def test_a_copy_with_a_few_words_of_an_entry_holds_them(store, copies):
    """Of one entry first one field is erased, then another: the copy from between holds the second."""
    words = {"can": "山田さんに電話", "hard": "山田さんの夜"}
    store.append("a", KIND, [Draft("noted", "seat:1", words)], 0, AT)
    for revision, field in enumerate(words, 1):
        store.append("a", KIND, [Draft(REDACTED, "organiser", {"revision": 1, "fields": [field]})], revision, AT)
        take(store, copies)
    after, between = copies.all()
    assert [left.copy for left in left_in(store.path, [after, between])] == [between]


# --- a copy was put back ---------------------------------------------------------------------------------------------


class Moved:
    """A database over which copies were put back; `store` is open only between them."""

    def __init__(self, folder):
        self.path, self.copies = folder / "conferences.db", Copies(folder / "copies")
        self._seconds = count()

    def write(self, *texts):
        self._append([Draft("noted", "seat:1", {"text": text}) for text in texts])

    def erase(self, revision):
        self._append([Draft(REDACTED, "organiser", {"revision": revision, "fields": ["text"]})])

    def _append(self, drafts):
        with closing(SQLiteStore(self.path)) as store:
            store.append("a", KIND, drafts, store.revision("a"), f"2024-03-01T00:00:{next(self._seconds):02}Z")

    def copy(self):
        return self.copies.take(self.path, "hand")

    def back_to(self, copy):
        return restore(copy.path, self.path)

    @property
    def texts(self):
        with closing(SQLiteStore(self.path)) as store:
            return [entry.body.get("text", "") for entry in store.entries("a")]

    def holding(self):
        """What is listed: file names, of what was set aside the folder."""
        found = left_in(self.path, [*self.copies.all(), *set_aside(self.path)])
        return [left.copy.path if left.copy.number else "aside" for left in found]


@pytest.fixture
def moved(tmp_path):
    return Moved(tmp_path)


def test_what_a_restore_set_aside_still_holds_what_is_erased_after_it(moved):
    moved.write("架空", "山田花子さん")
    copy = moved.copy()
    moved.back_to(copy)
    assert moved.holding() == []
    moved.erase(2)
    assert moved.holding() == [copy.path, "aside"]
    assert "山田花子さん".encode() in set_aside(moved.path)[0].path.read_bytes()


def test_a_copy_that_is_longer_than_the_log_in_which_the_erasure_was_noted_again_holds_the_words(moved):
    moved.write("一", "山田花子さん")
    short = moved.copy()
    moved.write("三", "四", "五")
    long = moved.copy()
    moved.erase(2)
    moved.back_to(short)
    assert moved.texts == ["一", "", ""]
    assert moved.holding() == [long.path, short.path]


def test_another_entry_in_the_place_of_the_erased_one_is_not_those_words(moved):
    moved.write("一")
    short = moved.copy()
    moved.write("二")
    moved.write("三")
    other = moved.copy()
    moved.back_to(short)
    moved.write("山田花子さん", "四")
    moved.erase(2)
    with closing(SQLiteStore(other.path)) as store:
        assert store.entries("a")[1].body == {"text": "二"}
    assert moved.holding() == []


def test_words_erased_stay_erased_over_a_restore_to_before_they_were_written(moved):
    """The first restore brings back a log that is too short to note the erasure in; what it set aside knows of it."""
    moved.write("一")
    short = moved.copy()
    moved.write("山田花子さん")
    long = moved.copy()
    moved.erase(2)
    moved.back_to(short)
    assert moved.holding() == [long.path]
    moved.back_to(long)
    assert moved.texts == ["一", "", ""]
    assert "山田花子さん".encode() not in moved.path.read_bytes()


def test_an_erasure_takes_nothing_from_another_entry_in_a_copy_that_is_put_back(moved):
    moved.write("一")
    short = moved.copy()
    moved.write("二")
    moved.write("三")
    long = moved.copy()
    moved.back_to(short)
    moved.write("山田花子さん")
    moved.erase(2)
    assert moved.back_to(long).erased == 0
    assert moved.texts == ["一", "二", "三"]


def test_what_was_set_aside_is_on_the_page_of_copies_and_goes_as_they_do(here, store, copies, tmp_path):
    shutil.copytree(copy_of(store, tmp_path), tmp_path / "replaced-20240301-090000")
    aside = tmp_path / "replaced-20240301-090000" / "conferences.db"
    aside.with_name("conferences.db-wal").write_bytes(b"")
    erase(here)
    at = organiser("keeping")
    assert sees(at, "控えを戻す前のデータ", "replaced-20240301-090000/conferences.db") == [True, True]
    tap(tap(at, ["ask", str(aside)]), ["remove", str(aside)])
    assert list(aside.parent.iterdir()) == []
    assert left_in(store.path, set_aside(store.path)) == ()


def copy_of(store, folder):
    return Copies(folder / "elsewhere").take(store.path, "hand").path.rename(named_like(folder)).parent


def named_like(folder):
    (folder / "set").mkdir()
    return folder / "set" / "conferences.db"


def test_a_restore_that_fails_leaves_no_half_file_with_words(moved, monkeypatch):
    moved.write("山田花子さん")
    copy = moved.copy()
    monkeypatch.setattr("facilitation.store.restoring.erase_again", boom)
    with pytest.raises(StoreFull):
        moved.back_to(copy)
    assert not list(moved.path.parent.glob("*.part"))


def boom(*_):
    raise StoreFull(path="")


def test_a_half_file_that_a_killed_restore_left_goes_at_a_later_start(moved):
    moved.write("一")
    old = moved.path.with_name("conferences.db.restored-20240301-090000.part")
    young = moved.path.with_name("conferences.db.restored-20240301-090001.part")
    for part in (old, young):
        part.write_bytes("山田花子さん".encode())
    os.utime(old, (0, 0))
    finish(moved.path)
    assert (old.exists(), young.exists()) == (False, True)


# --- on the page -----------------------------------------------------------------------------------------------------


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
    assert left_in(store.path, copies.all()) == ()
    assert not [path for path in copies.folder.iterdir() if "待てます".encode() in path.read_bytes()]


def test_no_copy_goes_by_itself(here, store, copies):
    take(store, copies)
    erase(here)
    organiser("keeping")
    assert len(copies.all()) == 1
