"""F4: while the app runs on PostgreSQL, somebody takes rights, tables or the way in away: told by name with what to do;
nothing is half written, and when they are given back the same card is saved once, without a restart."""

import pytest
from store_contract import AT

from facilitation.entries import Draft
from facilitation.screen.rescue import steps
from facilitation.store import DatabaseRefuses, StoreError, TablesGone, Unreachable
from facilitation.store.opening import open_store
from facilitation.store.postgres import PostgresStore
from facilitation.store.writer import Writer
from facilitation.texts import LANGUAGES, say

pytestmark = pytest.mark.postgres

CUT = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'"
TAKEN = {
    "the right to write": (
        ["alter table {at}.entries owner to test", "grant select on {at}.entries to app"],
        ["alter table {at}.entries owner to app"],
        (DatabaseRefuses, {"code": "42501"}),
    ),
    "every right to a table": (
        ["alter table {at}.logs owner to test"],
        ["alter table {at}.logs owner to app"],
        (DatabaseRefuses, {"code": "42501"}),
    ),
    "the right to the schema": (
        ["alter schema {at} owner to test"],
        ["alter schema {at} owner to app"],
        (TablesGone, {}),
    ),
    "the schema": (["alter schema {at} rename to away"], ["alter schema away rename to {at}"], (TablesGone, {})),
    "a table": (
        ["alter table {at}.entries rename to away"],
        ["alter table {at}.away rename to entries"],
        (TablesGone, {}),
    ),
    "the way in": (["alter role app nologin", CUT], ["alter role app login"], (Unreachable, {"seconds": 0.5})),
    "all lines": (
        ["alter role app connection limit 0", CUT],
        ["alter role app connection limit -1"],
        (Unreachable, {"seconds": 0.5}),
    ),
}


@pytest.fixture
def place(postgres):
    """The address of an empty schema for a user without any other right."""
    postgres.ask("create role app login")
    yield postgres.space("rights").replace("test@", "app@")
    postgres.ask("drop schema rights cascade; drop owned by app; drop role app")


@pytest.fixture
def store(postgres, place):
    postgres.ask("alter schema rights owner to app")
    store = PostgresStore(place, wait=0.5)
    yield store
    store.close()


def names(before, log, entries):
    return (before or ()) + tuple(entry.key for entry in entries)


def card(n):
    return lambda state: [Draft("said", "", {"n": n}, f"card {n}")]


@pytest.mark.parametrize("what", TAKEN)
def test_f04_what_is_taken_away_is_named_and_given_back_the_same_card_is_saved_once(postgres, store, what):
    take, give, told = TAKEN[what]
    writer = Writer(store, lambda: AT, names)
    writer.send("a", card(1))
    for asked in take:
        postgres.ask(asked.format(at="rights"))
    try:
        for _ in range(2):
            with pytest.raises(StoreError) as refused:
                writer.send("a", card(2))
            assert (type(refused.value), refused.value.detail) == told
    finally:
        for asked in give:
            postgres.ask(asked.format(at="rights"))
    assert writer.send("a", card(2)).fresh
    assert not writer.send("a", card(2)).fresh
    assert Writer(store, lambda: AT, names).state("a") == ("card 1", "card 2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_f04_each_of_them_has_steps_of_its_own(language):
    refusals = [DatabaseRefuses(code="42501"), TablesGone(), Unreachable(seconds=10)]
    assert (
        len({*(step for refusal in refusals for step in steps(refusal, language))} - {say(language, "rescue.other")})
        == 3
    )


def test_f04_over_tables_that_are_gone_the_app_does_not_begin_anew(postgres, store, place, tmp_path):
    """One table is away when the app is started once more: none is made in its place."""
    Writer(store, lambda: AT, names).send("a", card(1))
    postgres.ask("alter table rights.entries rename to away")
    again = open_store(place, tmp_path)
    with pytest.raises(TablesGone):
        again.entries("a")
    again.close()
    postgres.ask("alter table rights.away rename to entries")
    assert [entry.key for entry in store.entries("a")] == ["card 1"]
