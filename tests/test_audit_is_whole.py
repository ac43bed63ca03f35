"""Nothing is done or taken without its line: every verb, every route, every file that a page hands out (`who_may`).

A new verb or route has no row here and fails; a new file on a page is found by looking at every page.
"""

import ast
import json
from pathlib import Path

import pytest
import streamlit as st
from meeting import LOG, ONE
from polled import WELL
from test_pages import visitor
from test_routes import OWN, with_grants
from test_who_may import ASKED, GRANTS, OTHER, SEATS, TRIED, acting, got_in, here, keys, verbs  # noqa: F401

from facilitation import audit, commands, survey_answering, survey_commands
from facilitation.access import Who
from facilitation.screen.house import PAGES as PAGE_FILES
from facilitation.store.rows import numbered
from facilitation.survey_round import SurveyRound
from tests.who_may import DEVICES, KEY, PAGES, ROUTES, VERBS

READ = "read on a page, again and again; what a screen shows has no line"
OWN_LINE = "what it carries out leaves its own line in the conference's or the survey's log"

ROUTE_LINES = {
    "GET /healthz": READ,
    "GET /readyz": READ,
    "GET /metrics": READ,
    "GET /join/{code}": OWN_LINE,
    "GET /seated": READ,
    "GET /seat/{token}": ("seat_handed", {"conference": LOG}),
    "GET /enter/{key}": ("signed_in", {"how": "link"}),
    "GET /lead/{log}/{key}": ("signed_in", {"how": "key", "conference": LOG}),
    "GET /advise/{log}/{code}": ("signed_in", {"how": "key", "conference": LOG}),
    "GET /adviser/{ticket}": READ,
    "GET /leave": ("signed_out", None),
    "GET /lang/{language}": READ,
    "POST /do": OWN_LINE,
    "GET /contacts/{log}": READ,
    "GET /parts/{log}/{view}": READ,
    "GET /record/{log}": ("downloaded", {"what": "record", "conference": LOG}),
    "GET /paper/{log}": ("downloaded", {"what": "paper", "conference": LOG}),
    "GET /keys/{log}": ("downloaded", {"what": "keys", "conference": LOG}),
    "GET /audit-sheet/{log}": ("downloaded", {"what": "audit", "conference": LOG}),
    "POST /archive/{log}": ("downloaded", {"what": "archive", "conference": LOG}),
    "POST /bring/{what}": "looking at a file changes nothing; taking one in is tried below",
    "GET /survey-paper/{log}": ("downloaded", {"what": "form", "conference": LOG, "survey": ASKED}),
    "GET /survey-cards/{log}": ("downloaded", {"what": "cards", "conference": LOG, "survey": ASKED}),
    "GET /s/{code}": READ,
    "GET /s/{code}/now": READ,
    "POST /s/{code}/{what}": "an answer to a survey leaves no line: it would tell when somebody answered",
    "GET /assets": READ,
}
"""Route → the line that the house notes (kind, what it is about), or why there is none."""

AUTHORS = {device: device for device in DEVICES} | {
    "seat": "seat:seat-one",
    "other_group": "seat:seat-two",
    "elsewhere": "seat:seat-elsewhere",
    "other_adviser": "adviser",
    "other_facilitator": "facilitator",
}
"""Who a device is in a line: a role, a seat, never a name and never what tells one phone from another."""


def test_every_route_has_its_line_or_a_reason_why_not():
    assert set(ROUTE_LINES) == set(ROUTES)


def noted(here):  # noqa: F811
    """What the house noted, without the number of the device that left."""
    told = [e for e in here.store.entries("house") if e.kind not in ("settings", "password_changed")]
    return [(e.author, e.kind, {name: x for name, x in e.body.items() if name != "device"}) for e in told]


@pytest.mark.parametrize("row", [row for row, line in ROUTE_LINES.items() if isinstance(line, tuple)])
def test_a_route_leaves_its_line_for_those_who_got_something_and_none_for_others(here, row):  # noqa: F811
    kind, about = ROUTE_LINES[row]
    for device in DEVICES:
        before = len(noted(here))
        came = through(here, device, row)
        lines = noted(here)[before:]
        if not came:
            assert lines == [], device
            continue
        ((author, told, body),) = lines
        assert (told, body if about is not None else None) == (kind, about), device
        if ROUTES[row] != KEY:
            assert author == AUTHORS[device]


def through(here, device, row):  # noqa: F811
    """Let a device go through a door or take what a route hands out; whether it got something to be noted."""
    if row == "GET /leave":
        held = {name: value for name, value in GRANTS[device].items() if name != "device"}
        with_grants(here, **held, device=f"phone-of-{device}").get("/leave")
        return bool(held) and device != "wall"
    if ROUTES[row] == KEY:
        return with_grants(here, **GRANTS[device]).get(keys(here, row)[0]).status_code == 303
    return got_in(here, device, row)


@pytest.mark.parametrize("row", [row for row, line in ROUTE_LINES.items() if line == READ])
def test_what_is_only_read_is_noted_nowhere(here, row):  # noqa: F811
    logs = dict(here.store.logs())
    for device in DEVICES:
        got_in(here, device, row)
    assert dict(here.store.logs()) == logs


def test_the_walk_would_see_a_download_that_is_noted_nowhere(here, monkeypatch):  # noqa: F811
    """The planted fault."""
    monkeypatch.setattr("facilitation.screen.asked.taken", lambda *asked: None)
    with pytest.raises(ValueError, match="not enough values"):
        test_a_route_leaves_its_line_for_those_who_got_something_and_none_for_others(here, "GET /record/{log}")


def test_a_file_that_is_taken_in_and_a_code_that_lets_somebody_in_leave_their_lines(here):  # noqa: F811
    organiser = with_grants(here, **GRANTS["organiser"])
    packed = organiser.post(f"/archive/{OTHER}", headers=OWN).content
    organiser.post("/bring/look", files={"file": packed}, headers=OWN)
    assert [kind for _, kind, _ in noted(here)] == ["downloaded"]
    organiser.post("/bring/take", files={"file": packed}, headers=OWN)
    assert noted(here)[1:] == [("organiser", "brought", {"what": "same", "conference": OTHER})]
    with_grants(here).get(f"/join/{here.conference(LOG).adviser_code}")
    assert noted(here)[-1] == ("adviser", "signed_in", {"how": "code", "conference": LOG})


# --- verbs -----------------------------------------------------------------------------------------------------------

NO_LINE = {
    "survey_answering.answer": "it would tell when somebody answered",
    "survey_commands.draw_codes": "the same kind as a code that a phone asks for",
    "survey_commands.give_code": "it would tell when somebody came",
    "survey_commands.bring_code": "nothing is written",
    "survey_answering.read_in": "nothing is written for a sheet without rows; each row is an answer",
}


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_leaves_a_line_that_names_a_role_and_none_of_what_was_typed(name):
    state, fields = TRIED[name][0](), TRIED[name][1]
    fields = dict(fields(state) if callable(fields) else fields)
    device = next(device for device in ("seat", "facilitator", "adviser", "organiser") if device in VERBS[name])
    own = name == "survey_commands.open_survey" or not isinstance(state, SurveyRound)
    who = acting(device, None if own else state)
    if name == "advice.comment":
        fields["note"] = f"{who.seat or who.role}-scene-1"
    drafts = verbs()[name](state, who, **fields)
    lines = audit.lines(numbered("log", drafts, 0, "2024-03-01T05:00:00Z"))
    if name in NO_LINE:
        assert lines == ()
        return
    assert lines and {line.subject for line in lines} <= set(audit.SUBJECTS), "a kind that nobody would find"
    assert {line.author for line in lines} == {"seat:seat-new" if name == "commands.take_seat" else who.author}
    typed = [text for text in _texts(fields) if not text.isascii()]
    assert not [text for text in typed if text in repr(lines)]


def _texts(value):
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for each in inner for text in _texts(each)]


# --- files that pages hand out ---------------------------------------------------------------------------------------


@pytest.fixture
def handed_out(monkeypatch):
    """Every file that a page offers, by the key of its button."""
    found = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, key, **more: found.update({key: data}))
    return found


FILES = {"file-workbook": "workbook", "file-answers": "answers", "file-codebook": "codebook", "year-file": "year"}
"""Files on pages → what their line says; a chart's figures are `numbers`."""


@pytest.mark.parametrize("device", ["organiser", "facilitator"])
def test_every_file_on_every_page_leaves_its_line_when_it_is_asked_for_and_not_before(
    here, handed_out, device  # noqa: F811
):  # fmt: skip
    counted_out(here)
    here.send(OTHER, commands.end_conference, Who("organiser"))
    for page in PAGES:
        visitor(page, GRANTS[device], c=ASKED if page in ("survey", "results") else LOG)
    assert set(FILES) - ({"year-file"} if device == "facilitator" else set()) < set(handed_out)
    assert noted(here) == []
    for key, made in handed_out.items():
        assert isinstance(made(), bytes)
        what = FILES.get(key, "numbers" if key.startswith("csv-") else key)
        about = {} if key == "year-file" else {"conference": LOG, "survey": ASKED}
        assert noted(here)[-1] == (device, "downloaded", {"what": what, **about})
    assert len(noted(here)) == len(handed_out)


def counted_out(here):  # noqa: F811
    """Twelve sheets of the form after, counted out."""
    lead = Who("organiser")
    codes = here.surveys.send(ASKED, survey_commands.draw_codes, lead, count=12).entries[0].body["codes"]
    for n, code in enumerate(codes):
        sheet = {"form": "post", "code": code, "answers": [["A1", "", "HC"], *WELL], "key": f"answer-{n:04}"}
        here.surveys.send(ASKED, survey_answering.answer, Who("guest"), **sheet)
    here.surveys.send(ASKED, survey_commands.close_form, lead, form="post")
    here.surveys.send(ASKED, survey_commands.release_results, lead, form="post")


def test_files_are_handed_out_where_that_walk_looks_and_nowhere_else():
    drawn = [*(Path(PAGE_FILES).parent / "facilitation").rglob("*.py"), *PAGE_FILES.glob("*.py")]
    calls = [
        file.name
        for file in drawn
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "download_button"
    ]
    assert sorted(calls) == ["results.py", "results.py", "year.py"]


def test_no_line_of_the_house_holds_the_number_of_a_phone(here):  # noqa: F811
    phone = with_grants(here, seats=[[LOG, ONE.seat]], device="phone-number-1")
    phone.get("/leave")
    lines = audit.lines(here.store.entries("house"))
    assert lines[0].kind == "signed_out"
    assert "phone-number-1" not in json.dumps([str(line) for line in lines])
    assert SEATS["seat"] == ONE.seat
