"""The page of results, by visitors: nothing before it was counted out, then charts, tables, files; nobody else in."""

from collections import Counter
from dataclasses import replace

import pytest
from page_visits import Visitor, words
from test_survey_charts import CONFERENCES, ROUNDS

from facilitation import survey_commands
from facilitation.access import Refused, Who
from facilitation.agencies import AGENCIES
from facilitation.demo import evenings
from facilitation.demo_survey import PLANS, polls
from facilitation.entries import Draft
from facilitation.scenario import library
from facilitation.screen import house as houses
from facilitation.screen import released
from facilitation.screen.house import ROOT, House
from facilitation.screen.quotes import _labels, quotes
from facilitation.screen.wall import picture_of
from facilitation.screen.wall_view import Wall
from facilitation.store.memory import MemoryStore
from facilitation.survey_round import KIND, Sheet
from facilitation.texts import say

ORGANISER = Who("organiser")


@pytest.fixture
def here():
    """A house with the demo surveys."""
    made = House(MemoryStore(), library(ROOT / "scenarios"))
    houses.stand_in(made)
    yield made
    houses.stand_in(None)


def keep(here, entries):
    drafts = [Draft(entry.kind, entry.author, entry.body, entry.key) for entry in entries]
    here.store.append(entries[0].log, KIND, drafts, 0, entries[0].at)


def filled(here, *codes):
    played = {entries[0].log[-6:]: entries for entries in polls(CONFERENCES, "ja")}
    for code in codes:
        keep(here, played[code])


class Reader(Visitor):
    """Somebody who opens the results of a survey."""

    def __init__(self, code, language="ja", **granted):
        super().__init__("results", language, log=ROUNDS[code].id, **(granted or {"organiser": True}))

    def charts(self):
        return [each.proto.alt for each in self.app.get("plotly_chart")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_chapter_draws_its_charts_with_their_numbers(here, language):
    filled(here, "DENA34")
    seen = Reader("DENA34", language)
    names = seen.app.segmented_control(key="results-tabs").options
    assert names == [
        say(language, f"results.{name}") for name in ("said", "change", "types", "lists", "later", "who", "words")
    ]
    assert "無記名アンケート" in seen.charts()[0] or "Anonymous survey" in seen.charts()[0]
    assert "75.0%" in seen.text("numbers-agreement-post")
    assert seen.text("words-agreement-post") and seen.text("words-agreement-post")[:20] in seen.charts()[0]


def test_a_form_has_results_only_once_it_was_counted_out_and_takes_no_answers_afterwards(here):
    filled(here, "DENG39")
    running = ROUNDS["DENG39"].id
    seen = Reader("DENG39")
    assert "none-yet" in str([each.proto.id for each in seen._components()])
    assert seen.charts() == []
    (count,) = [button for button in seen.app.button if button.key == "count-pre"]
    count.click()
    seen.look()
    assert here.surveys.survey(running).released == {"pre"}
    assert seen.app.segmented_control(key="results-tabs").options[0] == say("ja", "results.who")
    with pytest.raises(Refused, match=r"poll\.released"):
        here.surveys.send(running, survey_commands.open_form, ORGANISER, form="pre")


def test_events_of_a_region_are_read_together_as_the_sum_of_what_each_may_show(here):
    filled(here, *(plan["code"] for plan in PLANS))
    seen = Reader("DENH43")
    one = seen.text("numbers-agreement-visit")
    seen.app.pills(key="scope").set_value("region")
    seen.look()
    both = seen.text("numbers-agreement-visit")
    assert "延べ17人、実数14人" in seen.text("attendance")
    assert one != both
    assert "2" in seen.charts()[0]


def test_words_are_quoted_only_where_allowed_and_read_and_by_the_type_only_where_it_is_no_small_group(here):
    filled(here, "DENA34")
    said = str(quotes(here.surveys.survey(ROUNDS["DENA34"].id), "ja"))
    assert "電話をかける前に" in said
    assert "来週、保健所の方に電話してみます" not in said, "its writer did not allow it"
    assert "自助グループ" not in said and "医療機関" not in said, "three and four people"


@pytest.mark.parametrize(
    "granted", [{"seats": [["2026-07-24-DEM678", "s1"]]}, {"walls": ["2026-07-24-DEM678"]}, {"leads": ["other"]}]
)
def test_nobody_else_gets_in(here, granted):
    filled(here, "DENA34")
    seen = Reader("DENA34", **granted)
    assert seen.charts() == [] and not seen.app.segmented_control


def test_whoever_leads_the_conference_sees_its_results_and_no_other_events(here):
    filled(here, *(plan["code"] for plan in PLANS))
    seen = Reader("DENA34", leads=["2026-07-24-DEM678"])
    assert seen.charts() and not seen.app.pills


def test_everything_can_be_taken_along_as_files(here):
    filled(here, "DENA34")
    seen = Reader("DENA34")
    labels = [each.proto.label for each in seen.app.get("download_button")]
    assert {say("ja", f"results.{name}") for name in ("workbook", "answers", "codebook", "csv")} <= set(labels)


def test_what_is_not_shown_is_said_kindly(here):
    filled(here, "DENA34")
    assert say("ja", "results.merged") in Reader("DENA34").text("few")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_wall_shows_results_that_were_counted_out_and_nothing_before(here, language):
    for code, conference in (("DENA34", "DEM678"), ("DENG39", "DEM986")):
        shown = next(each for each in CONFERENCES if each.code == conference)
        case = here.cases[shown.case][language]
        wall = Wall(replace(shown, show="results"), case, language, 0.0, ROUNDS[code])
        said = " ".join(words(picture_of(wall)))
        assert say(language, "results.wall_none") in said if code == "DENG39" else "75%" in said
        assert code != "DENG39" or "%" not in said


def test_a_conference_leads_to_its_results_and_one_without_a_survey_says_so(here):
    filled(here, "DENA34")
    for entries in (evenings(here.cases, "ja")[2], evenings(here.cases, "ja")[3]):
        here.store.append(
            entries[0].log, "conference", [Draft(e.kind, e.author, e.body, e.key) for e in entries], 0, entries[0].at
        )
    assert Visitor("results", log="2026-07-24-DEM678", organiser=True).app.segmented_control(key="results-tabs").options
    without = Visitor("results", log="2026-09-11-DEM789", organiser=True)
    assert without.text("no-survey") == say("ja", "results.no_survey")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_where_categories_are_shown_the_page_says_why_and_which_types_they_hold(here, language):
    filled(here, "DENE67")
    seen = Reader("DENE67", language)
    assert say(language, "results.broad") in seen.text("few")
    held = {
        "ja": "医療：医療機関、依存症専門医療機関",
        "en": "Medical care: Medical institution, Addiction hospital/clinic",
    }
    assert held[language] in seen.text("few")
    assert seen.app.segmented_control(key="results-tabs").options[2] == say(language, "results.categories")


def test_where_categories_are_too_small_as_well_the_page_says_that_answers_stand_together(here):
    filled(here, "DENK64")
    assert say("ja", "results.together") in Reader("DENK64").text("few")


def test_words_of_few_people_of_a_type_are_quoted_by_category(here):
    filled(here, "DENE67")
    said = str(quotes(here.surveys.survey(ROUNDS["DENE67"].id), "ja"))
    assert any(name in said for name in ("行政の相談窓口", "医療", "当事者・家族・回復支援団体", "生活・福祉・就労"))
    assert not any(AGENCIES[code].short_ja in said for code in ROUNDS["DENE67"].types)


def with_words(types):
    """A survey after which people of these agency types wrote something."""
    rows = [(("A1", "", code), ("T1", "", "…")) for code in types]
    sheets = {(f"p{n}", "post"): Sheet("post", row, "2026-07-24", n) for n, row in enumerate(rows)}
    return replace(ROUNDS["DENA34"], answers=sheets, released=("post",))


def test_words_with_nothing_beside_them_are_never_those_of_one_small_group():
    assert Counter(_labels(with_words(["HC"] * 6 + ["MED"] * 5 + ["SHG"] * 3), "ja").values()) == {"保健所": 6, "": 8}


def test_a_type_named_later_stands_beside_no_words_of_the_evening():
    then = with_words(["HC"] * 6 + ["MED"] * 5 + ["SHG"] * 4)
    late = {("late", "follow"): Sheet("follow", (("A1", "", "SHG"),), "2026-10-24", 99)}
    now = replace(then, answers={**then.answers, **late}, released=("post", "follow"))
    assert _labels(now, "ja") == _labels(then, "ja") | {99: "自助グループ（本人）"}


@pytest.mark.parametrize(("language", "said"), [("ja", "機関の大きな分類どうし"), ("en", "between broad categories")])
def test_the_wall_says_that_ties_are_counted_between_categories(here, language, said):
    for code, conference in (("DENE67", "DEM436"), ("DENC46", "DEM347")):
        shown = next(each for each in CONFERENCES if each.code == conference)
        wall = Wall(replace(shown, show="results"), here.cases[shown.case][language], language, 0.0, ROUNDS[code])
        assert (said in " ".join(words(picture_of(wall)))) == (code == "DENE67")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_of_very_many_surveys_the_page_says_how_many_are_not_ready_and_shows_them_when_they_are(
    here, monkeypatch, language
):
    monkeypatch.setattr(released, "SOON", 0)
    monkeypatch.setattr(released, "AT_ONCE", 1)
    filled(here, "DENA34", "DENC46", "DENE67")
    seen = Reader("DENA34", language)
    seen.app.pills(key="scope").set_value("year").run()
    assert say(language, "results.counting", n=2) in seen.text("counting")
    assert seen.charts() == []
    here.catch_up()
    seen.app.run()
    assert seen.charts()


def test_no_charts_of_a_year_are_shown_while_its_surveys_are_not_all_counted(here, monkeypatch):
    filled(here, "DENA34", "DENC46", "DENE67")
    seen = Reader("DENA34")
    monkeypatch.setattr(here.surveys, "so_far", lambda: ([], 1))
    seen.app.pills(key="scope").set_value("year").run()
    assert say("ja", "results.counting", n=1) in seen.text("counting")
    assert (seen.app.exception, seen.charts()) == ([], [])
    seen.app.pills(key="scope").set_value("event").run()
    assert seen.charts()
