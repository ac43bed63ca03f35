"""Hints on respectful wording (domain §8.3): blue, never blocking, with another word to choose from.

The table is `terms/wording.toml`. What stands inside 「」 or other quotation marks is somebody's own word: left alone.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from facilitation.path import TERMS
from facilitation.typed import placed


@dataclass(frozen=True, slots=True)
class Wording:
    """A word that was met, and what is offered in its place."""

    found: str
    offer: str


_ROWS = [
    (re.compile(shape, re.IGNORECASE), row["offer"])
    for rows in tomllib.loads((TERMS / "wording.toml").read_text("utf-8")).values()
    for row in rows
    for shape in row["avoid"]
]

_OPEN, _CLOSE = "「『“《〈", "」』”》〉"
_DIRECT = re.compile(r'"[^"\n]{0,400}"')


@lru_cache(maxsize=4096)
def wording(text: str) -> tuple[Wording, ...]:
    """The hints on `text`, each word once, in the order of the text; of two in one place the first stays."""
    folded, places = placed(text)
    plain = _unquoted(folded)
    met = [(found.start(), -found.end(), offer) for shape, offer in _ROWS for found in shape.finditer(plain)]
    kept: dict[str, Wording] = {}
    reached = 0
    for start, last, offer in sorted(met):
        if start >= reached:
            reached = -last
            found = text[places[start] : places[reached]]
            kept.setdefault(found, Wording(found, offer))
    return tuple(kept.values())


def _unquoted(text: str) -> str:
    """The text with everything in quotation marks blanked, brackets within brackets included. A bracket that is never
    closed quotes nothing."""
    shown = list(_DIRECT.sub(lambda quoted: " " * len(quoted[0]), text))
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign in _OPEN:
            opened.append(at)
        elif sign in _CLOSE and opened:
            start = opened.pop()
            shown[start : at + 1] = " " * (at + 1 - start)
    return "".join(shown)
