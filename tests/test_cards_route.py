"""`/cards`: what a table's tablets fetch where its cards alone have changed, and where a run of the page is needed."""

import pytest
from meeting import FACILITATOR, LOG, ONE, TWO, a_house, card_fields
from page_visits import Visitor, words
from test_routes import hosted, seated_device, with_grants

from facilitation import cards, commands
from facilitation.audience import CARDS
from facilitation.screen.house import stand_in


@pytest.fixture
def here():
    house = a_house()
    stand_in(house)
    hosted(house)
    house.send(LOG, commands.set_table, ONE, people={"CONSULT": 1})
    yield house
    stand_in(None)


def write(here, who=ONE, card="card-0001", **fields):
    return here.send(LOG, cards.write_card, who, card=card, fields=card_fields(**fields)).revision


def fetched(here, run, who=ONE, group=1, language="ja"):
    answer = seated_device(here, who).get(f"/cards/{LOG}/{group}?lang={language}&run={run}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_card_is_fetched_with_the_map_it_changes_and_no_page_runs(here):
    drawn = here.conference(LOG).revision
    written = write(here, can="いっしょに電話をかけられます")
    found = fetched(here, drawn)
    said = [card["can"] for card in found["form"]["cards"]]
    assert (found["revision"], said) == (written, ["いっしょに電話をかけられます"])
    assert "◎" in " ".join(words(found["own-map"]))


def test_before_the_first_card_there_is_no_map(here):
    found = fetched(here, here.conference(LOG).revision)
    assert (found["form"]["cards"], found["own-map"]) == ([], [None])


def test_being_ready_is_fetched_too(here):
    drawn = here.conference(LOG).revision
    here.send(LOG, commands.set_ready, ONE, ready=True)
    assert fetched(here, drawn)["form"]["ready"] is True


def test_what_changes_more_than_cards_asks_for_a_run_until_the_page_has_run(here):
    drawn = here.conference(LOG).revision
    write(here)
    moved = here.send(LOG, commands.set_venue, FACILITATOR, room="相談室").revision
    assert [fetched(here, run) for run in (drawn, "", "x")] == [{"run": True}] * 3
    assert fetched(here, moved)["revision"] == moved


def test_a_page_that_says_the_same_again_looks_new_for_what_was_fetched_meanwhile_must_go(here):
    page = Visitor("tablet", seats=[[LOG, ONE.seat]])
    before = {key: page.drawn(key) for key in ("writer", "own-map")}
    write(here)
    here.send(LOG, cards.withdraw_card, ONE, card="card-0001", base=here.conference(LOG).revision)
    page.look()
    assert [page.drawn(key) != before[key] for key in before] == [True, True]
    assert page.drawn("writer")["cards"] == before["writer"]["cards"] == []


def test_another_tables_card_concerns_this_one_not_at_all(here):
    drawn = here.conference(LOG).revision
    told = here.hub.revision(LOG, "group-1")
    write(here, TWO)
    assert fetched(here, drawn) | {"form": 0, "own-map": 0} == {"revision": told, "form": 0, "own-map": 0}


def test_a_listener_of_a_table_hears_of_its_cards(here):
    before = here.hub.redrawn(LOG, "group-1")
    written = write(here)
    assert (here.hub.revision(LOG, "group-1"), here.hub.redrawn(LOG, "group-1")) == (written, before)
    assert here.hub.revision(LOG, f"group-2{CARDS}") < written


def test_another_table_and_a_stranger_see_nothing(here):
    write(here)
    asked = f"/cards/{LOG}/1?run=1"
    assert [device.get(asked).status_code for device in (seated_device(here, TWO), with_grants(here))] == [404, 404]
    carried = here.sign({"carry": [LOG, ONE.seat]})
    assert with_grants(here).get(f"{asked}&t={carried}").status_code == 200
