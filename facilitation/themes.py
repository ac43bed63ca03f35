"""Themes of what people wrote in surveys, by the codebook (domain §6.6): a first suggestion, which a person confirms.

QT9 (改善・難しさ) is always offered, so that criticism is not lost.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from facilitation.path import TERMS
from facilitation.typed import nfkc

UNSORTED = ""
"""No word of the codebook was found: 未分類."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme and the words that suggest it."""

    code: str
    ja: str
    en: str
    words: tuple[str, ...]

    def name(self, language: str) -> str:
        """Its name in `language`."""
        return self.ja if language == "ja" else self.en


THEMES: Mapping[str, Theme] = MappingProxyType(
    {
        code: Theme(code, row["ja"], row["en"], tuple(map(nfkc, row["words"])))
        for code, row in tomllib.loads((TERMS / "themes.toml").read_text("utf-8")).items()
    }
)


def suggest(text: str) -> str:
    """The theme with the most hits in `text`; the lower code where two have as many; `UNSORTED` where there is none."""
    said = nfkc(text)
    hits = {code: sum(said.count(word) for word in theme.words) for code, theme in THEMES.items()}
    best = max(hits, key=lambda code: hits[code])
    return best if hits[best] else UNSORTED
