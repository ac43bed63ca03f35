"""Copies made by themselves while a server runs, the place of the data, and the packages that were tested."""

import threading
import time
from pathlib import Path

import pytest
from meeting import CASES, FACILITATOR, ORGANISER, opening
from store_contract import AT, draft

from facilitation import commands, pinned
from facilitation.conference import KIND
from facilitation.pinned import Other, others
from facilitation.screen import warnings
from facilitation.screen.house import House
from facilitation.screen.start import greet
from facilitation.store import DamagedStore, StoreFull, copies
from facilitation.store.copies import Copies, check
from facilitation.store.copying import FILE, Copier, Plan, plan_of
from facilitation.store.place import cloud, free
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.sums import sums


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def store(data):
    store = SQLiteStore(data / "conferences.db")
    yield store
    store.close()


@pytest.fixture
def copier(store, data):
    copier = Copier(store, data, Copies(data / "copies"))
    yield copier
    copier.stop()


def said(store, words):
    store.append("a", KIND, [draft(words)], store.revision("a"), AT)


def until(true):
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def occasions(copier):
    return [each.occasion for each in copier.copies.all()]


def test_a_copy_is_made_at_the_start_at_an_end_and_when_the_server_stops_if_something_was_written(store, copier):
    said(store, "一")
    assert copier.waiting()
    copier.start()
    until(lambda: occasions(copier) == ["start"] and not copier.waiting())
    copier.soon("end")
    time.sleep(0.2)
    assert occasions(copier) == ["start"], "nothing was written: no copy"
    said(store, "二")
    copier.soon("end")
    until(lambda: occasions(copier) == ["end", "start"])
    said(store, "三")
    copier.stop()
    assert occasions(copier) == ["change", "end", "start"]
    assert copier.copies.all()[0].check() == sums(store.path)


def test_a_copy_is_made_by_the_clock_when_something_was_written(store, copier):
    copier.plan = Plan(minutes=0.01)
    copier.start()
    for count in range(1, 4):
        said(store, "x")
        until(lambda count=count: len(copier.copies.all()) >= count and not copier.waiting())
    time.sleep(1.5)
    assert len(copier.copies.all()) <= 4


def test_the_end_of_a_conference_makes_a_copy(store, data):
    here = House(store, CASES, copier=Copier(store, data, Copies(data / "copies")))
    log = "2024-03-01-XN9P7T"
    here.copier.start()
    here.send(log, commands.open_conference, ORGANISER, **opening())
    here.send(log, commands.end_conference, FACILITATOR)
    until(lambda: "end" in occasions(here.copier))
    assert here.copier.copies.all()[0].counted()[log].entries == store.revision(log)
    here.copier.stop()


def test_the_second_place_gets_every_copy_and_loses_what_the_first_has_lost(store, copier, tmp_path):
    (tmp_path / "stick").mkdir()
    copier.change(Plan(most=2, second=str(tmp_path / "stick")))
    for words in "一二三":
        said(store, words)
        copier._round("change")
    names = [each.path.name for each in copier.copies.all()]
    assert len(names) == 2 == len(Copies(tmp_path / "stick").all())
    assert [each.path.name for each in Copies(tmp_path / "stick").all()] == names
    assert check(tmp_path / "stick" / names[0]) == sums(store.path)


def test_a_stick_that_was_away_is_named_and_gets_the_newest_copy_when_it_is_back(store, copier, tmp_path):
    stick = tmp_path / "stick"
    copier.change(Plan(second=str(stick)))
    said(store, "一")
    copier._round("change")
    assert isinstance(copier.second_trouble, OSError) and copier.trouble is None
    assert len(copier.copies.all()) == 1
    stick.mkdir()
    copier._round("change")
    assert copier.second_trouble is None
    assert [each.path.name for each in Copies(stick).all()] == [copier.copies.all()[0].path.name]


def test_f03_a_copy_without_room_is_named_and_the_next_one_comes(store, copier, monkeypatch):
    said(store, "一")
    monkeypatch.setattr(copies, "SPARE", 10**18)
    copier._round("change")
    assert isinstance(copier.trouble, StoreFull) and copier.copies.all() == []
    monkeypatch.undo()
    copier._round("change")
    assert copier.trouble is None and len(copier.copies.all()) == 1


def test_f05_a_damaged_database_makes_no_copy_and_takes_no_older_one_away(store, copier, data):
    for words in "一二":
        said(store, words * 3000)
        copier._round("change")
    copier.plan = Plan(most=1)
    said(store, "三" * 3000)
    store.close()
    sound = (data / "conferences.db").read_bytes()
    (data / "conferences.db").write_bytes(sound[:8192] + b"\xa5" * (len(sound) - 8192))
    with pytest.raises(DamagedStore):
        copier._take("change")
    assert len(copier.copies.all()) == 2


def test_the_plan_outlives_a_restart_and_a_broken_one_is_the_usual_one(copier, data):
    copier.change(Plan(20, 7, "E:\\控え"))
    assert plan_of(data) == Plan(20, 7, "E:\\控え")
    (data / FILE).write_text("{", "utf-8")
    assert plan_of(data) == plan_of(data / "nowhere") == Plan()


def test_somebody_may_ask_for_a_copy_while_one_is_being_made(store, copier):
    said(store, "一")
    asked = [threading.Thread(target=copier.now) for _ in range(4)]
    for each in asked:
        each.start()
    copier.start()
    for each in asked:
        each.join()
    assert occasions(copier).count("hand") == 4
    assert len({each.number for each in copier.copies.all()}) == len(copier.copies.all())


# --- the place of the data -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/a/OneDrive/data", "OneDrive"),
        ("/home/a/OneDrive - 北保健所/会/data", "OneDrive"),
        ("/home/a/Dropbox (Personal)/data", "Dropbox"),
        ("/home/a/Google Drive/data", "Google Drive"),
        ("/Volumes/GoogleDrive-1/マイドライブ/data", "Google Drive"),
        ("/Users/a/Library/Mobile Documents/data", "iCloud"),
        ("/home/a/Nextcloud/data", "Nextcloud"),
        ("/home/a/documents/data", ""),
        ("/home/a/toolbox/onedrives/data", ""),
    ],
)
def test_a_folder_that_another_program_carries_away_is_known(path, name):
    assert cloud(Path(path)) == name


def test_windows_own_word_for_its_folder_counts(monkeypatch, tmp_path):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
    assert cloud(tmp_path / "会" / "data") == "OneDrive"


def test_room_is_looked_up_also_where_the_folder_is_not_made_yet(tmp_path):
    assert free(tmp_path / "a" / "b") > 0


@pytest.fixture
def here(store):
    return House(store, CASES)


@pytest.fixture
def alone(monkeypatch, data):
    """Nothing but what a test plants is wrong here."""
    monkeypatch.setenv("DATA_DIR", str(data))
    monkeypatch.setattr(warnings, "cloud", lambda folder: "")
    monkeypatch.setattr(warnings, "free", lambda folder: 10**10)
    monkeypatch.setattr(warnings, "different", lambda: ())


def test_where_all_is_well_nothing_is_said(here, alone, capsys):
    assert warnings.warnings(here, "ja") == warnings.warnings(here, "en") == []
    greet(here)
    assert "!" not in capsys.readouterr().out


def test_f03_little_room_is_said_at_the_start_in_both_languages(here, alone, monkeypatch, capsys):
    monkeypatch.setattr(warnings, "free", lambda folder: 499_000_000)
    greet(here)
    out = capsys.readouterr().out
    assert "空きが 499 MB しか" in out and "Only 499 MB are left" in out
    monkeypatch.setattr(warnings, "free", lambda folder: 500_000_000)
    assert warnings.warnings(here, "ja") == []


def test_a_folder_in_a_cloud_is_said_at_the_start(here, alone, monkeypatch, capsys):
    monkeypatch.setattr(warnings, "cloud", lambda folder: "OneDrive")
    greet(here)
    assert "lies inside OneDrive" in capsys.readouterr().out


# --- F30: packages ---------------------------------------------------------------------------------------------------


def test_f30_the_packages_here_are_those_of_the_pinned_set():
    assert others() == ()


def test_f30_another_version_and_a_missing_package_are_named(tmp_path):
    pins = tmp_path / "requirements.txt"
    found = pinned.version("streamlit")
    pins.write_text(
        "# a line of words\n"
        "streamlit==1.0.0          # via nothing\n"
        f"pytest=={pinned.version('pytest')}\n"
        "no-such-package==2.0 ; python_version >= '3.11'\n"
        "only-elsewhere==2.0 ; sys_platform == 'nowhere'\n"
    )
    assert others(pins) == (Other("streamlit", "1.0.0", found), Other("no-such-package", "2.0", ""))
    assert others(tmp_path / "none.txt") == ()


CHANGED, MISSING = Other("streamlit", "1.67.0", "1.99.0"), Other("segno", "1", "")


def test_f30_a_start_with_another_version_says_so(here, alone, monkeypatch, capsys):
    monkeypatch.setattr(warnings, "different", lambda: (CHANGED, MISSING))
    greet(here)
    out = capsys.readouterr().out
    assert "streamlit 1.99.0 (1.67.0), segno なし (1)" in out
    assert "in other versions than those tested (in brackets): streamlit 1.99.0 (1.67.0), segno none (1)" in out
