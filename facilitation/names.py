"""What people write for a code: the code itself, its full and short names in Japanese and English, other spellings."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from facilitation.agencies import AGENCIES
from facilitation.path import BARRIERS, HANDOVERS, HELPS, STAGES, TERMS, TRACKS, Term
from facilitation.typed import nfkc

_EXAMPLES = re.compile(r" ?\([^()]*(等|など|\.\.\.)\)$")

LONGEST = 80
"""Longer text is no name: nothing near it is looked for."""


@dataclass(frozen=True)
class Names:
    """Spellings as people write them -> code. Width, case and spaces make no difference."""

    codes: Mapping[str, str]

    @cached_property
    def _folded(self) -> Mapping[str, tuple[str, str]]:
        return {folded(spelling): (spelling, code) for spelling, code in self.codes.items()}

    def code(self, text: str) -> str | None:
        """The code that `text` names, or None. A bracket that only gives examples (… 等) says nothing new."""
        name = folded(text)
        found = self._folded.get(name) or self._folded.get(_EXAMPLES.sub("", name))
        return found[1] if found else None

    def near(self, text: str) -> str:
        """The spelling that may have been meant, or ""."""
        near = get_close_matches(folded(text), self._folded, n=1) if len(text) <= LONGEST else []
        return self._folded[near[0]][0] if near else ""


def names_of(terms: Mapping[str, Term], more: Mapping[str, Sequence[str]] | None = None) -> Names:
    """The names of `terms`: code, full and short names, what stands before a bracket where that is one term's alone,
    and `more` spellings by code."""
    own = {spelling: code for code, term in terms.items() for spelling in _spellings(term)}
    heads: dict[str, set[str]] = {}
    for spelling, code in own.items():
        heads.setdefault(_head(spelling), set()).add(code)
    alone = {head: codes.pop() for head, codes in heads.items() if len(codes) == 1}
    return Names({**alone, **own, **spelled(more or {}).codes})


def spelled(spellings: Mapping[str, Sequence[str]]) -> Names:
    """Names from code -> other spellings."""
    return Names({name: code for code, names in spellings.items() for name in (code, *names)})


def plain(text: str) -> str:
    """`text` in NFKC with single spaces, its case kept: a group, an id, a number."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def folded(text: str) -> str:
    """`text` as names are compared: NFKC, one case, single spaces, nothing invisible."""
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(nfkc(visible).split())


def _spellings(term: Term) -> Iterable[str]:
    names = (getattr(term, field, "") for field in ("code", "short_ja", "short_en", "ja", "en"))
    return (name for name in names if name)


def _head(spelling: str) -> str:
    return unicodedata.normalize("NFKC", spelling).partition("(")[0].strip()


WORDS = tomllib.loads((TERMS / "sheet.toml").read_text("utf-8"))


def shown_column(field: str) -> str:
    """The Japanese heading of a column as people are shown it; a heading of their own as it is."""
    return next((WORDS[form][field][0] for form in ("cards", "expectations", "answers") if field in WORDS[form]), field)


TYPE = names_of(AGENCIES, WORDS["short_types"])
STAGE = names_of(STAGES)
TRACK = names_of(TRACKS)
KIND = spelled(WORDS["kinds"])
REASON = names_of(BARRIERS)
HELP = names_of(HELPS)
HANDOVER = names_of(HANDOVERS, WORDS["short_handovers"])
CONSENT = spelled(WORDS["consent"])
ITEM = spelled(WORDS["items"])
TIME = spelled(WORDS["times"])
LEVEL = spelled(WORDS["levels"])
TICK = spelled(WORDS["ticks"])
