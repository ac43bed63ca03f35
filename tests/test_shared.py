"""A view that many see alike is worked out once for all of them, anew for another value, and let go with its words."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from meeting import LOG, a_house, hosted

from facilitation.screen.shared import MOST, let_go, shared


@pytest.fixture
def conference():
    house = a_house()
    hosted(house)
    return house.conference(LOG)


@pytest.fixture
def view():
    """A shared view that counts how often it was worked out."""

    @shared
    def drawn(conference, group):
        drawn.made += 1
        time.sleep(0.05 * (group == 1))  # so long that whoever else wants it comes meanwhile
        return (conference.id, group)

    drawn.made = 0
    return drawn


def test_sixty_who_come_at_once_see_what_was_worked_out_once(conference, view):
    with ThreadPoolExecutor(20) as pool:
        seen = list(pool.map(lambda _: view(conference, 1), range(60)))
    assert (view.made, set(seen)) == (1, {(LOG, 1)})
    assert (view(conference, 2), view.made) == ((LOG, 2), 2)


def test_another_value_is_worked_out_anew_though_it_says_the_same(conference, view):
    view(conference, 1)
    view(replace(conference), 1)
    assert view.made == 2


def test_of_a_conference_whose_words_were_erased_nothing_is_kept(conference, view):
    view(conference, 1)
    let_go("another")
    view(conference, 1)
    let_go(LOG)
    view(conference, 1)
    assert view.made == 2


def test_no_more_than_some_are_kept_and_those_asked_for_last_stay(conference, view):
    for group in range(MOST + 1):
        view(conference, group)
    view(conference, MOST)
    assert view.made == MOST + 1
    view(conference, 0)
    assert view.made == MOST + 2
