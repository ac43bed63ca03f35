"""Cases as data: the three real ones, what each variant plays of them, bridges and the panel of facts."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from facilitation.chains import chain
from facilitation.scenario import (
    LANGUAGES,
    Answer,
    BadCase,
    Case,
    Facts,
    Known,
    Person,
    Scene,
    Unknown,
    Variant,
    library,
    load_case,
    read_case,
)

PROJECT = Path(__file__).parent.parent
SCENARIOS = PROJECT / "scenarios"
GOOD = Path(__file__).parent / "cases_good"
IDS = ("case1", "case2", "case3")
BOTH = [(case, language) for case in IDS for language in LANGUAGES]


def real(case: str, language: str = "ja") -> Case:
    return load_case(SCENARIOS / case, language)


def texts(items: tuple[Known | Unknown, ...]) -> list[str]:
    return [item.text for item in items]


def test_the_library_holds_three_cases_in_two_languages() -> None:
    cases = library(SCENARIOS)
    assert {case: list(cases[case]) for case in cases} == {case: ["ja", "en"] for case in IDS}


@pytest.mark.parametrize(("case", "language"), BOTH)
def test_a_real_case_has_five_scenes_and_every_variant(case: str, language: str) -> None:
    loaded = real(case, language)
    assert (loaded.id, loaded.language, loaded.locked) == (case, language, False)
    assert [scene.n for scene in loaded.scenes] == [1, 2, 3, 4, 5]
    assert [variant.id for variant in loaded.variants] == ["full", "120min", "60min", "oac_40min"]


def test_the_variants_play_the_scenes_and_minutes_they_name() -> None:
    played = {
        (case, variant): [(scene.n, scene.minutes) for scene in real(case).played(variant)]
        for case in IDS
        for variant in ("120min", "60min", "oac_40min")
    }
    assert played == {
        ("case1", "120min"): [(1, 10), (2, 10), (3, 10), (4, 12)],
        ("case1", "60min"): [(1, 8), (3, 8), (4, 8)],
        ("case1", "oac_40min"): [(2, 11), (4, 11)],
        ("case2", "120min"): [(1, 10), (3, 12), (4, 10), (5, 12)],
        ("case2", "60min"): [(1, 8), (4, 8), (5, 8)],
        ("case2", "oac_40min"): [(3, 11), (4, 11)],
        ("case3", "120min"): [(1, 10), (3, 10), (4, 12), (5, 12)],
        ("case3", "60min"): [(1, 8), (3, 8), (5, 8)],
        ("case3", "oac_40min"): [(3, 11), (5, 11)],
    }


def test_the_full_cases_last_as_long_as_planned() -> None:
    assert [sum(scene.minutes for scene in real(case).played("full")) for case in IDS] == [54, 52, 52]


def test_the_chains_of_the_cases_have_the_known_warmth() -> None:
    warmth = {
        (case, path.id): chain(link.handovers for link in path.links).warmth
        for case in IDS
        for path in real(case).chains
    }
    assert warmth == {
        ("case1", "final"): (2, 1),
        ("case2", "final"): (3,),
        ("case2", "first_try"): (0,),
        ("case3", "final"): (3,),
    }


def test_the_chains_name_the_agencies_on_the_way() -> None:
    ways = [[(link.from_, link.to) for link in real(case).chains[0].links] for case in IDS]
    assert ways == [[("CITY_CHILD", "CSC"), ("CSC", "SHG_FAMILY")], [("CONSULT", "CSC")], [("MED", "ANY")]]


def test_a_bridge_is_the_reveal_of_the_scene_before() -> None:
    case = real("case1")
    bridges = [case.bridge("full", position) for position in range(6)]
    assert bridges == [(), *((scene.reveal,) for scene in case.scenes)]


def test_a_bridge_carries_the_reveals_of_skipped_scenes() -> None:
    case = real("case1")
    one, two, three, four, five = (scene.reveal for scene in case.scenes)
    assert [case.bridge("60min", position) for position in range(4)] == [(), (one, two), (three,), (four, five)]
    assert [case.bridge("oac_40min", position) for position in range(3)] == [(one,), (two, three), (four, five)]


@pytest.mark.parametrize(("case", "variant"), [(case, v) for case in IDS for v in ("full", "60min", "oac_40min")])
def test_every_reveal_is_told_once_in_any_variant(case: str, variant: str) -> None:
    loaded = real(case)
    told = [line for p in range(len(loaded.played(variant)) + 1) for line in loaded.bridge(variant, p)]
    assert told == [scene.reveal for scene in loaded.scenes]


def test_the_first_panel_has_only_new_items() -> None:
    case = real("case1")
    assert case.facts("full", 0) == Facts(new_known=case.scenes[0].known, new_unknown=case.scenes[0].unknown)


def test_a_later_fact_strikes_off_the_unknown_it_answers() -> None:
    case = real("case1")
    first, second = case.scenes[:2]
    assert case.facts("full", 1) == Facts(
        new_known=second.known,
        earlier_known=first.known,
        new_unknown=second.unknown,
        earlier_unknown=first.unknown[1:],
        answered=(Answer(first.unknown[0], second.known[0], new=True),),
    )


def test_an_answer_is_new_in_its_own_scene_only() -> None:
    answered = real("case1").facts("full", 2).answered
    assert [(answer.unknown.id, answer.known.id, answer.new) for answer in answered] == [
        ("u1-1", "k2-1", False),
        ("u2-1", "k3-1", True),
    ]


def test_the_newest_open_questions_come_first() -> None:
    assert texts(real("case3").facts("full", 1).open_unknown) == [
        "他の機関の強み",
        "借金や生活費の状況",
        "家族の状況",
        "気分の落ち込みや安全",
    ]


def test_what_a_skipped_scene_would_have_told_is_new_with_the_next() -> None:
    case = real("case1")
    panel = case.facts("60min", 1)
    assert panel.new_known == case.scenes[1].known + case.scenes[2].known
    assert panel.earlier_known == case.scenes[0].known


def test_a_question_raised_and_settled_unseen_is_not_shown() -> None:
    panel = real("case1").facts("60min", 1)
    shown = panel.open_unknown + tuple(answer.unknown for answer in panel.answered)
    assert "u2-1" not in {unknown.id for unknown in shown}


@pytest.mark.parametrize(("case", "language"), BOTH)
def test_at_the_end_every_item_of_a_case_is_on_the_panel_once(case: str, language: str) -> None:
    loaded = real(case, language)
    panel = loaded.facts("full", 4)
    answered = tuple(answer.unknown for answer in panel.answered)
    assert sorted(known.id for known in panel.known) == sorted(k.id for s in loaded.scenes for k in s.known)
    assert sorted(u.id for u in panel.open_unknown + answered) == sorted(u.id for s in loaded.scenes for u in s.unknown)
    assert len(answered) >= 4


def test_the_panel_after_the_last_scene_holds_what_was_skipped_to_the_end() -> None:
    case = real("case1")
    assert case.facts("60min", 3).new_known == case.scenes[4].known


def test_a_position_outside_the_variant_is_an_error() -> None:
    case = real("case1")
    for position in (-1, 4):
        with pytest.raises(IndexError):
            case.bridge("60min", position)


def test_a_variant_that_is_not_there_is_an_error() -> None:
    least, _ = read_case((GOOD / "least.toml").read_bytes(), "least.toml")
    assert least is not None
    with pytest.raises(KeyError):
        least.played("60min")


def test_what_an_author_may_leave_out_has_a_value() -> None:
    least, problems = read_case((GOOD / "least.toml").read_bytes(), "least.toml")
    assert problems == []
    assert least is not None
    assert (least.sensitivity, least.aims.P2, least.cast[0].agency, least.scenes[0].tracks) == (0, "none", None, ())


def test_a_file_saved_by_windows_reads_the_same() -> None:
    plain = (GOOD / "least.toml").read_text("utf-8")
    windows = b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode()
    assert read_case(windows, "a.toml") == read_case(plain, "a.toml")


def test_a_case_cannot_be_changed_and_can_be_a_key() -> None:
    case = real("case1")
    with pytest.raises(ValueError, match="frozen"):
        case.title = "別の題"
    assert {case: 1}[real("case1")] == 1


def test_loading_a_bad_case_tells_all_its_problems(tmp_path: Path) -> None:
    (tmp_path / "ja.toml").write_text('id = "x"\nid = "y"\n!', "utf-8")
    with pytest.raises(BadCase) as error:
        load_case(tmp_path, "ja")
    assert [(problem.place, problem.key) for problem in error.value.problems] == [("id", "twice"), ("line 3", "syntax")]


def test_loading_a_language_that_is_not_there_is_a_bad_case(tmp_path: Path) -> None:
    with pytest.raises(BadCase) as error:
        load_case(tmp_path, "en")
    assert [problem.key for problem in error.value.problems] == ["cannot_read"]


def test_the_library_leaves_out_a_bad_case_and_keeps_the_others(tmp_path: Path) -> None:
    shutil.copytree(SCENARIOS, tmp_path / "scenarios")
    (tmp_path / "scenarios/case2/en.toml").write_text("id = 5", "utf-8")
    (tmp_path / "scenarios/case3/en.toml").unlink()
    cases = library(tmp_path / "scenarios")
    assert {case: list(cases[case]) for case in cases} == {"case1": ["ja", "en"], "case3": ["ja"]}


def test_the_library_leaves_out_a_case_whose_languages_differ(tmp_path: Path) -> None:
    shutil.copytree(SCENARIOS / "case1", tmp_path / "case1")
    english = tmp_path / "case1/en.toml"
    english.write_text(english.read_text("utf-8").replace("minutes = 12", "minutes = 13", 1), "utf-8")
    assert library(tmp_path) == {}


def test_the_template_for_authors_is_a_case_without_problems() -> None:
    template = re.search(r"```toml\n(.*?)```", (SCENARIOS / "README.md").read_text("utf-8"), re.DOTALL)
    assert template is not None
    case, problems = read_case(template[1], "README.md")
    assert problems == []
    assert case is not None


def test_the_template_for_authors_shows_every_item() -> None:
    template = re.search(r"```toml\n(.*?)```", (SCENARIOS / "README.md").read_text("utf-8"), re.DOTALL)
    assert template is not None
    shown = tomllib.loads(template[1])
    assert set(shown) == {field.alias or name for name, field in Case.model_fields.items()}
    for part, row in ((Scene, shown["scene"][1]), (Variant, shown["variant"][1]), (Person, shown["cast"][0])):
        assert set(row) == set(part.model_fields)
