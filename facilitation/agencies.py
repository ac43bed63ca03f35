"""The 27 agency types, their names on screens, their broad category and colour family (domain §3)."""

import tomllib
from collections.abc import Mapping
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


AGENCIES: Mapping[str, AgencyType] = load(
    AgencyType, tomllib.loads((TERMS / "agencies.toml").read_text("utf-8"))["agencies"]
)

MOST_TYPES = 12
"""A conference enables at most this many types (domain C16): more do not fit a wall."""
