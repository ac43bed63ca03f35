"""The conferences of the benchmark: whole, ended, each with its survey, and no two share anything but their words."""

import re

import pytest

from bench.copied import copies, fill, named
from bench.own import own_place
from facilitation.fold import fold
from facilitation.store.rows import entry
from facilitation.store.sqlite import SQLiteStore
from facilitation.survey_fold import fold as fold_survey

NUMBERS = (0, 1, 2, 3, 1003)


@pytest.fixture(scope="module")
def made():
    """Number → its conference, its survey, and everything in both as text."""
    found = {}
    for n, (logs, rows) in zip(NUMBERS, copies(NUMBERS), strict=True):
        entries = [[entry(row) for row in rows if row[0] == log] for log, _, _ in logs]
        folded = (fold(None, logs[0][0], entries[0]), fold_survey(None, logs[1][0], entries[1]))
        found[n] = (*folded, " ".join(str(row[3:]) for row in rows))
    return found


def test_each_is_a_whole_conference_with_the_results_of_its_own_survey(made):
    for n, (conference, survey, _) in made.items():
        assert (conference.code, conference.date, conference.survey) == (named(n).code, named(n).day, survey.id)
        assert (conference.ended, conference.demo, survey.demo, survey.conference) == (
            True,
            False,
            False,
            conference.id,
        )
        assert conference.revision == 500
        assert survey.released == {"pre", "post"} | ({"study"} & set(survey.forms))
        assert {len(survey.sheets("pre"))} <= set(range(36, 44))


def test_no_two_have_an_id_a_key_a_code_or_a_name_in_common(made):
    own = [
        {
            *(conference.id, conference.code, conference.title, conference.secret, conference.lead_key),
            *(conference.adviser_code, survey.id, survey.code, survey.secret, *conference.cards, *conference.seats),
        }
        for conference, survey, _ in made.values()
    ]
    assert sum(map(len, own)) == len(set().union(*own))
    for _, _, text in made.values():
        assert re.findall("demo-[0-9a-f]|DEM[0-9]|DEN[A-Z][0-9]|＠", text) == []


def test_a_store_that_is_filled_can_be_read_by_the_app(tmp_path):
    assert fill(tmp_path, "", range(2)) > 1200
    store = SQLiteStore(tmp_path / "conferences.db")
    assert store.logs() == {log: len(store.entries(log)) for log in store.logs()}
    assert len(store.logs("conference")) == len(store.logs("survey")) == 2
    store.close()


@pytest.mark.postgres
def test_a_database_can_be_filled_again_and_again(postgres, tmp_path):
    for _ in range(2):
        with own_place(postgres.url()) as place:
            assert fill(tmp_path, place, range(2)) > 1200
            assert fill(tmp_path, place, range(2, 3)) > 400
