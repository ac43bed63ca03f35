"""Surveys that were recorded once fold to the same for ever (`logs/surveys/*.jsonl`, each with what it must come to).

A recorded log is never changed. A new kind of entry, or a new field, is shown by recording another log.
"""

import json
from pathlib import Path

import pytest

from facilitation import survey_fold as folding
from facilitation.entries import REDACTED, Entry
from facilitation.survey_fold import fold
from facilitation.survey_texts import written

LOGS = Path(__file__).parent / "logs" / "surveys"
NAMES = sorted(file.stem for file in LOGS.glob("*.jsonl"))


def recorded(name):
    lines = (LOGS / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [Entry(log=name, **json.loads(line)) for line in lines]


def summary(name, entries):
    """What a survey came to, as JSON keeps it."""
    now = fold(None, name, entries)
    plain = ("revision", "code", "kind", "conference", "title", "date", "region", "types", "expected", "followed")
    seen = {
        **{field: getattr(now, field) for field in plain},
        "forms": dict(now.forms),
        "released": sorted(now.released),
        "codes": dict(now.codes),
        "cards": now.cards(),
        "changes": now.changes,
        "answered": {form: now.answered(form) for form in now.forms},
        "answers": {" ".join(place): [sheet.paper, *sheet.rows] for place, sheet in sorted(now.answers.items())},
        "texts": [f"{each.form} {each.item} {each.theme} {each.shown}" for each in written(now)],
    }
    return json.loads(json.dumps(seen))


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_survey_comes_to_what_it_came_to(name):
    assert summary(name, recorded(name)) == json.loads((LOGS / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_survey_cut_anywhere_folds_to_the_same_value(name):
    entries = recorded(name)
    whole = fold(None, name, entries)
    for at in range(len(entries)):
        assert fold(fold(None, name, entries[:at]), name, entries[at:]) == whole


def test_every_kind_of_entry_stands_in_a_recorded_survey():
    known = {entry.kind for name in NAMES for entry in recorded(name)}
    assert set(folding._CHANGES) - known == set()
    assert known - set(folding._CHANGES) == {REDACTED, "tea_served"}, "the store's own, and one from a later version"
