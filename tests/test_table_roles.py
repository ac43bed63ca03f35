"""Roles and expectations on the tablet, before the case: one person after the other, and a slip put right."""

import pytest
from meeting import LOG, ONE, hosted
from page_visits import Visitor

from facilitation import commands
from facilitation.texts import say


@pytest.fixture
def here(house):
    hosted(house, scene=0)
    house.send(LOG, commands.set_table, ONE, people={"HC": 2, "REC": 1})
    return house


def choice(app, label, nth=0):
    """The nth row of choices with this label."""
    return [row for row in (*app.pills, *app.segmented_control) if row.label == say("ja", label)][nth]


def press(app, label):
    (button,) = [button for button in app.button if button.label == say("ja", label)]
    button.click().run()


def answer(app, own, strength, expected):
    choice(app, "roles.own").set_value(own).run()
    choice(app, "roles.strength", 1).set_value(strength).run()
    choice(app, "roles.expected", 1).set_value(expected).run()
    press(app, "roles.save")


def stated(here):
    """Of each answer the type, the strength at S5 and whom it expects there."""
    roles = here.conference(LOG).roles.values()
    return [(role.type, role.strengths.get("S5"), role.expected["S5"]) for role in roles]


def test_one_person_after_the_other_answers_and_the_form_is_empty_again(here):
    app = Visitor("tablet", seats=[[LOG, ONE.seat]]).app
    answer(app, "HC", 2, ["REC"])
    assert choice(app, "roles.own").value is None
    answer(app, "REC", None, ["HC", "CSC"])
    assert stated(here) == [("HC", 2, ("REC",)), ("REC", None, ("CSC", "HC"))]


def test_a_slip_is_put_right_without_counting_twice(here):
    app = Visitor("tablet", seats=[[LOG, ONE.seat]]).app
    answer(app, "HC", 0, ["REC"])
    press(app, "roles.again")
    answer(app, "HC", 2, ["CSC"])
    assert stated(here) == [("HC", 2, ("CSC",))]


def test_an_answer_at_another_device_leaves_the_open_form_alone(here):
    mine, other = (Visitor("tablet", seats=[[LOG, ONE.seat]]).app for _ in range(2))
    choice(mine, "roles.own").set_value("HC").run()
    answer(other, "REC", 1, [])
    mine.run()
    assert choice(mine, "roles.own").value == "HC"


def test_nobody_expects_the_own_type(here):
    app = Visitor("tablet", seats=[[LOG, ONE.seat]]).app
    choice(app, "roles.own").set_value("HC").run()
    assert "保健所" not in choice(app, "roles.expected").options
