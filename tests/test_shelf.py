"""Summaries beside the logs: worked out once, kept, thrown away at will, never wrong."""

import pytest
from meeting import CASES, FACILITATOR, ORGANISER, opening

from facilitation import commands
from facilitation.entries import REDACTED, Draft
from facilitation.screen.house import House
from facilitation.store.memory import MemoryStore
from facilitation.store.names import Names
from facilitation.store.shelf import Shelf
from facilitation.summary import read, summary_of, write

AT = "2024-03-01T05:00:00Z"


@pytest.fixture
def store():
    store = MemoryStore()
    for log in "ab":
        store.append(log, "conference", [Draft("said", "", {"text": log})], 0, AT)
    return store


@pytest.fixture
def made():
    """The logs of which a summary was made, in order."""
    return []


@pytest.fixture
def shelf(store, made):
    return shelf_of(store, made)


def shelf_of(store, made, shape=1):
    def make(log, revision):
        made.append(log)
        entries = store.entries(log)
        return len(entries), " ".join(str(entry.body.get("text", "-")) for entry in entries)

    return Shelf(store, "conference", shape, make, lambda text: text, lambda log, text: text)


def say(store, log, text, kind="said", **body):
    store.append(log, "conference", [Draft(kind, "", {"text": text, **body})], store.revision(log), AT)


def test_a_summary_is_made_once_a_revision_and_kept_for_the_next_start(store, shelf, made):
    assert shelf.all() == shelf.all() == {"a": "a", "b": "b"}
    assert made == ["b", "a"]
    say(store, "b", "new")
    assert shelf.all() == {"a": "a", "b": "b new"}
    assert made == ["b", "a", "b"]
    assert shelf_of(store, made).all() == {"a": "a", "b": "b new"}
    assert made == ["b", "a", "b"]


def test_thrown_away_or_of_another_shape_they_are_made_again(store, shelf, made):
    shelf.all()
    assert shelf_of(store, made, shape=2).all() == {"a": "a", "b": "b"}
    store._summaries.clear()
    assert shelf_of(store, made).all() == {"a": "a", "b": "b"}
    assert made == ["b", "a"] * 3


def test_erased_words_leave_the_list_and_a_forgotten_log_does_too(store, shelf):
    shelf.all()
    say(store, "a", "", REDACTED, revision=1, fields=[])
    store.forget("b", AT)
    assert "a" not in shelf.all()["a"]
    assert list(shelf.all()) == ["a"]
    assert "b" not in store._summaries


def test_a_store_that_takes_no_writing_shows_its_list_all_the_same(store, made):
    store.read_only = True
    assert shelf_of(store, made).all() == {"a": "a", "b": "b"}
    assert store._summaries == {}


def test_a_log_is_found_by_name_and_code_and_a_new_one_at_once():
    store, asked = MemoryStore(), []
    logs = store.logs
    store.logs = lambda kind=None: asked.append(kind) or logs(kind)
    names = Names(store, "conference")
    store.append("2024-03-01-XN9P7T", "conference", [Draft("said", "", {})], 0, AT)
    assert [names.find(named) for named in ("XN9P7T", "xn9-p7t", "2024-03-01-XN9P7T", "")] == [
        *[["2024-03-01-XN9P7T"]] * 3,
        [],
    ]
    assert asked == ["conference"]
    assert names.find("AAAAAA") == []
    store.append("2024-04-01-AAAAAA", "conference", [Draft("said", "", {})], 0, AT)
    assert names.find("AAAAAA") == ["2024-04-01-AAAAAA"]


def test_a_conference_in_a_list_says_what_it_said_before_and_comes_back_as_it_was_kept():
    store = MemoryStore()
    here = House(store, CASES)
    log = "2024-03-01-XN9P7T"
    here.send(log, commands.open_conference, ORGANISER, **opening(code="XN9P7T", date="2024-03-01", region="東部"))
    (running,) = here.conferences()
    assert (running.code, running.region, running.ended, running.cards) == ("XN9P7T", "東部", False, 0)
    here.send(log, commands.end_conference, FACILITATOR)
    (ended,) = here.conferences()
    assert ended.ended and ended == summary_of(here.conference(log)) == read(log, write(ended))
    assert House(store, CASES).conferences() == [ended]


def test_a_forgotten_conference_is_found_no_more():
    here = House(MemoryStore(), CASES)
    log = "2024-03-01-XN9P7T"
    here.send(log, commands.open_conference, ORGANISER, **opening(code="XN9P7T", date="2024-03-01"))
    assert here.find("XN9P7T").id == log
    here.store.forget(log, AT)
    assert (here.find("XN9P7T"), here.conferences()) == (None, [])
