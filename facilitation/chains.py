"""The warmth of a chain of hand-overs, such as a case's own path (domain §7 C6). Low warmth is no failure."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from facilitation.path import HANDOVERS


@dataclass(frozen=True, slots=True)
class Chain:
    """`warmth` of each link in order, 0-3."""

    warmth: tuple[int, ...]

    @property
    def min(self) -> int | None:
        """The warmth of the weakest link; None for a chain without links."""
        return min(self.warmth, default=None)

    @property
    def weakest(self) -> int | None:
        """The position from 0 of the weakest link, the first of equals, so that a screen can name it."""
        return self.warmth.index(min(self.warmth)) if self.warmth else None

    @property
    def mean(self) -> float | None:
        """The mean warmth of the links; None for a chain without links."""
        return fmean(self.warmth) if self.warmth else None


def chain(links: Iterable[Iterable[str]]) -> Chain:
    """The chain whose links used these hand-overs (codes of `path.HANDOVERS`); the warmest one counts on a link.

    Raises ValueError for a link without a hand-over and KeyError for an unknown code.
    """
    return Chain(tuple(max(HANDOVERS[kind].warmth for kind in used) for used in links))
