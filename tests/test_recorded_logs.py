"""Logs that were recorded once fold to the same views for ever (`logs/*.jsonl`, each with what it must come to).

A recorded log is never changed. A new kind of entry, or a new field, is shown by recording another log.
"""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest
from worked import TWO_GROUPS, W

from facilitation import fold as folding
from facilitation.conference import statements
from facilitation.coverage import by_group, coverage
from facilitation.entries import REDACTED, Entry
from facilitation.fold import fold

LOGS = Path(__file__).parent / "logs"
NAMES = sorted(file.stem for file in LOGS.glob("*.jsonl"))


def recorded(name):
    lines = (LOGS / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [Entry(log=name, **json.loads(line)) for line in lines]


def told(value):
    """A value's fields that say something: a field of a later version says nothing here."""
    return {field: said for field, said in asdict(value).items() if said}


def summary(name, entries):
    """What people saw of a conference, as JSON keeps it."""
    now = fold(None, name, entries)
    said = statements(now.cards.values())
    drawn, groups = coverage(said), by_group(said)
    seen = {
        "conference": {
            field: getattr(now, field)
            for field in ("revision", "code", "title", "case", "variant", "date", "groups", "types", "ended", "show")
        },
        "steps": [f"{step.kind} {step.seconds} {step.scene} {step.position}" for step in now.steps],
        "open": {"step": now.step, "scenes": now.scenes, "timer": told(now.timer)},
        "venue": told(now.venue),
        "seats": {seat.id: seat.group for seat in now.seats.values()},
        "people": {str(group): people for group, people in now.people.items()},
        "rules": sorted(now.rules),
        "lines": {f"{group} {code}": text for (group, code), text in now.lines.items()},
        "ready": {str(group): step for group, step in now.ready.items()},
        "cards": {
            card.id: " ".join(
                [
                    f"group {card.group} scene {card.scene} {card.type} {card.stage} at {list(card.versions)}",
                    *(mark for mark in ("hidden", "withdrawn", "beside") if getattr(card, mark)),
                ]
            )
            for card in now.cards.values()
        },
        "statements": [
            " ".join(filter(None, (s.card, s.type, s.stage, s.kind, s.reason, s.help, s.handover, s.to, s.text)))
            for s in said
        ],
        "entries": dict(sorted(Counter(entry.kind for entry in entries).items())),
        "map": {
            "levels": drawn.levels,
            "mixed": {" ".join(cell): apart for cell, apart in drawn.mixed.items()},
            "stages": {stage: standing.status for stage, standing in drawn.stages.items()},
            "rates": [drawn.coverage_rate, drawn.robust_rate],
        },
        "groups": {
            group: " ".join(standing.status for standing in each.stages.values())
            for group, each in groups.groups.items()
        },
        "roles": {role.respondent: told(role) for role in now.roles.values()},
        "picks": {str(group): told(pick) for group, pick in now.picks.items()},
        "hearts": {f"{card} {group}": code for (card, group), code in now.hearts.items()},
        "stars": now.stars,
        "notes": {note.id: told(note) for note in now.notes.values()},
        "next_steps": {step.id: told(step) for step in now.next_steps.values()},
        "hints": {" ".join(place): text for place, text in now.agency_hints.items()},
        **({"survey": now.survey} if now.survey else {}),
    }
    if now.sensitive:
        seen["care"] = [now.care_adviser, now.notice_told]
    checks = {about: told(check) for about, check in now.checks.items()}
    of_words = (("held", sorted(now.held)), ("deleted", now.deleted), ("checks", checks))
    seen |= {name: value for name, value in of_words if value}
    return json.loads(json.dumps(seen))


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_log_comes_to_what_it_came_to(name):
    assert summary(name, recorded(name)) == json.loads((LOGS / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_log_cut_anywhere_folds_to_the_same_value(name):
    entries = recorded(name)
    whole = fold(None, name, entries)
    for at in range(len(entries)):
        assert fold(fold(None, name, entries[:at]), name, entries[at:]) == whole


def test_every_kind_of_entry_stands_in_a_recorded_log():
    """A kind that is missing here needs one more recorded log with it, and what that comes to."""
    known = {entry.kind for name in NAMES for entry in recorded(name)}
    assert set(folding._CHANGES) - known == set()
    assert known - set(folding._CHANGES) == {"tea_served", REDACTED}, "a later version's, and the stores' own"


def test_the_worked_conference_gives_the_worked_map():
    said = statements(fold(None, "worked", recorded("worked")).cards.values())
    assert coverage(said) == coverage(W)
    assert (coverage(said).coverage_rate, coverage(said).robust_rate) == (0.75, 0.5)
    assert by_group(said) == by_group(TWO_GROUPS)


def test_a_recorded_log_with_an_entry_missing_comes_to_something_else():
    entries = recorded("evening")
    whole = summary("evening", entries)
    assert all(summary("evening", entries[:at] + entries[at + 1 :]) != whole for at in range(1, len(entries)))
