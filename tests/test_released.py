"""Results of very many surveys: worked out once, kept while they are true, added as they always were."""

from threading import Event

import pytest
from test_survey_charts import CONFERENCES, ROUNDS

from facilitation.access import Who
from facilitation.demo_survey import polls
from facilitation.entries import REDACTED, Draft
from facilitation.packed import version
from facilitation.pool import pool
from facilitation.screen import drawn_results, released
from facilitation.screen.hub import Hub
from facilitation.screen.survey_house import Surveys
from facilitation.store.memory import MemoryStore
from facilitation.survey_commands import set_expected
from facilitation.survey_counted import result_of
from facilitation.survey_round import KIND

RELEASED = sorted(code for code, found in ROUNDS.items() if found.released and found.kind == "case_conference")


@pytest.fixture
def store():
    made = MemoryStore()
    for entries in polls(CONFERENCES, "ja"):
        drafts = [Draft(entry.kind, entry.author, entry.body, entry.key) for entry in entries]
        made.append(entries[0].log, KIND, drafts, 0, entries[0].at)
    return made


@pytest.fixture
def folded(monkeypatch):
    """The logs that were read and folded for their results, in order."""
    seen = []
    fold = released.fold
    monkeypatch.setattr(released, "fold", lambda before, log, entries: seen.append(log) or fold(before, log, entries))
    return seen


def chosen(surveys):
    found = {each.code: each for each in surveys.so_far()[0]}
    return [found[code] for code in RELEASED]


def together(surveys):
    return surveys.released.pooled(chosen(surveys))


def test_a_year_is_the_same_from_what_was_kept_and_worked_out_anew(store, folded):
    expected = pool([result_of(ROUNDS[code]) for code in RELEASED])
    assert len(RELEASED) > 1
    surveys = Surveys(store, Hub())
    assert together(surveys) == together(surveys) == expected
    assert len(folded) == len(RELEASED)
    assert together(Surveys(store, Hub())) == expected
    assert len(folded) == len(RELEASED)


def test_at_the_start_they_are_worked_out_before_anybody_asks_and_can_be_broken_off(store, folded, monkeypatch):
    monkeypatch.setattr(released, "AT_ONCE", 1)
    end = Event()
    surveys = Surveys(store, Hub())
    kept = store.keep_figures
    monkeypatch.setattr(store, "keep_figures", lambda found, shape: kept(found, shape) or end.set())
    surveys.catch_up(end)
    assert len(folded) == 1
    surveys.catch_up(Event())
    done = list(folded)
    assert sorted(done) == sorted({found.id for found in ROUNDS.values() if found.released})
    together(Surveys(store, Hub()))
    assert folded == done


def test_what_was_written_or_erased_since_is_worked_out_anew_and_nothing_else(store, folded):
    surveys = Surveys(store, Hub())
    together(surveys)
    (log, other) = (found.id for found in chosen(surveys)[:2])
    folded.clear()
    surveys.send(log, set_expected, Who("organiser"), expected=77)
    answer = next(entry.revision for entry in store.entries(other) if entry.kind == "answer_given")
    store.append(other, KIND, [Draft(REDACTED, "", {"revision": answer})], store.revision(other), "2026-12-01")
    assert together(surveys) == pool([result_of(surveys.survey(found.id)) for found in chosen(surveys)])
    assert sorted(folded) == sorted([log, other])


def test_of_another_version_of_the_app_nothing_is_read(store, folded, monkeypatch):
    together(Surveys(store, Hub()))
    monkeypatch.setattr(released, "version", lambda: version() + 1)
    together(Surveys(store, Hub()))
    assert len(folded) == 2 * len(RELEASED)


def test_a_forgotten_survey_is_in_no_year_and_a_store_for_viewing_keeps_nothing(store):
    surveys = Surveys(store, Hub())
    found = chosen(surveys)
    store.forget(found[0].id, "2026-12-01")
    assert surveys.released.pooled(found) == pool([result_of(ROUNDS[code]) for code in RELEASED[1:]])
    assert found[0].id not in store._figures
    store._figures.clear()
    store.read_only = True
    assert Surveys(store, Hub()).released.pooled(found[1:]).events == len(found) - 1
    assert store._figures == {}


def test_of_very_many_nobody_waits_for_all_and_every_look_works_out_some(store, folded, monkeypatch):
    monkeypatch.setattr(released, "SOON", 1)
    monkeypatch.setattr(released, "AT_ONCE", 1)
    surveys = Surveys(store, Hub())
    found = chosen(surveys)
    many = len(found)
    assert many > 2
    assert [surveys.released.waiting(found) for _ in range(many)] == [*range(many - 1, 0, -1), 0]
    assert folded == [each.id for each in reversed(found[1:])]
    surveys.released.pooled(found)
    assert surveys.released.waiting(found) == 0
    assert len(folded) == many


def test_results_and_charts_are_made_once_for_all_who_look_and_anew_for_another_value(store, monkeypatch):
    made = []
    monkeypatch.setattr(drawn_results, "survey_charts", lambda *asked: made.append(asked) or {"said": ()})
    drawn_results._kept.clear()
    surveys = Surveys(store, Hub())
    log = chosen(surveys)[0].id

    def look(language="ja"):
        result = surveys.released.of(surveys.survey(log))
        return drawn_results.charts(result, "令和6年", language, {}), result

    (first, result), (again, same) = look(), look()
    assert (first is again, result is same, len(made)) == (True, True, 1)
    look("en")
    assert len(made) == 2
    surveys.send(log, set_expected, Who("organiser"), expected=77)
    assert look()[1] == result_of(surveys.survey(log))
    assert len(made) == 3
