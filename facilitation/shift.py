"""Answers of the same people before and after (domain §7 C9). No test of significance: these are the people there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from facilitation.survey_items import NO_ANSWER


@dataclass(frozen=True, slots=True)
class Shift:
    """`pairs`: (before, after) -> how many people; `unpaired`: people with a value at one of the two times only."""

    pairs: Mapping[tuple[int, int], int]
    unpaired: int = 0

    @property
    def n(self) -> int:
        """People with a value from 1 to 5 both times."""
        return sum(self.pairs.values())

    @property
    def before(self) -> float:
        """Mean before."""
        return sum(before * count for (before, _), count in self.pairs.items()) / self.n

    @property
    def after(self) -> float:
        """Mean after."""
        return sum(after * count for (_, after), count in self.pairs.items()) / self.n

    @property
    def difference(self) -> float:
        """Mean of the differences."""
        return sum((after - before) * count for (before, after), count in self.pairs.items()) / self.n

    @property
    def up(self) -> int:
        """People whose value rose."""
        return sum(count for (before, after), count in self.pairs.items() if after > before)

    @property
    def same(self) -> int:
        """People whose value stayed."""
        return sum(count for (before, after), count in self.pairs.items() if after == before)

    @property
    def down(self) -> int:
        """People whose value fell."""
        return sum(count for (before, after), count in self.pairs.items() if after < before)


def paired(before: Mapping[str, int], after: Mapping[str, int]) -> Mapping[str, tuple[int, int]]:
    """Respondent -> values before and after, for those with a value from 1 to 5 both times."""
    first, then = _given(before), _given(after)
    return {respondent: (value, then[respondent]) for respondent, value in first.items() if respondent in then}


def shift(pairs: Iterable[tuple[int, int]], unpaired: int = 0) -> Shift:
    """Pairs of values, counted."""
    return Shift(MappingProxyType(dict(sorted(Counter(pairs).items()))), unpaired)


def unpaired(before: Mapping[str, int], after: Mapping[str, int]) -> int:
    """How many gave a value from 1 to 5 at one of the two times only."""
    return len(_given(before).keys() ^ _given(after).keys())


def added(parts: Iterable[Shift]) -> Shift:
    """The pairs of several events or groups together."""
    rows = tuple(parts)
    pairs: Counter[tuple[int, int]] = Counter()
    for row in rows:
        pairs.update(row.pairs)
    return Shift(MappingProxyType(dict(sorted(pairs.items()))), sum(row.unpaired for row in rows))


def _given(values: Mapping[str, int]) -> Mapping[str, int]:
    return {respondent: value for respondent, value in values.items() if value != NO_ANSWER}
