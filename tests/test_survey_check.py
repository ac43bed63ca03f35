"""Checking questionnaires: the standard, the template, samples with their exact problems, hostile files (F17)."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.cli import main
from facilitation.scenario_guard import MOST_BYTES
from facilitation.survey_changes import changed
from facilitation.survey_check import additions, asked, check_files, read, read_file
from facilitation.survey_items import STANDARD, SURVEYS
from facilitation.survey_parts import MOST_ITEMS

HERE = Path(__file__).parent
BAD = sorted((HERE / "surveys_bad").glob("*.toml"))
TEMPLATE = re.findall(r"```toml\n(.*?)```", (SURVEYS / "README.md").read_text("utf-8"), re.DOTALL)[0]
GENEROUS = 2.0
"""Seconds, as for cases."""


def test_the_standard_and_the_folder_it_lies_in_have_no_problems() -> None:
    assert check_files([SURVEYS], "ja") == []
    assert read_file(SURVEYS / "standard.toml") == (STANDARD, [])


def test_the_template_of_the_guide_has_no_problems() -> None:
    found, problems = read(TEMPLATE, "house.toml")
    assert problems == [] and found is not None
    assert [(item.id, item.type) for item in found.form("post", "case_conference")] == [
        ("Y1", "likert5"),
        ("Y2", "single"),
        ("Y3", "grid_binary"),
        ("Y4", "text"),
    ]


@pytest.mark.parametrize("sample", BAD, ids=lambda path: path.stem)
def test_a_bad_sample_has_exactly_its_problems(sample: Path) -> None:
    expected = json.loads(sample.with_suffix(".problems.json").read_text("utf-8"))
    found = [{"place": each.place, "problem": each.problem} for each in check_files([sample], "ja")]
    assert found == expected


def test_problems_are_told_in_the_language_of_the_reader() -> None:
    told = {language: check_files([HERE / "surveys_bad/items.toml"], language) for language in ("ja", "en")}
    assert [each.place for each in told["ja"]] == [each.place for each in told["en"]]
    assert "This is Japanese in the place of English." in [each.problem for each in told["en"]]


def test_a_houses_own_file_is_asked_after_the_standard_and_kept_in_a_surveys_log(tmp_path) -> None:
    (tmp_path / "house.toml").write_text(TEMPLATE, "utf-8")
    (tmp_path / "slip.toml").write_text(TEMPLATE.replace("Y", "Z").replace("likert5", "likert"), "utf-8")
    now = asked(tmp_path)
    assert [item.id for item in now.form("post", "exchange")] == ["Q1", "T2", "Y1"]
    assert [item.id for item in now.form("pre", "case_conference")][-1] == "Y3"
    assert [item.id for item in now.form("post", "case_conference")][-4:] == ["Y1", "Y2", "Y3", "Y4"]
    assert not now.items["Y1"].own and now.items["Y3"].asked_twice
    kept = json.loads(json.dumps(additions(tmp_path)))
    assert changed(STANDARD, kept) == now == changed(now, kept)


def test_new_words_in_a_houses_own_file_are_a_new_version_in_the_next_survey(tmp_path) -> None:
    (tmp_path / "house.toml").write_text(TEMPLATE, "utf-8")
    before = additions(tmp_path)
    (tmp_path / "house.toml").write_text(
        TEMPLATE.replace("version = 1", "version = 2").replace("会場", "部屋"), "utf-8"
    )
    now = changed(STANDARD, (*before, *additions(tmp_path)))
    assert [now.wording("Y1", n).ja[:2] for n in (1, 2)] == ["会場", "部屋"]
    assert [item.id for item in now.form("post", "exchange")] == ["Q1", "T2", "Y1"]


def test_no_two_files_may_give_one_id(tmp_path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(TEMPLATE, "utf-8")
    found = check_files([tmp_path], "en")
    assert [Path(each.file).name for each in found] == ["b.toml"] * 4
    assert (found[0].place, found[0].problem) == ("item[1].id", "“Y1” is used already at a.toml.")


def test_a_file_that_is_not_there_is_a_problem_and_an_empty_folder_too(tmp_path) -> None:
    found = check_files([tmp_path / "none.toml", tmp_path], "ja")
    assert [each.key for each in found] == ["cannot_read", "survey_no_file"]


HOSTILE = {
    "large": "#" * (MOST_BYTES + 1),
    "deep": "a = " + "[" * 5_000,
    "many items": 'id = "x"\n' + '[[item]]\nid = "a"\n' * (MOST_ITEMS + 1),
    "parts": "a" + ".a" * 10_000 + " = 1",
    "strings": 'a = "' + "x" * 100_000 + '"',
    "controls": TEMPLATE.replace("会場", "会\u202e場"),
    "latin": TEMPLATE.encode("cp932"),
    "number": "version = " + "9" * 10_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_time(content) -> None:
    began = time.perf_counter()
    found, problems = read(content, "house.toml")
    assert found is None and problems and time.perf_counter() - began < GENEROUS
    assert len("".join(each.text("ja") for each in problems)) < 20_000


@given(st.binary(max_size=400) | st.text(max_size=400))
def test_whatever_a_file_holds_there_is_an_answer(content) -> None:
    found, problems = read(content, "house.toml")
    assert found is None and problems


LINES = TEMPLATE.splitlines()


@given(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=6))
def test_a_file_with_lines_missing_is_read_or_its_problems_are_told(missing) -> None:
    left = "\n".join(line for n, line in enumerate(LINES) if n not in missing)
    found, problems = read(left, "house.toml")
    assert (found is None) == bool(problems)
    assert all(each.text("ja") and each.text("en") for each in problems)


def test_the_command_prints_all_problems(capsys) -> None:
    sample = HERE / "surveys_bad/twice.toml"
    expected = json.loads(sample.with_suffix(".problems.json").read_text("utf-8"))
    assert main(["check-survey", str(sample), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"problems": [{"file": str(sample), **each} for each in expected]}
    assert main(["check-survey", str(SURVEYS), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "No problems found.\n"
