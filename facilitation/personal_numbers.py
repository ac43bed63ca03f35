"""Personal data with a shape: telephone, e-mail, postal code, birth date, numbers that stand for somebody.

`spans` works on folded text (NFKC) and gives (kind, start, end). Where a number carries a check digit, it decides.
"""

import re
import tomllib
from collections.abc import Iterator

from facilitation.path import TERMS

Span = tuple[str, int, int]

_WORDS = tomllib.loads((TERMS / "personal.toml").read_text("utf-8"))["numbers"]
_PUBLIC = frozenset(_WORDS["public"].split())
_LABELS = "|".join(sorted(_WORDS["labels"].split(), key=len, reverse=True))
_UNITS = "|".join(sorted(_WORDS["units"].split(), key=len, reverse=True))

_DASH = "[-‐‑‒–—―−ー]"
_FREE = r"(?<![0-9A-Za-z@._])"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_KANJI = "[〇一二三四五六七八九十元]"
_YEAR = rf"(?:(?:明治|大正|昭和|平成|令和|[MTSHR]\.?)\s?(?:[0-9]{{1,2}}|{_KANJI}{{1,4}})|(?:18|19|20)[0-9]{{2}})"
_DATE = rf"{_YEAR}\s?[年./・-]\s?(?:{_MONTH}|{_KANJI}{{1,3}})\s?(?:月|[./・-])\s?(?:(?:{_DAY}|{_KANJI}{{1,4}})日?)?"
_NAMED_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_ENGLISH_DATE = (
    rf"(?:{_DAY}(?:st|nd|rd|th)?(?: of)? {_NAMED_MONTH},? [0-9]{{4}}|{_NAMED_MONTH} {_DAY}(?:st|nd|rd|th)?,? [0-9]{{4}}"
    r"|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4})"
)

_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}\s?(?:@|\[at\]|\(at\)|★)\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
)
_BIRTH = re.compile(
    rf"{_DATE}\s?(?:生|に生|に誕生|産まれ)"
    rf"|(?:生年月日|誕生日|お誕生日|生まれ)[はがの:：、\s]{{0,3}}(?:{_DATE}|[0-9]{{1,2}}月[0-9]{{1,2}}日|[0-9]{{6,8}}(?![0-9]))"
    rf"|{_FREE}(?:18|19|20)[0-9]{{2}}{_MONTH}{_DAY}\s?(?:生|born)"
    rf"|(?:\b[Bb]orn(?: on)?|\b[Dd]ate of birth|\bDOB|\b[Bb]irthday(?: is)?)[:\s]{{1,2}}{_ENGLISH_DATE}"
)
_POSTAL = re.compile(
    rf"〒\s?[0-9]{{3}}\s?{_DASH}?\s?[0-9]{{4}}(?![0-9])"
    rf"|郵便番号[はが:：\s]{{0,2}}[0-9]{{3}}{_DASH}?[0-9]{{4}}(?![0-9])"
    rf"|(?<![0-9A-Za-z.,/~〜-])[0-9]{{3}}{_DASH}[0-9]{{4}}(?![0-9-]|\s?(?:{_UNITS}))"
)
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z-])(?:\+?81[-\s]?\(?0?\)?|\(?0)[0-9]{{1,4}}\)?[\s(]?{_DASH}?\s?[0-9]{{1,4}}\)?\s?{_DASH}?\s?[0-9]{{3,4}}(?![0-9])"
)
_LOCAL_PHONE = re.compile(
    rf"(?:電話|TEL|Tel|tel|携帯|FAX|Fax|ファックス|ファクス|phone|Phone)(?:番号)?[はがの:：.\s]{{0,3}}[0-9]{{2,4}}{_DASH}[0-9]{{4}}(?![0-9])"
)
_LABELLED = re.compile(
    rf"(?:{_LABELS})(?:番号|番|ナンバー|No\.?|NO\.?|no\.?)?[はがの:：#\s]{{0,3}}([A-Z0-9][A-Z0-9-]{{3,24}})(?![A-Za-z0-9])"
    r"|番号[はが:：#\s]{0,3}([A-Z0-9][A-Z0-9-]{4,24})(?![A-Za-z0-9])"
)
_CHECKED = re.compile(r"(?<![0-9-])[0-9]{4}[-\s]?[0-9]{4}[-\s]?[0-9]{4}(?:[-\s]?[0-9]{1,7})?(?![0-9-])")
_LONG = re.compile(rf"(?<![0-9A-Za-z.,/#])[0-9]{{7,20}}(?![0-9A-Za-z]|[.,][0-9]|\s?(?:{_UNITS}))")
_CARDS = re.compile(r"\b[A-Z]{2}[0-9]{8}[A-Z]{2}\b|\b[A-Z]{2}[0-9]{7}\b|(?<![0-9-])[0-9]{4}-[0-9]{6}(?![0-9-])")
_PLATE = re.compile(r"[一-龥]{1,4}\s?[0-9]{2,3}\s?[ぁ-ん]\s?(?:[0-9]{2}-?[0-9]{2}|[0-9]{1,2}-[0-9]{2})(?![0-9])")
_PLAIN_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def spans(text: str) -> Iterator[Span]:
    """What has the shape of personal data; findings may overlap, the surest come first."""
    yield from _all("email", _EMAIL, text)
    yield from _all("birth", _BIRTH, text)
    for span in _idnos(text):
        if _sure(text[span[1] : span[2]]):
            yield span
    yield from _phones(text)
    yield from _all("postal", _POSTAL, text)
    yield from _idnos(text)


def _all(kind: str, shape: re.Pattern[str], text: str) -> Iterator[Span]:
    for found in shape.finditer(text):
        yield kind, found.start(), found.end()


def _phones(text: str) -> Iterator[Span]:
    for found in _PHONE.finditer(text):
        digits = re.sub("[^0-9]", "", found[0])
        known = digits.removeprefix("81") if found[0].startswith(("+", "81")) else digits
        national = known if known.startswith("0") else f"0{known}"
        if len(national) in (10, 11) and national[1] != "0" and national not in _PUBLIC:
            yield "phone", found.start(), found.end()
    yield from _all("phone", _LOCAL_PHONE, text)


def _idnos(text: str) -> Iterator[Span]:
    """Numbers that stand for somebody: with a label, with a right check digit, or seven digits and more."""
    for found in _LABELLED.finditer(text):
        if len(re.sub("[^0-9]", "", found[1] or found[2])) >= 3 and not is_public(found[1] or found[2]):
            yield "idno", found.start(), found.end()
    for found in _CHECKED.finditer(text):
        if _sure(found[0]):
            yield "idno", found.start(), found.end()
    yield from _all("idno", _CARDS, text)
    for found in _PLATE.finditer(text):
        yield "idno", found.start(), found.end()
    for found in _LONG.finditer(text):
        if not _PLAIN_DATE.fullmatch(found[0]) and found[0] not in _PUBLIC:
            yield "idno", found.start(), found.end()


def is_public(number: str) -> bool:
    """Whether it is a line for everybody."""
    return re.sub("[^0-9]", "", number) in _PUBLIC


def _sure(number: str) -> bool:
    """A My Number with its right check digit, or a payment card's number."""
    digits = re.sub("[^0-9]", "", number)
    if re.search("[A-Za-z]", number):
        return False
    return (len(digits) == 12 and my_number(digits)) or (len(digits) in (14, 15, 16, 19) and luhn(digits))


def my_number(digits: str) -> bool:
    """Whether twelve digits are an individual number: the last is the check digit (weights 2-7, 2-6; modulo 11)."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def luhn(digits: str) -> bool:
    """Whether the last digit of a payment card's number is right."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0 and len(set(digits)) > 1
