"""`/parts`: what tablets and the wall fetch where parts alone have changed, and where a run of the page is needed."""

import pytest
from drawn import elements
from meeting import CASES, FACILITATOR, LOG, ONE, TWO, card_fields
from page_visits import Visitor, words
from test_routes import heard, hosted, listening, seated_device, with_grants

from facilitation import cards, commands
from facilitation.audience import PARTS
from facilitation.screen.house import House, stand_in
from facilitation.texts import say


@pytest.fixture
def here(house):
    hosted(house)
    house.send(LOG, commands.set_table, ONE, people={"CONSULT": 1})
    return house


def write(here, who=ONE, card="card-0001", **fields):
    return here.send(LOG, cards.write_card, who, card=card, fields=card_fields(**fields)).revision


def fetched(here, run, who=ONE, group=1, language="ja"):
    answer = seated_device(here, who).get(f"/parts/{LOG}/group-{group}?lang={language}&run={run}")
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
    found = fetched(here, drawn)
    assert (found["revision"], found["form"]["cards"], found["own-map"]) == (told, [], [None])


def test_a_listener_of_a_table_hears_of_its_cards(here):
    before = here.hub.redrawn(LOG, "group-1")
    written = write(here)
    assert (here.hub.revision(LOG, "group-1"), here.hub.redrawn(LOG, "group-1")) == (written, before)
    assert here.hub.revision(LOG, f"group-2{PARTS}") < written


def test_another_table_and_a_stranger_see_nothing(here):
    write(here)
    asked = f"/parts/{LOG}/group-1?run=1"
    assert [device.get(asked).status_code for device in (seated_device(here, TWO), with_grants(here))] == [404, 404]
    carried = here.sign({"carry": [LOG, ONE.seat]})
    assert with_grants(here).get(f"{asked}&t={carried}").status_code == 200


# --- another server than the page's ---------------------------------------------------------------------------------


@pytest.fixture
def beside(here):
    """Another server over the same store, which has read nothing of it yet; it answers from here on."""
    other = House(here.store, CASES)
    stand_in(other)
    return other


def test_a_server_that_does_not_know_what_was_before_has_the_page_run(here, beside):
    """The page was drawn by the other one, and more than parts has changed since, before this one read anything."""
    drawn = here.conference(LOG).revision
    here.send(LOG, commands.set_venue, FACILITATOR, room="相談室")
    written = write(here)
    assert fetched(beside, drawn) == {"run": True}
    assert fetched(beside, written)["revision"] == written


def test_a_page_that_comes_back_on_another_server_hears_that_it_stands_behind(here, beside):
    drawn = here.conference(LOG).revision
    here.send(LOG, commands.set_venue, FACILITATOR, room="相談室")
    with with_grants(beside, seats=[[LOG, ONE.seat]]) as device, listening(device, "group-1") as page:
        assert heard(page) > drawn


def test_a_device_that_heard_of_more_than_the_answering_server_knows_has_it_look_first(here, beside):
    """A reading of a shared store holds for a moment; what the device heard is newer."""
    drawn = here.conference(LOG).revision
    beside.writer._fresh = 60.0
    assert fetched(beside, drawn)["form"]["cards"] == []
    written = write(here, can="いっしょに電話をかけられます")
    assert fetched(beside, drawn)["form"]["cards"] == []
    found = fetched(beside, f"{drawn}&heard={written}")
    assert (found["revision"], len(found["form"]["cards"])) == (written, 1)


def test_numbers_that_are_none_ask_for_a_run_and_break_nothing(here):
    drawn = here.conference(LOG).revision
    assert [fetched(here, run) for run in ("9" * 5000, "-1", "１e5")] == [{"run": True}] * 3
    assert fetched(here, f"{drawn}&heard={'9' * 5000}")["form"]


# --- the same picture, fetched and run -------------------------------------------------------------------------------


def part(tree, name):
    """What stands in a part of what a page drew."""
    found = [each for node in tree for each in elements(node) if each[1].get("data-part") == name]
    return found[0][2:]


def still(clocks):
    """What clocks say, but for the moment they say it at."""
    return [node[1]["timer"] | {"spent": 0} for node in clocks if node]


def step(here, on=1):
    conference = here.conference(LOG)
    here.send(LOG, commands.open_step, FACILITATOR, step=conference.step + on, base=conference.step_revision)


def test_a_scene_is_fetched_as_a_run_of_the_page_would_draw_it(here):
    page = Visitor("tablet", seats=[[LOG, ONE.seat]])
    drawn = page.drawn(f"live-{LOG}-group-1")["revision"]
    write(here, can="いっしょに電話をかけられます")
    for on in (1, 1, -1, 1):  # what happened then, the next scene, back, and on again
        step(here, on)
        looks_the_same(page.look(), fetched(here, drawn))


def test_the_first_scene_is_fetched_into_a_page_that_waited_for_it(here):
    while here.conference(LOG).here.kind != "rules":
        step(here, -1)
    page = Visitor("tablet", seats=[[LOG, ONE.seat]])
    drawn = page.drawn(f"live-{LOG}-group-1")["revision"]
    assert (page.drawn("writer")["scenes"], words(page.tree("told"))[0]) == ([], say("ja", "step.rules"))
    step(here, 2)  # the cast; lines were not asked for
    assert fetched(here, drawn)["here"] == [say("ja", "step.cast")]
    step(here)
    found = fetched(here, drawn)
    assert len(found["form"]["scenes"]) == 1
    looks_the_same(page.look(), found)


def looks_the_same(page, found):
    """What was fetched stands in the parts of a page as a run draws them."""
    form, tree = page.drawn("writer"), page.tree("header") + page.tree("told") + page.tree("own-map")
    parts = {name: [node for node in nodes if node] for name, nodes in found.items() if isinstance(nodes, list)}
    assert {name: form[name] for name in found["form"]} == found["form"]
    assert still(parts.pop("clock")) == still(part(tree, "clock"))
    assert parts == {name: part(tree, name) for name in ("here", "own-map", "waiting", "reveal", "scene")}


def test_a_clock_that_is_stopped_is_fetched_and_no_page_runs(here):
    drawn = here.conference(LOG).revision
    here.send(LOG, commands.pause_timer, FACILITATOR, spent=42.0)
    assert fetched(here, drawn)["clock"][0][1]["timer"]["running"] is False


def test_a_step_of_another_kind_asks_for_a_run(here):
    drawn = here.conference(LOG).revision
    while here.conference(LOG).here.kind != "table_check":
        step(here)
    assert fetched(here, drawn) == {"run": True}


def test_a_table_that_has_not_begun_is_given_no_form(here):
    here.send(LOG, commands.set_table, TWO, people={})
    found = fetched(here, here.conference(LOG).revision, who=TWO, group=2)
    assert set(found) == {"revision", "clock", "here"}


def test_the_wall_is_fetched_as_a_run_of_its_page_would_draw_it(here):
    leading = with_grants(here, leads=[LOG])
    page = Visitor("projector", leads=[LOG])
    drawn = page.drawn(f"live-{LOG}-projector")["revision"]
    write(here)
    step(here)
    found = leading.get(f"/parts/{LOG}/projector?lang=ja&run={drawn}").json()
    (ours,), (its,) = found["wall"], part(page.look().tree("wall"), "wall")
    assert (found["revision"], words(ours)) == (here.conference(LOG).revision, words(its))
    devices = [with_grants(here, walls=[LOG]), seated_device(here), with_grants(here, advises=[LOG])]
    assert [each.get(f"/parts/{LOG}/projector?run={drawn}").status_code for each in devices] == [200, 404, 404]


def test_the_desk_has_no_parts_and_runs(here):
    leading = with_grants(here, leads=[LOG])
    assert leading.get(f"/parts/{LOG}/lead?run={here.conference(LOG).revision}").json().get("run") is True
