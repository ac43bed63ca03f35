"""Copies: whole, checked and counted, made while everybody writes on, and put back hash by hash."""

import errno
import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from meeting import CASES
from store_contract import AT, draft

from facilitation import cli
from facilitation.conference import KIND
from facilitation.demo import evenings
from facilitation.entries import REDACTED, Draft
from facilitation.export.record import record
from facilitation.fold import fold
from facilitation.screen.warnings import reason
from facilitation.store import DamagedStore, NewerStore, StoreFull, copies
from facilitation.store.copies import Copies, check, copy, second, sheet_of
from facilitation.store.driver import sqlite3
from facilitation.store.folder import FolderLock
from facilitation.store.opening import copies_in, open_store
from facilitation.store.restoring import restore
from facilitation.store.sqlite import MIGRATIONS, SCHEMA, SQLiteStore
from facilitation.store.sums import sums
from facilitation.store.writer import Writer

PROJECT = Path(__file__).parents[1]


@pytest.fixture
def database(tmp_path):
    """A database with six made-up conferences, in use."""
    path = tmp_path / "data" / "conferences.db"
    store = open_store(None, path.parent)
    for played in evenings(CASES, "ja"):
        drafts = [Draft(entry.kind, entry.author, entry.body, entry.key) for entry in played]
        store.append(played[0].log, KIND, drafts, 0, played[0].at)
    yield path
    store.close()


def changed(path, before, after):
    """Plant a fault: other letters of the same length in the file, as an ageing stick would have them."""
    sound = path.read_bytes()
    assert before.encode() in sound
    path.write_bytes(sound.replace(before.encode(), after.encode(), 1))


# --- a copy ----------------------------------------------------------------------------------------------------------


def test_a_copy_holds_what_the_database_holds_and_needs_nothing_beside_it(database, tmp_path):
    (tmp_path / "stick").mkdir()
    found = copy(database, tmp_path / "stick" / "copy.db")
    alone = tmp_path / "alone.db"
    shutil.copyfile(tmp_path / "stick" / "copy.db", alone)
    assert len(found) == 6
    assert sums(alone) == check(tmp_path / "stick" / "copy.db") == sums(database) == found
    assert sorted(path.name for path in (tmp_path / "stick").iterdir()) == ["copy.db", "copy.db.json"]


def test_a_copy_is_never_written_over(database, tmp_path):
    copy(database, tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()
    with pytest.raises(FileExistsError):
        copy(database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == before


def test_one_other_letter_in_a_copy_is_found(database, tmp_path):
    copy(database, tmp_path / "copy.db")
    changed(tmp_path / "copy.db", "電話", "電報")
    with pytest.raises(DamagedStore) as refused:
        check(tmp_path / "copy.db")
    assert refused.value.detail["problem"].startswith("log 20")


def test_a_torn_copy_and_one_with_a_hole_are_found(database, tmp_path):
    torn, holed = tmp_path / "torn.db", tmp_path / "holed.db"
    for path in (torn, holed):
        copy(database, path)
    torn.write_bytes(torn.read_bytes()[:-4096])
    (tmp_path / "holed.db.json").unlink()
    with sqlite3.connect(str(holed)) as direct:
        direct.execute("delete from entries where revision = 7")
    for path in (torn, holed):
        with pytest.raises(DamagedStore):
            check(path)


def test_a_full_disk_leaves_the_database_its_room_and_no_half_copy(database, tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "SPARE", 10**18)
    with pytest.raises(StoreFull):
        copy(database, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy*"))


def test_copies_are_ordered_by_number_and_the_oldest_of_their_own_making_go_first(database, tmp_path):
    kept = Copies(tmp_path / "copies")
    occasions = ("start", "hand", "change", "migration", "end", "change")
    taken = [kept.take(database, occasion) for occasion in occasions]
    assert [each.number for each in kept.all()] == [6, 5, 4, 3, 2, 1]
    assert [each.number for each in kept.thin(2)] == [3, 1]
    assert [each.occasion for each in kept.all()] == ["change", "end", "migration", "hand"]
    assert kept.take(database, "hand").number == 7
    assert taken[-1].counted() == taken[-1].check() == sums(database)


def test_files_of_other_names_are_no_copies(tmp_path):
    for name in ("0001-20269999-000000-hand.db", "0001-20240301-130000-hand.db.part", "photo.jpg", "1.db"):
        (tmp_path / name).write_bytes(b"")
    assert Copies(tmp_path).all() == Copies(tmp_path / "nowhere").all() == []


def test_the_newest_good_copy_is_found_behind_a_damaged_one(database, tmp_path):
    kept = Copies(tmp_path / "copies")
    good = kept.take(database, "start")
    changed(kept.take(database, "change").path, "電話", "電報")
    assert kept.newest_good() == good


def test_a_second_place_gets_the_same_copy_once(database, tmp_path):
    (tmp_path / "stick").mkdir()
    taken = Copies(tmp_path / "copies").take(database, "hand")
    second(taken, tmp_path / "stick")
    there = tmp_path / "stick" / taken.path.name
    assert check(there) == sheet_of(there) == taken.counted()
    before = there.stat().st_mtime_ns
    second(taken, tmp_path / "stick")
    assert there.stat().st_mtime_ns == before


# --- F15: a copy while sixty people write ----------------------------------------------------------------------------


def by_the_file_alone(source, target):
    """The planted fault: what people do with a file manager."""
    shutil.copyfile(source, target)


@pytest.mark.parametrize(("how", "whole"), [(copy, True), (by_the_file_alone, False)])
def test_f15_a_copy_while_sixty_write_holds_all_that_was_acknowledged_when_it_began(tmp_path, how, whole):
    path = tmp_path / "conferences.db"
    writer = Writer(SQLiteStore(path), lambda: AT, lambda before, log, entries: None)
    acknowledged, stop = [], threading.Event()

    def tablet(number):
        count = 0
        while not stop.is_set():
            name = f"{number}-{count}"
            halves = [Draft("said", "", {"name": name, "half": half}, f"{name}-{half}") for half in (1, 2)]
            writer.send(f"log {number % 3}", lambda state, halves=halves: halves)
            acknowledged.append(name)
            count += 1

    tablets = [threading.Thread(target=tablet, args=(number,)) for number in range(60)]
    for each in tablets:
        each.start()
    missing, broken = 0, 0
    for round in range(4):
        while len(acknowledged) < 200 * (round + 1):
            pass
        before = set(acknowledged)
        how(path, tmp_path / f"{round}.db")
        found = names_in(tmp_path / f"{round}.db")
        missing += len(before - set(found))
        broken += sum(count != 2 for count in found.values())
    stop.set()
    for each in tablets:
        each.join()
    assert broken == 0
    assert (missing == 0) is whole


def names_in(path):
    """How many halves of each answer a copy holds."""
    with sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True) as direct:
        if not direct.execute("select count(*) from sqlite_master where name = 'entries'").fetchone()[0]:
            return Counter()
        return Counter(name for (name,) in direct.execute("select json_extract(body, '$.name') from entries"))


# --- F16: the restore drill ------------------------------------------------------------------------------------------


def everything(store):
    """What people get from a store: every conference folded, and its printed record in both languages."""
    folded = {log: fold(None, log, store.entries(log)) for log in store.logs(KIND)}
    records = {
        (log, language): record(each, CASES[each.case][language], language)
        for log, each in folded.items()
        for language in ("ja", "en")
    }
    return folded, records


def drill(database, tmp_path, monkeypatch, *, fault=lambda path: None):
    """Copy, lose the laptop, restore on another one from the copy alone; both sides of the comparison."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(database.parent))
    stick = tmp_path / "stick.db"
    assert cli.main(["backup", str(stick)]) == 0
    here = open_store(None, database.parent)
    before = (sums(database), everything(here))
    here.close()
    (tmp_path / "stick.db.json").unlink()
    fault(stick)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "other laptop"))
    assert cli.main(["restore", str(stick)]) == 0
    there = open_store(None, tmp_path / "other laptop")
    after = (sums(tmp_path / "other laptop" / "conferences.db"), everything(there))
    there.close()
    return before, after


def test_f16_from_the_copy_alone_come_the_same_totals_values_and_records_hash_by_hash(database, tmp_path, monkeypatch):
    before, after = drill(database, tmp_path, monkeypatch)
    assert sum(each.entries for each in before[0].values()) > 300
    assert len(before[1][1]) == 12 and all(len(page) > 5000 for page in before[1][1].values())
    assert after == before


def test_f16_one_other_letter_in_the_copy_fails_the_drill_in_sums_values_and_records(database, tmp_path, monkeypatch):
    before, after = drill(database, tmp_path, monkeypatch, fault=lambda path: changed(path, "電話", "電報"))
    assert [after[0] == before[0], after[1][0] == before[1][0], after[1][1] == before[1][1]] == [False] * 3


# --- the commands ----------------------------------------------------------------------------------------------------


@pytest.fixture
def command(database, monkeypatch, capsys):
    """A command beside that database: its exit status, what it printed, what it said."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(database.parent))

    def run(*arguments):
        code = cli.main([*map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_backup_without_a_name_puts_a_copy_beside_the_others_and_prints_its_sums(command, database):
    code, out, _ = command("backup")
    (kept,) = copies_in(database.parent).all()
    lines = [f"{log}\t{each.kind}\t{each.entries}\t{each.digest}" for log, each in sums(database).items()]
    assert (code, kept.occasion, out.splitlines()[1:]) == (0, "hand", lines)


def test_verify_looks_at_the_database_and_all_copies_and_finds_the_one_that_changed(command, database):
    command("backup")
    code, out, _ = command("--lang", "en", "verify")
    assert (code, out.count("Good:"), out.count("\tconference\t")) == (0, 2, 6)
    (kept,) = copies_in(database.parent).all()
    changed(kept.path, "電話", "電報")
    code, out, err = command("--lang", "en", "verify")
    assert (code, out.count("Good:"), str(kept.path) in err) == (1, 1, True)
    assert command("--lang", "en", "verify", kept.path.name)[0] == 1


def test_restore_puts_the_copy_in_place_and_keeps_what_was_there(command, database, tmp_path):
    command("backup", tmp_path / "copy.db")
    then = sums(database)
    store = SQLiteStore(database)
    store.append("later", KIND, [draft("written after the copy")], 0, AT)
    store.close()
    now = sums(database)
    code, out, _ = command("--lang", "en", "restore", tmp_path / "copy.db")
    (aside,) = database.parent.glob("replaced-*")
    assert (code, sums(database), sums(aside / "conferences.db")) == (0, then, now)
    assert str(aside) in out


def test_restore_refuses_while_a_server_runs_and_changes_nothing(command, database, tmp_path):
    command("backup", tmp_path / "copy.db")
    before = sums(database)
    with FolderLock(database.parent):
        code, _, err = command("--lang", "en", "restore", tmp_path / "copy.db")
    assert (code, "The app is running" in err, sums(database)) == (1, True, before)
    assert not list(database.parent.glob("replaced-*"))


def test_restore_refuses_a_damaged_copy_and_one_of_a_newer_app_and_changes_nothing(command, database, tmp_path):
    for name in ("bad", "newer"):
        command("backup", tmp_path / f"{name}.db")
    changed(tmp_path / "bad.db", "電話", "電報")
    with sqlite3.connect(str(tmp_path / "newer.db")) as direct:
        direct.execute(f"pragma user_version = {SCHEMA + 1}")
    before = sums(database)
    for name, words in (("bad", "not what it was"), ("newer", "newer version")):
        code, _, err = command("--lang", "en", "restore", tmp_path / f"{name}.db")
        assert (code, words in err, sums(database)) == (1, True, before)
    assert sorted(path.name for path in database.parent.iterdir() if "restored" in path.name) == []


def cut_to_nothing(path):
    path.write_bytes(b"")


def of_another_program(path):
    with closing(sqlite3.connect(str(path))) as direct, direct:
        direct.execute("create table moz_places (id integer primary key, url text)")
        direct.execute("pragma user_version = 3")


def of_another_program_with_a_high_number(path):
    of_another_program(path)
    with closing(sqlite3.connect(str(path))) as direct:
        direct.execute(f"pragma user_version = {SCHEMA + 70}")


def without_a_table(path):
    with closing(sqlite3.connect(str(path))) as direct:
        direct.execute("vacuum")


@pytest.mark.parametrize(
    "made", [cut_to_nothing, of_another_program, of_another_program_with_a_high_number, without_a_table]
)
def test_what_is_no_copy_of_ours_is_refused_by_name_and_changes_nothing(command, database, tmp_path, made):
    made(tmp_path / "other.db")
    before = sums(database)
    for language, words in (("ja", "このアプリの控えではありません"), ("en", "is not a copy of this app")):
        for name in ("verify", "restore"):
            code, out, err = command("--lang", language, name, tmp_path / "other.db")
            assert (code, out, words in err, str(tmp_path / "other.db") in err) == (1, "", True, True)
    assert sums(database) == before
    assert [
        path.name for path in database.parent.iterdir() if path.name.startswith(("replaced", "conferences.db."))
    ] == []


def test_a_copy_that_was_cut_to_nothing_is_found_among_the_others_and_never_offered(command, database):
    kept = copies_in(database.parent)
    good, bad = kept.take(database, "hand"), kept.take(database, "hand")
    cut_to_nothing(bad.path)
    for sheet in (True, False):
        if not sheet:
            bad.path.with_name(f"{bad.path.name}.json").unlink()
        code, out, err = command("--lang", "en", "verify")
        assert (code, out.count("Good:"), str(bad.path) in err) == (1, 2, True)
        assert kept.newest_good() == good


def test_the_file_of_a_house_in_which_nothing_was_written_yet_is_good_and_no_copy(command, tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "new"))
    (tmp_path / "new").mkdir()
    cut_to_nothing(tmp_path / "new" / "conferences.db")
    assert command("--lang", "en", "verify")[0] == 0
    code, _, err = command("--lang", "en", "backup", tmp_path / "stick.db")
    assert (code, "is not a copy of this app" in err, (tmp_path / "stick.db").exists()) == (1, True, False)


def test_a_house_that_was_just_opened_comes_back_from_its_copy(command, tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "new"))
    open_store(None, tmp_path / "new").close()
    assert [command("backup", tmp_path / "copy.db")[0], command("verify", tmp_path / "copy.db")[0]] == [0, 0]
    assert command("restore", tmp_path / "copy.db")[0] == 0


def test_what_is_not_there_or_there_already_is_wrong_use_in_both_languages(command, database, tmp_path, monkeypatch):
    command("backup", tmp_path / "copy.db")
    for language, words in (("ja", "控えは上書きしません"), ("en", "never written over")):
        code, _, err = command("--lang", language, "backup", tmp_path / "copy.db")
        assert (code, words in err) == (2, True)
    assert [command(name, tmp_path / "nowhere.db")[0] for name in ("restore", "verify")] == [2, 2]
    assert command("restore", database)[0] == 2
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "empty"))
    assert [command(name)[0] for name in ("backup", "verify")] == [2, 2]


NO_PLACE = {
    errno.EACCES: ("そこに書きこむ権限がありません。", "You may not write there."),
    errno.EROFS: ("書きこみ禁止になっています。", "It is write-protected."),
    errno.ENOSPC: ("空きがありません。", "No room is left there."),
    errno.EIO: ("うまくいきませんでした", "It did not work: "),
}


@pytest.mark.parametrize("number", NO_PLACE, ids=errno.errorcode.get)
@pytest.mark.parametrize("asked", ["by name", "beside the others"])
def test_a_place_that_takes_no_copy_is_told_as_it_is(command, database, tmp_path, monkeypatch, number, asked):
    """The disk's own figures say nothing here: of a place without rights or of another kind they read as no room."""
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(0, 0, 0))
    monkeypatch.setattr(Path, "touch", refusing(number))
    named = [tmp_path / "copy.db"] if asked == "by name" else []
    for language, words in zip(("ja", "en"), NO_PLACE[number], strict=True):
        code, _, err = command("--lang", language, "backup", *named)
        assert (code, words in err) == (2, True), err
    assert not list(tmp_path.rglob("*.part"))


def refusing(number):
    def touch(path):
        raise OSError(number, os.strerror(number), str(path))

    return touch


def test_a_folder_that_is_not_there_is_told_and_not_made(command, database, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for place, words in (("stick", "There is no such folder or drive."), ("file", "There is a file where a folder")):
        code, _, err = command("--lang", "en", "backup", tmp_path / place / "copy.db")
        assert (code, words in err) == (2, True), err
    assert not (tmp_path / "stick").exists()


@pytest.mark.skipif(not Path("/sys/kernel").exists(), reason="no place here that takes no file even from root")
def test_a_real_place_without_rights_is_not_called_full(command, database):
    code, _, err = command("--lang", "en", "backup", "/sys/copy.db")
    assert (code, "You may not write there." in err) == (2, True), err


def test_a_disk_that_is_full_is_called_full(command, database, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9, 0))
    code, _, err = command("--lang", "en", "backup", tmp_path / "copy.db")
    assert (code, f"The disk is full and nothing could be saved ({tmp_path})" in err) == (1, True)
    assert not list(tmp_path.glob("copy*"))


def test_a_second_place_that_takes_no_copy_is_told_as_it_is(database, tmp_path, monkeypatch):
    made = Copies(tmp_path / "copies").take(database, "hand")
    monkeypatch.setattr(Path, "touch", refusing(errno.EROFS))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(0, 0, 0))
    with pytest.raises(OSError) as refused:
        second(made, tmp_path)
    assert reason(refused.value, "en") == "It is write-protected."


def test_what_was_erased_since_the_copy_does_not_come_back_with_it(command, database, tmp_path):
    store = SQLiteStore(database)
    store.append("kept", KIND, [draft("本当の名前"), draft("架空の話")], 0, AT)
    store.append("gone", KIND, [draft("消す会")], 0, AT)
    command("backup", tmp_path / "copy.db")
    store.append("kept", KIND, [Draft(REDACTED, "organiser", {"revision": 1, "fields": ["text"]})], 2, AT)
    store.forget("gone", AT)
    store.close()
    code, out, _ = command("--lang", "en", "restore", tmp_path / "copy.db")
    assert (code, "is erased in what came back, too: 2" in out) == (0, True)
    again = SQLiteStore(database)
    assert [entry.body.get("text", "") for entry in again.entries("kept")] == ["", "架空の話", ""]
    assert ("gone" in again.logs(), dict(again.forgotten())) == (False, {"gone": AT})
    again.close()
    assert "本当の名前".encode() not in database.read_bytes()


# --- a restore that is interrupted -----------------------------------------------------------------------------------

KILLED = """
import os, sys
from pathlib import Path
from facilitation.store import restoring
from facilitation.store.restoring import restore
steps = int(sys.argv[3])
whole, replace = restoring.whole, Path.replace
def count(step):
    def counted(*given):
        global steps
        steps -= 1
        if steps < 0:
            os._exit(9)
        return step(*given)
    return counted
restoring.whole, Path.replace = count(whole), count(replace)
restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("steps", range(7))
def test_a_restore_killed_anywhere_leaves_the_old_database_or_the_restored_one_whole(tmp_path, steps):
    path = tmp_path / "data" / "conferences.db"
    store = SQLiteStore(path_in(path))
    store.append("a", KIND, [draft("in the copy")], 0, AT)
    copy(path, tmp_path / "copy.db")
    then = sums(path)
    store.append("a", KIND, [draft("after it")], 1, AT)
    left_open = [path.with_name(f"{path.name}{end}").exists() for end in ("", "-wal", "-shm")]
    now = sums(path)
    killed = [sys.executable, "-c", KILLED, str(tmp_path / "copy.db"), str(path), str(steps)]
    done = subprocess.run(killed, cwd=PROJECT, capture_output=True, check=False)
    assert left_open == [True] * 3
    assert done.returncode == (9 if steps < 6 else 0), done.stderr
    store.close()
    open_store(None, path.parent).close()
    assert sums(path) == (now if steps < 2 else then)
    kept = [sums(folder / path.name) for folder in path.parent.glob("replaced-*")]
    assert kept == ([] if steps < 2 else [now])


def path_in(path):
    path.parent.mkdir(parents=True)
    return path


def test_two_restores_keep_both_earlier_databases(database, tmp_path):
    copy(database, tmp_path / "copy.db")
    asides = {restore(tmp_path / "copy.db", database).aside for _ in range(2)}
    assert len(asides) == 2 and all((aside / database.name).exists() for aside in asides)


# --- F14: tables of an older app -------------------------------------------------------------------------------------


@pytest.fixture
def older(tmp_path):
    """A database as the first version of the app left it."""
    path = path_in(tmp_path / "data" / "conferences.db")
    with closing(sqlite3.connect(str(path))) as direct, direct:
        direct.execute("pragma journal_mode = wal")
        for statement in MIGRATIONS[0]:
            direct.execute(statement)
        direct.execute("insert into logs values ('a', 'conference', 2)")
        rows = [("a", n, "noted", "seat:1", '{"text":"一"}', AT, "") for n in (1, 2)]
        direct.executemany("insert into entries values (?, ?, ?, ?, ?, ?, ?)", rows)
        direct.execute("pragma user_version = 1")
    return path


def schema(path):
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as direct:
        return direct.execute("pragma user_version").fetchone()[0]


def test_f14_an_older_database_is_copied_before_its_tables_change(older):
    before = sums(older)
    open_store(None, older.parent).close()
    (kept,) = copies_in(older.parent).all()
    assert (kept.occasion, schema(kept.path), schema(older)) == ("migration", 1, SCHEMA)
    assert kept.check() == before == sums(older)
    open_store(None, older.parent).close()
    assert len(copies_in(older.parent).all()) == 1


def test_f14_without_room_for_the_copy_the_tables_stay_as_they_are(older, monkeypatch):
    monkeypatch.setattr(copies, "SPARE", 10**18)
    with pytest.raises(StoreFull):
        open_store(None, older.parent)
    assert schema(older) == 1


MIGRATE_AND_DIE = """
import os, sys
from pathlib import Path
from facilitation.store import file, sqlite
from facilitation.store.opening import open_store
left = int(sys.argv[2])
class Dying(sqlite.Database):
    def execute(self, sql, *given):
        global left
        if self.conn.in_transaction:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), 9)
        return super().execute(sql, *given)
file.Database = Dying
open_store(None, Path(sys.argv[1]))
"""


def test_f14_killed_inside_a_migration_the_tables_are_all_old_or_all_new(older):
    before, seen = sums(older), []
    for left in range(12):
        child = [sys.executable, "-c", MIGRATE_AND_DIE, str(older.parent), str(left)]
        seen.append(subprocess.run(child, cwd=PROJECT, capture_output=True, check=False).returncode)
        assert (schema(older), sums(older)) == (SCHEMA if seen[-1] == 0 else 1, before)
        if seen[-1] == 0:
            break
    assert seen[-1] == 0 and seen.count(-9) >= 3, seen
    assert all(kept.check() == before for kept in copies_in(older.parent).all())


def test_f14_a_copy_of_a_newer_app_is_named(database, tmp_path):
    copy(database, tmp_path / "copy.db")
    with sqlite3.connect(str(tmp_path / "copy.db")) as direct:
        direct.execute(f"pragma user_version = {SCHEMA + 1}")
    with pytest.raises(NewerStore):
        check(tmp_path / "copy.db")


def test_what_a_killed_copy_left_goes_with_the_next_copy_and_one_under_way_stays(tmp_path):
    store = SQLiteStore(tmp_path / "conferences.db")
    copies = Copies(tmp_path / "copies")
    copies.folder.mkdir()
    old, fresh = (
        copies.folder / "0001-20240301-090000-start.db.part",
        copies.folder / "0002-20240301-090000-end.db.part",
    )
    for part in (old, old.with_name(f"{old.name}-journal"), fresh):
        part.write_bytes(b"half")
    for part in (old, old.with_name(f"{old.name}-journal")):
        os.utime(part, (0, 0))
    taken = copies.take(store.path, "hand")
    assert sorted(path.name for path in copies.folder.glob("*.db*") if "part" in path.name) == [fresh.name]
    assert taken.path.exists()
    store.close()
