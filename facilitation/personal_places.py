"""Personal data that is a place: an address, the name of a hospital, a school, a house of care, a firm.

`spans` works on folded text and gives (kind, start, end). A house is named where something stands before its kind
that is no everyday word: みどり病院, but not 精神科病院 or 近くの病院 (`terms/personal.toml`).
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from facilitation.agencies import AGENCIES
from facilitation.path import TERMS
from facilitation.personal_numbers import Span

_TERMS = tomllib.loads((TERMS / "personal.toml").read_text("utf-8"))
_WORDS = _TERMS["facilities"]
_UNITS = _TERMS["numbers"]["units"].replace(" ", "|")
_FAMILIES = frozenset(_TERMS["names"]["families"].split())

_K = "[一-龥々ヶ]"
_N = "[0-9〇一二三四五六七八九十]{1,4}"
_D = "[-‐‑‒–—―−ー]"

_ADDRESS = re.compile(
    rf"{_K}{{0,12}}{_N}丁目(?:{_N}(?:番地?(?:の?{_N})?(?:{_N}号)?|{_D}[0-9]{{1,4}}(?:{_D}[0-9]{{1,4}})?))"
    rf"|{_K}{{2,12}}{_N}丁目"
    rf"|{_K}{{0,12}}{_N}番地(?:の?{_N})?(?:{_N}号)?"
    rf"|{_K}{{0,12}}{_N}番{_N}号(?:室|棟)?"
    rf"|(?<!令和)(?<!平成)(?<!昭和)(?:{_K}{{2,12}}|{_K}[ぁ-んァ-ヶ]{{1,5}})(?<!資料)(?<!様式)(?<!別紙)(?<!事例)(?<!番号)(?<!場面)(?<!項目)"
    rf"[0-9]{{1,3}}{_D}[0-9]{{1,4}}{_D}[0-9]{{1,4}}(?![0-9-])"
    rf"|{_K}{{1,6}}[町通丁台]{_N}{_D}[0-9]{{1,4}}(?![0-9-]|\s?(?:{_UNITS}))"
    rf"|[市区町村]{_K}{{1,6}}[0-9]{{1,4}}{_D}[0-9]{{1,4}}(?![0-9-]|\s?(?:{_UNITS}))"
    r"|(?:マンション|アパート|ハイツ|コーポ|メゾン|レジデンス|団地|荘|ハイム|パレス|ビラ|ヴィラ)[一-龥ぁ-んァ-ヶーA-Za-z0-9]{0,10}?[0-9]{1,4}号(?:室|棟)?"
    r"|住所[はが:：\s]{1,2}[^\s、。]{2,20}[市区町村郡][^\s、。はがをに]{2,20}"
    r"|\b[0-9]{1,5} [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive)\b"
    r"|\b[0-9]{1,4}(?:-[0-9]{1,4}){1,2},? [A-Z][a-z]+-?(?:cho|machi|ku|shi|dori|chome)\b"
    r"|\b[A-Z][a-z]+-?(?:cho|machi|ku|shi|dori) [0-9]{1,4}(?:-[0-9]{1,4}){1,2}\b"
)
_MAYBE = re.compile("[0-9]|丁目|番地|番[〇一二三四五六七八九十]|号|住所")
"""No address stands in a text without one of these; most texts are not looked through any further."""
_SUFFIX = re.compile("|".join(sorted(_WORDS["suffixes"].split(), key=len, reverse=True)))
_FIRM = re.compile(
    rf"(?:株式会社|有限会社|合同会社|\(株\)|\(有\))\s?(?:{_K}|[ァ-ヶーA-Za-z]){{2,15}}|(?:{_K}|[ァ-ヶーA-Za-z]){{2,15}}(?:株式会社|有限会社|合同会社|\(株\)|\(有\))"
)
_ENGLISH = re.compile(
    r"\b((?:St\.? )?[A-Z][a-z]+(?:'s)?) (?:(?:General|Mental|Memorial|Elementary|Primary|Junior|High|Family|Central)"
    r" ){0,2}(?:Hospital|Clinic|School|University|Pharmacy|Nursery|Kindergarten|College)\b"
)
_KINDS_OF_HOUSE = frozenset(_WORDS["english"].split())
_BEFORE = re.compile(r"[一-龥々ヶァ-ヴーA-Za-z]{1,16}$")
_HIRAGANA = re.compile(r"[ぁ-ん]{2,8}$")
_NAMES = tuple(sorted(_WORDS["hiragana"].split(), key=len, reverse=True))
_PLAIN = tuple(_WORDS["plain"].split())
_RUN_BY = ("市立", "県立", "府立", "町立", "村立", "区立")
_ATTRIBUTES = "のなるいたくてにをはがともうむすつぬぶよか"
"""No name of a house ends with these; what stands before it does: 近くの, いる, 大きな …"""


def spans(text: str) -> Iterator[Span]:
    """Addresses first, then houses by name."""
    if _MAYBE.search(text):
        for found in _ADDRESS.finditer(text):
            yield "address", found.start(), found.end()
    for found in _SUFFIX.finditer(text):
        start = _named_from(text[: found.start()])
        if start >= 0:
            yield "facility", start, found.end()
    for found in _FIRM.finditer(text):
        yield "facility", found.start(), found.end()
    for found in _ENGLISH.finditer(text):
        if found[1] not in _KINDS_OF_HOUSE:
            yield "facility", found.start(), found.end()


def everyday(words: str, least: int = 1) -> bool:
    """Whether `words` (kanji, katakana) are made of everyday words alone, each of at least so many signs."""
    reached = {0}
    for end in range(least, len(words) + 1):
        starts = range(max(0, end - 10), end - least + 1)
        if any(words[start:end] in _everyday() for start in starts if start in reached):
            reached.add(end)
    return len(words) in reached


@cache
def _everyday() -> frozenset[str]:
    people = _TERMS["people"]
    lists = (_WORDS["generic"], _WORDS["katakana"], people["words"], people["katakana"], _WORDS["suffixes"])
    agencies = {agency.short_ja for agency in AGENCIES.values()}
    return frozenset(word for words in lists for word in words.split()) | agencies


def _named_from(before: str) -> int:
    """Where the name of a house begins whose kind follows `before`; -1 where nothing names it."""
    found = _BEFORE.search(before[-16:])
    run = found[0] if found else ""
    start = len(before) - len(run)
    kept = _without_everyday(run)
    rest = run[run.index(kept) + len(kept) :]
    if kept and (len(kept) > 1 or kept in _FAMILIES or rest[:2] in _RUN_BY):
        return start + run.index(kept)
    if kept:
        return -1
    return _in_hiragana(before[:start], alone=not run)


def _without_everyday(run: str) -> str:
    """What is left of a run when everyday words at both its ends are taken off; "" where it is all everyday. One sign
    alone is taken off nowhere: 大 in 大山 belongs to a name."""
    if everyday(run):
        return ""
    first = max(end for end in range(len(run)) if everyday(run[:end], 2))
    last = min(start for start in range(first + 1, len(run) + 1) if everyday(run[start:], 2))
    return run[first:last]


def _in_hiragana(before: str, *, alone: bool) -> int:
    """A name in hiragana right before: one that houses often have, or a word that stands for itself."""
    name = next((name for name in _NAMES if before.endswith(name)), "")
    if name:
        return len(before) - len(name)
    found = _HIRAGANA.search(before[-8:])
    if not (alone and found and len(found[0]) <= 5):
        return -1
    start = len(before) - len(found[0])
    free = start == 0 or before[start - 1] in "、。「『（( \n・"
    named = free and found[0][-1] not in _ATTRIBUTES and not found[0].endswith(_PLAIN)
    return start if named else -1
