"""The SQLite store keeps the contract, and refuses by name what it must not touch."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3
from store_contract import AT, StoreContract, draft, erasure

from facilitation.store import (
    AffectedSQLite,
    DamagedStore,
    NewerStore,
    NoFile,
    ReadOnly,
    StoreBusy,
    StoreError,
    StoreFull,
    UnknownAddress,
    sqlite,
)
from facilitation.store.opening import open_store, sqlite_path
from facilitation.store.rows import body_text
from facilitation.store.sqlite import SCHEMA, SQLiteStore, affected

PROJECT = Path(__file__).parents[1]


class TestSQLiteStore(StoreContract):
    def opened(self):
        return SQLiteStore(self.folder / "conferences.db")

    def test_every_thread_reads_and_writes(self, store):
        def write(number):
            store.append(f"log {number}", "conference", [draft("1")], 0, AT)
            return store.revision(f"log {number}")

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(write, range(40))) == {1}

    def test_a_thread_takes_its_connection_with_it(self, store):
        for _ in range(5):
            thread = threading.Thread(target=store.logs)
            thread.start()
            thread.join()
        assert len(store._open) == 1

    def test_a_second_store_on_the_file_sees_what_the_first_wrote(self, store):
        written = store.append("a", "conference", [draft("1")], 0, AT)
        other = self.opened()
        assert other.entries("a") == written
        other.close()

    def test_f02_every_connection_waits_for_the_disk_and_overwrites_what_is_deleted(self, store):
        settings = ("journal_mode", "synchronous", "secure_delete")
        assert [store._rows(f"pragma {name}")[0][0] for name in settings] == ["wal", 2, 1]


@pytest.fixture
def file(tmp_path):
    """A database with one log of three entries, closed."""
    path = tmp_path / "conferences.db"
    store = SQLiteStore(path)
    store.append("a", "conference", [draft("1"), draft("2"), draft("3")], 0, AT)
    store.close()
    return path


@contextmanager
def limited(store, pages):
    """This thread's connection finds the disk full after `pages` more pages."""
    (used,) = store._rows("pragma page_count")[0]
    store._rows(f"pragma max_page_count = {used + pages}")
    yield
    store._rows("pragma max_page_count = 1000000")


def test_f03_a_full_disk_is_named_writes_nothing_and_recovers_without_a_restart(file):
    store = SQLiteStore(file)
    with limited(store, 1):
        with pytest.raises(StoreFull) as refused:
            store.append("a", "conference", [draft("x" * 3000) for _ in range(9)], 3, AT)
        assert (store.revision("a"), len(store.entries("a"))) == (3, 3)
    assert refused.value.key == "store.full"
    assert len(store.append("a", "conference", [draft("x" * 3000) for _ in range(9)], 3, AT)) == 9
    store.close()


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of 1 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here: needs Linux and root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_f03_on_a_disk_that_is_really_full_nothing_is_half_written(small_disk):
    store = SQLiteStore(small_disk / "conferences.db")
    store.append("a", "conference", [draft("first")], 0, AT)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * (600 * 1024))
    done = 1
    with pytest.raises(StoreFull):
        for done in range(1, 500):
            store.append("a", "conference", [draft("x" * 2000)], done, AT)
    assert store.revision("a") == len(store.entries("a")) == done
    ballast.unlink()
    store.append("a", "conference", [draft("room again")], done, AT)
    assert store.revision("a") == len(store.entries("a")) == done + 1
    store.close()


WITHOUT_RIGHTS = """
import os, sys
from pathlib import Path
from facilitation.entries import Draft
from facilitation.store import ReadOnly
from facilitation.store.sqlite import SQLiteStore
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
store = SQLiteStore(Path(sys.argv[1]))
print(store.read_only, store.revision("a"), len(store.entries("a")))
try:
    store.append("a", "conference", [Draft("noted", "", {})], 3, "")
except ReadOnly as refused:
    print(refused.key)
"""

CRASH = """
import os, sys
from pathlib import Path
from facilitation.entries import Draft
from facilitation.store.sqlite import SQLiteStore
store = SQLiteStore(Path(sys.argv[1]))
store.append("a", "conference", [Draft("noted", "", {})] * 3, 0, "")
os._exit(9)
"""


def run(script, path):
    """What `script` prints in a process of its own."""
    child = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(child, cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.stdout.split() or done.stderr


@pytest.fixture
def medium():
    """A folder, reachable by everybody, that the test makes read-only."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def protect(folder):
    """No writing for anybody without special rights; says what lies there."""
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights on Windows")
def test_f04_a_read_only_medium_opens_for_viewing(file, medium):
    shutil.copy(file, medium)
    before = protect(medium)
    assert run(WITHOUT_RIGHTS, medium / file.name) == ["True", "3", "3", "store.read_only"]
    assert protect(medium) == before


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights on Windows")
def test_f04_a_read_only_medium_shows_what_a_crash_left_in_the_log_file(medium):
    path = medium / "conferences.db"
    run(CRASH, path)
    (medium / "conferences.db-shm").unlink()
    before = protect(medium)
    assert before["conferences.db-wal"]
    assert run(WITHOUT_RIGHTS, path) == ["True", "3", "3", "store.read_only"]
    assert protect(medium) == before


def everything(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


@pytest.mark.parametrize("damage", ["no database", "a torn page", "cut in half"])
def test_f05_a_damaged_file_is_refused_by_name_and_left_as_it_is(file, damage):
    sound = file.read_bytes()
    page = sound[:4096] + b"\xa5" * 4096 + sound[8192:]
    file.write_bytes({"no database": b"dear diary " * 900, "a torn page": page, "cut in half": sound[:9000]}[damage])
    before = everything(file.parent)
    with pytest.raises(DamagedStore) as refused:
        SQLiteStore(file)
    assert refused.value.detail["path"] == str(file)
    assert refused.value.detail["problem"]
    assert everything(file.parent) | {f"{file.name}-wal": b""} == before | {f"{file.name}-wal": b""}


def test_f05_a_start_that_does_not_look_would_be_seen(file, monkeypatch):
    """The planted fault: a file is opened for writing unread."""
    monkeypatch.setattr(SQLiteStore, "_judge", lambda store: None)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        test_f05_a_damaged_file_is_refused_by_name_and_left_as_it_is(file, "a torn page")


def test_f05_an_empty_file_beside_a_log_file_is_damage_and_not_a_new_database(file):
    file.write_bytes(b"")
    file.with_name(f"{file.name}-wal").write_bytes(b"answers")
    with pytest.raises(DamagedStore):
        SQLiteStore(file)
    assert file.with_name(f"{file.name}-wal").read_bytes() == b"answers"


def test_f06_a_lock_of_another_process_is_waited_for_and_then_named(file):
    store = SQLiteStore(file, wait=0.2)
    other = sqlite3.connect(str(file), isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreBusy) as refused:
        store.append("a", "conference", [draft("4")], 3, AT)
    assert refused.value.detail == {"seconds": 0.2}
    assert store.revision("a") == 3
    other.execute("rollback")
    other.close()
    assert len(store.append("a", "conference", [draft("4")], 3, AT)) == 1
    store.close()


def test_f06_a_lock_that_goes_away_in_time_is_not_noticed(file):
    store = SQLiteStore(file)
    other = sqlite3.connect(str(file), isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    release = threading.Timer(0.3, lambda: other.execute("rollback"))
    release.start()
    assert len(store.append("a", "conference", [draft("4")], 3, AT)) == 1
    release.join()
    other.close()
    store.close()


def test_f14_a_file_of_a_newer_app_is_refused_by_name(file):
    newer = sqlite3.connect(str(file))
    newer.execute(f"pragma user_version = {SCHEMA + 1}")
    newer.close()
    with pytest.raises(NewerStore) as refused:
        SQLiteStore(file)
    assert refused.value.detail == {"path": str(file), "found": SCHEMA + 1, "known": SCHEMA}


def test_f14_tables_appear_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "conferences.db"
    broken = (("create table logs (log text primary key)", "create table oops ("),)
    monkeypatch.setattr("facilitation.store.sqlite.MIGRATIONS", broken)
    with pytest.raises(StoreError):
        SQLiteStore(path)
    monkeypatch.undo()
    store = SQLiteStore(path)
    assert store.revision("a") == 0
    store.close()


@pytest.mark.parametrize(
    ("version", "bad"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_versions_of_sqlite_that_can_corrupt_the_file(version, bad):
    assert affected(version) is bad


def test_an_affected_sqlite_is_refused_before_the_file_is_touched(tmp_path):
    with pytest.raises(AffectedSQLite) as refused:
        SQLiteStore(tmp_path / "conferences.db", version=(3, 40, 1))
    assert refused.value.detail == {"version": "3.40.1"}
    assert not list(tmp_path.iterdir())


def test_the_address_says_which_store(tmp_path):
    assert sqlite_path(None, tmp_path) == sqlite_path("", tmp_path) == tmp_path / "conferences.db"
    assert sqlite_path("sqlite:///kept/here.db", tmp_path) == Path("kept/here.db")
    assert sqlite_path("sqlite:////var/lib/here.db", tmp_path) == Path("/var/lib/here.db")
    with pytest.raises(NoFile):
        sqlite_path("postgresql://host/db", tmp_path)


def test_an_address_of_another_kind_is_refused_without_its_password(tmp_path):
    with pytest.raises(UnknownAddress) as unknown:
        open_store("mysql://user:geheim@host/db", tmp_path)
    with pytest.raises(UnknownAddress):
        open_store("sqlite://", tmp_path)
    assert unknown.value.detail == {"scheme": "mysql"}


def test_the_data_folder_is_made_where_it_is_missing(tmp_path):
    store = open_store(None, tmp_path / "new" / "data")
    assert (store.name, store.schema, store.read_only) == ("sqlite", SCHEMA, False)
    store.close()
    assert (tmp_path / "new" / "data" / "conferences.db").exists()


def test_a_folder_without_rights_and_without_a_file_is_refused_by_name(tmp_path):
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    with pytest.raises((ReadOnly, OSError)):
        open_store(None, blocked)


NAME = "山田花子"


def found_in(folder, word=NAME):
    """The files of a folder that hold `word` anywhere in their bytes."""
    return sorted(path.name for path in folder.iterdir() if word.encode() in path.read_bytes())


def long_text(number):
    """Of every size a page can hold or not, the name at its end."""
    return "あ" * (number * 37 % 3000) + NAME


def filled(path):
    """A store whose first log names somebody in every third of 300 entries, long and short; the others do not."""
    store = SQLiteStore(path)
    for n in range(300):
        text = "い" * (n * 53 % 3000) if n % 3 else long_text(n)
        store.append("a", "conference", [draft(text, f"key-{n}")], n, AT)
    store.append("b", "conference", [draft("う" * 900)] * 40, 0, AT)
    return store


def test_erased_words_are_in_no_file_while_the_store_goes_on(tmp_path):
    store = filled(tmp_path / "conferences.db")
    assert found_in(tmp_path)
    for n, revision in enumerate(range(1, 301, 3)):
        store.append("a", "conference", [erasure(revision)], 300 + n, AT)
    assert found_in(tmp_path) == []
    assert sorted(path.name for path in tmp_path.iterdir())[:1] == ["conferences.db"]
    assert store.entries("a")[1].body["text"] == "い" * 53
    store.close()
    assert found_in(tmp_path) == []


def test_a_forgotten_log_is_in_no_file(tmp_path):
    store = filled(tmp_path / "conferences.db")
    store.forget("a", AT)
    assert found_in(tmp_path) == []
    assert len(store.entries("b")) == 40
    store.close()


@pytest.mark.parametrize("keep", ["keep_summaries", "keep_figures"])
@pytest.mark.parametrize("forgotten", [False, True])
def test_words_go_from_what_was_kept_of_their_log_as_well(tmp_path, keep, forgotten):
    store = SQLiteStore(tmp_path / "conferences.db")
    store.append("a", "conference", [draft("い")], 0, AT)
    getattr(store, keep)({"a": (1, long_text(40))}, 1)
    assert found_in(tmp_path)
    if forgotten:
        store.forget("a", AT)
    else:
        store.append("a", "conference", [erasure(1)], 1, AT)
    assert found_in(tmp_path) == []
    store.close()


def test_the_search_for_words_left_behind_finds_them_where_nothing_overwrites(tmp_path, monkeypatch):
    connect = sqlite.connect

    def careless(*how):
        database = connect(*how)
        database.execute("pragma secure_delete = off")
        return database

    monkeypatch.setattr(sqlite, "connect", careless)
    store = filled(tmp_path / "conferences.db")
    store.forget("a", AT)
    store.close()
    assert found_in(tmp_path) == ["conferences.db"]


def test_words_that_a_long_reader_kept_in_the_log_file_go_with_the_next_write(tmp_path):
    path = tmp_path / "conferences.db"
    store = SQLiteStore(path, wait=0.1)
    store.append("a", "conference", [draft(NAME)], 0, AT)
    reader = sqlite3.connect(str(path), isolation_level=None)
    reader.execute("begin")
    reader.execute("select * from entries").fetchall()
    store.append("a", "conference", [erasure(1)], 1, AT)
    assert store.entries("a")[0].erased
    assert found_in(tmp_path) == ["conferences.db-wal"]
    reader.execute("commit")
    reader.close()
    store.append("a", "conference", [draft("2")], 2, AT)
    assert found_in(tmp_path) == []
    store.close()


def test_words_that_a_crash_left_in_the_log_file_go_at_the_next_start(tmp_path, monkeypatch):
    path = tmp_path / "conferences.db"
    monkeypatch.setattr(SQLiteStore, "_scrub", lambda store: None)
    crashed = SQLiteStore(path)
    crashed.append("a", "conference", [draft(NAME)], 0, AT)
    crashed.append("a", "conference", [erasure(1)], 1, AT)
    assert found_in(tmp_path) == ["conferences.db-wal"]
    monkeypatch.undo()
    store = SQLiteStore(path)
    assert found_in(tmp_path) == []
    store.close()
    crashed.close()


def test_a_file_from_before_logs_could_be_forgotten_opens_and_learns_it(tmp_path, monkeypatch):
    path = tmp_path / "conferences.db"
    monkeypatch.setattr(sqlite, "MIGRATIONS", sqlite.MIGRATIONS[:1])
    monkeypatch.setattr(SQLiteStore, "forgotten", lambda store: {})
    monkeypatch.setattr(SQLiteStore, "receive", _as_before)
    old = SQLiteStore(path)
    old.append("a", "conference", [draft("1")], 0, AT)
    old.close()
    monkeypatch.undo()
    store = SQLiteStore(path)
    assert (store.revision("a"), dict(store.forgotten())) == (1, {})
    store.forget("a", AT)
    assert (store.revision("a"), dict(store.forgotten())) == (0, {"a": AT})
    store.close()


def _as_before(store, log, kind, entries, after):
    """How the first schema was written to."""
    with store._writing() as database:
        database.execute("insert into logs values (?, ?, ?)", [log, kind, len(entries)])
        rows = [(log, e.revision, e.kind, e.author, body_text(e.body), e.at, e.key) for e in entries]
        database.conn.executemany("insert into entries values (?, ?, ?, ?, ?, ?, ?)", rows)


CLOSED_WHILE_READ = """
import sys, tempfile, threading
from pathlib import Path
from facilitation.entries import Draft
from facilitation.store import StoreError
from facilitation.store.sqlite import SQLiteStore

def read_on(store, begun):
    try:
        while True:
            store.entries("a")
            begun.release()
    except StoreError:
        pass

for turn in range(20):
    with tempfile.TemporaryDirectory() as folder:
        store = SQLiteStore(Path(folder) / "conferences.db")
        store.append("a", "conference", [Draft("said", "", {"text": "x" * 50})] * 300, 0, "2024-03-01T05:00:00Z")
        begun = threading.Semaphore(0)
        readers = [threading.Thread(target=read_on, args=(store, begun)) for _ in range(4)]
        for reader in readers:
            reader.start()
        for _ in readers:
            begun.acquire()
        store.close()
        for reader in readers:
            reader.join()
"""


def test_a_store_that_is_closed_while_others_read_takes_nobody_with_it():
    """A house that closes itself (damage, the end) has readers. A closed connection ends the whole process where it is
    just being read: hence a process of its own."""
    done = subprocess.run([sys.executable, "-c", CLOSED_WHILE_READ], cwd=PROJECT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
