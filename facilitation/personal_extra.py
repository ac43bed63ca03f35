"""The optional extra (`requirements-hints.txt`): names by morphological analysis, telephone numbers by a library.

Both are loaded with the first text that is looked at, never at the start; where they are missing the rules stand alone.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from threading import Lock
from typing import Any

from facilitation.personal_names import nobody
from facilitation.personal_numbers import Span, is_public

_TITLES = frozenset(["さん", "さま", "様", "氏", "くん", "君", "ちゃん", "先生"])
_DIGITS = re.compile("[0-9]{3}")
_ONE_AT_A_TIME = Lock()


def spans(text: str) -> Iterator[Span]:
    """What the libraries find in folded text."""
    yield from _phones(text)
    yield from _names(text)


def installed() -> bool:
    """Whether names are found by morphological analysis here."""
    return _tokenizer() is not None


def _phones(text: str) -> Iterator[Span]:
    library = _phonenumbers()
    if library and _DIGITS.search(text):
        for found in library.PhoneNumberMatcher(text, "JP"):
            if not is_public(found.raw_string):
                yield "phone", found.start, found.end


def _names(text: str) -> Iterator[Span]:
    """Family names that carry a title or a given name; a family name by itself is too often a place or a word."""
    tokenizer = _tokenizer()
    if not tokenizer:
        return
    with _ONE_AT_A_TIME:  # a tokenizer holds one text at a time
        words = [(word.begin(), word.end(), word.surface(), word.part_of_speech()) for word in tokenizer.tokenize(text)]
    for (start, end, surface, part), (_, after, following, next_part) in pairwise(words):
        if part[2] != "人名" or len(surface) < 2 or nobody(surface):
            continue
        if following in _TITLES or (part[3] == "姓" and next_part[3] == "名"):
            yield "name", start, after if following in _TITLES or next_part[3] == "名" else end


@cache
def _tokenizer() -> Any:
    try:
        sudachi = import_module("sudachipy")
        return sudachi.Dictionary(dict="small").tokenizer()
    except Exception:  # not installed, or without its dictionary: the rules stand alone
        return None


@cache
def _phonenumbers() -> Any:
    try:
        return import_module("phonenumbers")
    except ImportError:
        return None
