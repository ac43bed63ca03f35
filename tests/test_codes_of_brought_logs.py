"""Whose code is it? A conference that is brought as a file may take no door that leads elsewhere here."""

from dataclasses import replace

import pytest
from meeting import FACILITATOR, LOG, ORGANISER, a_house, hosted, opening
from test_archive import AT, SURVEY, with_survey
from test_archive_routes import brings
from test_routes import a_device, goes_to, granted

from facilitation import commands, survey_commands
from facilitation.code import long_code
from facilitation.conference import Conference
from facilitation.export.archive import Archive, Log, of_conference, pack
from facilitation.export.archive_problem import BadArchive
from facilitation.export.archive_reading import read
from facilitation.export.merging import NotMerged, merge, plan
from facilitation.screen.house import stand_in
from facilitation.store.memory import MemoryStore

EARLIER, LATER = "2001-01-01", "2999-12-31"


@pytest.fixture
def here():
    """A house with a conference that runs."""
    here = a_house()
    hosted(here)
    stand_in(here)
    yield here
    stand_in(None)


def forged(log, **fields):
    """An archive of one conference that was opened with whatever is asked."""
    laptop = MemoryStore()
    (opened, *_) = commands.open_conference(Conference(log), ORGANISER, **opening())
    laptop.append(log, "conference", [replace(opened, body={**opened.body, **fields})], 0, AT)
    return of_conference(laptop, log, AT)


def refused(store, archive):
    with pytest.raises(NotMerged) as told:
        merge(store, archive, AT)
    return [(step.log, step.outcome, step.other) for step in told.value.steps if step.refused]


# --- a code that is in use here --------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [EARLIER, LATER])
def test_a_conference_whose_code_is_in_use_is_refused_in_words_and_the_door_leads_where_it_did(here, day):
    archive = forged(f"{day}-XN9P7T")
    for what in ("look", "take"):
        _, answer = brings(here, pack(archive), what)
        assert (answer["ok"], len(answer["lines"])) == (False, 1)
        assert f"この会のコードは、ここでは {LOG} が使っています" in answer["lines"][0]
    assert "belongs to 2024-03-01-XN9P7T here" in plan(here.store, archive)[0].text("step", "en")
    assert set(here.store.logs("conference")) == {LOG}
    assert goes_to(a_device().get("/join/XN9P7T"))[0] == "/seated"


@pytest.mark.parametrize("counted", [True, False], ids=["counted", "not counted yet"])
def test_no_code_of_a_conference_may_open_a_door_that_leads_elsewhere_here(here, counted):
    """Guests' and advisers' codes are of one kind; the long one of those who lead comes from a key."""
    now = here.conference(LOG)
    if counted:
        here.catalogue.all()
        assert here.store.summaries("conference", 2)
    for fields in (
        {"code": now.adviser_code},
        {"code": "KMQ3AT", "adviser_code": "XN9P7T"},
        {"code": "KMQ3AT", "adviser_code": now.adviser_code},
        {"code": "KMQ3AT", "lead_key": now.lead_key},
    ):
        log = f"{LATER}-{fields['code']}"
        assert refused(here.store, forged(log, **fields)) == [(log, "code_taken", LOG)], fields
    assert merge(here.store, forged(f"{LATER}-KMQ3AT", code="KMQ3AT"), AT)[0].outcome == "new"


def test_a_survey_and_a_conference_do_not_share_a_code(here):
    laptop = with_survey().store
    (survey,) = (log for log in of_conference(laptop, LOG, AT).logs if log.log == SURVEY)
    merge(here.store, Archive((survey,)), AT)
    log = f"{LATER}-ABCDEF"
    assert refused(here.store, forged(log, code="ABCDEF")) == [(log, "code_taken", SURVEY)]
    of_guests = Log("survey-2024-03-01-XN9P7T", "survey", survey.entries)
    assert refused(here.store, Archive((of_guests,))) == [(of_guests.log, "code_taken", LOG)]


def test_two_logs_of_one_file_do_not_share_a_code():
    both = forged(f"{EARLIER}-KMQ3AT", code="KMQ3AT").logs + forged(f"{LATER}-KMQ3AT", code="KMQ3AT").logs
    assert refused(MemoryStore(), Archive(both)) == [(f"{LATER}-KMQ3AT", "code_taken", f"{EARLIER}-KMQ3AT")]


def test_the_same_conference_again_keeps_its_own_codes(here):
    laptop = MemoryStore()
    laptop.receive(LOG, "conference", here.store.entries(LOG), 0)
    assert [step.outcome for step in plan(here.store, of_conference(laptop, LOG, AT))] == ["same"]


def test_a_new_conference_draws_no_code_of_a_survey(here, monkeypatch):
    merge(here.store, Archive(of_conference(with_survey().store, LOG, AT).logs[1:]), AT)
    drawn = iter(["ABCDEF", "XN9P7T", "KMQ3AT"])
    monkeypatch.setattr("facilitation.registry.new_code", lambda: next(drawn))
    assert here.new_log(LATER) == (f"{LATER}-KMQ3AT", "KMQ3AT")


# --- a name with a code that is not the log's own --------------------------------------------------------------------


def test_a_log_under_a_foreign_code_is_no_archive():
    for log in (f"{LATER}-KMQ3AT", "XN9-P7T", f"survey-{LATER}-XN9P7T", f"{LATER}-xn9p7t"):
        with pytest.raises(BadArchive) as told:
            read(pack(forged(log)))
        assert [problem.key for problem in told.value.problems] == ["name"], log


def test_a_foreign_code_in_a_name_gives_nobody_the_rights_of_those_who_lead(here):
    """As if it had come past the file's reader: once it made a facilitator of whoever typed the code in its name."""
    here.store.receive(f"{LATER}-KMQ3AT", "conference", forged(f"{LATER}-KMQ3AT").logs[0].entries, 0)
    device = a_device()
    path, _ = goes_to(device.get("/join/KMQ3AT"))
    assert (path, granted(here, device)) == ("/", {})


@pytest.mark.parametrize("day", [EARLIER, LATER])
def test_of_two_with_one_code_the_door_leads_to_the_one_that_runs(day):
    """As two versions of the app, or two files taken in at one moment, could have left it."""
    here = a_house()
    other = f"{day}-XN9P7T"
    here.store.receive(other, "conference", forged(other).logs[0].entries, 0)
    here.send(other, commands.end_conference, FACILITATOR)
    hosted(here)
    stand_in(here)
    try:
        device = a_device()
        device.get("/join/XN9P7T")
        assert [log for log, _ in granted(here, device)["seats"]] == [LOG]
    finally:
        stand_in(None)


def test_of_two_surveys_with_one_code_the_one_that_goes_on_is_meant(here):
    entries = with_survey().store.entries(SURVEY)
    closed = f"survey-{LATER}-ABCDEF"
    here.store.receive(SURVEY, "survey", entries, 0)
    here.store.receive(closed, "survey", entries, 0)
    here.surveys.send(closed, survey_commands.close_form, ORGANISER, form="pre")
    assert here.surveys.typed("ABCDEF").id == SURVEY


def test_the_long_code_leads_to_its_conference_alone(here):
    code = long_code(here.conference(LOG).lead_key)
    assert refused(here.store, forged(f"{LATER}-KMQ3AT", code="KMQ3AT", lead_key=here.conference(LOG).lead_key))
    device = a_device()
    assert goes_to(device.get(f"/join/{code}")) == ("/facilitate", {"c": LOG})
    assert granted(here, device) == {"leads": [LOG]}
