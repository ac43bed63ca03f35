"""What organisers read of what happened: a role and a seat, a kind, a moment; no name and no word that was typed."""

import csv
import io
import json
import os
import time

import pytest
from meeting import FACILITATOR, LOG, ONE, ORGANISER, card_fields, hosted
from polled import SURVEY, WELL, event
from test_pages import choose, links, organiser, said, sees, sound
from test_routes import a_device, goes_to, with_grants

from facilitation import advice, audit, cards, care, commands, fold, holding, keyring, sharing, survey_fold
from facilitation import survey_answering as answering
from facilitation import survey_commands as polls
from facilitation.access import Who
from facilitation.entries import REDACTED, Entry
from facilitation.screen import audit_words
from facilitation.screen import house as houses
from facilitation.screen.audit import NEWEST, told
from facilitation.store.rows import numbered
from facilitation.texts import catalogue, say

TYPED = {name: f"だれかの言葉{n}" for n, name in enumerate(("can", "hard", "line", "note", "step", "room", "title"))}
ANSWER = "自由記述に書いた文"
ADVISER = Who("adviser", "adviser-0001", "回復施設の立場")


@pytest.fixture
def here(house):
    """No conference yet."""
    return house


def evening(here):
    """A conference in which something of every kind was typed, with a survey that was answered."""
    hosted(here, title=TYPED["title"])
    here.send(LOG, commands.set_venue, FACILITATOR, room=TYPED["room"])
    here.send(LOG, cards.write_card, ONE, card="card-0001", fields=card_fields(can=TYPED["can"], hard=TYPED["hard"]))
    here.send(LOG, commands.write_line, ONE, type="HC", text=TYPED["line"])
    here.send(LOG, sharing.write_next_step, ONE, step="step-0001", type="HC", to="MED", text=TYPED["step"])
    here.send(LOG, advice.comment, ADVISER, note="adviser-0001-s", about="scene:1", text=TYPED["note"])
    here.surveys.send(SURVEY, polls.open_survey, ORGANISER, **event(conference=LOG))
    here.send(LOG, polls.link_survey, ORGANISER, survey=SURVEY)
    here.surveys.send(SURVEY, polls.open_form, FACILITATOR, form="post")
    code = here.surveys.send(SURVEY, polls.draw_codes, FACILITATOR, count=1).entries[0].body["codes"][0]
    said_so = {"form": "post", "code": code, "answers": [*WELL, ["T1", "", ANSWER]], "key": "answer-0001"}
    here.surveys.send(SURVEY, answering.answer, Who("guest"), **said_so)
    here.surveys.send(SURVEY, polls.close_form, FACILITATOR, form="post")
    here.send(LOG, holding.erase, ORGANISER, about="card:card-0001", upto=here.conference(LOG).revision)


# --- the lines -------------------------------------------------------------------------------------------------------


def test_every_kind_that_is_known_has_its_subject_and_its_words_in_both_languages():
    kinds = {*fold._CHANGES, *survey_fold._CHANGES, *keyring.NOTED, "settings", "password_changed", REDACTED}
    listed = [kind for kinds in audit.SUBJECTS.values() for kind in kinds]
    assert len(listed) == len(set(listed))
    assert set(listed) == kinds - audit.UNTOLD
    for language in ("ja", "en"):
        assert {kind for kind in listed if f"audit.kind.{kind}" not in catalogue(language)} == set()


def test_what_was_typed_stands_in_no_line(here):
    evening(here)
    found = repr([*told(here, LOG), *told(here, "house")])
    for word in (*TYPED.values(), ANSWER, ADVISER.words, here.keyring.password, here.keyring.secret):
        assert word not in found


def test_a_line_says_who_what_and_when(here):
    evening(here)
    entry = next(e for e in here.store.entries(LOG) if e.kind == "card_written")
    (line,) = [line for line in told(here, LOG) if line.kind == "card_written"]
    assert line == audit.Line(entry.at, LOG, entry.revision, "seat:seat-one", "card_written", {"group": 1})


def test_no_line_tells_when_somebody_answered_and_the_closing_tells_how_many(here):
    evening(here)
    about_surveys = [line for line in told(here, LOG) if line.log == SURVEY]
    kinds = {line.kind for line in about_surveys}
    assert kinds == {"survey_opened", "present_set", "timetable_followed", "form_opened", "form_closed"}
    assert {len(line.at) for line in about_surveys} == {10}
    (closed,) = [line for line in about_surveys if line.kind == "form_closed"]
    assert closed.about == {"form": "post", "answered": 1}
    sheet = audit_words.sheet(about_surveys, {}, "ja").decode("utf-8-sig")
    assert {row[-1] for row in list(csv.reader(io.StringIO(sheet)))[1:]} == {""}


@pytest.mark.parametrize(
    "body",
    [{"form": "山田さん"}, {"how": "<b>"}, {"what": "x" * 60}, {"group": "1班"}, {"step": "step-01"}, {"text": "x"}],
)
def test_of_a_body_only_numbers_and_codes_are_let_through(body):
    (line,) = audit.lines([Entry("log", 1, "card_written", "seat:a", body, "2024-03-01T05:00:00Z")])
    assert line.about == {}


def test_the_newest_stand_first_and_entries_of_one_moment_keep_their_order(here):
    evening(here)
    found = told(here, LOG)
    moments = [(line.at, line.log, line.revision) for line in found]
    assert moments == sorted(moments, reverse=True)


def test_a_kind_from_a_later_version_is_shown_and_not_hidden():
    entry = Entry("log", 1, "tea_served", "facilitator", {"sugar": 2}, "2024-03-01T05:00:00Z")
    (line,) = audit.lines([entry])
    assert (line.subject, line.about) == ("other", {})
    assert audit_words.did(line, "ja") == say("ja", "audit.other", kind="tea_served")


# --- what the house notes --------------------------------------------------------------------------------------------


def noted(here):
    return [(e.author, e.kind, dict(e.body)) for e in here.store.entries("house") if e.kind != "settings"]


def test_ways_in_and_downloads_are_noted_by_role(here):
    hosted(here)
    now = here.conference(LOG)
    a_device().get(f"/enter/{here.start_key}")
    a_device().get(f"/enter/{here.sign({'enter': 'password'})}")
    a_device().get(f"/lead/{LOG}/{now.lead_key}")
    a_device().get(f"/advise/{LOG}/{now.adviser_code}?k={now.adviser_key}")
    a_device().get(f"/join/{now.adviser_code}")
    a_device().get(f"/seat/{here.sign({'hand': [LOG, ONE.seat]})}")
    with_grants(here, leads=[LOG]).get(f"/record/{LOG}")
    with_grants(here, organiser=True).get(f"/paper/{LOG}")
    with_grants(here, organiser=True).get(f"/audit-sheet/{LOG}")
    a_device().get(f"/record/{LOG}")
    here.set_password("合い言葉は春の野原の菜の花")
    conference = {"conference": LOG}
    assert [(author, kind, body) for author, kind, body in noted(here) if kind != "password_changed"] == [
        ("organiser", "signed_in", {"how": "link"}),
        ("organiser", "signed_in", {"how": "password"}),
        ("facilitator", "signed_in", {"how": "key", **conference}),
        ("adviser", "signed_in", {"how": "key", **conference}),
        ("adviser", "signed_in", {"how": "code", **conference}),
        ("seat:seat-one", "seat_handed", conference),
        ("facilitator", "downloaded", {"what": "record", **conference}),
        ("organiser", "downloaded", {"what": "paper", **conference}),
        ("organiser", "downloaded", {"what": "audit", **conference}),
    ]
    assert [kind for _, kind, _ in noted(here)][-1] == "password_changed"


def test_a_guest_who_joins_and_is_refused_leaves_no_note_in_the_house(here):
    hosted(here)
    a_device().get("/join/XN9P7T")
    a_device().get("/join/AAAAAA")
    assert noted(here) == []


@pytest.mark.parametrize(
    ("address", "how"),
    [
        ("/enter/wrong", "link"),
        (f"/lead/{LOG}/wrong", "key"),
        ("/lead/2024-01-01-KKKKKK/wrong", "key"),
        (f"/advise/{LOG}/-?k=wrong", "key"),
    ],
)
def test_who_is_refused_at_a_door_that_needs_a_key_leaves_one_line_in_ten_minutes(here, address, how, monkeypatch):
    hosted(here)
    for at in ("2024-03-01T05:00:00Z", "2024-03-01T05:09:59Z", "2024-03-01T05:10:00Z"):
        monkeypatch.setattr(houses, "now", lambda at=at: at)
        a_device().get(address)
    assert noted(here) == [("guest", "sign_in_refused", {"how": how})] * 2


def test_a_wrong_password_leaves_a_line_and_nothing_of_what_was_typed(here):
    assert not here.password_is("だれかの合い言葉")
    assert noted(here) == [("guest", "sign_in_refused", {"how": "password"})]
    assert here.password_is(here.new_password) and len(noted(here)) == 1


# --- the page and the sheet ------------------------------------------------------------------------------------------


@pytest.fixture
def in_tokyo(monkeypatch):
    if not hasattr(time, "tzset"):
        pytest.skip("this system has no tzset")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.delenv("TZ")
    os.environ.pop("TZ", None)
    time.tzset()


def test_a_moment_is_written_as_officials_write_it_in_the_machines_own_time(in_tokyo):
    assert audit_words.when("2024-03-01T05:07:00.000Z", "ja") == "令和6年3月1日（金） 14:07"
    assert audit_words.when("2024-03-01T16:07:00.000Z", "en") == "2024-03-02 01:07"
    assert audit_words.when("2024-03-01", "ja") == "令和6年3月1日（金）"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_organiser_reads_a_conference_and_the_house(here, language):
    evening(here)
    here.note("facilitator", "downloaded", what="record", conference=LOG)
    at = sound(organiser("audit", c=LOG, lang=language), language)
    seat = say(language, "audit.seat_of", seat="seat", n=1)
    kinds = [say(language, f"audit.kind.{kind}") for kind in ("card_written", "form_closed", "redacted", "downloaded")]
    assert sees(at, seat, *kinds, say(language, "audit.about.answered", value=1)) == [True] * 6
    elsewhere = {TYPED["room"]}  # on the safety panel
    assert not (set(TYPED.values()) - elsewhere) & set(said(at))
    assert f"/audit-sheet/{LOG}" in links(at)
    house = sound(organiser("audit", lang=language), language)
    assert sees(house, say(language, "audit.kind.settings"), say(language, "audit.kind.card_written")) == [True, False]


def test_the_page_is_narrowed_by_subject(here):
    evening(here)
    at = organiser("audit", c=LOG)
    choose(at, say("ja", "audit.filter"), ["erased"])
    assert sees(at, say("ja", "audit.kind.redacted"), say("ja", "audit.kind.step_opened")) == [True, False]
    assert audit.narrowed(told(here, LOG), []) == told(here, LOG)


def test_a_long_evening_shows_its_newest_lines_and_takes_all_along(here):
    hosted(here)
    for n in range(NEWEST):
        here.send(LOG, commands.set_venue, FACILITATOR, room=f"和室 {n}")
    total = len(told(here, LOG))
    at = organiser("audit", c=LOG)
    assert sees(at, say("ja", "audit.newest", shown=NEWEST, n=total)) == [True]
    rows = sheet_of(here, LOG)
    assert len(rows) == 1 + total + 1, "the heads, all lines, and that this sheet was taken"


def sheet_of(here, log, language="ja"):
    answer = with_grants(here, organiser=True).get(f"/audit-sheet/{log}?lang={language}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_sheet_says_what_the_page_says_and_is_no_formula(here):
    evening(here)
    heads, *rows = sheet_of(here, LOG)
    assert heads[:4] == [say("ja", f"audit.{head}") for head in audit_words.HEADS]
    assert rows[0][4] == "downloaded"
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]
    whole = json.dumps(rows, ensure_ascii=False)
    assert not [word for word in (*TYPED.values(), ANSWER) if word in whole]
    assert "settings" in json.dumps(sheet_of(here, "house"))


@pytest.mark.parametrize("log", ["2024-01-01-KKKKKK", SURVEY, "x"])
def test_what_is_not_there_has_no_sheet(here, log):
    evening(here)
    assert with_grants(here, organiser=True).get(f"/audit-sheet/{log}").status_code == 404
    assert goes_to(a_device().get("/leave"))[0] == "/"


def test_an_audit_of_a_case_to_handle_with_care_says_that_the_room_was_told(here):
    hosted(here, scene=0, prepared={"adviser": "医師", "contacts": "夜間の電話", "notice": True})
    here.send(LOG, care.tell_notice, FACILITATOR)
    (line,) = [line for line in told(here, LOG) if line.kind == "notice_told"]
    assert (line.author, line.subject) == ("facilitator", "evening")


def test_numbered_entries_come_as_they_are():
    """The audit reads entries and nothing else: what a store gives back is enough."""
    entries = numbered("log", [], 0, "2024-03-01T05:00:00Z")
    assert audit.lines(entries) == ()
