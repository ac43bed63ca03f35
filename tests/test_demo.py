"""Marked demo data: always the same, in words that hurt nobody and name nobody, and something for every screen."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from test_texts import HURTING, flat
from worked import W

from facilitation import coverage
from facilitation.access import Who
from facilitation.agencies import AGENCIES
from facilitation.cli import main
from facilitation.commands import end_conference
from facilitation.conference import KIND, Conference, statements
from facilitation.demo import PLANS, NoCase, evenings
from facilitation.demo_survey import polls
from facilitation.entries import Draft, Entry
from facilitation.fold import fold
from facilitation.mismatch import Expectation, mismatch
from facilitation.path import HANDOVERS, TERMS
from facilitation.scenario import library
from facilitation.screen.wall import picture_of
from facilitation.screen.wall_view import Wall
from facilitation.statements import Statement
from facilitation.store.opening import FILE
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.writer import Writer
from facilitation.survey_fold import fold as fold_survey

CASES = library(Path(__file__).parents[1] / "scenarios")
PLAYED = {language: evenings(CASES, language) for language in ("ja", "en")}
CONFERENCES = [fold(None, entries[0].log, entries) for entries in PLAYED["ja"]]
POLLED = {language: polls([fold(None, e[0].log, e) for e in PLAYED[language]], language) for language in ("ja", "en")}
SURVEYS = [fold_survey(None, entries[0].log, entries) for entries in POLLED["ja"]]
CARDS = [row for plan in PLANS for row in plan["cards"]]
DATA = [tomllib.loads((TERMS / f"{name}.toml").read_text("utf-8")) for name in ("demo", "demo_survey")]
TEXTS = [pair for table in DATA for pair in flat(table)]
NEVER = (
    "いちごの会|いちょうの会|マック|ダルク|MAC|DARC|ギャマノン|Gam-Anon|断酒会|Danshukai|全国ギャンブル|考える会|法テラス"
    r"|\bAA\b|\bNA\b|\bGA\b|大阪|八尾|堺|Osaka|こころの健康総合センター|OAC|ひまわり"
)
"""Names of real bodies and places, of which no sentence may be invented."""


def of(region: str) -> list[Conference]:
    return [conference for conference in CONFERENCES if conference.region == region and conference.ended]


# --- the same every time ---------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_data() -> None:
    assert evenings(library(Path(__file__).parents[1] / "scenarios"), "ja") == PLAYED["ja"]


def test_both_languages_differ_in_texts_alone() -> None:
    for japanese, english in zip(PLAYED["ja"], PLAYED["en"], strict=True):
        assert [(e.log, e.revision, e.kind, e.author, e.at, e.key) for e in japanese] == [
            (e.log, e.revision, e.kind, e.author, e.at, e.key) for e in english
        ]


def test_demo_surveys_are_marked_and_differ_by_language_in_texts_alone() -> None:
    for survey, japanese, english in zip(SURVEYS, POLLED["ja"], POLLED["en"], strict=True):
        assert survey.demo and survey.answers
        assert [(e.log, e.revision, e.kind, e.author, e.at, e.key) for e in japanese] == [
            (e.log, e.revision, e.kind, e.author, e.at, e.key) for e in english
        ]


def test_the_surveys_of_ended_demo_conferences_have_results_and_the_running_one_waits() -> None:
    ended = {conference.id: conference.ended for conference in CONFERENCES}
    for survey in SURVEYS:
        asked = [form for form in survey.forms if form != "follow"]
        if ended.get(survey.conference, True):
            assert survey.released >= set(asked)
        else:
            assert not survey.released and survey.forms["pre"] == "closed" and survey.forms["post"] == "waiting"


def test_a_demo_conference_knows_its_survey() -> None:
    linked = {conference.survey: conference.id for conference in CONFERENCES if conference.survey}
    assert linked == {survey.id: survey.conference for survey in SURVEYS if survey.conference}


def test_a_case_that_is_missing_is_named() -> None:
    with pytest.raises(NoCase) as none:
        evenings({"case1": CASES["case1"], "case3": CASES["case3"]}, "ja")
    assert none.value.case == "case2"


def test_time_never_runs_back_and_the_entries_are_as_a_store_gives_them_back() -> None:
    for entries in PLAYED["ja"]:
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
        assert [json.loads(json.dumps(entry.body)) for entry in entries] == [entry.body for entry in entries]


def test_keys_of_one_conference_open_no_other() -> None:
    keys = [getattr(c, name) for c in CONFERENCES for name in ("secret", "lead_key", "adviser_code", "adviser_key")]
    assert len(set(keys)) == len(keys) and all(keys)


# --- what is there ---------------------------------------------------------------------------------------------------


def test_every_conference_is_marked_and_all_but_one_have_ended() -> None:
    assert all(conference.demo for conference in CONFERENCES)
    assert [(c.case, c.region, c.groups, c.ended) for c in CONFERENCES] == [
        ("case2", "北", 3, True),
        ("case3", "南", 3, True),
        ("case1", "北", 4, True),
        ("case2", "南", 2, True),
        ("case1", "北", 2, True),
        ("case1", "南", 3, False),
    ]


def test_the_first_case_holds_the_worked_example_exactly_and_about_sixty_cards_more() -> None:
    plan = PLANS[2]
    words = [(row.get("can") or row["hard"])[0] for row in plan["cards"] if "w" in row]
    cards = [card for card in CONFERENCES[2].cards.values() if (card.can or card.hard) in words]
    cards.sort(key=lambda card: words.index(card.can or card.hard))
    numbered = [row["w"] for row in plan["cards"] if "w" in row]
    codes = ("type", "stage", "kind", "reason", "help", "handover", "to")
    spoken = [
        Statement(str(n), **{code: getattr(each, code) for code in codes})
        for n, each in zip(numbered, statements(cards), strict=True)
    ]
    assert spoken == list(W)
    view = coverage.coverage(statements(cards))
    assert (view.coverage_rate, view.robust_rate) == (0.75, 0.5)
    assert 55 <= len(plan["cards"]) - len(W) <= 70


def test_the_regions_stand_at_two_stages_as_in_the_worked_year() -> None:
    stood = {
        (region, stage): [coverage.coverage(statements(c.cards.values())).stages[stage].status for c in of(region)]
        for region in ("北", "南")
        for stage in ("S4", "S8")
    }
    assert stood == {
        ("北", "S8"): ["gap", "conditional", "covered"],
        ("南", "S8"): ["gap", "gap"],
        ("北", "S4"): ["single", "covered", "unasked"],
        ("南", "S4"): ["single", "conditional"],
    }


def test_the_tables_expect_what_the_worked_mismatch_says() -> None:
    roles = CONFERENCES[2].roles.values()
    rows = [Expectation(r.respondent, r.type, stage, strength=n) for r in roles for stage, n in r.strengths.items()]
    rows += [
        Expectation(r.respondent, r.type, stage, expected=code)
        for r in roles
        for stage, codes in r.expected.items()
        for code in codes
    ]
    found = {(each.type, each.stage): round(each.difference, 3) for each in mismatch(rows).shown}
    assert (found["HC", "S5"], found["REC", "S5"]) == (0.4, -0.667)


def test_the_running_one_stands_at_its_second_scene_with_something_for_every_screen() -> None:
    running = CONFERENCES[-1]
    assert (running.here.kind, running.scene, running.scenes) == ("scene", 2, (1, 2))
    assert (running.timer.running, running.timer.spent) == (False, 240.0)
    assert {seat.group for seat in running.seats.values()} == running.rules == set(running.people) == {1, 2, 3}
    assert len(running.cards) == 12 and len(running.lines) == 5 and running.ready == {3: running.step}
    wall = picture_of(Wall(running, CASES["case1"]["ja"], "ja", 240.0))
    assert "見本データ（架空）" in str(wall)


def test_a_hand_over_above_an_explanation_is_premised_on_consent() -> None:
    cards = [card for conference in CONFERENCES for card in conference.cards.values() if card.handover]
    assert len(cards) > 20
    assert all(card.consent == HANDOVERS[card.handover].needs_consent for card in cards)


def test_the_tables_speak_for_types_that_sit_there() -> None:
    for plan in PLANS:
        spoken = [*plan["cards"], *plan.get("lines", ()), *plan.get("roles", ())]
        assert not [row for row in spoken if row["type"] not in plan["people"][row["g"] - 1]]


# --- words -----------------------------------------------------------------------------------------------------------


def test_every_text_of_the_demo_data_is_respectful_and_names_no_real_body() -> None:
    assert len(TEXTS) > 500
    assert not [(key, text) for key, text in TEXTS if HURTING.search(text)]
    assert not [(key, text) for key, text in TEXTS if re.search(NEVER, text)]


def test_no_long_name_of_a_type_stands_in_a_text() -> None:
    """`agencies.AGENCIES[…].ja` gives examples of real bodies; the demo data speak of short names only."""
    assert not re.search(NEVER, "".join(AGENCIES[code].short_ja for code in AGENCIES))


def test_a_card_is_short_and_no_two_say_the_same() -> None:
    pairs = [row[name] for row in CARDS for name in ("can", "hard", "help") if name in row]
    assert not [ja for ja, _ in pairs if len(ja) > 80]
    assert len({ja for ja, _ in pairs if len(ja) > 20}) == len([ja for ja, _ in pairs if len(ja) > 20])


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def everything(folder: Path) -> dict[str, tuple[Entry, ...]]:
    store = SQLiteStore(folder / FILE)
    found = {log: store.entries(log) for log in store.logs()}
    store.close()
    return found


def test_demo_fills_an_empty_store_and_again_adds_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    assert capsys.readouterr().out.startswith("入れました：2026-05-22-DEM347　春の事例検討会")
    assert everything(here) == {entries[0].log: entries for entries in (*PLAYED["ja"], *POLLED["ja"])}
    assert main(["demo", "--lang", "en"]) == 0
    assert "Here already: 2026-05-22-DEM347" in capsys.readouterr().out
    assert everything(here) == {entries[0].log: entries for entries in (*PLAYED["ja"], *POLLED["ja"])}


def test_two_stores_hold_the_same(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        monkeypatch.setenv("DATA_DIR", str(here / name))
        assert main(["demo", "--lang", "en"]) == 0
    assert everything(here / "one") == everything(here / "two")


def test_a_run_that_was_broken_off_is_finished_by_the_next(here: Path) -> None:
    store = SQLiteStore(here / FILE)
    for entry in PLAYED["ja"][0][:17]:
        store.append(
            entry.log, KIND, [Draft(entry.kind, entry.author, entry.body, entry.key)], entry.revision - 1, entry.at
        )
    store.close()
    assert main(["demo"]) == 0
    assert everything(here) == {entries[0].log: entries for entries in (*PLAYED["ja"], *POLLED["ja"])}


def test_what_people_tried_out_in_a_demo_conference_stays(here: Path) -> None:
    assert main(["demo"]) == 0
    store = SQLiteStore(here / FILE)
    log = PLAYED["ja"][-1][0].log
    writer = Writer(store, lambda: "2027-01-01T00:00:00.000Z", fold)
    writer.send(log, lambda state: end_conference(state, Who("organiser")))
    store.close()
    before = everything(here)
    assert main(["demo"]) == 0
    assert everything(here) == before


def test_beside_real_conferences_demo_data_come_only_when_asked_for(here: Path, capsys) -> None:
    body = {
        "code": "XN9P7T",
        "secret": "",
        "case": "case1",
        "variant": "full",
        "groups": 1,
        "types": ["HC"],
        "steps": [],
    }
    store = SQLiteStore(here / FILE)
    store.append("2024-03-01-XN9P7T", KIND, [Draft("conference_opened", "organiser", body)], 0, "2024-03-01T05:00:00Z")
    store.close()
    assert main(["demo"]) == 1
    assert "--beside" in capsys.readouterr().err
    assert list(everything(here)) == ["2024-03-01-XN9P7T"]
    assert main(["demo", "--beside"]) == 0
    assert len(everything(here)) == 1 + len(PLANS) + len(SURVEYS)
