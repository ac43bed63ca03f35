"""The support path: stages S1-S8 and their links, tracks, hand-overs with their warmth, barriers and helps.

The words come from `terms/path.toml`; this module gives them types. Nothing here depends on a language:
a term carries both, and the reader picks.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

TERMS = Path(__file__).parent / "terms"


@dataclass(frozen=True, slots=True)
class Term:
    """A code with its names in both languages."""

    code: str
    ja: str
    en: str

    def name(self, language: str) -> str:
        """The full name in `language` ("ja" or "en")."""
        return self.en if language == "en" else self.ja


@dataclass(frozen=True, slots=True)
class Stage(Term):
    """One part of the support path; `short_*` is what screens show, `covered_*` is advice, never a rule."""

    short_ja: str
    short_en: str
    def_ja: str
    def_en: str
    covered_ja: str
    covered_en: str

    def short(self, language: str) -> str:
        """The name on screens."""
        return self.short_en if language == "en" else self.short_ja


@dataclass(frozen=True, slots=True)
class HandOver(Term):
    """A way of linking; `warmth` 0-3, `standing` for an arrangement rather than an act for one person."""

    warmth: int
    standing: bool

    @property
    def needs_consent(self) -> bool:
        """Consent of the person comes before any contact: required from H2 upward (domain §2.3 rule 1)."""
        return self.warmth >= 2


def load(cls: type[Any], rows: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Rows of a terms file as `cls` by code, in the file's order; fields that `cls` does not know are left out."""
    known = {field.name for field in fields(cls)}
    made = (cls(**{key: value for key, value in row.items() if key in known}) for row in rows)
    return MappingProxyType({term.code: term for term in made})


_PATH = tomllib.loads((TERMS / "path.toml").read_text("utf-8"))

STAGES: Mapping[str, Stage] = load(Stage, _PATH["stages"])
LINKS: tuple[tuple[str, str], ...] = tuple((a, b) for a, b in _PATH["links"])
TRACKS: Mapping[str, Term] = load(Term, _PATH["tracks"])
HANDOVERS: Mapping[str, HandOver] = load(HandOver, _PATH["handovers"])
ACTS: Mapping[str, Term] = load(Term, _PATH["acts"])
BARRIERS: Mapping[str, Term] = load(Term, _PATH["barriers"])
HELPS: Mapping[str, Term] = load(Term, _PATH["helps"])

SAFETY_TRACK = "TS"
