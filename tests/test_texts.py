"""Words on the screens: both languages say the same, they blame nobody, and every text the code asks for exists."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from facilitation.texts import files

PROJECT = Path(__file__).parents[1]
TEXTS = PROJECT / "facilitation" / "texts"
SWITCH = "language.switch"
"""The one text that stands in the other language."""


def flat(value: Any, at: str = "") -> list[tuple[str, str]]:
    """Every text of a TOML table with its place, in order: `card.long`, `agencies.3.ja`."""
    if isinstance(value, dict):
        return [pair for name, inner in value.items() for pair in flat(inner, f"{at}.{name}" if at else name)]
    if isinstance(value, list):
        return [pair for n, inner in enumerate(value, 1) for pair in flat(inner, f"{at}.{n}")]
    return [(at, value)] if isinstance(value, str) else []


def texts(file: Path) -> dict[str, str]:
    return dict(flat(tomllib.loads(file.read_text("utf-8"))))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def brief(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


JA = {key: text for file in files("ja") for key, text in texts(file).items()}
EN = {key: text for file in files("en") for key, text in texts(file).items()}


# --- both languages --------------------------------------------------------------------------------------------------

JAPANESE = sorted(TEXTS.glob("*ja.toml"))


def in_english(file: Path) -> dict[str, str]:
    return texts(file.with_name(file.name.replace("ja.toml", "en.toml")))


@pytest.mark.parametrize("file", JAPANESE, ids=lambda file: file.name)
def test_the_english_texts_have_the_same_keys_in_the_same_order(file):
    assert list(in_english(file)) == list(texts(file))


@pytest.mark.parametrize("file", JAPANESE, ids=lambda file: file.name)
def test_each_english_text_has_the_placeholders_of_the_japanese_one(file):
    english = in_english(file)
    differ = {key: text for key, text in texts(file).items() if placeholders(text) != placeholders(english[key])}
    assert not differ


def test_no_key_stands_in_two_files():
    assert len(JA) == sum(len(texts(file)) for file in files("ja"))


def test_a_text_is_left_empty_in_both_languages_or_in_none():
    assert {key for key in JA if not JA[key].strip()} == {key for key in EN if not EN[key].strip()}


LATIN = frozenset(
    (
        "QR",
        "Wi-Fi",
        "HTML",
        "JavaScript",
        "CSV",
        "Excel",
        "SQLite",
        "PostgreSQL",
        "pysqlite",
        "Python",
        "Windows",
        "SOS",
        "USB",
        "MB",
        "Ctrl",
        "venv",
        "replaced",
        "DATA",
        "DATABASE",
        "DIR",
        "URL",
        "fill",
        "scenarios",
        "enter",
        "English",
        "XN",
    )
)
"""What people in Japan read in Latin letters, names of files and folders, and the letters of the example code."""


def test_no_stray_english_word_stands_in_the_japanese_texts():
    stray = {}
    for key, text in JA.items():
        words = re.findall(r"[A-Za-z][A-Za-z-]*[A-Za-z]", re.sub(r"\{[^}]*\}", " ", text))
        if found := [word for word in words if word not in LATIN]:
            stray[key] = found
    assert not stray


def test_no_japanese_stands_in_the_english_texts():
    japanese = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
    assert {key for key, text in EN.items() if japanese.search(text)} == {SWITCH}


# --- words that blame ------------------------------------------------------------------------------------------------

HURTING = re.compile(
    "|".join(
        (
            # about the person
            "アル中|ヤク中|薬中|ジャンキー|ギャンブル中毒|パチンカス|依存者|依存症者|中毒者|廃人|人間やめ",
            "意志が弱|だらしな|甘え|自業自得|自己責任|否認|病識|やる気がな|拒否的|底つき|底を?つ[いく]",
            "スリップ|(?<!ス)クリーン|健常者|普通の人|処遇|指導に従わ|自殺企図者|自殺未遂者",
            # about the family
            "尻ぬぐい|尻拭い|共依存|機能不全家族|イネーブ|イネイブ",
            # about a case
            "困難ケース|問題ケース|困難事例|多問題家族",
            # about agencies, and about people as a means
            "丸投げ|押し付け|押しつけ|たらい回し|役割を果たしていない|使えない機関|ランキング|順位|ワースト",
            "活用する人材|人材を活用",
            # English
            r"\b(?:addicts?|alcoholics?|abus(?:e|es|ed|er|ers|ing|ive)|clean|dirty|junk(?:ie|ies|y)|denial)\b",
            r"\b(?:non-?complian(?:t|ce)|enabl(?:e|es|ed|er|ers|ing)|co-?dependen(?:t|ce|cy)|unmotivated|useless)\b",
            r"\b(?:rankings?|league table|worst)\b",
        )
    ),
    re.IGNORECASE,
)

ABOUT_CHILDREN_OR_SAFETY = {
    ("facilitation/terms/agencies.toml", "duty to notify child abuse"),
    ("facilitation/terms/path.toml", "Safety (suicidal thoughts, abuse, violence …)"),
}
"""The name of a danger, not of a person: (file, words that may stand there)."""

HINT_KEYS = re.compile(r"(^|\.)(avoid|hints?)(\.|$)")
"""Lists of words to avoid name them."""


def written() -> Iterator[tuple[str, str, str]]:
    """(file, key, text) of everything that people can read from a file of ours."""
    for folder in (TEXTS, PROJECT / "facilitation" / "terms", PROJECT / "scenarios", PROJECT / "surveys"):
        for file in sorted(folder.rglob("*.toml")):
            for key, text in texts(file).items():
                yield brief(file), key, text


def test_no_text_holds_a_word_that_hurts_a_person_a_family_or_an_agency():
    found = []
    for file, key, text in written():
        for excepted, words in ABOUT_CHILDREN_OR_SAFETY:
            text = text.replace(words, "") if file == excepted else text
        if not HINT_KEYS.search(key) and (hit := HURTING.search(text)):
            found.append((file, key, hit.group()))
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "アル中の人",
        "本人は意志が弱い",
        "行政に丸投げされた",
        "役割を果たしていない機関",
        "順位",
        "an addict",
        "Enabling",
    ],
)
def test_the_walk_knows_the_words_it_looks_for(text):
    assert HURTING.search(text)


@pytest.mark.parametrize("text", ["依存症の本人", "スクリーンに映します", "a person with addiction", "clearly"])
def test_the_walk_lets_respectful_words_pass(text):
    assert not HURTING.search(text)


# --- what the code asks for ------------------------------------------------------------------------------------------

CODE = sorted((PROJECT / "facilitation").rglob("*.py")) + sorted((PROJECT / "pages").glob("*.py"))
SPEAKERS = [
    file
    for file in CODE
    if brief(file).startswith(("pages/", "facilitation/screen/"))
    or "from facilitation.texts import" in file.read_text("utf-8")
]
"""Files that speak with this catalogue; the `say` of the command line and of the analysis have their own."""


def literals(node: ast.expr) -> list[str]:
    """The texts an expression can be: a literal, or either side of `a if … else b`; an f-string ends with `*`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return [f"{node.values[0].value}*"]
    return []


def calls(file: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in names:
                yield node


def spoken() -> Iterator[tuple[str, str, ast.Call]]:
    """(place, key, call) of every `say("key")` and `say(language, "key")`."""
    for file in SPEAKERS:
        for call in calls(file, "say"):
            keys = [key for part in call.args[:2] for key in literals(part) if key not in ("ja", "en")]
            yield from ((f"{brief(file)}:{call.lineno}", key, call) for key in keys)


def known(key: str) -> bool:
    return any(name.startswith(key[:-1]) for name in JA) if key.endswith("*") else key in JA


def test_every_text_the_code_asks_for_is_in_the_catalogue():
    assert not [(place, key) for place, key, _ in spoken() if not known(key)]


def test_every_key_handed_on_by_name_is_in_the_catalogue():
    """`("desk.wall_link", "/projector")`, `label = "desk.end_now"`: what looks like a key of a table of ours is one."""
    tables = "|".join({key.partition(".")[0] for key in JA if "." in key})
    like_a_key = re.compile(rf"(?:{tables})\.[a-z_0-9.]+")
    unknown = []
    for file in SPEAKERS:
        nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
        pieces = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in nodes:
            key = node.value if isinstance(node, ast.Constant) and id(node) not in pieces else None
            if not isinstance(key, str) or key.endswith((".py", ".html", ".js")):
                continue
            if like_a_key.fullmatch(key) and key not in JA:
                unknown.append((f"{brief(file)}:{node.lineno}", key))
    assert not unknown


def test_the_code_fills_every_placeholder_of_the_texts_it_asks_for():
    unfilled = []
    for place, key, call in spoken():
        given = {keyword.arg for keyword in call.keywords}
        if key in JA and None not in given and not placeholders(JA[key]) <= given:  # None: `**names`
            unfilled.append((place, key))
    assert not unfilled


def refusals(file: Path) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Where its key stands: `Refused("key")`, `Problem("field", "key")`, `_words(…, "key")`, `refused="key"`."""
    places = {"Refused": 0, "_words": 2}
    if "from facilitation.access import" in file.read_text("utf-8"):  # other modules have problems of their own
        places["Problem"] = 1
    for name, n in places.items():
        yield from ((call, call.args[n]) for call in calls(file, name) if len(call.args) > n)
    for call in calls(file, "see"):
        yield from ((call, keyword.value) for keyword in call.keywords if keyword.arg == "refused")


def test_every_refusal_has_its_sentence():
    asked = [(f"{brief(f)}:{call.lineno}", key) for f in CODE for call, at in refusals(f) for key in literals(at)]
    assert len(asked) > 20, "hardly a refusal found: the walk looks in the wrong place"
    assert not [(place, key) for place, key in asked if not known(f"refused.{key}")]
