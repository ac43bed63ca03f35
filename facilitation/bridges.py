"""Bridges between stages, the warmest route through the agencies, and links to peers (domain §7 C4)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped]

from facilitation.agencies import AGENCIES
from facilitation.coverage import coverage
from facilitation.path import HANDOVERS, LINKS
from facilitation.statements import Statement

Bridge = Literal["same", "warm", "cold", "none", "na"]

WARM = 2
WARMTHS = (3, 2, 1, 0)
"""All warmths of `terms/path.toml`, warmest first."""

CUT_WARMTHS = (1, 2, 3)
IS_GOAL = 3
NO_ROUTE = -1


@dataclass(frozen=True, slots=True)
class Edge:
    """All hand-overs from one type to another: their `kinds`, sorted by code, and the highest `warmth` 0-3."""

    start: str
    end: str
    kinds: tuple[str, ...]
    warmth: int

    @property
    def standing(self) -> bool:
        """One of them is an arrangement that stands, not an act for one person."""
        return any(HANDOVERS[kind].standing for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class EntryToPeer:
    """Which of the public counters present hand over to a peer type at all, and which warmly; sorted by code."""

    public: tuple[str, ...]
    linked: tuple[str, ...]
    warmly: tuple[str, ...]

    @property
    def any(self) -> float | None:
        """Share of the public counters present that hand over to a peer, 0-1; None where none is present."""
        return len(self.linked) / len(self.public) if self.public else None

    @property
    def warm(self) -> float | None:
        """The same with a warmth of 2 or more."""
        return len(self.warmly) / len(self.public) if self.public else None


@dataclass(frozen=True, slots=True)
class Bridges:
    """`links`: every link of the path with its bridge; `edges`: who hands over to whom, sorted by codes."""

    links: Mapping[tuple[str, str], Bridge]
    edges: tuple[Edge, ...]
    entry_to_peer: EntryToPeer


@dataclass(frozen=True, slots=True)
class Route:
    """The warmest way from one agency type to a stage.

    `warmest`: the coldest hand-over of the best route, 0-3; 3 where `start` carries the goal itself, -1 where no
    route is known. `path`: one best route by types, the shortest, ties by code; empty where none is known.
    `cut`: warmth t -> the types between without which no goal is reached over hand-overs of warmth >= t,
    sorted; None where none is reached at that warmth.
    """

    start: str
    goal: str
    warmest: int
    path: tuple[str, ...]
    cut: Mapping[int, tuple[str, ...] | None]


def hand_overs(statements: Iterable[Statement]) -> tuple[Edge, ...]:
    """Who hands over to whom, sorted by codes; a hand-over counts on a can as on a hard."""
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for said in statements:
        if said.handover and said.to not in ("", said.type):
            kinds[said.type, said.to].add(said.handover)
    return tuple(
        Edge(start, end, tuple(sorted(used)), max(HANDOVERS[kind].warmth for kind in used))
        for (start, end), used in sorted(kinds.items())
    )


def bridges(statements: Iterable[Statement]) -> Bridges:
    """How the stages of each link hold together, and how the public counters reach the peers (C4)."""
    said = tuple(statements)
    drawn = coverage(said)
    edges = hand_overs(said)
    links = {(a, b): _bridge(drawn.stages[a].full, drawn.stages[b].full, edges) for a, b in LINKS}
    return Bridges(links, edges, _entry_to_peer(drawn.present, edges))


def route(statements: Iterable[Statement], start: str = "CITY_CHILD", goal: str = "S7") -> Route:
    """The warmest route from `start` to any type that can carry `goal`, and its indispensable types (C4)."""
    said = tuple(statements)
    goals = frozenset(coverage(said).stages[goal].full)
    edges = hand_overs(said)
    cut = {warmth: _cut(_graph(edges, warmth), start, goals) for warmth in CUT_WARMTHS}
    if start in goals:
        return Route(start, goal, IS_GOAL, (start,), cut)
    for warmth in WARMTHS:
        if path := _shortest(_graph(edges, warmth), start, goals):
            return Route(start, goal, warmth, path, cut)
    return Route(start, goal, NO_ROUTE, (), cut)


def warmest_to(statements: Iterable[Statement], goal: str = "S7") -> Mapping[str, int]:
    """Type -> the warmth of its warmest route to `goal`, as `route` finds it, for every type that has one."""
    said = tuple(statements)
    edges = hand_overs(said)
    reached = dict.fromkeys(coverage(said).stages[goal].full, IS_GOAL)
    for warmth in WARMTHS:
        while more := {edge.start for edge in edges if edge.warmth >= warmth and edge.end in reached} - set(reached):
            reached |= dict.fromkeys(sorted(more), warmth)
    return reached


def _bridge(before: tuple[str, ...], after: tuple[str, ...], edges: tuple[Edge, ...]) -> Bridge:
    if not before or not after:
        return "na"
    warmths = [edge.warmth for edge in edges if edge.start in before and edge.end in after]
    if max(warmths, default=0) >= WARM:
        return "warm"
    if set(before) & set(after):
        return "same"
    return "cold" if warmths else "none"


def _entry_to_peer(present: tuple[str, ...], edges: tuple[Edge, ...]) -> EntryToPeer:
    to_peers = [edge for edge in edges if AGENCIES[edge.end].broad == "peer"]
    linked = {edge.start for edge in to_peers}
    warmly = {edge.start for edge in to_peers if edge.warmth >= WARM}
    public = tuple(agency for agency in present if AGENCIES[agency].broad == "public")
    return EntryToPeer(
        public=public,
        linked=tuple(agency for agency in public if agency in linked),
        warmly=tuple(agency for agency in public if agency in warmly),
    )


def _graph(edges: tuple[Edge, ...], warmth: int) -> "nx.DiGraph[str]":
    import networkx as nx  # only where a route is asked for: four tenths of a second that no start should wait

    return nx.DiGraph([(edge.start, edge.end) for edge in edges if edge.warmth >= warmth])


def _shortest(graph: "nx.DiGraph[str]", start: str, goals: frozenset[str]) -> tuple[str, ...]:
    """The shortest way to a goal, ties by code, () where there is none. Edges come sorted, so ties are stable."""
    import networkx as nx

    paths = nx.single_source_shortest_path(graph, start) if start in graph else {start: [start]}
    found = [tuple(path) for end, path in paths.items() if end in goals]
    return min(found, key=lambda path: (len(path), path), default=())


def _cut(graph: "nx.DiGraph[str]", start: str, goals: frozenset[str]) -> tuple[str, ...] | None:
    if not _shortest(graph, start, goals):
        return None
    between = sorted(set(graph) - goals - {start})
    return tuple(agency for agency in between if not _shortest(_without(graph, agency), start, goals))


def _without(graph: "nx.DiGraph[str]", agency: str) -> "nx.DiGraph[str]":
    rest = graph.copy()
    rest.remove_node(agency)
    return rest
