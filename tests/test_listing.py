"""The organisers' list: some at a time, the running ones first, and what was asked for."""

import pytest
from meeting import FACILITATOR, ORGANISER, a_house, opening
from test_pages import organiser, press, said, sees, sound

from facilitation import commands
from facilitation.code import shown
from facilitation.screen.house import stand_in
from facilitation.screen.listing import AT_ONCE
from facilitation.texts import say

LETTERS = "346789ACDEFGHJKMNPQRTWXY"
MANY = AT_ONCE + 5


def code(n):
    return f"XXXX{LETTERS[n // 24]}{LETTERS[n % 24]}"


@pytest.fixture
def here():
    house = a_house()
    stand_in(house)
    for n in range(MANY):
        log, date = f"2024-03-{n // 2 + 1:02}-{code(n)}", f"2024-03-{n // 2 + 1:02}"
        fields = opening(code=code(n), date=date, title=f"会その{n}。", region="東部" if n % 2 else "西部")
        house.send(log, commands.open_conference, ORGANISER, **fields)
        if n:
            house.send(log, commands.end_conference, FACILITATOR)
    yield house
    stand_in(None)


def names(at):
    return [text for text in said(at) if text.startswith("会その")]


def test_the_running_ones_come_first_then_the_newest_and_more_on_demand(here):
    at = sound(organiser())
    assert names(at) == ["会その0。", *(f"会その{n}。" for n in range(MANY - 1, 5, -1))]
    press(at, say("ja", "listing.more", n=5))
    assert len(names(sound(at))) == MANY
    assert sees(at, say("ja", "listing.more", n=0)) == [False]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("その３３", ["会その33。"]),
        (shown(code(7)), ["会その7。"]),
        (code(7).lower(), ["会その7。"]),
        ("2024-03-02 東部", ["会その3。"]),
        ("どこにもない", []),
    ],
)
def test_a_word_a_date_a_code_or_a_region_narrows_the_list(here, asked, found):
    at = organiser()
    at.text_input(key="find").set_value(asked).run()
    assert names(sound(at)) == found
    assert sees(at, say("ja", "listing.nothing")) == [not found]
