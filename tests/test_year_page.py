"""The page of a year: regions with their sentences and numbers, the same numbers in the file, and its door."""

import io
from dataclasses import replace

import pytest
from meeting import hosted
from openpyxl import load_workbook
from page_visits import Visitor, holding
from streamlit.testing.v1 import AppTest
from test_results_page import filled

from facilitation.conference import KIND
from facilitation.demo import evenings
from facilitation.entries import Draft, Entry
from facilitation.export.tables import as_workbook
from facilitation.export.year_tables import year_tables
from facilitation.scenario import library
from facilitation.screen import house as houses
from facilitation.screen.house import ROOT, House
from facilitation.screen.year import ended, held
from facilitation.store.memory import MemoryStore
from facilitation.texts import say
from facilitation.year import year

CASES = library(ROOT / "scenarios")


def keep(here, entries):
    drafts = [Draft(entry.kind, entry.author, entry.body, entry.key) for entry in entries]
    here.store.append(entries[0].log, KIND, drafts, 0, entries[0].at)


@pytest.fixture
def here():
    made = House(MemoryStore(), CASES)
    houses.stand_in(made)
    yield made
    houses.stand_in(None)


@pytest.fixture
def demo(here):
    for played in evenings(CASES, "ja"):
        keep(here, played)
    return here


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_year_is_told_region_by_region_without_an_order_of_merit(demo, language):
    page = Visitor("year", language, organiser=True)
    words = page.text("year")
    assert words.index("北") < words.index("南")
    assert say(language, "year.held", n=3, people=48) in words
    assert words.count(say(language, "year.persistent")) == 3
    assert say(language, "year.how") in page.text("year-head")


def test_a_running_conference_is_not_counted_and_an_empty_house_says_so(here):
    empty = Visitor("year", organiser=True)
    assert say("ja", "year.none") in empty.text("year-none")
    assert say("ja", "year.back") in empty.text("year-back"), "the way back stands there too"
    keep(here, evenings(CASES, "ja")[-1])
    assert say("ja", "year.none") in Visitor("year", organiser=True).text("year-none")


def test_sample_conferences_are_left_out_where_others_were_held(demo):
    assert {each.demo for each in ended(demo.conferences())} == {True}
    first = next(played for played in evenings(CASES, "ja") if played[-1].kind == "conference_ended")
    log = "2026-05-22-REAL22"
    opened, *rest = [Entry(log, each.revision, each.kind, each.author, each.body, each.at, each.key) for each in first]
    real = [replace(opened, body={**opened.body, "demo": False}), *rest]
    keep(demo, real)
    assert [each.id for each in ended(demo.conferences())] == [log]


def test_the_file_holds_the_numbers_of_the_page(demo):
    regions = year(held(demo, ended(demo.conferences())))
    book = load_workbook(io.BytesIO(as_workbook(year_tables(regions, "FY2026", "en"))))
    stages = [list(row) for row in book.worksheets[0].iter_rows(min_row=5, values_only=True)]
    assert len(stages) == 8 * len(regions)
    north = {row[1]: row for row in stages if row[0] == "北"}
    last = north["Life and follow-up"]
    assert last[2:9] == [3, 1, 0, 1, 1, pytest.approx(0.667), "yes"]
    assert last[9:] == ["0 / 1", "0 / 1", "1 / 1", None]
    assert {row[1] for row in book.worksheets[1].iter_rows(min_row=5, values_only=True)} >= {"What would help"}


def test_the_years_surveys_open_on_the_whole_year(demo):
    filled(demo, "DENA34", "DENC46")
    link = Visitor("year", organiser=True).tree("year-surveys")[0][1]["href"]
    log, asked = link.removeprefix("/results?c=").split("&scope=")
    results = holding(AppTest.from_file(ROOT / "pages" / "results.py", default_timeout=30), {"organiser": True})
    results.query_params["c"], results.query_params["scope"] = log, asked
    results.run()
    assert not results.exception
    assert "（2回）" in "".join(each.proto.alt for each in results.get("plotly_chart"))


def test_a_region_that_was_named_once_is_shown_for_the_next_event_and_kept_with_it(here):
    first = hosted(here, seats=(), scene=0, region="北ブロック")
    page = Visitor("open", organiser=True)
    (asked,) = [each for each in page.app.text_input if each.label == say("ja", "open.region")]
    assert "北ブロック" in page.app.text[0].value
    asked.set_value(" 北ブロック ")
    for pressed in ("to-2", "to-3", "start"):
        page.app.button(key=pressed).click().run()
    (opened,) = [each for each in here.conferences() if each.id != first]
    assert opened.region == here.surveys.survey(opened.survey).region == "北ブロック"
    assert "北ブロック" in Visitor("survey", log="", organiser=True).app.text[0].value
