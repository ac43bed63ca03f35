"""Checking cases: samples with their exact problems, both languages, and hostile files (F17)."""

import json
import re
import shutil
import string
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.scenario import checked, load_case, read_case
from facilitation.scenario_check import check_files, check_pair
from facilitation.scenario_guard import DEEPEST, MOST_BYTES, MOST_ESCAPES, MOST_LINES, MOST_NODES
from facilitation.scenario_problem import SENTENCES, Problem

HERE = Path(__file__).parent
SCENARIOS = HERE.parent / "scenarios"
BAD = sorted((HERE / "cases_bad").glob("*.toml"))
LEAST = (HERE / "cases_good/least.toml").read_text("utf-8")
GENEROUS = 0.5
"""Seconds of computing: hostile files take under 0.05 s on two cores; the guard is for slower machines."""


@pytest.mark.parametrize("sample", BAD, ids=lambda path: path.stem)
def test_a_bad_sample_has_exactly_its_problems(sample: Path) -> None:
    expected = json.loads(sample.with_suffix(".problems.json").read_text("utf-8"))
    found = [problem.row() for problem in check_files([sample], "ja")]
    assert found == [{"file": str(sample), **problem} for problem in expected]


def test_the_good_samples_have_no_problems() -> None:
    assert check_files(sorted((HERE / "cases_good").glob("*.toml")), "ja") == []


@pytest.mark.parametrize("path", ["", "case1", "case2/ja.toml", "case3/en.toml"])
def test_the_real_cases_have_no_problems(path: str) -> None:
    assert check_files([SCENARIOS / path], "ja") == []


def test_problems_are_told_in_the_language_of_the_reader() -> None:
    sample = HERE / "cases_bad/not_utf8.toml"
    assert [check_files([sample], language)[0].problem for language in ("ja", "en")] == [
        "文字コードがUTF-8ではありません。「UTF-8」を選んで保存し直してください。",
        "The file is not in UTF-8. Save it again with the encoding UTF-8.",
    ]


def test_the_sentences_have_the_same_keys_and_placeholders_in_both_languages() -> None:
    def placeholders(language: str) -> dict[str, set[str | None]]:
        parts = {key: string.Formatter().parse(text) for key, text in SENTENCES[language].items()}
        return {key: {name for _, name, _, _ in found if name is not None} for key, found in parts.items()}

    assert placeholders("ja") == placeholders("en")
    assert list(SENTENCES["ja"]) == list(SENTENCES["en"])


def english(tmp_path: Path, change: Callable[[str], str]) -> Path:
    """The folder of case 1 with a change in its English file."""
    folder = tmp_path / "case1"
    shutil.copytree(SCENARIOS / "case1", folder)
    file = folder / "en.toml"
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    return folder


def told(problems: list[Problem]) -> list[tuple[str, str, dict[str, str | int]]]:
    return [(problem.place, problem.key, dict(problem.values)) for problem in problems]


def test_the_languages_of_a_case_must_agree_in_everything_but_words(tmp_path: Path) -> None:
    def change(text: str) -> str:
        text = text.replace("minutes = 12", "minutes = 15", 1).replace('stages = ["S1"]', 'stages = ["S1", "S2"]')
        text = text.replace('id = "k2-2"', 'id = "k2-9"').replace('  { id = "u5-2", text = "The outlook for', "  #", 1)
        text = text.replace('handovers = ["H2_contact"]', 'handovers = ["H3_accompany"]')
        return text.replace("scenes = [2, 4]", "scenes = [2, 5]")

    folder = english(tmp_path, change)
    assert told(check_files([folder], "en")) == [
        ("chain[1].links[1].handovers", "differs", {"ja": "H2_contact", "en": "H3_accompany"}),
        ("scene[1].stages", "differs", {"ja": "S1", "en": "S1, S2"}),
        ("scene[2].known[2].id", "differs", {"ja": "k2-2", "en": "k2-9"}),
        ("scene[4].minutes", "differs", {"ja": "12", "en": "15"}),
        ("scene[5].unknown[2].id", "only_ja", {}),
        ("scene[5].unknown[2].text", "only_ja", {}),
        ("variant[4].scenes", "differs", {"ja": "2, 4", "en": "2, 5"}),
    ]


def test_both_files_of_a_case_are_compared_as_well(tmp_path: Path) -> None:
    folder = english(tmp_path, lambda text: text.replace("version = 1", "version = 2"))
    files = [folder / "en.toml", folder / "ja.toml"]
    assert [problem.row() for problem in check_files(files, "en")] == [
        {
            "file": str(folder / "en.toml"),
            "place": "version",
            "problem": "This is different from the Japanese file (Japanese: 1; English: 2).",
        }
    ]
    assert check_files(files[:1], "en") == []


def test_what_only_the_english_file_has_is_told(tmp_path: Path) -> None:
    change = 'name = "The person who came (a wife and mother)"\n'
    folder = english(tmp_path, lambda text: text.replace(change, f'{change}agency = "CSC"\n'))
    ja, en = load_case(folder, "ja"), load_case(folder, "en")
    assert told(check_pair(ja, en)) == [("cast[2].agency", "only_en", {})]


def test_a_file_in_the_wrong_language_is_told(tmp_path: Path) -> None:
    shutil.copy(SCENARIOS / "case1/ja.toml", tmp_path / "en.toml")
    assert told(check_files([tmp_path], "ja")) == [("language", "language_of_file", {"value": "ja"})]


def test_two_cases_may_not_share_an_id(tmp_path: Path) -> None:
    for name in ("case1", "copy"):
        shutil.copytree(SCENARIOS / "case1", tmp_path / name)
    assert [(p.file, *told([p])[0]) for p in check_files([tmp_path], "ja")] == [
        (str(tmp_path / "copy" / file), "id", "same_case", {"value": "case1", "first": "case1"})
        for file in ("en.toml", "ja.toml")
    ]


def test_a_place_without_cases_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.toml"
    assert [(p.file, p.key) for p in check_files([tmp_path, missing], "ja")] == [
        (str(tmp_path), "no_case"),
        (str(missing), "cannot_read"),
    ]


def test_a_key_written_twice_is_placed_by_the_headings_above_it() -> None:
    text = LEAST.replace('title = "体のことから"', 'title = "体のことから"\ntitle = """\n二行の\n題"""')
    assert told(read_case(text, "a.toml")[1]) == [("scene[2].title", "twice", {"line": 51})]


def test_a_broken_scene_does_not_hide_what_is_wrong_in_another() -> None:
    text = LEAST.replace("minutes = 10", 'minutes = "10"').replace("u1-1", "u1-2", 1)
    assert told(read_case(text, "a.toml")[1]) == [
        ("scene[1].minutes", "int_type", {}),
        ("scene[2].known[1].answers", "answers_nothing", {"id": "u1-1"}),
    ]


def test_english_stories_may_be_longer() -> None:
    story = re.search(r'narrative = "(.*)"', LEAST)
    assert story is not None
    longer = LEAST.replace(story[1], "あ" * 300)
    assert told(read_case(longer, "a.toml")[1]) == [
        ("scene[1].narrative", "length", {"length": 300, "low": 120, "high": 250})
    ]
    assert "scene[1].narrative" not in {p.place for p in read_case(longer.replace('"ja"', '"en"'), "a.toml")[1]}


HOSTILE: dict[str, tuple[str | bytes, list[str]]] = {
    "ten megabytes": (b"a" * 10_000_000, ["too_big"]),
    "a little too large": ("あ" * (MOST_BYTES // 3 + 1), ["too_big"]),
    "no text": (bytes(range(256)) * 100, ["not_utf8"]),
    "lone surrogate": ("a = '\ud800'", ["not_utf8"]),
    "bomb of brackets": ("a = " + "[" * 99_000 + "]" * 99_000, ["too_many_nodes"]),
    "deep brackets": ("a = " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), ["too_deep"]),
    "deep braces": ("a = " + "{a = " * (DEEPEST + 1) + "1" + "}" * (DEEPEST + 1), ["too_deep"]),
    "dotted key": ("a" + ".a" * 90_000 + " = 1", ["too_deep"]),
    "dotted heading": ("[a" + ".a" * 90_000 + "]\n" + "b = 1\n" * 100, ["too_deep"]),
    "quoted dots": ('"a"' + '."a"' * 40_000 + " = 1", ["too_deep"]),
    "headings": ("[[scene]] " * 19_000, ["too_many_nodes"]),
    "lines": ("\n" * MOST_BYTES, ["too_many_lines"]),
    "comments": ("#\n" * (MOST_BYTES // 2), ["too_many_lines"]),
    "keys": ("".join(f"k{i} = 1\n" for i in range(MOST_LINES + 1)), ["too_many_lines"]),
    "escapes": ('a = "' + "\\n" * 90_000 + '"', ["too_many_escapes"]),
    "long string": ('a = "' + "x" * 190_000 + '"', ["string_too_long"]),
    "strings never closed": ('"""\n\\' * (MOST_ESCAPES - 1), ["string_too_long"]),
    "long number": ("a = " + "9" * 190_000, ["syntax_value"]),
    "blank ten times over": ("a = 1\n" * 20 + " " * 190_000, ["twice", "twice"]),
    "facts without end": ("[[scene]]\nknown = [" + "{}, " * (MOST_NODES // 2 - 10) + "]", ["too_long"]),
    "numbers for scenes": ("scene = [" + "1, " * (MOST_NODES - 100) + "]", ["too_long"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_f17_a_hostile_file_is_refused_at_once(name: str) -> None:
    content, keys = HOSTILE[name]
    start = time.thread_time()
    case, problems = read_case(content, "hostile.toml")
    seconds = time.thread_time() - start
    print(f"{name}: {seconds * 1000:.1f} ms")
    assert (case, [problem.key for problem in problems]) == (None, keys)
    assert seconds < GENEROUS


def test_f17_the_parser_alone_would_not_refuse_a_bomb() -> None:
    with pytest.raises(RecursionError):
        tomllib.loads(str(HOSTILE["bomb of brackets"][0]))


WIDE: dict[str, str] = {
    "unknown keys": "".join(f"k{i} = 1\n" for i in range(MOST_NODES)),
    "unknown tables": "".join(f"[k{i}]\n" for i in range(MOST_NODES)),
    "empty facts": "[[scene]]\nknown = [" + "{}, " * 30 + "]\n",
    "empty scenes": "[[scene]]\nknown = [{}, {}, {}, {}, {}, {}, {}, {}]\n" * 30,
    "repeated keys": "a = 1\n" * MOST_NODES,
}


@pytest.mark.parametrize("name", WIDE)
def test_f17_many_problems_are_told_as_fast(name: str) -> None:
    start = time.thread_time()
    case, problems = read_case(WIDE[name], "wide.toml")
    seconds = time.thread_time() - start
    print(f"{name}: {len(problems)} problems in {seconds * 1000:.1f} ms")
    assert case is None
    assert len(problems) >= 10
    assert seconds < GENEROUS


def test_f17_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    with file.open("wb") as hole:
        hole.truncate(10_000_000_000)
    start = time.perf_counter()
    problems = check_files([file], "ja")
    print(f"10 GB: {(time.perf_counter() - start) * 1000:.1f} ms")
    assert [problem.problem for problem in problems] == ["ファイルが大きすぎます（200 kBまで）。"]


@pytest.mark.parametrize(
    "name", ["../case1", "/etc/passwd", "C:\\case1", "case1/..", "", ".", "a" * 41, "事例", "a\nb"]
)
def test_f17_an_id_is_never_a_path(name: str) -> None:
    text = LEAST.replace('id = "least"', f"id = {json.dumps(name)}")
    assert [(problem.place, problem.key) for problem in read_case(text, "a.toml")[1]] == [("id", "bad_id")]


def test_f17_words_of_a_hostile_file_are_quoted_short_and_plain() -> None:
    text = LEAST.replace("version = 1", f'version = 1\n"\\u001b[31m{"x" * 500}" = 1')
    text = text.replace('"ELDER"', '"{a}\\n<b>"', 1)
    (agency, key) = sorted(read_case(text, "a.toml")[1], key=lambda problem: problem.key, reverse=True)
    assert agency.text("en") == "There is no agency type “{a}�<b>”."
    assert (key.place, key.key) == ("�[31m" + "x" * 115 + "…", "extra_forbidden")


def whole(content: str | bytes) -> None:
    """Whatever is read gives a case or problems, and every problem can be told in both languages."""
    case, problems = read_case(content, "random.toml")
    assert (case is None) == bool(problems)
    for problem in problems:
        assert all(problem.text(language).isprintable() for language in ("ja", "en"))
        assert problem.place.isprintable()


@given(st.binary(max_size=2000))
def test_f17_random_bytes_never_crash(content: bytes) -> None:
    whole(content)


@given(st.text(max_size=500), st.text(alphabet="[]{}\"'=.,#\\\n a1", max_size=500))
def test_f17_random_text_never_crashes(anything: str, signs: str) -> None:
    whole(anything)
    whole(signs)


@given(st.integers(0, len(LEAST)), st.integers(0, 60), st.text(alphabet="[]{}\"'=.,#\\\n a1S９", max_size=12))
def test_f17_a_case_with_a_piece_replaced_never_crashes(start: int, length: int, piece: str) -> None:
    whole(LEAST[:start] + piece + LEAST[start + length :])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=8), parts, max_size=4),
    max_leaves=8,
)


@given(st.data())
def test_f17_a_wrong_type_anywhere_is_a_problem_and_never_a_crash(data: st.DataObject) -> None:
    rows = tomllib.loads(LEAST)
    place: dict[str, object] = data.draw(st.sampled_from([rows, rows["scene"][0], rows["scene"][1]["known"][0]]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(VALUES)
    case, problems = checked(rows)
    assert (case is None) == bool(problems)
    assert all(problem.text("ja") for problem in problems)
