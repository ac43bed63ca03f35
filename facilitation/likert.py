"""Answers on a scale of five, split around the middle (domain §7 C10)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from facilitation.survey_items import LEVELS, NO_ANSWER


@dataclass(frozen=True, slots=True)
class Likert:
    """`counts`: how many chose 1, 2, 3, 4, 5; `missing`: how many chose "no answer", in no share."""

    counts: tuple[int, ...]
    missing: int = 0

    @property
    def n(self) -> int:
        """Answers from 1 to 5."""
        return sum(self.counts)

    @property
    def left(self) -> float:
        """The share below the middle as a negative number, half of the middle with it."""
        c1, c2, c3, _, _ = self.counts
        return -(c1 + c2 + c3 / 2) / self.n

    @property
    def right(self) -> float:
        """The share above the middle, half of the middle with it."""
        _, _, c3, c4, c5 = self.counts
        return (c5 + c4 + c3 / 2) / self.n

    @property
    def top2(self) -> float:
        """The share of 4 and 5."""
        return (self.counts[3] + self.counts[4]) / self.n

    @property
    def mean(self) -> float:
        """From 1 to 5."""
        return sum(level * count for level, count in zip(LEVELS, self.counts, strict=True)) / self.n


def likert(values: Iterable[int]) -> Likert:
    """The answers 0-5 of one question, counted."""
    counted = Counter(values)
    return Likert(tuple(counted[level] for level in LEVELS), counted[NO_ANSWER])


def added(parts: Iterable[Likert]) -> Likert:
    """The answers of several events or groups, as if given in one."""
    rows = tuple(parts)
    counts = tuple(sum(row.counts[at] for row in rows) for at in range(len(LEVELS)))
    return Likert(counts, sum(row.missing for row in rows))
