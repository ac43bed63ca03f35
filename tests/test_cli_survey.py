"""`survey`: from a sheet to the object of stable names, with the worked numbers, and what is hidden in it."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from answers import FOLLOW_UP, LIKERT, NETWORK, SHIFT, as_csv, people, scale, ticked, usual

from facilitation.cli import main
from facilitation.survey_items import Answer

SHEETS = Path(__file__).parent / "sheets"
ROOT = Path(__file__).parent.parent


@pytest.fixture
def run(tmp_path, capsys):
    """Runs `survey` on answers: exit status and the object it prints."""

    def once(answers: Iterable[Answer] | Path, *more: str):
        sheet = answers
        if not isinstance(answers, Path):
            sheet = tmp_path / "answers.csv"
            sheet.write_bytes(as_csv(answers))
        status = main(["survey", str(sheet), "--json", *more])
        return status, json.loads(capsys.readouterr().out)

    return once


def test_the_worked_scale(run) -> None:
    assert run(LIKERT) == (
        0,
        {
            "respondents": {"pre": 0, "post": 30, "paired": 0},
            "likert": {
                "Q1": {
                    "n": 28,
                    "missing": 2,
                    "counts": {"1": 1, "2": 2, "3": 4, "4": 12, "5": 9},
                    "left": -0.179,
                    "right": 0.821,
                    "top2": 0.75,
                }
            },
        },
    )


def test_the_worked_shift(run) -> None:
    _, found = run(SHIFT)
    assert found == {
        "respondents": {"pre": 8, "post": 8, "paired": 8},
        "shift": {
            "P3": {
                "n": 8, "before": 2.5, "after": 3.625, "difference": 1.125,
                "up": 6, "same": 2, "down": 0, "unpaired": 0,
            },
        },
    }  # fmt: skip


def test_the_worked_network(run) -> None:
    _, found = run(NETWORK)
    assert found == {
        "respondents": {"pre": 16, "post": 16, "paired": 16},
        "knows": {
            "K_F": {
                "CITY_CHILD": {"n": 11, "before": 0.273, "after": 0.727, "gained": 5, "lost": 0},
                "HC": {"n": 10, "before": 0.4, "after": 0.8, "gained": 4, "lost": 0},
                "REC": {"n": 11, "before": 0.091, "after": 0.636, "gained": 6, "lost": 0},
            }
        },
        "network": {
            "before": {"density": 0.244, "reciprocal": 0, "pairs": 3},
            "after": {"density": 0.717, "reciprocal": 3, "pairs": 3},
            "change": 0.472,
        },
        "by_type": {"shown": {"CITY_CHILD": 5, "HC": 6, "REC": 5}, "merged": None},
    }


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        (
            {"HC": 12, "CITY_CHILD": 7, "MED": 4, "SHG": 3, "CONSULT": 6},
            {"shown": {"HC": 12, "CITY_CHILD": 7, "CONSULT": 6}, "merged": {"members": ["MED", "SHG"], "n": 7}},
        ),
        (
            {"HC": 12, "CITY_CHILD": 7, "MED": 4, "SHG": 5, "CONSULT": 6},
            {"shown": {"HC": 12, "CITY_CHILD": 7, "CONSULT": 6}, "merged": {"members": ["MED", "SHG"], "n": 9}},
        ),
        ({"HC": 3, "MED": 1}, {"shown": {}, "merged": {"members": ["HC", "MED"], "n": None}}),
        ({"HC": 8, "CITY_CHILD": 6}, {"shown": {"HC": 8, "CITY_CHILD": 6}, "merged": None}),
    ],
)
def test_the_worked_groups(run, sizes, expected) -> None:
    assert run(people(sizes))[1]["by_type"] == expected


def test_the_worked_follow_up(run) -> None:
    _, found = run(FOLLOW_UP)
    assert found["follow_up"] == {"invited": 30, "responded": 18, "acted": 11, "response": 0.6, "action": 0.611}
    _, more = run(FOLLOW_UP, "--invited", "36")
    assert more["follow_up"] == {"invited": 36, "responded": 18, "acted": 11, "response": 0.5, "action": 0.611}


def numbers(value) -> list[float]:
    if isinstance(value, dict):
        return [number for each in value.values() for number in numbers(each)]
    return [value] if isinstance(value, int | float) else []


def test_of_four_people_no_number_is_printed_but_how_many_came(run) -> None:
    names = ["HC1", "HC2", "HC3", "MED1"]
    grids = (
        ticked("K_F", when, about, {"HC": (2, 3), "MED": (1, 1)}) for when in ("pre", "post") for about in ("HC", "REC")
    )
    answers = [
        *people({"HC": 3, "MED": 1}),
        *scale("Q1", "post", [5, 4, 4, 2], names),
        *scale("P1", "pre", [1, 1, 1, 1], names),
        *scale("P1", "post", [5, 5, 5, 5], names),
        *(answer for grid in grids for answer in grid),
        *(Answer(name, "follow", "W1", "", "W1_1") for name in names),
        *(Answer(name, "post", "T4", "T4_1", 1) for name in names),
    ]
    _, found = run(answers)
    assert found.pop("respondents") == {"pre": 4, "post": 4, "paired": 4}
    assert found["follow_up"].pop("invited") == 4
    assert numbers(found) == []
    assert found["withheld"] == ["K_F", "P1", "Q1", "T4", "W1"]
    assert found["likert"] == found["shift"] == found["knows"] == found["choices"] == {}
    assert found["network"] == {
        "before": {"density": None, "reciprocal": None, "pairs": None},
        "after": {"density": None, "reciprocal": None, "pairs": None},
        "change": None,
    }


def test_a_type_is_spoken_of_only_where_it_stands_alone(run) -> None:
    answers = [
        *people({"HC": 6, "CITY_CHILD": 7, "MED": 2, "SHG": 3}),
        *(
            answer
            for when in ("pre", "post")
            for about in ("HC", "MED", "REC")
            for answer in ticked("K_C", when, about, {"HC": (3, 6), "CITY_CHILD": (2, 7), "MED": (1, 2), "SHG": (0, 3)})
        ),
    ]
    _, found = run(answers)
    assert found["by_type"]["merged"] == {"members": ["MED", "SHG"], "n": 5}
    assert found["knows"] == {"K_C": {"HC": {"n": 12, "before": 0.25, "after": 0.25, "gained": 0, "lost": 0}}}


@pytest.mark.parametrize("name", ["answers.csv", "answers_ja_bom.csv", "answers_ja_cp932.csv", "answers_ja.xlsx"])
def test_every_kind_of_sheet_gives_the_same_object(run, name) -> None:
    status, found = run(SHEETS / name)
    assert (status, found) == run(SHEETS / "answers.csv")
    assert (found["network"]["change"], found["shift"]["P3"]["after"]) == (0.472, 3.625)


def test_a_bad_sheet_gives_its_problems_and_nothing_else(run) -> None:
    path = SHEETS / "bad_answers" / "twice.csv"
    assert run(path) == (1, {"problems": json.loads(path.with_name("twice.csv.json").read_text("utf-8"))})


def test_problems_are_told_as_lines_in_the_language_asked_for(capsys) -> None:
    assert main(["survey", str(SHEETS / "bad_answers" / "long.csv"), "--lang", "en"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines()[1] == "Row 2, value: The text has 201 characters; at most 200 are possible."
    assert main(["survey", str(SHEETS / "bad_answers" / "long.csv")]) == 1
    assert capsys.readouterr().err.splitlines()[1] == "2行目「値」：201字あります。200字までにしてください。"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_results_are_read_as_text_in_both_languages(tmp_path, capsys, language) -> None:
    sheet = tmp_path / "a.csv"
    few = scale("Q2", "post", [5, 5])
    sheet.write_bytes(as_csv([*LIKERT, *SHIFT, *NETWORK, *FOLLOW_UP, *few, Answer("HC1", "post", "T4", "T4_1", 1)]))
    assert main(["survey", str(sheet), "--lang", language]) == 0
    shown = capsys.readouterr().out
    for figure in ("75.0", "2.5 → 3.625", "+1.125", "0.244 → 0.717", "+0.472", "61.1", "27.3"):
        assert figure in shown
    withheld = shown.partition(
        {"ja": "回答が少ないため出していない設問", "en": "too few answers to be shown"}[language]
    )[2]
    assert "Q2" in withheld and "T4" in withheld and "Q2" not in shown.partition(withheld)[0]


@pytest.mark.parametrize("arguments", [["no-such-file.csv"], [], [str(SHEETS / "answers.csv"), "--invited", "0"]])
def test_wrong_use_is_told_with_status_2(capsys, arguments) -> None:
    try:
        status = main(["survey", *arguments])
    except SystemExit as left:
        status = int(left.code or 0)
    assert status == 2 and capsys.readouterr().err


def test_it_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "facilitation", "survey", str(SHEETS / "answers_ja_cp932.csv"), "--json"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["network"]["after"]["density"] == 0.717


def test_categories_stand_beside_the_stable_names_which_stay_hidden(run) -> None:
    _, found = run(usual())
    nothing = {"density": None, "reciprocal": None, "pairs": None}
    assert found["network"] == {"before": nothing, "after": nothing, "change": None}
    assert found["knows"] == {"K_F": {}}
    assert (found["by_type"]["shown"], found["by_type"]["merged"]["n"]) == ({}, 24)
    assert found["by_category"] == {
        "members": {
            "public": ["CSC", "HC"], "medical": ["MED", "MED_ADD"], "peer": ["REC", "SHG"],
            "life": ["CONSULT"], "law_money": ["DEBT"],
        },
        "groups": {
            "shown": {"medical": 7, "public": 7}, "merged": {"members": ["law_money", "life", "peer"], "n": 10},
        },
        "knows": {
            "K_F": {
                "medical": {"n": 17, "before": 0.0, "after": 0.412, "gained": 7, "lost": 0},
                "public": {"n": 17, "before": 0.0, "after": 0.412, "gained": 7, "lost": 0},
            }
        },
        "network": {
            "before": {"density": 0.0, "reciprocal": 0, "pairs": 3},
            "after": {"density": 0.419, "reciprocal": 0, "pairs": 3},
            "change": 0.419,
        },
    }  # fmt: skip
    for answers in (NETWORK, SHIFT, people({"HC": 4, "MED": 4})):
        assert "by_category" not in run(answers)[1]


@pytest.mark.parametrize(
    ("language", "said", "together"),
    [
        (
            "ja",
            "  行政の相談窓口：専門相談機関、保健所\n",
            "同じ種類の機関の人が少ないため、種類ごとの数字は出していません",
        ),
        ("en", "  Public counters: Specialist agency, Health centre\n", "so there are no numbers by type"),
    ],
)
def test_the_text_says_what_categories_hold_and_why_all_stand_together(
    tmp_path, capsys, language, said, together
) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_bytes(as_csv(usual()))
    main(["survey", str(sheet), "--lang", language])
    shown = capsys.readouterr().out
    assert said in shown and together not in shown
    sheet.write_bytes(as_csv(people({"HC": 4, "MED": 4})))
    main(["survey", str(sheet), "--lang", language])
    shown = capsys.readouterr().out
    assert said not in shown and together in shown
