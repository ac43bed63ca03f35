"""Names of people: a family name or an unknown word before さん, 様 …, full names, names after Mr or before -san.

`spans` works on folded text and gives (kind, start, end). Roles, agencies and kin with さん are everyday speech,
letters (Aさん) are how a case speaks: neither is a name. The lists are `terms/personal.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from facilitation.path import TERMS
from facilitation.personal_numbers import Span
from facilitation.personal_places import everyday

_TERMS = tomllib.loads((TERMS / "personal.toml").read_text("utf-8"))
_PEOPLE, _NAMES = _TERMS["people"], _TERMS["names"]


def _pairs(words: str) -> tuple[frozenset[str], frozenset[str]]:
    listed = words.split()
    return frozenset(listed[::2]), frozenset(listed[1::2])


FAMILIES, _FAMILY_READINGS = _pairs(_NAMES["families"])
_GIVEN, _GIVEN_READINGS = _pairs(_NAMES["given"])
_AMBIGUOUS = frozenset(_NAMES["ambiguous"].split())
_WORDS = frozenset(_PEOPLE["words"].split())
_ENDINGS = tuple(_PEOPLE["endings"].split())
_KATAKANA = frozenset(_PEOPLE["katakana"].split())
_HIRAGANA = frozenset(_PEOPLE["hiragana"].split())
_COMPOUNDS = tuple(_PEOPLE["compounds"].split())

_K = "[一-龥々]"
_TITLE = "さん|サン|さま|様|氏|くん|君|ちゃん|チャン"
_NO_TITLE = (
    "(?:(?<=さん)(?:ざん|ぽ|こう|すう|せい|ぎょう|づけ|にん|かく|しょう|ぷく)|(?<=様)[々子式相態変]|(?<=氏)[名神族])"
)
_TITLED = re.compile(rf"({_K}{{1,8}}|[ァ-ヴー・]{{2,14}}|[A-Za-z]{{2,20}})\s?({_TITLE})(?!{_NO_TITLE})")
_KANA_TITLED = re.compile(rf"([ぁ-ん]{{2,12}})(さん|さま|様|氏|くん|君|ちゃん)(?!{_NO_TITLE})")
_VERB_AFTER = re.compile("だ|で(?:す|は|し)|じゃ|な[らのい]|か[な?？]|よ")
_OFFICES = tuple(_PEOPLE["offices"].split())
_KIN = tuple(_PEOPLE["kin"].split())
_SIGN = re.compile(
    "という(?:名|人|方|男|女|患|子|お|利)|と(?:申|いいます|名乗|面談|面接|電話)|宅|家の|方の|に(?:電話|訪問|面会)|から(?:の?電話|相談|連絡)"
    "|の(?:息子|娘|奥|旦那|御?夫|ご主人|妻|母|父|長男|長女|次男|次女|兄|姉|弟|妹|祖|お母|お父|ケース|件|家)"
    "|が(?:来所|来庁|来院|受診|電話|相談|入院|退院|逮捕|失踪|倒れ)"
)
_RUN = re.compile(rf"{_K}{{2,12}}")
_SPACED = re.compile(rf"(?<!{_K})({_K}{{1,4}}) ({_K}{{1,3}})(?!{_K})")
_LIKE_GIVEN = re.compile(rf"{_K}{{1,2}}[子郎美介輔太香恵代江奈菜夫雄男彦之樹斗翔]")
_MR = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+([A-Z][a-z]+(?:[- ][A-Z][a-z]+)?)")
_SAN = re.compile(r"\b([A-Z][a-z]+)(?:-|\s)(?:san|sama|kun|chan|sensei)\b")
_NAMED = re.compile(r"\b(?:named|name is|is called)\s+([A-Z][a-z]+(?:\s[A-Z][a-z]+)?)")
_CAPITALS = re.compile(r"\b([A-Z][a-z]+)\s([A-Z][a-z]+)\b")
_ROLES = frozenset(_PEOPLE["english"].split())


def spans(text: str) -> Iterator[Span]:
    """Names of people; findings may overlap, the longer come first."""
    yield from _full(text)
    yield from _titled(text)
    yield from _in_kana(text)
    yield from _by_office(text)
    yield from _english(text)


def without_title(words: str) -> str:
    """A name without what stands behind it: 山田 for 山田さん."""
    return re.sub(rf"\s?(?:{_TITLE})$", "", words)


def _full(text: str) -> Iterator[Span]:
    """A family name and a given name, together or with a space between."""
    for found in _RUN.finditer(text):
        run = found[0]
        if any(run[:at] in FAMILIES and _given(run[at:]) for at in range(1, min(5, len(run)))) and len(run) > 2:
            yield "name", found.start(), found.end()
    for found in _SPACED.finditer(text):
        if found[1] in FAMILIES and _given(found[2]):
            yield "name", found.start(), found.end()


def _given(word: str) -> bool:
    return word in _GIVEN or bool(_LIKE_GIVEN.fullmatch(word))


def _titled(text: str) -> Iterator[Span]:
    for found in _TITLED.finditer(text):
        word, title = found.groups()
        length = _name_length(word, title, text[: found.start()], text[found.end() : found.end() + 3])
        if length:
            yield "name", found.end(1) - length, found.end()


def _name_length(word: str, title: str, before: str, after: str) -> int:
    """How many signs at the end of `word` are a name; 0 where none are."""
    if not re.match(_K, word):
        return 0 if nobody(word) or (title == "ちゃん" and after.startswith("と")) else len(word)
    if title in ("様", "さま", "氏", "君") and word in _COMPOUNDS:
        return 0
    known = _known_tail(word)
    if known and (len(known) == len(word) or len(known) > 1):
        return len(known)
    return len(word) if _unknown_name(word, title, before, after) else 0


def _known_tail(word: str) -> str:
    """The longest family or given name at the end of a run of kanji."""
    tails = (word[at:] for at in range(len(word)))
    return next((tail for tail in tails if tail in FAMILIES or (tail in _GIVEN and len(tail) > 1)), "")


def _unknown_name(word: str, title: str, before: str, after: str) -> bool:
    """Whether a run of kanji that no list knows may be a name."""
    if title in ("様", "さま", "氏", "君") and word.endswith(_COMPOUNDS):
        return False
    if nobody(word) or before.endswith(("お", "ご", "御")):
        return False
    if title in ("くん", "ちゃん") and (_VERB_AFTER.match(after) or after.startswith("と")):
        return False
    starts = any(word.startswith(family) for family in FAMILIES if len(family) > 1)
    return 2 <= len(word) <= 4 or (starts and len(word) <= 7)


def nobody(word: str) -> bool:
    """Whether a word before さん is a role, an agency, kin or a letter: nobody's name."""
    if word.isascii():
        return len(word) < 3 or word.isupper()
    if re.match("[ぁ-ん]", word):
        return word in _HIRAGANA
    ends = _ENDINGS if re.match(_K, word) else tuple(known for known in _KATAKANA if len(known) > 2)
    return everyday(word) or word in _WORDS or word.endswith(ends)


def _in_kana(text: str) -> Iterator[Span]:
    for found in _KANA_TITLED.finditer(text):
        run, title = found.groups()
        name = _kana_name(run, title, text[found.end() : found.end() + 3])
        if name:
            yield "name", found.end(1) - len(name), found.end()


def _kana_name(run: str, title: str, after: str) -> str:
    """The name in hiragana at the end of `run`: one whose reading is known, or any short word before ちゃん."""
    readings = _GIVEN_READINGS | _FAMILY_READINGS if title in ("くん", "ちゃん") else _FAMILY_READINGS | _GIVEN_READINGS
    least = 2 if title in ("くん", "ちゃん") else 3
    for at in range(len(run) - least + 1):
        tail, rest = run[at:], run[:at]
        if tail in readings and (not rest or rest[-1] in "のはがをにともやへで") and not _VERB_AFTER.match(after):
            return tail
    tail = run.rpartition("の")[2]
    plain = title != "ちゃん" or after.startswith("と") or not 2 <= len(tail) <= 4 or tail in _HIRAGANA
    return "" if plain or tail.startswith("お") else tail


def _by_office(text: str) -> Iterator[Span]:
    """A known family name before an office or before what only a person does, a given name after kin (長男の拓也)."""
    for found in _RUN.finditer(text):
        run, start = found[0], found.start()
        family = next((run[:at] for at in (4, 3, 2) if run[:at] in FAMILIES), "")
        rest = text[start + len(family) : start + len(family) + 12]
        if family and rest.startswith(_OFFICES):
            yield "name", start, start + len(family) + len(next(o for o in _OFFICES if rest.startswith(o)))
        elif family and family not in _AMBIGUOUS and _SIGN.match(rest):
            yield "name", start, start + len(family)
        kin = text[:start].removesuffix("の").endswith(_KIN)
        given = run if kin else next((run[len(each) :] for each in _KIN if run.startswith(each)), "")
        if len(given) > 1 and given in _GIVEN:
            yield "name", found.end() - len(given), found.end()


def _english(text: str) -> Iterator[Span]:
    for shape in (_MR, _SAN, _NAMED):
        for found in shape.finditer(text):
            if found[1] not in _ROLES:
                yield "name", found.start(), found.end()
    for found in _CAPITALS.finditer(text):
        families, given = _in_letters()
        if {found[1], found[2]} & families and {found[1], found[2]} & given:
            yield "name", found.start(), found.end()


@cache
def _in_letters() -> tuple[frozenset[str], frozenset[str]]:
    """The readings as they stand in a passport."""
    return frozenset(map(_letters, _FAMILY_READINGS)), frozenset(map(_letters, _GIVEN_READINGS))


def _letters(reading: str) -> str:
    spelled = reading
    for kana, latin in _SPELLING:
        spelled = spelled.replace(kana, latin)
    spelled = re.sub("っ(.)", r"\1\1", spelled)
    return re.sub("ou|oo", "o", spelled).replace("uu", "u").capitalize()


_SPELLING = [(re.sub("[a-z]", "", pair), re.sub("[^a-z]", "", pair)) for pair in _NAMES["letters"].split()]
