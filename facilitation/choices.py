"""Answers picked from a list, one or several: how many people chose each option."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Choices:
    """`n`: people who answered; `counts`: option -> how many chose it, in the order of the options."""

    n: int
    counts: Mapping[str, int]

    def share(self, option: str) -> float:
        """The share (0-1) of those who answered."""
        return self.counts[option] / self.n


def choices(answers: Iterable[frozenset[str]], options: Sequence[str]) -> Choices:
    """The chosen options of each person, counted; every option of the question stands in `counts`."""
    given = tuple(answers)
    chosen = Counter(option for each in given for option in each)
    return Choices(len(given), MappingProxyType({option: chosen[option] for option in options}))


def added(parts: Iterable[Choices]) -> Choices:
    """The answers of several events or groups together."""
    rows = tuple(parts)
    options = dict.fromkeys(option for row in rows for option in row.counts)
    counts = {option: sum(row.counts.get(option, 0) for row in rows) for option in options}
    return Choices(sum(row.n for row in rows), MappingProxyType(counts))
