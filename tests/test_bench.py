"""The benchmark hides nothing: what was lost in one run is lost, the slowest of all is the slowest, and what it writes
into a database that may hold anything is gone afterwards."""

import pytest
from store_contract import AT, draft

from bench.figures import FIGURES, joined, judged, table
from bench.kept import Kept, kept_answers, kept_cards
from bench.own import own_place
from bench.phones import Answered
from bench.room import Sent
from facilitation.entries import Draft
from facilitation.store.memory import MemoryStore

GROUND = {"p50": 1.0, "p95": 2.0, "max": 3.0}
FLOORS = {figure.floor: GROUND for figure in FIGURES if figure.floor}


def run(**found):
    return {"lost": [0], "doubled": [0], **found}


def test_cards_lost_in_one_run_of_three_are_lost():
    runs = [run(lost=[3], doubled=[0]), run(doubled=[2]), run()]
    figures = judged([runs], FLOORS)
    assert [figures[name]["p95"] for name in ("lost", "doubled")] == [3, 2]
    assert [figures[name]["met"] for name in ("lost", "doubled")] == [0, 0]
    assert judged([[run(), run()]], FLOORS)["lost"]["met"] == 1


def test_the_largest_is_that_of_all_runs_and_the_rest_are_medians_over_runs():
    runs = [run(single_ack=[1.0, 1.0, 900.0]), run(single_ack=[2.0, 2.0, 3.0]), run(single_ack=[4.0, 4.0, 5.0])]
    assert joined(runs)["single_ack"] == {"p50": 2.0, "p95": 5.0, "max": 900.0}


def test_a_goal_is_met_where_every_series_meets_it_and_the_table_says_how_far_they_lie_apart():
    series = [[run(burst_ack=[each])] for each in (127.0, 151.0, 171.0)]
    result = {"machine": "two cores", "load": "0", "tablets": 60, "runs": 1, "series": 3, "floors": FLOORS}
    shown = table(result | {"figures": judged(series, FLOORS)})
    (row,) = (line for line in shown.splitlines() if line.startswith("| 60 cards at once: sent → acknowledged"))
    assert row.split(" | ")[1:7] == ["151", "151", "171", "127–171", "150", "in 1 of 3"]
    assert "| acknowledged and lost | 0 | 0 | 0 | 0–0 | 0 | met |" in shown


def card(name):
    return Draft("card_written", "", {"card": name})


def test_what_was_acknowledged_is_looked_for_in_the_store():
    store = MemoryStore()
    store.append("a", "conference", [card("one"), card("two"), card("two"), card("nobody's")], 0, AT)
    store.append("survey-2026-01-01-XN9P7T", "survey", [Draft("answer_given", "", {"code": "BCDF"}, "k")], 0, AT)
    sent = [Sent(name, 1, 0.0, 0.0, 1) for name in ("one", "two", "three", "four")]
    assert kept_cards(store, {"a": sent}) == Kept(2, 1)
    answered = [Answered("BCDF", 0.1), Answered("GHJK", 0.1)]
    assert kept_answers(store, "XN9P7T", answered) == Kept(1, 0)
    assert str(Kept(2, 1) + Kept(1, 0)) == "acknowledged and lost / doubled: 3 / 1"


@pytest.mark.postgres
def test_a_place_of_its_own_in_a_database_is_empty_each_time_and_gone_afterwards(postgres):
    from facilitation.store.postgres import PostgresStore

    def spaces():
        return {name for (name,) in postgres.ask("select nspname from pg_namespace")}

    before = spaces()
    for address in (postgres.url(), postgres.url() + "?sslmode=disable"):
        with own_place(address) as place:
            store = PostgresStore(place)
            assert store.logs() == {}
            store.append("2026-01-01-A3C4D6", "conference", [draft("one")], 0, AT)
            store.close()
            assert len(spaces() - before) == 1
    assert spaces() == before
