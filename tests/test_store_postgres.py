"""The PostgreSQL store keeps the contract, against a real server."""

import itertools
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from store_contract import AT, StoreContract, draft

from facilitation.screen.rescue import steps
from facilitation.store import DatabaseRefuses, ForeignLetters, NewerStore, PostgresMissing, Unreachable
from facilitation.store.opening import open_store
from facilitation.store.postgres import PostgresStore
from facilitation.store.tables import SCHEMA
from facilitation.texts import LANGUAGES

pytestmark = pytest.mark.postgres
number = itertools.count(1)


@pytest.fixture
def place(postgres):
    """The address of an empty database."""
    return postgres.space(f"store_{next(number)}")


class TestPostgresStore(StoreContract):
    @pytest.fixture(autouse=True)
    def _place(self, place):
        self.place = place

    def opened(self):
        return PostgresStore(self.place)

    def test_a_second_server_sees_what_the_first_wrote(self, store):
        written = store.append("a", "conference", [draft("1")], 0, AT)
        other = self.opened()
        assert other.entries("a") == written
        other.close()

    def test_names_that_no_store_holds_are_unknown_logs(self, store):
        for name in ("a\x00", "\ud800"):
            assert (store.entries(name), store.revision(name)) == ((), 0)

    def test_entries_of_many_lengths_go_in_one_by_one_and_together(self, store):
        at = 0
        for count in (1, 2, 60, 7, 1):
            at = store.append("a", "conference", [draft("言" * 900) for _ in range(count)], at, AT)[-1].revision
        assert [entry.revision for entry in store.entries("a")] == list(range(1, 72))


def test_two_servers_that_start_in_one_moment_make_the_tables_once(place):
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(PostgresStore, [place] * 4))
    assert len(stores[0].append("a", "conference", [draft("1")], 0, AT)) == 1
    assert {store.revision("a") for store in stores} == {1}
    for store in stores:
        store.close()


def test_the_address_chooses_the_store(place, tmp_path):
    for address in (place, place.replace("postgresql:", "postgres:")):
        store = open_store(address, tmp_path)
        assert (store.name, store.schema) == ("postgresql", SCHEMA)
        store.close()
    assert not list(tmp_path.iterdir())


def test_f14_a_database_of_a_newer_app_is_refused_by_name(postgres, place):
    PostgresStore(place).close()
    space = place.rpartition("D")[2]
    postgres.ask(f"update {space}.schema_number set number = {SCHEMA + 1}")
    with pytest.raises(NewerStore) as refused:
        PostgresStore(place)
    assert refused.value.detail == {"path": "postgres", "found": SCHEMA + 1, "known": SCHEMA}


def test_a_database_that_gives_no_right_to_make_tables_is_refused_with_what_to_do(postgres, place):
    postgres.ask("create role stranger login")
    try:
        with pytest.raises(DatabaseRefuses) as refused:
            PostgresStore(place.replace("test@", "stranger@"))
    finally:
        postgres.ask("drop role stranger")
    assert refused.value.detail == {"code": "3F000"}
    for language in LANGUAGES:
        (step,) = steps(refused.value, language)
        assert "DATABASE_URL" in step


def test_an_address_that_is_none_is_refused_with_what_to_do():
    with pytest.raises(DatabaseRefuses):
        PostgresStore("postgresql://here:port:port/?nothing=1")


def test_a_database_that_follows_another_one_is_read_and_not_ready_for_writing(place):
    """As a replica does, it refuses every write."""
    first = PostgresStore(place)
    first.append("a", "conference", [draft("1")], 0, AT)
    follows = PostgresStore(f"{place}%20-cdefault_transaction_read_only%3Don")
    assert (first.takes_writing(), follows.takes_writing(), follows.revision("a")) == (True, False, 1)
    first.close()
    follows.close()


def test_a_database_that_cannot_hold_every_letter_is_refused_by_name(postgres):
    postgres.ask("create database old encoding 'EUC_JP' locale 'C' template template0")
    try:
        with pytest.raises(ForeignLetters) as refused:
            PostgresStore(postgres.url().replace("/postgres", "/old"))
        assert refused.value.detail == {"found": "EUC_JP"}
    finally:
        postgres.ask("drop database old")


def test_a_database_that_is_not_there_is_refused_by_name_without_its_password():
    with pytest.raises(Unreachable) as refused:
        PostgresStore("postgresql://somebody:secret@127.0.0.1:1/none", wait=0.2)
    assert refused.value.detail == {"seconds": 0.2}
    assert "secret" not in f"{refused.value!r} {refused.value.__cause__!r}"


def test_without_the_driver_it_is_named_and_the_address_kept_secret(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "facilitation.store.postgres", None)
    with pytest.raises(PostgresMissing) as missing:
        open_store("postgresql://user:geheim@host/db", tmp_path)
    assert missing.value.detail == {"scheme": "postgresql"}
