"""A log that holds something malformed is refused alone: all others are listed, counted, followed, written to (F31)."""

import json
import logging
import threading
import time
from datetime import datetime, timedelta

import pytest
from meeting import CASES, FACILITATOR, LOG, ONE, ORGANISER, card_fields, hosted, opening
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.scriptrunner import exec_code
from test_deleting import sweep
from test_pages import said, sees, sound, visitor

from facilitation import cards, cli, commands, deleting, survey_commands
from facilitation.access import Refused
from facilitation.entries import REDACTED, Draft, Entry
from facilitation.export.archive import of_conference, pack
from facilitation.fold import fold
from facilitation.legible import legible
from facilitation.screen.closed import answered
from facilitation.screen.counting import Counting
from facilitation.screen.headers import guard
from facilitation.screen.house import House, stand_in
from facilitation.screen.routes import routes
from facilitation.screen.trouble import say_instead
from facilitation.screen.visit import COOKIE
from facilitation.screen.watch import Watch
from facilitation.store import StoreError, UnreadableLog
from facilitation.store.copies import copy
from facilitation.store.copies import second as also_there
from facilitation.store.driver import sqlite3
from facilitation.store.memory import MemoryStore
from facilitation.store.opening import copies_in
from facilitation.store.shelf import Shelf
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.sums import sums
from facilitation.summary import SHAPE
from facilitation.texts import say

AT = "2024-03-01T05:00:00Z"
BROKEN = "2024-03-02-XN9P7W"
SECRET = "佐藤さん"
CARD = {"card": "c", "group": 1, "scene": 1, "type": "HC", "stage": "S2", "can": SECRET}

MALFORMED = {
    "without what it must have": ("card_written", {"can": SECRET}),
    "of a wrong type": ("card_written", {**CARD, "can": [SECRET]}),
    "an agency nobody knows": ("card_written", {**CARD, "type": SECRET}),
    "a step that is not there": ("step_opened", {"step": 99}),
    "a title that is a number": ("conference_opened", {"title": 5, "code": SECRET}),
    "a day that is none": ("conference_opened", {**opening(steps=[], types=[]), "secret": "s", "date": SECRET}),
    "an erasure of nothing": (REDACTED, {"fields": SECRET}),
}


def plant(here, kind, body, log=BROKEN, of="conference"):
    """An entry behind what is there, past everything that looks at entries."""
    here.store.append(log, of, [Draft(kind, "", body)], here.store.revision(log), AT)


def broken(here, how="without what it must have"):
    """A second conference, ended, and then something malformed in it."""
    here.send(BROKEN, commands.open_conference, ORGANISER, **opening(code="XN9P7W", date="2024-03-02", title="別の会"))
    here.send(BROKEN, commands.take_seat, ONE, seat=ONE.seat)
    plant(here, *MALFORMED[how])
    return here.store.revision(BROKEN)


@pytest.fixture
def as_served(monkeypatch):
    """A page's trouble is said as the server has it said (`app.py`), of which these visitors know nothing."""
    told = exec_code.handle_user_script_exception
    monkeypatch.setattr(exec_code, "handle_user_script_exception", lambda error, _: told(error, say_instead))


def sentence(here, language="ja"):
    return say(language, "store.unreadable", log=BROKEN, entry=here.store.revision(BROKEN))


# --- lists and threads -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", MALFORMED)
def test_f31_counting_goes_on_past_it_and_says_it_once_without_a_word_of_it(here, how, caplog):
    at = broken(here, how)
    caplog.clear()
    again = House(here.store, CASES)
    counting = Counting(again)
    counting.start()
    counting._thread.join(20)
    again.catch_up()
    assert [found.id for found in again.conferences()] == [LOG]
    assert (again.unreadable(), again.uncounted()) == ([BROKEN], 0)
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.getMessage() for record in told] == [
        f"log {BROKEN} cannot be read (entry {at}); it is left as it is"
    ]
    assert SECRET not in caplog.text


def test_f31_what_no_rule_foresaw_ends_no_counting_either(caplog):
    store = MemoryStore()
    for log in ("a", "b", "c"):
        store.append(log, "conference", [Draft("said", "", {})], 0, AT)

    def make(log, revision):
        if log == "b":
            raise RuntimeError(SECRET)
        return revision, log

    shelf = Shelf(store, "conference", 1, make, lambda text: text, lambda log, text: text)
    assert shelf.all() == {"a": "a", "c": "c"}
    assert (shelf.unreadable(), shelf.missing()) == (["b"], 0)
    assert "log b cannot be read (RuntimeError)" in caplog.text
    assert SECRET not in caplog.text


def test_f31_a_store_that_does_not_answer_is_no_unreadable_log():
    store = MemoryStore()
    store.append("a", "conference", [Draft("said", "", {})], 0, AT)

    def make(log, revision):
        raise StoreError

    shelf = Shelf(store, "conference", 1, make, lambda text: text, lambda log, text: text)
    with pytest.raises(StoreError):
        shelf.all()


def test_f31_a_summary_that_cannot_be_read_is_made_again(here):
    revision = here.store.revision(LOG)
    here.store.keep_summaries({LOG: (revision, '{"title": 5}')}, SHAPE)
    assert [found.title for found in House(here.store, CASES).conferences()] == ["春の検討会"]


def test_f31_a_log_that_takes_the_others_with_it_would_be_seen(here, monkeypatch):
    """The planted fault: counting breaks off at it."""
    monkeypatch.setattr(Shelf, "_made", lambda shelf, log, revision: shelf._make(log, revision))
    with pytest.raises(AssertionError):
        test_f31_the_list_shows_the_others_and_names_it(here, "without what it must have", "ja")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("how", MALFORMED)
def test_f31_the_list_shows_the_others_and_names_it(here, how, language):
    broken(here, how)
    at = sound(visitor("welcome", {"organiser": True}, lang=language), language)
    assert sees(at, "春の検討会", "別の会", SECRET) == [True, False, False]
    assert say(language, "listing.unreadable", logs=BROKEN) in said(at)


def test_f31_where_everything_can_be_read_nothing_is_said(here):
    assert not sees(visitor("welcome", {"organiser": True}), say("ja", "listing.unreadable", logs=""))[0]
    assert here.unreadable() == []


def test_f31_the_year_shows_the_others(here):
    here.send(LOG, commands.end_conference, FACILITATOR)
    broken(here)
    at = sound(visitor("year", {"organiser": True}))
    assert sees(at, say("ja", "listing.unreadable", logs=BROKEN), say("ja", "year.none")) == [True, False]


def test_f31_the_watch_goes_on_with_the_other_logs(here):
    other = House(here.store, CASES)
    for log in (BROKEN, LOG):
        other.hub._listeners[log]["projector"].add(object())
    other.watch.once()
    broken(here)
    receipt = here.send(LOG, commands.set_venue, FACILITATOR, room="和室")
    other.watch.once()
    assert other.hub.revision(LOG, "projector") == receipt.revision


def test_f31_the_thread_of_the_watch_lives_on(here, monkeypatch):
    monkeypatch.setattr("facilitation.screen.watch.SLOW", 0.01)
    broken(here)
    looked, seen = [], threading.Event()

    def look(log):
        looked.append(log)
        seen.set() if log == LOG else here.look(log)

    watch = Watch(here.store, lambda: [BROKEN, LOG], look)
    here.writer._known.pop(BROKEN, None)
    watch.start()
    assert seen.wait(10)
    seen.clear()
    here.send(LOG, commands.set_venue, FACILITATOR, room="和室")
    again = seen.wait(10)
    time.sleep(0.1)
    watch.stop()
    assert (again, looked.count(BROKEN)) == (True, 1), "it is not asked about again and again"


# --- its own pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", ["facilitate", "projector", "map", "advise", "tablet"])
def test_f31_its_pages_say_a_sentence(here, as_served, page, language):
    broken(here)
    granted = {"organiser": True, "leads": [BROKEN], "walls": [BROKEN], "advises": [BROKEN]}
    granted["seats"] = [[BROKEN, ONE.seat]]
    at = visitor(page, granted, c=BROKEN, lang=language)
    assert sentence(here, language) in said(at)
    assert said(at).count(say(language, "app.title")) == 1, "a way to the front page"
    assert not at.exception
    assert not any(sees(at, "Traceback", SECRET))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_f31_its_addresses_answer_in_words(here, language):
    broken(here)
    device = a_device(here, language, leads=[BROKEN], seats=[[BROKEN, ONE.seat]])
    page = device.get(f"/record/{BROKEN}")
    assert (page.status_code, sentence(here, language) in page.text) == (503, True)
    assert say(language, "rescue.lone") in page.text
    assert say(language, "rescue.title") not in page.text
    asked = {"log": BROKEN, "seat": ONE.seat, "verb": "accept_rules", "fields": {}}
    sent = device.post("/do", json=asked)
    assert (sent.status_code, sent.json()["refused"]) == (503, [sentence(here, language)])
    assert here.store.revision(BROKEN) == 3, "nothing is written to it"


def a_device(here, language="ja", **granted):
    app = Starlette(routes=routes(), middleware=guard(), exception_handlers={StoreError: answered})
    device = TestClient(app, follow_redirects=False, headers={"origin": "http://testserver"})
    device.cookies.set("kaigi_language", language)
    device.cookies.set(COOKIE, here.sign(granted))
    return device


def test_f31_who_sat_in_it_finds_the_front_page_and_another_conference(here):
    broken(here)
    sound(visitor("welcome", {"seats": [[BROKEN, ONE.seat]], "advises": [BROKEN]}))
    answer = a_device(here, seats=[[BROKEN, ONE.seat]], advises=[BROKEN]).get("/join/XN9P7T")
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/seated")


# --- surveys ---------------------------------------------------------------------------------------------------------


def with_survey(here):
    here.give_survey(here.conference(LOG), ORGANISER, "春の検討会")
    return here.conference(LOG).survey


def test_f31_a_conference_goes_on_without_its_unreadable_survey(here, as_served):
    log = with_survey(here)
    plant(here, "answer_given", {"rows": SECRET}, log, "survey")
    lead = {"leads": [LOG], "walls": [LOG]}
    assert here.surveys.of(here.conference(LOG)) is None
    sound(visitor("projector", lead, c=LOG))
    sound(visitor("facilitate", lead, c=LOG))
    here.send(LOG, commands.end_conference, FACILITATOR)
    assert here.conference(LOG).ended
    assert here.unreadable() == [log]
    at = visitor("survey", {"organiser": True}, c=log)
    assert say("ja", "store.unreadable", log=log, entry=here.store.revision(log)) in said(at)


def test_f31_a_survey_goes_on_without_its_unreadable_conference(here):
    log = with_survey(here)
    plant(here, "card_written", {"can": SECRET}, LOG)
    again = House(here.store, CASES)
    stand_in(again)
    survey = again.surveys.survey(log)
    answer = a_device(again).post(f"/s/{survey.code}/check?k={survey.key}", json={"texts": ["はい"]})
    assert (answer.status_code, answer.json()) == (200, {"hits": [[]]})
    sound(visitor("survey", {"organiser": True}, c=log))


def test_f31_results_of_the_others_are_shown_together(here):
    logs = []
    for n in (1, 2):
        fields = {"kind": "visit", "types": ("HC",), "title": f"見学{n}", "date": f"2024-03-0{n}"}
        logs.append(here.surveys.open(ORGANISER, **fields))
        here.surveys.send(logs[-1], survey_commands.bring_code, ORGANISER, code="AAAA")
    listed = here.surveys.all()
    plant(here, "answer_given", {"rows": SECRET}, logs[0], "survey")
    assert here.surveys.released.pooled(listed) is not None
    assert [each.id for each in here.surveys.all()] == [logs[1]]


# --- kept as it is ---------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    store = SQLiteStore(tmp_path / "conferences.db")
    house = House(store, CASES)
    stand_in(house)
    hosted(house)
    yield house
    stand_in(None)
    store.close()


def overwritten(here, log, revision, text):
    """Another program writes over the body of an entry."""
    with sqlite3.connect(here.store.path) as other:
        other.execute("update entries set body = ? where log = ? and revision = ?", [text, log, revision])
    other.close()


def test_f31_the_sweep_goes_on(file):
    """One that was counted while it could be read, and was changed where it stands."""
    file.send(LOG, deleting.delete_conference, ORGANISER, named="春の検討会")
    file.send(BROKEN, commands.open_conference, ORGANISER, **opening(code="XN9P7W", date="2024-03-02", title="別の会"))
    file.send(BROKEN, deleting.delete_conference, ORGANISER, named="別の会")
    assert len(file.deleted()) == 2
    overwritten(file, BROKEN, 1, "{}")
    again = House(file.store, CASES)
    due = datetime.fromisoformat(again.conference(LOG).deleted) + timedelta(days=31)
    assert sweep(again, due) == [LOG]
    assert file.store.revision(BROKEN) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000], ids=["empty", "torn", "list", "null", "deep"])
def test_f31_a_body_that_is_no_body_is_of_that_log_alone(file, text):
    broken(file)
    overwritten(file, BROKEN, 2, text)
    again = House(file.store, CASES)
    assert [found.id for found in again.conferences()] == [LOG]
    assert again.unreadable() == [BROKEN]
    with pytest.raises(UnreadableLog):
        again.conference(BROKEN)
    assert again.store.erasing() == ()


def test_f31_it_is_never_rewritten_and_goes_into_copies_and_its_own_file(file, tmp_path):
    broken(file)
    before = sums(file.store.path)
    again = House(file.store, CASES)
    again.catch_up()
    for verb, fields in ((commands.set_venue, {"room": "和室"}), (commands.end_conference, {})):
        with pytest.raises(UnreadableLog):
            again.send(BROKEN, verb, FACILITATOR, **fields)
    again.send(LOG, cards.write_card, ONE, card="card-0001", base=0, key="k", fields=card_fields())
    assert sums(file.store.path)[BROKEN] == before[BROKEN]
    assert copy(file.store.path, tmp_path / "copy.db")[BROKEN] == before[BROKEN]
    taken = of_conference(file.store, BROKEN, AT)
    assert taken.logs[0].entries == file.store.entries(BROKEN)
    assert pack(taken)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_f31_verify_names_it(file, monkeypatch, capsys, language):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(file.store.path.parent))
    assert cli.main(["--lang", language, "verify"]) == 0
    at = broken(file)
    capsys.readouterr()
    assert cli.main(["--lang", language, "verify"]) == 1
    said_to = capsys.readouterr()
    named = say(language, "store.unreadable", log=BROKEN, entry=at)
    assert [line.endswith(named) for line in said_to.err.splitlines()] == [True]
    assert BROKEN in said_to.out, "its sums are printed with the others"
    assert SECRET not in said_to.err


@pytest.mark.parametrize("language", ["ja", "en"])
def test_f31_verify_names_it_in_every_copy_also_in_the_second_place(file, tmp_path, monkeypatch, capsys, language):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(file.store.path.parent))
    copies, second = copies_in(file.store.path.parent), tmp_path / "stick"
    sound = copies.take(file.store.path, "hand")
    broken(file)
    bad = copies.take(file.store.path, "hand")
    second.mkdir()
    also_there(bad, second)
    (file.store.path.parent / "copies.json").write_text(json.dumps({"second": str(second)}), "utf-8")
    whole_again(file)
    capsys.readouterr()
    assert cli.main(["--lang", language, "verify"]) == 1
    said_to = capsys.readouterr()
    assert [str(sound.path) in said_to.err, SECRET in said_to.err] == [False, False]
    assert [path in said_to.err for path in (str(bad.path), str(second / bad.path.name))] == [True, True]
    assert [line.count(BROKEN) for line in said_to.err.splitlines()] == [1, 1]


def whole_again(file):
    """The data are mended, and only copies hold what cannot be read."""
    file.store.forget(BROKEN, AT)


def test_verify_says_of_a_copy_that_goes_meanwhile_that_it_cannot_be_read(file, monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(file.store.path.parent))
    gone = copies_in(file.store.path.parent).take(file.store.path, "hand")
    listed = [gone]
    monkeypatch.setattr("facilitation.cli_verify._copies", lambda: listed)
    gone.path.unlink()
    assert cli.main(["--lang", "en", "verify"]) == 1
    assert f"Cannot read the file {gone.path}" in capsys.readouterr().err


def test_f31_the_house_writes_nothing_that_it_could_not_read_again(here):
    with pytest.raises(Refused) as refused:
        here.send(LOG, lambda now: [Draft("card_written", "", {"can": 5})])
    assert (refused.value.key, here.unreadable()) == ("form", [])


def test_f31_what_it_says_names_the_entry_and_keeps_no_word_of_it():
    first = Entry("a", 1, "venue_set", "", {"room": "x"}, AT)
    wrong = Entry("a", 2, "step_opened", "", {"step": 9}, AT)
    with pytest.raises(UnreadableLog) as refused:
        legible(fold)(None, "a", [first, wrong])
    assert refused.value.detail == {"log": "a", "entry": 2}
    assert json.dumps(refused.value.detail)
