"""Where everything of the route map stands: a grid in units of a 1920 x 1080 wall, curves along their lanes, and labels
that meet neither each other nor a stop."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from facilitation.route_map import COLUMNS, RouteMap, Transfer
from facilitation.screen.lettering import SMALLEST, Box, width

WIDTH = 1824
NAMES = (28, 330)
"""Where the names of the rows begin, and how wide they may run."""

FIRST, LAST = 420, 1730
STAGE = tuple(COLUMNS)
STEP = (LAST - FIRST) / (len(COLUMNS) - 1)
ROWS = 720
PITCH = (60, 150)
"""The rows share `ROWS`, none is flatter or taller than this."""

TAG, LABEL, STATUS, FLAG, LEGEND = 40, 36, 38, 38, 40
CLEAR = 40
"""From a column to the lanes beside it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Sizes and places for so many rows, stage names and legend of so many lines."""

    rows: int
    name_lines: int
    gaps: bool
    legend_lines: int
    tag: float

    @property
    def pitch(self) -> float:
        """From one row to the next."""
        return min(max(ROWS / max(self.rows, 1), PITCH[0]), PITCH[1])

    @property
    def radius(self) -> float:
        """Of a stop."""
        return min(30.0, 0.36 * self.pitch)

    @property
    def names(self) -> float:
        """The middle of the stage names; above them the bracket."""
        return 44 + 15 * self.name_lines

    @property
    def status(self) -> float:
        """The middle of the status under the names."""
        return 46 + 30 * self.name_lines + STATUS / 2

    @property
    def top(self) -> float:
        """The upper edge of the rows."""
        return self.status + STATUS / 2 + 4

    @property
    def bottom(self) -> float:
        """The lower edge of the rows; under it the questions of the gaps."""
        return self.y(max(self.rows, 1) - 1) + 0.44 * self.pitch

    @property
    def legend(self) -> float:
        """The upper edge of the legend."""
        return self.bottom + (FLAG + 4 if self.gaps else 0)

    @property
    def height(self) -> float:
        return self.legend + LEGEND * self.legend_lines

    def x(self, stage: str) -> float:
        """The middle of a stage's column."""
        return FIRST + STEP * COLUMNS[stage]

    def y(self, row: int) -> float:
        """The middle of a row."""
        return self.top + self.pitch * (row + 0.44)


@dataclass(frozen=True, slots=True)
class Curve:
    """A transfer as it is drawn: out of its stop, down its lane, to the other line."""

    transfer: Transfer
    text: str
    leaves: tuple[float, float]
    lane: float
    tip: tuple[float, float]
    forth: int

    @property
    def path(self) -> str:
        """Straight out, one round corner into the lane, one out of it."""
        (x1, y1), (x2, y2), x = self.leaves, self.tip, self.lane
        out, down = (1 if x > x1 else -1), (1 if y2 > y1 else -1)
        bend = min(26.0, abs(y2 - y1) / 2, abs(x - x1), abs(x2 - x))
        return (
            f"M{x1:.1f} {y1:.1f}H{x - out * bend:.1f}Q{x:.1f} {y1:.1f} {x:.1f} {y1 + down * bend:.1f}"
            f"V{y2 - down * bend:.1f}Q{x:.1f} {y2:.1f} {x + self.forth * bend:.1f} {y2:.1f}H{x2 - 6 * self.forth:.1f}"
        )

    @property
    def down(self) -> str:
        """The lane alone."""
        (_, y1), (_, y2) = self.leaves, self.tip
        return f"M{self.lane:.1f} {y1 + (y2 - y1) / 5:.1f}V{y2 - (y2 - y1) / 5:.1f}"

    @property
    def head(self) -> str:
        """The head of the arrow."""
        x, y = self.tip
        return f"M{x - 15 * self.forth:.1f} {y - 12:.1f}L{x:.1f} {y:.1f}L{x - 15 * self.forth:.1f} {y + 12:.1f}"

    @property
    def space(self) -> Box:
        """What the head covers."""
        return Box.around(self.tip[0] - 8 * self.forth, self.tip[1], 22, 28)


@dataclass(slots=True)
class Plan:
    """The curves that found room for their words, each with the box of its label; and how many found none."""

    labels: list[tuple[Curve, Box]] = field(default_factory=list)
    left_out: int = 0


def stop(grid: Grid, x: float, y: float, level: int) -> Box:
    """What a stop covers."""
    return Box.around(x, y, grid.tag, TAG) if level == 0 else Box.around(x, y, 2 * grid.radius, 2 * grid.radius)


def plan(view: RouteMap, grid: Grid, texts: Mapping[Transfer, str]) -> Plan:
    """Curves and labels. The warmest and most often named are placed first; what finds no room is left to the table."""
    stops = {
        (row.type, each.stage): stop(grid, grid.x(each.stage), grid.y(n), each.level)
        for n, row in enumerate(view.rows)
        for each in row.stations
    }
    curves = [_curve(view, grid, stops, each, texts[each]) for each in view.transfers if each.lane]
    curves.sort(key=lambda curve: (-curve.transfer.warmth, -curve.transfer.count))
    placed = Plan(left_out=len(view.transfers) - len(curves))
    for curve in curves:
        taken = [*stops.values(), *(each.space for each in curves), *(box for _, box in placed.labels)]
        box = _label(curve, _near(curve, taken), curves)
        if box:
            placed.labels.append((curve, box))
        else:
            placed.left_out += 1
    return placed


def _curve(view: RouteMap, grid: Grid, stops: Mapping[tuple[str, str], Box], each: Transfer, text: str) -> Curve:
    assert each.lane
    lane = FIRST + STEP * each.lane.channel + CLEAR + each.lane.place * (STEP - 2 * CLEAR)
    out = 1 if lane > grid.x(each.stage) else -1
    forth = 1 if grid.x(each.arrives) > lane else -1
    to = STAGE[each.lane.channel + (forth > 0)] if each.lane.joins else each.arrives
    end = stops.get((each.end, to))
    tip = grid.x(to) - forth * (end.width / 2 + 4 if end else grid.radius)
    leaves = grid.x(each.stage) + out * stops[each.start, each.stage].width / 2
    return Curve(each, text, (leaves, grid.y(view.row(each.start))), lane, (tip, grid.y(view.row(each.end))), forth)


def _near(curve: Curve, boxes: Iterable[Box]) -> list[Box]:
    """The boxes that a label of this curve could meet at all."""
    half = width(curve.text) + 2 * LABEL
    field = Box.around(curve.lane, (curve.leaves[1] + curve.tip[1]) / 2, 2 * half, _span(curve) + 3 * LABEL)
    return [box for box in boxes if box.meets(field)]


def _span(curve: Curve) -> float:
    return abs(curve.tip[1] - curve.leaves[1])


def _label(curve: Curve, taken: Sequence[Box], curves: Sequence[Curve]) -> Box | None:
    """The free place on the lane that hides the fewest other curves, near the middle; None where there is none."""
    others = [each for each in curves if each is not curve and each.lane != curve.lane]
    free = [box for box in _places(curve) if not any(box.meets(each, 3) for each in taken)]
    return min(free, key=lambda box: _cost(box, curve, others), default=None)


def _places(curve: Curve) -> Iterable[Box]:
    """Boxes along the lane, each with the lane inside it."""
    wide = width(curve.text) + 16
    middle, span = (curve.leaves[1] + curve.tip[1]) / 2, _span(curve)
    slack = wide / 2 - 10
    for down in range(0, int(span / 2) + 1, 6):
        for y in {middle + down, middle - down}:
            for aside in (0.0, slack / 2, -slack / 2, slack, -slack):
                yield Box.around(curve.lane + aside, y, wide, LABEL)


def _cost(box: Box, curve: Curve, others: Iterable[Curve]) -> tuple[float, float, float]:
    hidden = sum(
        box.holds(each.lane)
        and min(each.leaves[1], each.tip[1]) < box.y + box.height
        and box.y < max(each.leaves[1], each.tip[1])
        for each in others
    )
    middle = (curve.leaves[1] + curve.tip[1]) / 2
    aside = abs(box.x + box.width / 2 - curve.lane)
    return hidden, abs(box.y + box.height / 2 - middle) / SMALLEST + aside / SMALLEST, box.y
