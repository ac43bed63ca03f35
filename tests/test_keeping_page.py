"""The page of copies, and what every page says while nothing can be written."""

import shutil
import threading
from contextlib import contextmanager, suppress

import pytest
from meeting import CASES, LOG, ONE, ORGANISER, a_house, card_fields, hosted
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.scriptrunner import exec_code
from test_copies import changed
from test_pages import desk, on_tab, organiser, press, said, sees, tablet, tap, visitor, wall
from test_routes import a_device, with_grants

from facilitation import cards, commands
from facilitation.entries import REDACTED, Draft
from facilitation.keyring import LOG as KEYS
from facilitation.screen import frame, trouble, warnings
from facilitation.screen.closed import answered
from facilitation.screen.headers import guard
from facilitation.screen.house import House, stand_in
from facilitation.screen.routes import routes
from facilitation.screen.visit import COOKIE
from facilitation.store import DamagedStore, ReadOnly, StoreBusy, StoreError, StoreFull, sqlite
from facilitation.store.copies import Copies, check
from facilitation.store.copying import Copier, plan_of
from facilitation.store.driver import sqlite3
from facilitation.store.rows import numbered
from facilitation.store.sqlite import SQLiteStore
from facilitation.texts import say


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setattr(warnings, "free", lambda folder: 10**10)
    return folder


@pytest.fixture
def here(data):
    """A house over a real file, a conference in it."""
    store = SQLiteStore(data / "conferences.db", wait=0.2)
    first = a_house().store.entries(KEYS)[0]
    store.append(KEYS, "house", [Draft("settings", "house", first.body)], 0, first.at)
    house = House(store, CASES, copier=Copier(store, data, Copies(data / "copies")))
    stand_in(house)
    hosted(house)
    yield house
    stand_in(None)
    store.close()


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_one_press_makes_a_copy_that_is_then_listed(here, data, language):
    at = organiser("keeping", lang=language)
    assert sees(at, say(language, "keeping.waiting", minutes=10), say(language, "keeping.none_yet")) == [True, True]
    at = press(at, say(language, "keeping.now"))
    assert not at.exception
    (kept,) = here.copier.copies.all()
    entries = sum(here.store.logs().values())
    inside = say(language, "keeping.counts", logs=2, entries=entries)
    expected = [inside, say(language, "keeping.hand"), say(language, "keeping.all_in"), kept.path.name, str(data)]
    assert sees(at, *expected) == [True] * 5


def test_a_copy_that_is_not_what_it_was_is_found_when_all_are_checked_again(here):
    here.copier.now()
    here.send(LOG, commands.set_venue, ORGANISER, room="和室の一")
    good = here.copier.now()
    at = press(organiser("keeping"), say("ja", "keeping.check"))
    assert sees(at, say("ja", "keeping.checked", n=2), say("ja", "keeping.bad")) == [True, False]
    changed(good.path, "和室の一", "和室の二")
    at = press(at, say("ja", "keeping.check"))
    assert sees(at, say("ja", "keeping.checked_bad", bad=1), say("ja", "keeping.bad")) == [True, True]
    assert f"restore {good.path.name}" not in " ".join(said(at))


def test_the_plan_is_changed_and_a_place_that_is_none_is_refused(here, data, tmp_path):
    def planned(place):
        at = organiser("keeping")
        at.text_input[0].set_value(place)
        at.selectbox[0].set_value(20)
        return press(at, say("ja", "keeping.save"))

    assert sees(planned("/no/such/stick"), say("ja", "keeping.no_folder", place="/no/such/stick")) == [True]
    assert sees(planned(str(data)), say("ja", "keeping.same_place")) == [True]
    assert plan_of(data).minutes == 10
    (tmp_path / "stick").mkdir()
    planned(f" {tmp_path / 'stick'} ")
    assert (plan_of(data).minutes, plan_of(data).second) == (20, str(tmp_path / "stick"))
    press(organiser("keeping"), say("ja", "keeping.now"))
    (there,) = Copies(tmp_path / "stick").all()
    assert check(there.path) == here.copier.copies.all()[0].counted()
    assert sees(organiser("keeping"), say("ja", "keeping.also")) == [True]


def test_copies_that_hold_erased_words_are_named_and_taken_away_by_a_person(here):
    here.send(LOG, commands.set_venue, ORGANISER, room="本当の住所")
    revision = here.store.revision(LOG)
    old = here.copier.now()
    body = {"revision": revision, "fields": ["room"]}
    here.store.append(LOG, "conference", [Draft(REDACTED, "organiser", body)], revision, "2024-03-01T05:00:00Z")
    at = organiser("keeping")
    assert sees(at, say("ja", "left.title"), old.path.name) == [True, True]
    at = press(at, say("ja", "keeping.now"))
    new = here.copier.copies.all()[0]
    tap(tap(at, ["ask", str(old.path)]), ["remove", str(old.path)])
    assert here.copier.copies.all() == [new]
    assert "本当の住所".encode() not in new.path.read_bytes()
    assert sees(organiser("keeping"), say("ja", "left.title")) == [False]


def test_a_copy_that_cannot_be_made_is_said_where_the_button_is(here, monkeypatch):
    monkeypatch.setattr(here.copier.copies, "take", lambda *given: (_ for _ in ()).throw(PermissionError(13, "no")))
    at = press(organiser("keeping"), say("ja", "keeping.now"))
    assert sees(at, say("ja", "place.rights")) == [True]
    assert not at.exception


def test_what_is_wrong_with_the_place_stands_on_the_front_page_of_organisers_alone(here, monkeypatch):
    monkeypatch.setattr(warnings, "free", lambda folder: 77_000_000)
    assert sees(organiser(), "77 MB") == [True]
    assert sees(visitor("welcome"), "77 MB") == [False]


# --- F4 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_f04_a_store_for_viewing_says_so_on_every_page_and_shows_what_is_there(here, language):
    here.send(LOG, cards.write_card, ONE, card="card-0001", base=0, fields=card_fields(can="書いてあった言葉"))
    here.store.read_only = True
    banner = say(language, "banner.read_only")
    pages = [organiser(lang=language), desk(lang=language), wall(lang=language), tablet(here, lang=language)]
    pages += [organiser(page, c=LOG, lang=language) for page in ("map", "keeping", "open", "advise", "check")]
    assert [sees(at, banner) for at in [*pages, visitor("welcome", lang=language)]] == [[True]] * 10
    assert sees(on_tab(desk(), "cards"), "書いてあった言葉") == [True]
    here.store.read_only = False
    assert sees(wall(lang=language), banner) == [False]


def test_f04_what_is_sent_to_a_store_for_viewing_is_refused_by_name_and_kept_by_the_device(here):
    here.store.read_only = True
    answer = card_sent(here)
    path = str(here.store.path)
    assert refused(answer) == (503, [say("ja", "store.read_only", path=path)])


def test_f04_a_page_without_the_band_and_a_yes_to_what_is_not_written_would_be_seen(here, monkeypatch):
    monkeypatch.setattr(frame, "banner", lambda visitor, page: None)
    with pytest.raises(AssertionError):
        test_f04_a_store_for_viewing_says_so_on_every_page_and_shows_what_is_there(here, "ja")
    says_yes_to(ReadOnly, here.store, monkeypatch)
    with pytest.raises(AssertionError):
        test_f04_what_is_sent_to_a_store_for_viewing_is_refused_by_name_and_kept_by_the_device(here)


def says_yes_to(trouble, store, monkeypatch):
    """The planted fault: a store that acknowledges a card all the same."""

    def append(log, kind, drafts, after, at, honest=store.append):
        try:
            return honest(log, kind, drafts, after, at)
        except trouble:
            if log != LOG:
                raise
            return numbered(log, drafts, after, at)

    monkeypatch.setattr(store, "append", append)


def card_sent(here, key="k1", text="届くまで消えない言葉"):
    device = with_grants(here, seats=[[LOG, ONE.seat]])
    device.headers["origin"] = str(device.base_url)
    fields = {"card": "card-0009", "base": 0, "key": key, "fields": card_fields(can=text)}
    return device.post("/do", json={"log": LOG, "seat": ONE.seat, "verb": "write_card", "fields": fields})


def refused(answer):
    """How a command was answered: with which status, and with which reasons where it was refused."""
    return answer.status_code, answer.json().get("refused")


# --- F3, F6: full, locked --------------------------------------------------------------------------------------------


@contextmanager
def full(monkeypatch, store):
    """SQLite finds the disk full, to the last byte, in whatever thread writes."""
    (used,) = store._rows("pragma page_count")[0]
    monkeypatch.setattr(sqlite, "connect", lambda *given: limited(connect(*given), used + 1))
    store._own = threading.local()
    for size in (2000, 200, 1):
        with suppress(StoreFull):
            while True:
                store.append("ballast", "x", [Draft("x", "", {"x": "x" * size})], store.revision("ballast"), "")
    yield
    monkeypatch.setattr(sqlite, "connect", connect)
    store._own = threading.local()


connect = sqlite.connect


def limited(database, pages):
    database.execute(f"pragma max_page_count = {pages}")
    return database


def test_f03_a_full_disk_is_named_to_the_tablet_and_the_same_card_is_saved_without_a_restart(here, monkeypatch):
    with full(monkeypatch, here.store):
        assert refused(card_sent(here)) == (503, [say("ja", "store.full", path=here.store.path)])
        assert not tablet(here).exception and not wall().exception, "reading goes on"
        assert here.conference(LOG).cards == {}
    saved = card_sent(here)
    assert (saved.status_code, saved.json()["fresh"]) == (200, True)
    assert [card.can for card in here.conference(LOG).cards.values()] == ["届くまで消えない言葉"]


def test_f03_a_press_at_the_desk_on_a_full_disk_is_answered_with_the_cause(here, monkeypatch):
    at, words = desk(), say("ja", "store.full", path=here.store.path)
    (way_on,) = [button.label for button in at.button if button.label.startswith(say("ja", "desk.next", step=""))]
    with full(monkeypatch, here.store):
        at = press(at, way_on)
        assert (sees(at, words), here.conference(LOG).here.kind) == ([True], "scene")
    at = press(desk(), way_on)
    assert (sees(at, words), here.conference(LOG).here.kind) == ([False], "reveal")


def test_f03_a_yes_on_a_full_disk_would_be_seen(here, monkeypatch):
    says_yes_to(StoreFull, here.store, monkeypatch)
    with pytest.raises(AssertionError):
        test_f03_a_full_disk_is_named_to_the_tablet_and_the_same_card_is_saved_without_a_restart(here, monkeypatch)


def test_f06_a_locked_store_is_named_after_the_wait_and_the_same_card_is_saved_later(here):
    other = sqlite3.connect(str(here.store.path), isolation_level=None)
    other.execute("begin immediate")
    assert refused(card_sent(here)) == (503, [say("ja", "store.busy", seconds=0.2)])
    assert not tablet(here).exception
    other.execute("rollback")
    other.close()
    assert card_sent(here).json()["fresh"]
    assert not card_sent(here).json()["fresh"]


def test_f06_a_yes_of_a_locked_store_would_be_seen(here, monkeypatch):
    says_yes_to(StoreBusy, here.store, monkeypatch)
    with pytest.raises(AssertionError):
        test_f06_a_locked_store_is_named_after_the_wait_and_the_same_card_is_saved_later(here)


# --- F5: damage found while the server runs --------------------------------------------------------------------------


def damaged(here):
    """Plant it: the pages of the entries become noise under the open store."""
    good = here.copier.now()
    here.store._rows("pragma wal_checkpoint(truncate)")
    path = here.store.path
    sound = path.read_bytes()
    shutil.copyfile(path, path.with_suffix(".before"))
    path.write_bytes(sound[:4096] + b"\xa5" * (len(sound) - 4096))
    here.store._own = threading.local()
    return good


def test_f05_damage_found_while_writing_stops_all_writing_and_names_the_newest_good_copy(here):
    good = damaged(here)
    with pytest.raises(DamagedStore):
        here.send(LOG, commands.set_venue, ORGANISER, room="和室")
    broken = here.store.path.read_bytes()
    shutil.copyfile(here.store.path.with_suffix(".before"), here.store.path)  # it reads again: the pages can be drawn
    here.store._own = threading.local()
    at = organiser()
    assert sees(at, say("ja", "banner.damaged"), good.path.name, "restore") == [True] * 3
    assert sees(wall(), say("ja", "banner.damaged"), good.path.name) == [True, False]
    assert card_sent(here).status_code == 503, "what was found damaged is not written to again"
    assert broken[4096:] == b"\xa5" * (len(broken) - 4096)


def test_f05_a_page_that_meets_damage_says_it_in_place_of_an_error(here, monkeypatch):
    shown = []
    monkeypatch.setattr(trouble, "notice", shown.append)
    refusal = DamagedStore(path="conferences.db", problem="x")
    assert trouble.say_instead(refusal) is True
    assert (shown, here.damage) == ([say("ja", "store.damaged", path="conferences.db")], refusal)
    assert trouble.say_instead(ReadOnly(path="x")) is True
    assert trouble.say_instead(ValueError("ours")) is False


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", ["welcome", "tablet", "projector", "facilitate"])
def test_f05_a_page_whose_visitor_cannot_be_known_any_more_says_it_below_its_head(here, monkeypatch, page, language):
    told = exec_code.handle_user_script_exception
    monkeypatch.setattr(exec_code, "handle_user_script_exception", lambda error, _: told(error, trouble.say_instead))
    damaged(here)
    here.writer._known.clear()
    monkeypatch.setattr(here, "allowed", lambda cookie: here.store.entries(KEYS) and {})
    at = visitor(page, {"organiser": True, "seats": [[LOG, ONE.seat]]}, c=LOG, lang=language)
    assert not at.exception
    words = (say(language, "store.damaged", path=here.store.path), say(language, "app.title"))
    assert [said(at).count(sentence) for sentence in words] == [1, 1]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_f05_a_request_that_meets_damage_is_answered_in_words(here, language):
    good = damaged(here)
    app = Starlette(routes=routes(), middleware=guard(), exception_handlers={StoreError: answered})
    device = TestClient(app, follow_redirects=False, headers={"origin": "http://testserver"})
    device.cookies.set("kaigi_language", language)
    device.cookies.set(COOKIE, here.sign({"seats": [[LOG, ONE.seat]]}))
    words = say(language, "store.damaged", path=here.store.path)
    sent = device.post("/do", json={"log": LOG, "seat": ONE.seat, "verb": "accept_rules", "fields": {}})
    assert (sent.status_code, sent.json()) == (503, {"refused": [words], "fields": []})
    page = device.get("/join/XN9P7T")
    assert (page.status_code, words in page.text, good.path.name in page.text) == (503, True, True)
    assert here.damage


def test_a_guest_who_cannot_be_seated_reads_why(here):
    here.store.read_only = True
    answer = a_device().get("/join/XN9P7T")
    assert "refused=store.read_only" in answer.headers["location"]
    at = visitor("welcome", refused="store.read_only")
    assert sees(at, say("ja", "store.read_only", path=str(here.store.path.parent))) == [True]
