"""Who knows whom, before and after: role, face and contact of each agency type (domain §7 C9b)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Knows:
    """About one agency type, over people of other types who answered both times: how many ticked it before and after,
    and how many came (`gained`) or went (`lost`)."""

    n: int
    ticked_before: int
    ticked_after: int
    gained: int
    lost: int

    @property
    def before(self) -> float:
        """Share (0-1) before."""
        return self.ticked_before / self.n

    @property
    def after(self) -> float:
        """Share (0-1) after."""
        return self.ticked_after / self.n


def knows(ticks: Iterable[tuple[frozenset[str], frozenset[str]]], about: frozenset[str]) -> Knows:
    """What others ticked about one agency type, or about any of several; `ticks`: all that each ticked before, and
    after."""
    rows = [(not about.isdisjoint(before), not about.isdisjoint(after)) for before, after in ticks]
    return Knows(
        n=len(rows),
        ticked_before=sum(first for first, _ in rows),
        ticked_after=sum(then for _, then in rows),
        gained=sum(then and not first for first, then in rows),
        lost=sum(first and not then for first, then in rows),
    )


def added(parts: Iterable[Knows]) -> Knows:
    """The answers of several events together."""
    rows = tuple(parts)
    fields = ("n", "ticked_before", "ticked_after", "gained", "lost")
    return Knows(*(sum(getattr(row, field) for row in rows) for field in fields))
