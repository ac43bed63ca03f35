"""The organisers' list: some at a time, the running ones first, and what was asked for."""

import pytest
from meeting import FACILITATOR, ORGANISER, opening
from test_pages import organiser, press, said, sees, sound

from facilitation import commands
from facilitation.code import shown
from facilitation.screen import audit
from facilitation.screen.listing import AT_ONCE
from facilitation.texts import say

LETTERS = "346789ACDEFGHJKMNPQRTWXY"
MANY = AT_ONCE + 5


def code(n):
    return f"KKKK{LETTERS[n // 24]}{LETTERS[n % 24]}"


@pytest.fixture
def here(house):
    for n in range(MANY):
        log, date = f"2024-03-{n // 2 + 1:02}-{code(n)}", f"2024-03-{n // 2 + 1:02}"
        fields = opening(code=code(n), date=date, title=f"会その{n}。", region="東部" if n % 2 else "西部")
        house.send(log, commands.open_conference, ORGANISER, **fields)
        if n:
            house.send(log, commands.end_conference, FACILITATOR)
    return house


def names(at):
    return [text for text in said(at) if text.startswith("会その")]


def test_the_running_ones_come_first_then_the_newest_and_more_on_demand(here):
    at = sound(organiser())
    assert names(at) == ["会その0。", *(f"会その{n}。" for n in range(MANY - 1, 5, -1))]
    assert any(text.startswith("令和6年3月18日（月） · ") for text in said(at))
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
        ("令和6年3月2日 東部", ["会その3。"]),
        ("どこにもない", []),
    ],
)
def test_a_word_a_date_a_code_or_a_region_narrows_the_list(here, asked, found):
    at = organiser()
    at.text_input(key="find").set_value(asked).run()
    assert names(sound(at)) == found
    assert sees(at, say("ja", "listing.nothing")) == [not found]


def test_a_year_narrows_the_list_to_itself(here):
    log, date = "2023-03-31-KKKK99", "2023-03-31"
    here.send(log, commands.open_conference, ORGANISER, **opening(code="KKKK99", date=date, title="会その前。"))
    at = organiser()
    assert at.selectbox(key="find-year").options == ["すべての年度", "令和5年度", "令和4年度"]
    at.selectbox(key="find-year").set_value(2022).run()
    assert names(sound(at)) == ["会その前。"]


def test_surveys_of_events_are_shown_some_at_a_time_and_found_as_well(here):
    for n in range(MANY):
        fields = {"kind": "visit", "types": ("REC",), "title": f"見学その{n}。"}
        here.surveys.open(ORGANISER, date=f"2024-03-{n // 2 + 1:02}", **fields)
    at = sound(organiser())
    assert len([text for text in said(at) if text.startswith("見学その")]) == AT_ONCE
    at.text_input(key="find-survey").set_value("その33").run()
    assert [text for text in said(sound(at)) if text.startswith("見学その")] == ["見学その33。"]


def test_whose_audit_is_read_is_found_among_very_many(here, monkeypatch):
    monkeypatch.setattr(audit, "MOST", 3)
    oldest = f"2024-03-01-{code(0)}"
    at = sound(organiser("audit", c=oldest))
    chosen = at.selectbox(key="audit-log")
    assert (len(chosen.options), chosen.value) == (5, oldest)
    at.text_input(key="audit-find").set_value("その7").run()
    assert [option.split("　")[-1] for option in at.selectbox(key="audit-log").options[1:]] == [
        "会その0。",
        "会その7。",
    ]
