"""`password` makes a new password for organisers, shown once: beside a running server, or before its first start."""

from meeting import CASES

from facilitation.cli import main
from facilitation.screen.house import House
from facilitation.store.sqlite import SQLiteStore


def made(capsys, language="ja"):
    assert main(["--lang", language, "password"]) == 0
    return capsys.readouterr().out.split("\n")[0].rpartition("：" if language == "ja" else ": ")[2]


def opened(folder):
    return House(SQLiteStore(folder / "conferences.db"), CASES)


def test_the_password_that_is_shown_opens_the_house(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    here = opened(tmp_path)
    first, cookie = here.new_password, here.sign({"organiser": here.keyring.turn})
    assert here.allowed(cookie)["organiser"] == here.keyring.turn
    shown = made(capsys)
    assert (here.password_is(shown), here.password_is(first)) == (True, False)
    assert here.allowed(cookie) == {}
    here.store.close()


def test_before_the_first_start_it_makes_the_first_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    shown = made(capsys, "en")
    here = opened(tmp_path)
    assert (here.new_password, here.password_is(shown)) == ("", True)
    here.store.close()
