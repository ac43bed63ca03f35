"""The 27 agency types, their names on screens, their broad category and colour family (domain §3)."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from facilitation.path import TERMS, Term, load


@dataclass(frozen=True, slots=True)
class AgencyType(Term):
    """A kind of agency; hints (`role_*` …) are examples to start from, not facts about any office."""

    short_ja: str
    short_en: str
    broad: str
    family: str
    peer: bool
    role_ja: str
    role_en: str
    strong_ja: str
    strong_en: str
    hard_ja: str
    hard_en: str
    need_ja: str
    need_en: str

    def short(self, language: str) -> str:
        """The name on screens; it names no real body."""
        return self.short_en if language == "en" else self.short_ja

    def hint(self, field: str, language: str) -> str:
        """A starting hint: `field` is role, strong, hard or need."""
        return str(getattr(self, f"{field}_{language}"))


HINTS = ("role", "strong", "hard", "need")
"""What an agency card says of a type: fields with a starting hint, and the organiser's own words in its place."""

_TERMS = tomllib.loads((TERMS / "agencies.toml").read_text("utf-8"))

AGENCIES: Mapping[str, AgencyType] = load(AgencyType, _TERMS["agencies"])
BROAD: Mapping[str, Term] = load(Term, _TERMS["broad"])
"""The five broad categories of agency types, for where few people are of one type (domain §3)."""

MOST_TYPES = 12
"""A conference enables at most this many types (domain C16): more do not fit a wall."""


def category(code: str) -> str:
    """The broad category of an agency type; any other code stays what it is."""
    return AGENCIES[code].broad if code in AGENCIES else code


def broad(codes: Iterable[str]) -> bool:
    """Whether codes are broad categories, and no agency types."""
    return any(code in BROAD for code in codes)


def by_category(codes: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Broad category -> those of the agency types in `codes` that are of it; categories with none are left out."""
    held = {each: tuple(code for code in AGENCIES if code in codes and category(code) == each) for each in BROAD}
    return {each: types for each, types in held.items() if types}


def members(code: str) -> frozenset[str]:
    """What a code stands for: a broad category for all of its agency types, any other code for itself."""
    if code in BROAD:
        return frozenset(agency.code for agency in AGENCIES.values() if agency.broad == code)
    return frozenset({code})


def group_name(code: str, language: str) -> str:
    """The name of a type on screens, or of a broad category."""
    return BROAD[code].name(language) if code in BROAD else AGENCIES[code].short(language)
