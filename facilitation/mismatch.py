"""What others expect of an agency type beside what it says of itself (domain §7 C5): a start for talking.

These are statements made openly at the tables (K_S and K_E), no survey answers.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

Verdict = Literal["over_expected", "unknown_strength", "agree"]

LEAST_OWN = 2
LEAST_OTHERS = 5
BOUND = 0.4
FULL_STRENGTH = 2
"""The highest value of K_S: "strong" on its scale of 0, 1, 2."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One row of what a respondent of `type` answered about `stage`.

    `strength` is K_S, its own part in the stage: 0, 1 or 2, None where left blank or not asked.
    `expected` is K_E, an agency type it expects there; empty where it ticked none.
    A row with neither still says that the respondent was asked.
    """

    respondent: str
    type: str
    stage: str
    strength: int | None = None
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Role share R, expectation E (both 0-1) and E - R of one type at one stage, with the numbers of those asked."""

    type: str
    stage: str
    role: float
    expectation: float
    own: int
    others: int

    @property
    def difference(self) -> float:
        """E - R, from -1 to 1."""
        return self.expectation - self.role

    @property
    def verdict(self) -> Verdict:
        """The bounds of 0.4 belong to the verdict; compared after rounding to 3 decimals (C5)."""
        rounded = round(self.difference, 3)
        if abs(rounded) < BOUND:
            return "agree"
        return "over_expected" if rounded > 0 else "unknown_strength"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`shown` by type, then stage; `hidden`: the (type, stage) spoken of by too few to be shown."""

    shown: tuple[Difference, ...]
    hidden: tuple[tuple[str, str], ...]


def mismatch(expectations: Iterable[Expectation]) -> Mismatch:
    """Role and expectation for every type and stage spoken of.

    Shown only where two or more of the type itself and five or more others answered (C5). Others are the
    respondents of other types with any row, whatever its item and stage.
    """
    rows = tuple(expectations)
    strengths, ticks = _strengths(rows), _ticks(rows)
    types = {row.respondent: row.type for row in rows}
    shown, hidden = [], []
    for agency, stage in sorted(strengths.keys() | ticks.keys()):
        own = strengths[agency, stage]
        others = sum(other != agency for other in types.values())
        if len(own) >= LEAST_OWN and others >= LEAST_OTHERS:
            expectation = len(ticks[agency, stage]) / others
            shown.append(Difference(agency, stage, fmean(own) / FULL_STRENGTH, expectation, len(own), others))
        else:
            hidden.append((agency, stage))
    return Mismatch(tuple(shown), tuple(hidden))


def _strengths(rows: tuple[Expectation, ...]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        if row.strength is not None:
            found[row.type, row.stage].append(row.strength)
    return found


def _ticks(rows: tuple[Expectation, ...]) -> dict[tuple[str, str], set[str]]:
    """Who, of another type, expects this type at this stage."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row.expected not in ("", row.type):
            found[row.expected, row.stage].add(row.respondent)
    return found
