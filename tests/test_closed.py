"""A house that cannot be opened: said in the window and to every browser, in both languages, and opened when it can."""

import contextlib
import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from store_contract import AT, draft
from test_copies import changed

from facilitation.keyring import LOG
from facilitation.screen import closed, house
from facilitation.screen.closed import Door
from facilitation.screen.headers import guard
from facilitation.screen.house import House
from facilitation.screen.rescue import command
from facilitation.store.driver import sqlite3
from facilitation.store.folder import FolderLock
from facilitation.store.opening import copies_in
from facilitation.store.restoring import restore
from facilitation.store.sqlite import SCHEMA, SQLiteStore
from facilitation.store.sums import sums
from facilitation.texts import say
from tests.browser.house import Server


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder with a database of two big entries, closed, and a house that has not been opened yet."""
    folder = tmp_path / "data"
    folder.mkdir()
    store = SQLiteStore(folder / "conferences.db")
    store.append("a", "conference", [draft("電話" * 2000), draft("二" * 3000)], 0, AT)
    store.close()
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(closed, "AGAIN", 0)
    door = Door()
    monkeypatch.setattr(closed, "door", lambda: door)
    house.stand_in(None)
    house.open_house.cache_clear()
    yield folder
    if door.open:
        closed.end()
        house.house().lock.release()
    house.open_house.cache_clear()


@pytest.fixture
def browser(data):
    """Somebody who asks for a page while the app is started."""
    app = Starlette(
        routes=[Route("/tablet", lambda request: PlainTextResponse("open"))], middleware=[*guard(), *closed.closed()]
    )
    return TestClient(app)


def damage(path):
    sound = path.read_bytes()
    path.write_bytes(sound[:4096] + b"\xa5" * (len(sound) - 4096))
    return path.read_bytes()


def test_f05_a_damaged_database_is_explained_with_the_newest_good_copy_and_nothing_is_deleted(data, browser, capsys):
    copies = copies_in(data)
    good = copies.take(data / "conferences.db", "end")
    changed(copies.take(data / "conferences.db", "change").path, "電話", "電報")
    broken = damage(data / "conferences.db")
    answer = browser.get("/tablet")
    told = capsys.readouterr().err
    for language in ("ja", "en"):
        words = (say(language, "store.damaged", path=data / "conferences.db"), say(language, "rescue.end"))
        assert [text in part for part in (answer.text, told) for text in words] == [True] * 4
    assert [command("restore", good.path) in part for part in (answer.text, told)] == [True, True]
    assert (answer.status_code, "content-security-policy" in answer.headers) == (503, True)
    health = browser.get("/healthz")
    assert (health.status_code, health.json()) == (503, {"status": "closed", "reason": "store.damaged"})
    assert (data / "conferences.db").read_bytes() == broken
    assert len(copies.all()) == 2


def test_f05_the_steps_on_the_page_bring_the_house_back(data, browser):
    good = copies_in(data).take(data / "conferences.db", "end")
    broken = damage(data / "conferences.db")
    assert browser.get("/tablet").status_code == 503
    typed = command("restore", good.path).split()[1:]
    done = subprocess.run([sys.executable, *typed], cwd=Path(__file__).parents[1], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert browser.get("/tablet").text == "open"
    assert [len(entry.body["text"]) for entry in house.house().store.entries("a")] == [4000, 3000]
    assert [path.read_bytes() for path in data.glob("replaced-*/conferences.db")] == [broken]
    assert [note.kind for note in house.house().store.entries(LOG)].count("restored") == 1


def test_who_left_since_the_copy_stays_out_and_organisers_sign_in_anew(data, browser):
    """Seats and desks of the time of the copy go on; a device that left, a sign-in that opened and what an earlier
    password gave do not come back with it."""
    before = House(SQLiteStore(data / "conferences.db"), {})
    gone = before.sign({"device": "gone", "leads": ["a"]})
    stays = before.sign({"device": "stays", "seats": [["a", "b"]], "organiser": before.keyring.turn})
    copy = copies_in(data).take(data / "conferences.db", "hand")
    before.note("facilitator", "signed_out", key="out gone", device="gone")
    before.note("organiser", "signed_in", key="login one", how="account", login="one")
    before.note("organiser", "signed_in", how="link")
    before.set_password("合い言葉は春の野原の菜の花")
    later = before.sign({"device": "later", "organiser": before.keyring.turn})
    before.store.close()
    restored = restore(copy.path, data / "conferences.db")
    assert (restored.erased, restored.sums) == (0, sums(data / "conferences.db"))
    assert browser.get("/tablet").text == "open"
    again = house.house()
    assert (again.allowed(gone), again.keyring.left, again.keyring.used) == ({}, {"gone"}, {"one"})
    assert (set(again.allowed(stays)), set(again.allowed(later))) == ({"device", "seats", "given"}, {"device"})
    assert again.password_is(before.new_password)
    device = again.sign({"organiser": again.keyring.turn})
    assert again.allowed(device)["organiser"] > 2
    again.set_password("合い言葉は夏の川辺のほたる")
    assert "organiser" not in again.allowed(device)
    kinds = [entry.kind for entry in again.store.entries(LOG)]
    assert [kinds.count(kind) for kind in ("signed_out", "signed_in", "restored")] == [1, 1, 1]


def test_f05_without_a_good_copy_nothing_is_promised(data, browser):
    damage(data / "conferences.db")
    answer = browser.get("/tablet")
    assert say("en", "rescue.no_copy", folder=data) in answer.text
    assert "restore" not in answer.text


def test_f14_a_database_of_a_newer_app_is_explained_by_name(data, browser):
    with contextlib.closing(sqlite3.connect(str(data / "conferences.db"))) as direct, direct:
        direct.execute(f"pragma user_version = {SCHEMA + 1}")
    answer = browser.get("/tablet")
    for language in ("ja", "en"):
        why = say(language, "store.newer", path="", found=SCHEMA + 1, known=SCHEMA)
        assert [words in answer.text for words in (why, say(language, "rescue.newer"))] == [True, True]


def test_a_folder_that_another_server_holds_is_explained_and_opens_when_it_is_free(data, browser, capsys):
    with FolderLock(data):
        for _ in range(2):
            answer = browser.get("/tablet")
            assert [say(language, "rescue.folder_taken") in answer.text for language in ("ja", "en")] == [True, True]
        assert capsys.readouterr().err.count(say("ja", "rescue.folder_taken")) == 1, "said once in the window"
    assert browser.get("/tablet").text == "open"
    assert "/enter/" in capsys.readouterr().out


def test_f06_a_database_that_another_program_holds_at_the_start_is_explained_and_opens_when_it_is_free(
    data, browser, monkeypatch
):
    from facilitation.store import opening

    monkeypatch.setattr(opening, "SQLiteStore", lambda path, **given: SQLiteStore(path, wait=0.2, **given))
    with contextlib.closing(sqlite3.connect(str(data / "conferences.db"), isolation_level=None)) as other:
        other.execute("begin exclusive")
        answer = browser.get("/tablet")
        assert (answer.status_code, say("ja", "rescue.busy") in answer.text) == (503, True)
    assert browser.get("/tablet").text == "open"


def test_what_a_device_sends_meanwhile_is_refused_in_words_so_that_it_keeps_it(data, browser):
    damage(data / "conferences.db")
    answer = browser.post("/do", json={})
    assert (answer.status_code, answer.json()["refused"]) == (
        503,
        [say("ja", "store.damaged", path=data / "conferences.db")],
    )


def test_the_open_house_makes_copies_and_a_last_one_at_the_end(data, browser):
    assert browser.get("/tablet").text == "open"
    here = house.house()
    here.store.append("a", "conference", [draft("三")], 2, AT)
    closed.end()
    here.lock.release()
    assert copies_in(data).all()[0].counted()["a"].entries == 3
    closed.door().open = False


# --- the real server -------------------------------------------------------------------------------------------------


class Damaged(Server):
    """A server that is expected to explain itself: it answers, with 503."""

    def _answers(self):
        try:
            urllib.request.urlopen(f"{self.base}/healthz", timeout=2)
        except urllib.error.HTTPError as refused:
            self.health = json.loads(refused.read())
            return True
        except OSError:
            return False


def test_f05_the_real_server_explains_a_damaged_database_and_opens_after_the_restore(tmp_path):
    path = tmp_path / "data" / "conferences.db"
    path.parent.mkdir()
    store = SQLiteStore(path)
    store.append("a", "conference", [draft("電話" * 2000)], 0, AT)
    store.close()
    good = copies_in(path.parent).take(path, "end")
    damage(path)
    server = Damaged(tmp_path).start()
    try:
        assert server.health == {"status": "closed", "reason": "store.damaged"}
        assert good.path.name in server.said() and "Traceback" not in server.said()
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{server.base}/")
        assert good.path.name in refused.value.read().decode()
    finally:
        server.stop()
    from facilitation.store.restoring import restore

    restore(good.path, path)
    again = Server(tmp_path).start()
    again.stop()
    newest = copies_in(path.parent).all()[0]
    assert newest.occasion in ("start", "change") and newest.counted()["a"].entries == 1
