"""The support path as a map of railway lines (支援の路線図): where each agency type stops, how people change lines.

A view of what was said, in codes and in units of a grid: rows count from 0, columns are the stages from 0, and channel
n is the space between the columns n and n + 1. Who draws it turns units into sizes and codes into words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from facilitation.agencies import AGENCIES, MOST_TYPES
from facilitation.coverage import Coverage, Level, Status, coverage
from facilitation.path import HANDOVERS, STAGES
from facilitation.statements import Statement

COLUMNS: Mapping[str, int] = {stage: column for column, stage in enumerate(STAGES)}
CHANNELS = len(COLUMNS) - 1
WARM = 2
MOST_CURVES = 2
"""From one row to another at most so many curves; where more stages name one, they are bundled into one."""

MOST_LANES = 7
"""More curves side by side between two stages are read by nobody."""


@dataclass(frozen=True, slots=True)
class Station:
    """A cell that was spoken about: 2 can, 1 under conditions, 0 hard."""

    stage: str
    level: Level


@dataclass(frozen=True, slots=True)
class Segment:
    """The line between two stations of a row; thick where the type carries both and no stage lies between."""

    start: str
    end: str
    thick: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One agency type: its stations in the order of the path, and the line between them."""

    type: str
    stations: tuple[Station, ...]
    segments: tuple[Segment, ...]

    def runs_through(self, channel: int) -> bool:
        """Whether the row's own line crosses the channel."""
        columns = [COLUMNS[station.stage] for station in self.stations]
        return bool(columns) and min(columns) <= channel < max(columns)


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a transfer runs down: `channel`, and its `place` across it (0-1). `joins`: the line of the type it leads
    to runs there already, so it need not be led on to a station."""

    channel: int
    place: float = 0.5
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Transfer:
    """What was said of hand-overs from one row to another at one stage.

    `arrives`: the stage where the other type goes on. `kinds`: the ways named, the warmest first; `warmth` that of the
    first; `count`: how often they were named. `standing`: one of them is an arrangement that stands. A transfer
    without a lane found no room beside warmer ones: it stands in the table alone.
    """

    start: str
    end: str
    stage: str
    arrives: str
    kinds: tuple[str, ...]
    count: int
    lane: Lane | None = None

    @property
    def warmth(self) -> int:
        """0 referral only … 3 both really meet."""
        return HANDOVERS[self.kinds[0]].warmth

    @property
    def warm(self) -> bool:
        """A contact or closer."""
        return self.warmth >= WARM

    @property
    def standing(self) -> bool:
        """プログラム協力: not for one person only."""
        return any(HANDOVERS[kind].standing for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class RouteMap:
    """`rows` from top to bottom; `stages`: every stage with its status; `transfers` by row, stage and target.

    `gaps`: runs of neighbouring stages that are a gap, where no track lies yet.
    """

    rows: tuple[Row, ...]
    stages: Mapping[str, Status]
    transfers: tuple[Transfer, ...]
    gaps: tuple[tuple[str, ...], ...]

    def row(self, code: str) -> int:
        """The row of an agency type."""
        return next(n for n, row in enumerate(self.rows) if row.type == code)


def route_map(statements: Iterable[Statement], types: Sequence[str] = (), keep: Iterable[str] = ()) -> RouteMap:
    """The map of `statements`, the same whatever their order.

    Rows: the types with a statement, those of `keep`, and those somebody hands over to (twelve at most), in the order
    of `types`; others follow in the order of the terms.
    """
    said = tuple(statements)
    drawn = coverage(said)
    named = _named(said)
    codes = _codes({*drawn.present, *keep}, {end for _, _, end in named}, types)
    rows = tuple(_row(drawn, code) for code in codes)
    stages = {stage: standing.status for stage, standing in drawn.stages.items()}
    return RouteMap(rows, stages, _transfers(named, rows), _runs(stages))


def _codes(spoken: set[str], reached: set[str], types: Sequence[str]) -> tuple[str, ...]:
    order = [*types, *(code for code in AGENCIES if code not in types)]
    free = max(0, MOST_TYPES - len(spoken))
    also = [code for code in order if code in reached - spoken][:free]
    return tuple(code for code in order if code in spoken or code in also)


def _row(drawn: Coverage, code: str) -> Row:
    levels = drawn.levels.get(code, {})
    stations = tuple(Station(stage, levels[stage]) for stage in STAGES if stage in levels)
    return Row(code, stations, tuple(_segment(before, after) for before, after in pairwise(stations)))


def _segment(before: Station, after: Station) -> Segment:
    neighbours = COLUMNS[after.stage] - COLUMNS[before.stage] == 1
    return Segment(before.stage, after.stage, neighbours and before.level == after.level == 2)


def _runs(stages: Mapping[str, Status]) -> tuple[tuple[str, ...], ...]:
    runs: list[list[str]] = [[]]
    for stage, status in stages.items():
        if status == "gap":
            runs[-1].append(stage)
        elif runs[-1]:
            runs.append([])
    return tuple(tuple(run) for run in runs if run)


Named = Mapping[tuple[str, str, str], Counter[str]]
"""(from, stage, to) -> how often each kind of hand-over was named."""


def _named(said: Iterable[Statement]) -> Named:
    found: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for each in said:
        if each.handover and each.to not in ("", each.type):
            found[each.type, each.stage, each.to][each.handover] += 1
    return _bundled(found)


def _bundled(found: Named) -> Named:
    """Many stages between the same two types become one curve, at the stage of the warmest hand-over named most."""
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for start, stage, end in sorted(found):
        pairs[start, end].append(stage)
    bundled: dict[tuple[str, str, str], Counter[str]] = {}
    for (start, end), stages in pairs.items():
        used = {stage: found[start, stage, end] for stage in stages}
        if len(stages) > MOST_CURVES:
            first = min(stages, key=lambda stage: (*_heat(used[stage]), stage))
            used = {first: sum(used.values(), Counter())}
        bundled |= {(start, stage, end): kinds for stage, kinds in used.items()}
    return bundled


def _heat(kinds: Counter[str]) -> tuple[int, int]:
    return -max(HANDOVERS[kind].warmth for kind in kinds), -kinds.total()


def _transfers(named: Named, rows: Sequence[Row]) -> tuple[Transfer, ...]:
    at = {row.type: n for n, row in enumerate(rows)}
    known = [key for key in named if key[0] in at and key[2] in at]
    known.sort(key=lambda key: (at[key[0]], key[1], at[key[2]]))
    return _in_lanes([_transfer(key, named[key], rows[at[key[2]]]) for key in known], rows)


def _transfer(key: tuple[str, str, str], kinds: Counter[str], target: Row) -> Transfer:
    start, stage, end = key
    warmest_first = tuple(sorted(kinds, key=lambda kind: (-HANDOVERS[kind].warmth, kind)))
    return Transfer(start, end, stage, _arrival(stage, target), warmest_first, kinds.total())


def _arrival(stage: str, target: Row) -> str:
    """Where the other type goes on: its next stop, else the same stage, else its last one before; a type without a
    stop is met at the next stage."""
    here = COLUMNS[stage]
    stops = [COLUMNS[station.stage] for station in target.stations if station.level] or [min(here + 1, CHANNELS)]
    after = [column for column in stops if column > here]
    before = [column for column in stops if column <= here]
    return tuple(COLUMNS)[min(after) if after else max(before)]


def _channel(leaves: int, arrives: int) -> int:
    """The channel beside the stage it leaves, on the side of where it leads."""
    return leaves - 1 if arrives < leaves or leaves == CHANNELS else leaves


Span = tuple[int, int]


def _in_lanes(transfers: Sequence[Transfer], rows: Sequence[Row]) -> tuple[Transfer, ...]:
    """Transfers of one channel whose rows overlap run side by side; the warmest choose first, then the longest."""
    at = {row.type: n for n, row in enumerate(rows)}
    channels = [_channel(COLUMNS[each.stage], COLUMNS[each.arrives]) for each in transfers]
    spans: list[Span] = [(min(ends), max(ends)) for ends in ((at[each.start], at[each.end]) for each in transfers)]
    taken: dict[int, list[list[Span]]] = defaultdict(list)
    chosen: dict[int, int] = {}
    for n in sorted(range(len(transfers)), key=lambda n: (-transfers[n].warmth, spans[n][0] - spans[n][1], n)):
        lane = _free(taken[channels[n]], spans[n])
        if lane < MOST_LANES:
            chosen[n] = lane
    return tuple(
        replace(each, lane=_lane(chosen[n], channels[n], len(taken[channels[n]]), rows[at[each.end]]))
        if n in chosen
        else each
        for n, each in enumerate(transfers)
    )


def _free(taken: list[list[Span]], span: Span) -> int:
    """The first lane that is free for these rows, now taken; `MOST_LANES` where there is none."""
    top, bottom = span
    for n, lane in enumerate(taken):
        if all(bottom < a or b < top for a, b in lane):
            lane.append(span)
            return n
    if len(taken) < MOST_LANES:
        taken.append([span])
        return len(taken) - 1
    return MOST_LANES


def _lane(n: int, channel: int, of: int, target: Row) -> Lane:
    return Lane(channel, (n + 1) / (of + 1), target.runs_through(channel))
