"""`export` and `import` on the command line: files, words, exit status."""

import io
import sys

import pytest
from meeting import LOG, ORGANISER
from test_archive import AT, SURVEY, say, with_survey

from facilitation import holding
from facilitation.cli import main
from facilitation.export.archive import of_conference, pack
from facilitation.store.opening import FILE
from facilitation.store.sqlite import SQLiteStore


@pytest.fixture
def at(tmp_path, monkeypatch):
    """Puts the command line at the laptop or at the centre: `at("laptop")` gives its store, opened for a moment."""
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def go(place):
        monkeypatch.setenv("DATA_DIR", str(tmp_path / place))
        (tmp_path / place).mkdir(exist_ok=True)
        return SQLiteStore(tmp_path / place / FILE)

    laptop = go("laptop")
    for log, entries in ((log, room.entries(log)) for room in [with_survey().store] for log in room.logs()):
        laptop.receive(log, "survey" if log == SURVEY else "conference", entries, 0)
    laptop.close()
    return go


def contents(store):
    found = {log: store.entries(log) for log in store.logs()}
    store.close()
    return found


def test_a_conference_goes_from_the_laptop_to_the_centre(at, tmp_path, capsys):
    file = tmp_path / "会.kaigi.zip"
    before = contents(at("laptop"))
    assert main(["export", "ＸＮ９－Ｐ７Ｔ", str(file)]) == 0
    at("centre").close()
    assert main(["import", str(file)]) == 0
    assert main(["import", str(file), "--lang", "en"]) == 0
    assert contents(at("centre")) == before
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"{file} に書きました（内部用。ことばと、会の鍵が入っています）。",
        f"{LOG}「春の検討会」：新しく入れました（21件）。",
        f"{SURVEY}「春の検討会」：新しく入れました（2件）。",
        f"{LOG} “春の検討会”: was here already, nothing changed.",
        f"{SURVEY} “春の検討会”: was here already, nothing changed.",
    ]
    assert said.err == ""


def test_a_diverged_copy_is_refused_by_name_and_the_other_files_are_taken_in(at, tmp_path, capsys):
    file, good = tmp_path / "a.zip", tmp_path / "b.zip"
    assert main(["export", LOG, str(file)]) == 0
    laptop = at("laptop")
    say(laptop, "和室")
    laptop.close()
    assert main(["export", LOG, str(good)]) == 0
    centre = at("centre")
    centre.close()
    assert main(["import", str(file)]) == 0
    centre = at("centre")
    say(centre, "会議室")
    before = contents(centre)
    capsys.readouterr()
    assert main(["import", str(good), str(file)]) == 1
    said = capsys.readouterr()
    assert f"{LOG}「春の検討会」：22件目から、ここにあるものとちがいます" in said.err
    assert f"{LOG}「春の検討会」：ここにあるほうが新しいので" in said.out
    assert contents(at("centre")) == before


def test_a_bad_file_is_refused_with_all_its_problems(at, tmp_path, capsys):
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"dear diary")
    at("centre").close()
    assert main(["import", str(bad), "--lang", "en"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{bad}: cannot be taken in, for 1 reasons. Nothing was taken in.",
        "this file: not a conference's file",
    ]


def test_a_file_is_never_written_over_another(at, tmp_path, capsys):
    file = tmp_path / "a.zip"
    file.write_text("photos")
    at("laptop").close()
    assert main(["export", LOG, str(file)]) == 2
    assert main(["export", LOG, str(tmp_path / "no" / "a.zip")]) == 2
    assert main(["export", "AAAAAA", str(tmp_path / "b.zip")]) == 2
    assert main(["import", str(tmp_path / "none.zip")]) == 2
    assert file.read_text() == "photos"
    assert "もうあります" in capsys.readouterr().err


def test_a_passphrase_seals_the_file_and_never_stands_on_the_command_line(at, tmp_path, capsys, monkeypatch):
    file = tmp_path / "a.kaigi"
    at("laptop").close()
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    assert main(["export", LOG, str(file), "--passphrase"]) == 2
    assert not file.exists()
    monkeypatch.setattr(sys, "stdin", io.StringIO("ひみつのことばです\n"))
    assert main(["export", LOG, str(file), "--passphrase"]) == 0
    assert "春の検討会".encode() not in file.read_bytes()
    at("centre").close()
    assert main(["import", str(file)]) == 1
    monkeypatch.setattr(sys, "stdin", io.StringIO("ひみつのことばです\n"))
    assert main(["import", str(file), "--passphrase"]) == 0
    assert set(contents(at("centre"))) == {LOG, SURVEY}
    assert "合言葉で閉じられています" in capsys.readouterr().err


def test_the_tombstone_of_an_erased_conference_can_be_exported(at, tmp_path, capsys):
    whole, tombstone = tmp_path / "a.zip", tmp_path / "b.zip"
    assert main(["export", LOG, str(whole)]) == 0
    laptop = at("laptop")
    laptop.forget(LOG, AT)
    laptop.close()
    assert main(["export", "XN9P7T", str(tombstone)]) == 0
    assert main(["import", str(whole)]) == 1
    assert "2024-03-02 に完全に消された会です" in capsys.readouterr().err
    at("centre").close()
    assert main(["import", str(whole)]) == 0
    assert main(["import", str(tombstone)]) == 0
    assert set(contents(at("centre"))) == {SURVEY}


def test_words_erased_on_the_laptop_leave_the_centre_and_its_files(at, tmp_path):
    room = with_survey()
    before, after = tmp_path / "a.zip", tmp_path / "b.zip"
    before.write_bytes(pack(of_conference(room.store, LOG, AT)))
    room.send(holding.erase, ORGANISER, about="card:card-0001", upto=room.now.revision)
    after.write_bytes(pack(of_conference(room.store, LOG, AT)))
    at("centre").close()
    assert main(["import", str(before)]) == 0
    assert main(["import", str(after)]) == 0
    assert main(["import", str(before)]) == 0
    folder = tmp_path / "centre"
    assert not [path.name for path in folder.rglob("*.db*") if "待てます".encode() in path.read_bytes()]
