"""A conference brought as a file whose log was changed: what is taken in can be shown everywhere and taken along again.

The archive is one of an evening played through the verbs. Its log is changed in any way that leaves the archive whole
(digests, revisions); what an import refuses, it refuses in sentences. `CHANGED=2000 python start.py test
tests/test_changed_archives.py` tries more of them."""

import logging
import os
from contextlib import contextmanager
from dataclasses import replace

import pytest
from brought import CHANGES, answered, at_step, changed, drawn, files, pages, played, taken
from hypothesis import Phase, given, settings
from hypothesis import strategies as some
from meeting import CASES, LOG, ONE, a_house, steps_of
from streamlit.runtime import fragment
from streamlit.runtime.scriptrunner import exec_code
from test_anything_sent import FICTION, Failures
from test_archive_routes import brings
from test_pages import said, visitor
from test_routes import with_grants

from facilitation import fold, survey_fold
from facilitation.agencies import AGENCIES
from facilitation.agenda import Step
from facilitation.export.archive import Log, pack
from facilitation.screen.house import stand_in
from facilitation.screen.trouble import say_instead
from facilitation.texts import say

FEW = 6
CHANGED = int(os.environ.get("CHANGED", str(FEW)))
BASES = ("running", "ended", "counted out")


@contextmanager
def brought(archive, *earlier):
    """A house in which an archive was taken in, whole or after an earlier copy of it, and everything was counted."""
    here, failed = a_house(), Failures()
    here._fiction = FICTION
    stand_in(here)
    logger = logging.getLogger("facilitation")
    logger.addHandler(failed)
    try:
        for each in (*earlier, archive):
            status, answer = brings(here, pack(each))
            assert (status, answer["ok"]) == (200, True), answer
            here.catch_up()
        yield here
        assert not failed.said
    finally:
        logger.removeHandler(failed)
        stand_in(None)


def wrong(archive, language="ja", *earlier, log=LOG):
    """What cannot be shown of an archive that was taken in, and why."""
    with brought(archive, *earlier) as here:
        return {name: error for name, error in drawn(here, log, language) if error}


def half(archive):
    """An earlier copy of an archive."""
    return replace(archive, logs=tuple(Log(a.log, a.kind, a.entries[: len(a.entries) // 2 + 1]) for a in archive.logs))


@settings(max_examples=CHANGED, derandomize=CHANGED == FEW, phases=[Phase.explicit, Phase.generate])
@given(
    some.sampled_from(BASES),
    some.lists(CHANGES, min_size=4, max_size=16),
    some.integers(0, 20),
    some.sampled_from(["ja", "en"]),
    some.booleans(),
)
def test_f17_what_is_taken_in_can_be_shown_everywhere_and_taken_along_again(base, changes, step, language, twice):
    archive = changed(played(base), [*changes, at_step(step)])
    assert wrong(archive, language, *([half(archive)] if twice else [])) == {}


@pytest.mark.parametrize("base", BASES)
def test_the_archive_itself_holds_every_kind_of_entry_and_can_be_shown(base):
    archive = played(base)
    kinds = {entry.kind for log in archive.logs for entry in log.entries}
    asked = {*fold._CHANGES, *survey_fold._CHANGES} - {"results_released", "conference_ended"}
    assert asked - kinds == set()
    assert wrong(archive) == {}


@pytest.mark.parametrize("planted", ["facilitation.screen.wall.shown", "facilitation.screen.desk_cards.all_cards"])
def test_f17_a_page_that_breaks_would_be_seen(planted, monkeypatch):
    """The harness: also where only a part of a page breaks, which the framework would show on the page itself."""
    monkeypatch.setattr(planted, broken)
    assert {type(error) for error in wrong(played()).values()} == {Broken}


class Broken(Exception):
    """What was planted."""


def broken(*args):
    raise Broken


@pytest.mark.parametrize("name", ["2024-03-01-OOOOOO", "0000-00-00-000000", "9999-99-99-ZZZZZZ"])
def test_a_strange_name_is_no_hindrance(name):
    """Letters that no code has, a day that is none: such a log is found and taken along under its name."""
    conference, survey = played().logs
    asked = f"survey-{name[:-1]}1"
    archive = replace(played(), logs=(renamed(conference, name), renamed(survey, asked)))
    archive = with_body(with_body(archive, "survey_linked", survey=asked), "survey_opened", conference=name)
    assert [each.log for each in taken(archive).logs] == [name, asked]
    assert wrong(archive, log=name) == {}


def renamed(log, name):
    """A log under another name, with the code of that name."""
    entries = (replace(each, log=name) for each in log.entries)
    coded = (
        replace(each, body={**each.body, "code": name[-6:]}) if "code" in each.body and each.revision == 1 else each
        for each in entries
    )
    return Log(name, log.kind, tuple(coded))


# --- what once broke something ---------------------------------------------------------------------------------------


def with_body(archive, kind, /, **fields):
    """The archive with other fields in every entry of a kind."""
    return with_entries(archive, lambda e: replace(e, body={**e.body, **fields}) if e.kind == kind else e)


def with_entries(archive, other):
    return replace(archive, logs=tuple(replace(log, entries=tuple(map(other, log.entries))) for log in archive.logs))


def change_of(**item):
    """An own question in a survey's log."""
    known = {"id": "X1", "type": "single", "forms": ["post"], "ja": "どこで知りましたか"}
    return {"change": "add", "kind": "case_conference", "forms": ["post"], "item": {**known, **item}}


REFUSED = [
    ("items_changed", {"change": change_of(options=2)}),
    ("items_changed", {"change": change_of(options=[{"ja": "ちらし"}])}),
    ("items_changed", {"change": change_of(type="multi_per_stage")}),
    ("items_changed", {"change": change_of(forms=[])}),
    ("items_changed", {"change": {"change": "reword", "item": "Q1", "ja": "言葉"}}),
    ("survey_opened", {"kind": "tea"}),
    ("survey_opened", {"date": "0001-01-01"}),
    ("expected_set", {"expected": 601}),
    ("present_set", {"types": ["HC", "HC"]}),
    ("conference_opened", {"date": "9999-12-31"}),
    ("conference_opened", {"steps": [{"kind": "tea"}] * 30}),
    ("table_set", {"people": {"HC": 1_000_000}}),
    ("role_stated", {"strengths": {"S1": 3}}),
    ("hint_written", {"field": "tea"}),
]
"""Changes for which there is no page: what they would have to show does not exist, or is a million of it."""


@pytest.mark.parametrize(("kind", "fields"), REFUSED, ids=range(len(REFUSED)))
def test_f17_what_nothing_could_show_is_not_taken_in(kind, fields):
    archive = played()
    assert taken(archive) == archive
    assert taken(with_body(archive, kind, **fields)) is None


@pytest.mark.parametrize("at", ["2024-02-30T05:00:00Z", "2024-03-01T25:00:00Z", "0001-01-01", "9999-12-31T23:59:59Z"])
def test_f17_a_time_that_never_was_is_not_taken_in(at):
    assert taken(with_entries(played(), lambda each: replace(each, at=at) if each.revision == 5 else each)) is None


def each(kind, **fields):
    """Every entry of a kind with other fields."""
    return lambda archive: with_body(archive, kind, **fields)


def nobody(archive):
    return with_body(with_body(archive, "survey_opened", types=[]), "present_set", types=[])


def somebody(archive):
    """Words that wait to be released, for a reason of another version."""
    return with_body(with_body(archive, "card_written", personal={"tea": 1}), "words_released", about="")


def crowd(archive):
    """More people at the tables than a survey has codes, and nobody said how many answers are expected."""
    return with_body(with_body(archive, "table_set", people=dict.fromkeys(AGENCIES, 20)), "expected_set", expected=0)


def at_the_door(archive):
    """Nothing but opened, without a timetable."""
    first = replace(archive, logs=tuple(Log(log.log, log.kind, log.entries[:1]) for log in archive.logs))
    return with_body(first, "conference_opened", steps=[])


def by_day(archive):
    """Days for times, and a clock that runs."""
    return with_body(with_entries(archive, lambda it: replace(it, at=it.at[:10])), "timer_set", running=True)


ROWS = [["A1", "", "tea"], ["P1", "", ""], ["K_R", "tea", 1], ["Q1", "", 9], ["Q2", "", 4]]
TWICE = {"rows": [["T1", "", "a"], ["T5", "", "T5_1"]], "texts": ["T1"], "T1": "b"}
MENDED = {
    "answers that their questions do not know": (
        "counted out",
        each("answer_given", rows=ROWS, texts=[]),
        answered,
        files,
    ),
    "an answer that is no text": ("counted out", each("answer_given", texts=["A1"], A1={"a": 1}), "results", files),
    "a text that stands twice": ("ended", each("answer_given", **TWICE), "survey"),
    "a theme that is not in the codebook": ("ended", each("text_decided", theme="tea"), "survey"),
    "a survey without a day": ("counted out", each("survey_opened", date=""), "results"),
    "a survey of nobody": ("running", nobody, answered),
    "a survey of a crowd": ("running", crowd, "survey"),
    "a picture that is none": ("running", each("projector_set", show="tea"), "facilitate"),
    "a picture without a button": ("running", each("projector_set", show="blank"), "facilitate"),
    "the way to a scene that is not open": ("running", each("projector_set", show="route:99"), "facilitate"),
    "a seat at a table that is not there": ("running", each("seat_moved", group=99), "facilitate"),
    "a note on a scene that is not played": ("running", each("note_written", about="scene:99"), "advise", answered),
    "a note on half a cell": ("running", each("note_written", about="cell:HC"), "advise", answered),
    "words that may name somebody": ("running", somebody, "facilitate"),
    "no timetable": ("running", at_the_door, "facilitate", "projector", answered),
    "days for times": ("running", by_day, "facilitate", "projector"),
    "an address that no QR holds": ("running", each("venue_set", address="x" * 5_000), "facilitate", answered),
    "words that turn the line, on a phone": ("running", each("venue_set", room="\u202e逆"), answered),
    "scenes that the case does not have": (
        "running",
        each("conference_opened", steps=[{"kind": "scene", "scene": 99}] * 30),
        *("facilitate", "advise", answered),
    ),
    "a way to play that the case does not have": (
        "running",
        each("conference_opened", variant="tea"),
        *("facilitate", "map", answered),
    ),
    "a case that is not here": ("running", each("conference_opened", case="tea", title=""), "projector", answered),
}
"""In which evening, what was changed, where it was seen."""


@pytest.mark.parametrize("what", MENDED)
def test_f17_what_once_broke_something_can_be_shown(what):
    base, change, *places = MENDED[what]
    archive = taken(change(played(base)))
    assert archive is not None
    with brought(archive) as here:
        for place in places:
            seen = pages(here, LOG, "ja", [place]) if isinstance(place, str) else place(here, LOG, "ja")
            assert {name: error for name, error in seen if error} == {}


# --- a case that is not here -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", ["facilitate", "projector", "map", "advise", "tablet"])
def test_a_case_that_is_not_here_is_said_below_the_common_header(here, monkeypatch, page, language):
    for place in (exec_code, fragment):  # as it is served (`app.py`), of which these visitors know nothing
        told = place.handle_user_script_exception
        monkeypatch.setattr(place, "handle_user_script_exception", lambda error, _, told=told: told(error, say_instead))
    here.cases = {}
    at = visitor(page, {"organiser": True, "seats": [[LOG, ONE.seat]]}, c=LOG, lang=language)
    assert not at.exception
    assert say(language, "refused.case.gone", case="case2") in said(at)
    assert said(at).count(say(language, "app.title")) == 1, "a way to the front page"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_its_papers_say_so_and_the_keys_are_printed(here, language):
    here.cases = {}
    device = with_grants(here, organiser=here.keyring.turn)
    for paper in ("record", "paper"):
        answer = device.get(f"/{paper}/{LOG}?lang={language}")
        assert (answer.status_code, answer.text) == (422, say(language, "refused.case.gone", case="case2"))
    assert device.get(f"/keys/{LOG}?lang={language}").status_code == 200


@pytest.mark.parametrize(
    ("variant", "steps"),
    [
        ("tea", ()),
        ("120min", (Step("scene", scene=99),)),
        ("120min", (Step("reveal", position=99),)),
        ("120min", (Step("scene", scene=1),) * 20),
    ],
)
def test_a_timetable_that_a_case_cannot_play_does_not_fit_it(variant, steps):
    assert CASES["case2"]["ja"].fits("120min", steps_of())
    assert not CASES["case2"]["ja"].fits(variant, steps)
