"""`analyse`: the whole object of stable names, its text for people, and the command around it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from worked import CARD_16, TWO_GROUPS, W, said, statements

from facilitation.analysis import analyse
from facilitation.cli import main
from facilitation.findings import findings
from facilitation.mismatch import Expectation
from facilitation.path import LINKS, STAGES
from facilitation.statements import Statement

SHEETS = Path(__file__).parent / "sheets"
ROOT = Path(__file__).parent.parent

WORKED = {
    "cards": 15,
    "levels": {
        "CITY_CHILD": {"S1": 2, "S2": 2, "S3": 1, "S5": 2, "S8": 0},
        "CSC": {"S3": 2, "S6": 2},
        "DEBT": {"S6": 2},
        "HC": {"S1": 2, "S4": 0, "S5": 2},
        "MED": {"S6": 1},
        "REC": {"S7": 2, "S8": 1},
        "SHG": {"S7": 2},
    },
    "mixed": [],
    "stages": {
        "S1": {"status": "covered", "full": ["CITY_CHILD", "HC"], "conditional": []},
        "S2": {"status": "single", "full": ["CITY_CHILD"], "conditional": []},
        "S3": {"status": "single", "full": ["CSC"], "conditional": ["CITY_CHILD"]},
        "S4": {"status": "gap", "full": [], "conditional": []},
        "S5": {"status": "covered", "full": ["CITY_CHILD", "HC"], "conditional": []},
        "S6": {"status": "covered", "full": ["CSC", "DEBT"], "conditional": ["MED"]},
        "S7": {"status": "covered", "full": ["REC", "SHG"], "conditional": []},
        "S8": {"status": "conditional", "full": [], "conditional": ["REC"]},
    },
    "coverage_rate": 0.75,
    "robust_rate": 0.5,
    "depth": {
        "S1": 0.286, "S2": 0.143, "S3": 0.143, "S4": 0.0, "S5": 0.286, "S6": 0.286, "S7": 0.286, "S8": 0.0,
    },
    "dependence": {"CITY_CHILD": {"solo": 1, "share": 0.167}, "CSC": {"solo": 1, "share": 0.167}},
    "bridges": {
        "S1-S2": "same", "S2-S3": "warm", "S3-S4": "na", "S4-S5": "na", "S5-S6": "warm",
        "S5-S7": "none", "S6-S7": "cold", "S6-S8": "na", "S7-S8": "na",
    },
    "route": {"from": "CITY_CHILD", "goal": "S7", "warmest": 1, "cut": {"1": ["CSC"], "2": None, "3": None}},
    "entry_to_peer": {"any": 0.333, "warm": 0.0},
    "barriers": [
        {"reason": "B_FEE", "count": 1, "share": 0.2, "helps": {"E_SYSTEM": 1}},
        {"reason": "B_KNOW", "count": 1, "share": 0.2, "helps": {"E_VISIT": 1}},
        {"reason": "B_ROLE", "count": 1, "share": 0.2, "helps": {}},
        {"reason": "B_STAFF", "count": 1, "share": 0.2, "helps": {"E_STAFF": 1}},
        {"reason": "B_TIME", "count": 1, "share": 0.2, "helps": {}},
    ],
    "helps": [
        {"help": "E_STAFF", "unlock": 1, "firm": 0, "uplift": 1},
        {"help": "E_VISIT", "unlock": 0, "firm": 1, "uplift": 1},
        {"help": "E_SYSTEM", "unlock": 0, "firm": 0, "uplift": 1},
    ],
    "open_questions": [
        {"type": "HC", "stage": "S4", "reason": "B_TIME"},
        {"type": "CITY_CHILD", "stage": "S8", "reason": "B_ROLE"},
    ],
}  # fmt: skip

NOTHING = {
    "cards": 0,
    "levels": {},
    "mixed": [],
    "stages": {stage: {"status": "unasked", "full": [], "conditional": []} for stage in STAGES},
    "coverage_rate": None,
    "robust_rate": None,
    "depth": {},
    "dependence": {},
    "bridges": {f"{before}-{after}": "na" for before, after in LINKS},
    "route": {"from": "POLICE", "goal": "S6", "warmest": -1, "cut": {"1": None, "2": None, "3": None}},
    "entry_to_peer": {"any": None, "warm": None},
    "barriers": [],
    "helps": [],
    "open_questions": [],
}


def command(*arguments: str) -> tuple[int, str, str]:
    run = subprocess.run(
        [sys.executable, "-m", "facilitation", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    return run.returncode, run.stdout, run.stderr


def test_the_worked_example_gives_the_whole_worked_object() -> None:
    assert analyse(W) == WORKED


def test_nothing_said_gives_empty_views_and_no_shares() -> None:
    assert analyse((), start="POLICE", goal="S6") == NOTHING


def test_card_16_warms_the_route_and_the_links_to_peers() -> None:
    warmer = analyse([*W, CARD_16])
    assert warmer["route"] == WORKED["route"] | {"warmest": 2, "cut": {"1": ["CSC"], "2": ["CSC"], "3": None}}
    assert warmer["entry_to_peer"] == {"any": 0.333, "warm": 0.333}
    assert (warmer["bridges"]["S5-S7"], warmer["bridges"]["S6-S7"]) == ("warm", "warm")


def test_groups_stand_side_by_side_only_where_the_sheet_has_groups() -> None:
    grouped = analyse(TWO_GROUPS)
    assert {key: value for key, value in grouped.items() if key != "by_group"} == WORKED
    assert grouped["by_group"]["S4"] == {"covered": 0, "single": 0, "conditional": 0, "gap": 1, "unasked": 1}
    assert list(grouped["by_group"]) == list(STAGES)


def test_mixed_cells_are_pairs_and_a_hard_without_reason_has_none() -> None:
    result = analyse([said("1 HC S3 can"), said("1 HC S3 hard")])
    assert result["mixed"] == [["HC", "S3"]]
    assert result["open_questions"] == [{"type": "HC", "stage": "S3", "reason": None}]


def test_expectations_give_the_differences_shown() -> None:
    own = [Expectation(f"h{n}", "HC", "S5", strength) for n, strength in enumerate((2, 1, 1, 0))]
    others = [Expectation(f"o{n}", "REC", "S5", expected="HC" if n else "") for n in range(10)]
    assert analyse(W, [*own, *others]) == WORKED | {
        "mismatch": [
            {
                "type": "HC",
                "stage": "S5",
                "role": 0.5,
                "expectation": 0.9,
                "difference": 0.4,
                "verdict": "over_expected",
            }
        ]
    }


def test_expectations_of_too_few_give_an_empty_list() -> None:
    assert analyse(W, [Expectation("a", "HC", "S5", 2)])["mismatch"] == []


@given(statements)
def test_whatever_is_said_the_object_is_json_and_can_be_read_in_both_languages(spoken: list[Statement]) -> None:
    result = analyse(spoken, [])
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert findings(result, "ja") and findings(result, "en")


def test_people_read_the_findings_in_their_language() -> None:
    ja, en = findings(analyse(W), "ja"), findings(analyse(W), "en")
    assert "  S4 希望の確認・待つ：すきま\n" in ja
    assert "  S4 Wish and waiting: gap\n" in en
    assert "市役所 子育て部門からS7 自助・回復施設まで：いちばん弱いつなぎは「具体的な説明」" in ja
    assert ja.endswith("参加者の発言によるまとめです。地域に実際にある支援の量ではありません。\n")


@pytest.mark.parametrize("sheet", ["worked.csv", "worked_ja.xlsx"])
def test_the_command_prints_one_object_and_nothing_else(sheet: str) -> None:
    status, out, err = command("analyse", str(SHEETS / sheet), "--json")
    assert (status, json.loads(out), err) == (0, WORKED, "")


def test_a_bad_sheet_is_answered_with_all_problems_in_the_language_asked_for() -> None:
    sheet = str(SHEETS / "bad" / "cards.csv")
    expected = json.loads((SHEETS / "bad" / "cards.csv.json").read_text("utf-8"))
    status, out, err = command("analyse", sheet, "--json")
    assert (status, json.loads(out), err) == (1, {"problems": expected}, "")
    status, out, err = command("--lang", "en", "analyse", sheet)
    assert (status, out, len(err.splitlines())) == (1, "", 1 + len(expected))
    assert "Row 3, group: The card has the same id as row 2" in err


def test_problems_of_the_expectations_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expectations = tmp_path / "expectations.csv"
    expectations.write_text("respondent,type,item,stage,value\na,HC,K_S,S5,9\n", "utf-8")
    asked = ["analyse", str(SHEETS / "worked.csv"), "--expectations", str(expectations), "--json"]
    assert main(asked) == 1
    assert json.loads(capsys.readouterr().out) == {
        "problems": [
            {
                "row": 2,
                "field": "value",
                "problem": "「9」は使えません。K_S は 0・1・2 のどれか（わからないときは空欄）です。",
                "sheet": "expectations",
            }
        ]
    }


def test_start_and_goal_may_be_names(capsys: pytest.CaptureFixture[str]) -> None:
    sheet = str(SHEETS / "worked.csv")
    assert main(["analyse", sheet, "--json", "--from", "保健所", "--goal", "専門の支援"]) == 0
    assert json.loads(capsys.readouterr().out)["route"] == {
        "from": "HC", "goal": "S6", "warmest": 2, "cut": {"1": [], "2": [], "3": None},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["--from", "XX"], "機関種別「XX」はありません。"),
        (["--goal", "S9", "--lang", "en"], "There is no stage “S9”."),
    ],
)
def test_unknown_words_are_wrong_use(wrong: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", str(SHEETS / "worked.csv"), *wrong]) == 2
    assert capsys.readouterr() == ("", f"{told}\n")


def test_a_missing_file_an_unknown_command_and_no_command_are_wrong_use() -> None:
    for wrong in (["analyse", "nowhere.csv", "--json"], ["analyze"], [], ["--lang", "fr", "analyse", "x"]):
        status, out, err = command(*wrong)
        assert (status, out, bool(err)) == (2, "", True)


@pytest.mark.parametrize("asked", [["--lang", "en", "analyse", "no.csv"], ["analyse", "no.csv", "--lang", "en"]])
def test_the_language_is_taken_before_and_after_the_command(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked) == 2
    assert capsys.readouterr().err.startswith("Cannot read the file no.csv")
