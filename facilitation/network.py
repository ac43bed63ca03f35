"""Who can picture the face of someone at which agency type, before and after (domain §7 C8).

The nodes are parts of at least k people (`suppression`): an edge is a share of such a part. Small types together, and a
broad category, are one node, which is known to somebody who knows any of its types.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations
from statistics import fmean
from types import MappingProxyType

from facilitation.agencies import members
from facilitation.suppression import MERGED, UNTYPED, Groups, Parts

Edge = tuple[str, str]
Ticks = tuple[frozenset[str], frozenset[str]]
HALF = 2


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """One of the two times. `nodes`: part -> people; `ticks`: (from, to) -> how many people of `from` ticked `to`, for
    every ordered pair of nodes."""

    nodes: Mapping[str, int]
    ticks: Mapping[Edge, int]

    def share(self, a: str, b: str) -> float:
        """w(a, b): the share (0-1) of the people of `a` who ticked `b`."""
        return self.ticks[a, b] / self.nodes[a]

    @property
    def density(self) -> float | None:
        """The mean of all shares; None with fewer than two nodes."""
        return fmean(self.share(a, b) for a, b in self.ticks) if self.ticks else None

    @property
    def pairs(self) -> int:
        """Pairs of nodes, whatever the direction."""
        return len(self.ticks) // 2

    @property
    def reciprocal(self) -> int:
        """Pairs in which at least half of the people know the other side, both ways."""
        return sum(self._half(a, b) and self._half(b, a) for a, b in combinations(sorted(self.nodes), 2))

    def _half(self, a: str, b: str) -> bool:
        return HALF * self.ticks[a, b] >= self.nodes[a]


@dataclass(frozen=True, slots=True)
class Network:
    """The same nodes before and after; `merged` are the types in the node of small ones."""

    before: Acquaintance
    after: Acquaintance
    merged: tuple[str, ...] = ()

    @property
    def nodes(self) -> Mapping[str, int]:
        """Part -> people who answered both times."""
        return self.after.nodes

    @property
    def change(self) -> float | None:
        """Density after minus before."""
        before, after = self.before.density, self.after.density
        return None if before is None or after is None else after - before


def network(parts: Parts[tuple[Ticks, ...]]) -> Network:
    """The network of people who answered both times, in parts; of each person what was ticked before and after.

    People without a type are no node (nobody can tick them); they count where they are merged with a type.
    """
    held = {name: ticks for name, ticks in parts.of.items() if name != UNTYPED}
    before = _at(parts.groups, {name: [first for first, _ in ticks] for name, ticks in held.items()})
    after = _at(parts.groups, {name: [then for _, then in ticks] for name, ticks in held.items()})
    return Network(before, after, parts.groups.merged if MERGED in held else ())


def _at(groups: Groups, ticked: Mapping[str, list[frozenset[str]]]) -> Acquaintance:
    edges = {(a, b): _ticks(ticked[a], _types(groups, b)) for a, b in permutations(ticked, 2)}
    return Acquaintance(MappingProxyType({a: len(each) for a, each in ticked.items()}), MappingProxyType(edges))


def _types(groups: Groups, node: str) -> frozenset[str]:
    return frozenset().union(*(members(code) for code in (groups.merged if node == MERGED else (node,))))


def _ticks(people: Iterable[frozenset[str]], types: frozenset[str]) -> int:
    return sum(not types.isdisjoint(ticked) for ticked in people)
