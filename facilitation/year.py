"""A year of conferences, region by region (domain §7 C12): what was said again and again, never a ranking.

Every conference is worked out by itself first; cards of different conferences are never thrown together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from facilitation.bridges import NO_ROUTE, Bridge
from facilitation.coverage import STATUSES, Status
from facilitation.outcome import Outcome
from facilitation.path import LINKS, STAGES

QUARTERS = ((4, 5, 6), (7, 8, 9), (10, 11, 12), (1, 2, 3))
"""The months of a fiscal year's quarters."""

CARRIED: tuple[Status, ...] = ("covered", "single")
OPEN: tuple[Status, ...] = ("conditional", "gap")
ASKED = (*CARRIED, *OPEN)
"""The statuses of a stage that somebody spoke of."""
APART: tuple[Bridge, ...] = ("cold", "none")

TOP = 3
LEAST_ASKED, LEAST_SHARE = 2, 0.5
"""A gap is persistent where at least so many conferences spoke of the stage and so large a share left it open."""


@dataclass(frozen=True, slots=True)
class Held:
    """A conference that was held: its day (ISO), its region ("" where none was named), what it came to, and the agency
    type at which its case begins."""

    date: str
    region: str
    outcome: Outcome
    start: str


@dataclass(frozen=True, slots=True)
class Standings:
    """How one stage stood in several conferences: status -> conferences, every status named."""

    counts: Mapping[Status, int]

    @property
    def asked(self) -> int:
        """The conferences that spoke of the stage."""
        return sum(self.counts.values()) - self.counts["unasked"]

    @property
    def carried(self) -> int:
        """Those in which at least one type carries it."""
        return sum(self.counts[status] for status in CARRIED)

    @property
    def left_open(self) -> int:
        """Those in which it stayed a gap or hung on a condition."""
        return sum(self.counts[status] for status in OPEN)

    @property
    def bad_share(self) -> float | None:
        """`left_open` of `asked`, 0-1; None where nobody spoke of it."""
        return self.left_open / self.asked if self.asked else None

    @property
    def persistent(self) -> bool:
        """A persistent gap."""
        return self.asked >= LEAST_ASKED and self.left_open / self.asked >= LEAST_SHARE


@dataclass(frozen=True, slots=True)
class Region:
    """A region's year. `quarters`: stage -> the four quarters from April on. `reasons`, `helps`: the `TOP` most named,
    with how often, ties by code. `ways`: warmth of the warmest route from where the case begins to the peers, -1 where
    none was found, -> conferences. `thin`: the link found cold or missing most often, with
    (times apart, conferences in which both its ends are carried); None where there was none."""

    name: str
    conferences: int
    people: int
    stages: Mapping[str, Standings]
    quarters: Mapping[str, tuple[Standings, ...]]
    reasons: tuple[tuple[str, int], ...]
    helps: tuple[tuple[str, int], ...]
    ways: Mapping[int, int]
    thin: tuple[tuple[str, str], int, int] | None

    @property
    def persistent(self) -> tuple[str, ...]:
        """The stages with a persistent gap, in the order of the path."""
        return tuple(stage for stage, standings in self.stages.items() if standings.persistent)


def year(held: Iterable[Held]) -> tuple[Region, ...]:
    """The regions by name, the unnamed one last. Region after region is no order of merit."""
    regions: dict[str, list[Held]] = defaultdict(list)
    for each in held:
        regions[each.region].append(each)
    return tuple(_region(name, regions[name]) for name in sorted(regions, key=lambda name: (not name, name)))


def _region(name: str, held: list[Held]) -> Region:
    outcomes = [each.outcome for each in held]
    quarter = [[each.outcome for each in held if date.fromisoformat(each.date).month in months] for months in QUARTERS]
    return Region(
        name=name,
        conferences=len(held),
        people=sum(each.people for each in outcomes),
        stages={stage: _standings(outcomes, stage) for stage in STAGES},
        quarters={stage: tuple(_standings(each, stage) for each in quarter) for stage in STAGES},
        reasons=_most(each.reasons for each in outcomes),
        helps=_most(each.helps for each in outcomes),
        ways=dict(sorted(Counter(each.outcome.ways.get(each.start, NO_ROUTE) for each in held).items(), reverse=True)),
        thin=_thin(outcomes),
    )


def _standings(outcomes: Iterable[Outcome], stage: str) -> Standings:
    found = Counter(each.stages[stage] for each in outcomes)
    return Standings({status: found[status] for status in STATUSES})


def _most(counts: Iterable[Mapping[str, int]]) -> tuple[tuple[str, int], ...]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return tuple(sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP])


def _thin(outcomes: list[Outcome]) -> tuple[tuple[str, str], int, int] | None:
    found = []
    for n, link in enumerate(LINKS):
        told = [each.links[n] for each in outcomes if each.links[n] != "na"]
        if apart := sum(bridge in APART for bridge in told):
            found.append((link, apart, len(told)))
    return max(found, key=lambda each: (each[1], each[1] / each[2]), default=None)
