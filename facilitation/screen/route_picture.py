"""The route map as a drawing: rows in their family's colour, stops, changes between the lines, gaps that ask.

Every mark differs in shape or stroke, never in colour alone: it is read from ten metres, in grey and on paper.
"""

from facilitation.agencies import AGENCIES
from facilitation.path import STAGES
from facilitation.route_map import RouteMap, Row, Segment, Station, Transfer
from facilitation.screen.lettering import (
    CARD,
    GAP,
    GAP_GROUND,
    GAP_LINE,
    INK,
    MUTED,
    PAPER,
    RULE,
    SMALLEST,
    Box,
    drawing,
    lines,
    width,
    word,
    words,
)
from facilitation.screen.parts import Node, el
from facilitation.screen.route_layout import (
    FLAG,
    NAMES,
    STATUS,
    STEP,
    TAG,
    WIDTH,
    Curve,
    Grid,
    Plan,
    plan,
)
from facilitation.screen.route_marks import (
    FAMILIES,
    PILLS,
    STANDING,
    Item,
    dashed_stop,
    flow,
    full_stop,
    legend_items,
    legend_of,
    rect,
    stroke_of,
)
from facilitation.texts import say

EITHER_FIRST = ("S6", "S7")


def route_picture(view: RouteMap, language: str, until: str = "") -> Node:
    """The whole map; `until` says up to which scene it goes."""
    legend = legend_items(language)
    grid = _grid(view, language, legend)
    placed = plan(view, grid, {each: label(each, language) for each in view.transfers})
    return drawing(
        say(language, "route.title"),
        WIDTH,
        grid.height,
        _head(grid, language, [until, _left_out(placed, language)]),
        _columns(view, grid, language),
        [_gap(grid, run, language) for run in view.gaps],
        [_row(grid, n, row, language) for n, row in enumerate(view.rows)],
        [_curve(curve) for curve, _ in placed.labels],
        [_stations(grid, n, row, language) for n, row in enumerate(view.rows)],
        [_label(curve, box) for curve, box in placed.labels],
        legend_of(legend, grid.legend),
    )


def _left_out(placed: Plan, language: str) -> str:
    return say(language, "route.left_out", n=placed.left_out) if placed.left_out else ""


def label(transfer: Transfer, language: str) -> str:
    """The words on a curve: the warmest way, whether there are others, how often it was named."""
    text = say(language, f"linking.{transfer.kinds[0]}")
    if len(transfer.kinds) > 1:
        text = say(language, "route.and_more", kind=text)
    elif transfer.count > 1:
        text += f"×{transfer.count}"
    return (STANDING if transfer.standing else "") + text


def _grid(view: RouteMap, language: str, legend: list[Item]) -> Grid:
    names = [_stage_lines(stage, language) for stage in STAGES]
    return Grid(
        rows=len(view.rows),
        name_lines=max(map(len, names)),
        gaps=bool(view.gaps),
        legend_lines=len(flow(legend)),
        tag=width(say(language, "level.0")) + 24,
    )


def _stage_lines(stage: str, language: str) -> list[str]:
    wide = STEP - 8 if language == "en" else STEP + 24
    return lines(STAGES[stage].short(language), wide)


# --- the frame of the picture ----------------------------------------------------------------------------------------


def _head(grid: Grid, language: str, more: list[str]) -> Node:
    """Whose picture it is, left; right that nobody has to go first to a specialist and then to peers."""
    caption = [say(language, "fictional.short"), say(language, "map.caption"), *more]
    left, right = (grid.x(stage) - STEP / 2 + 12 for stage in EITHER_FIRST)
    right += STEP - 24
    bracket = f"M{left:.0f} 44V36H{right:.0f}V44"
    return el(
        "g",
        word("　".join(filter(None, caption)), 0, 15, fill=MUTED, text_anchor="start"),
        word(say(language, "route.either_first"), (left + right) / 2, 15, fill=MUTED),
        el("path", d=bracket, fill="none", stroke=MUTED, stroke_width=2.5),
    )


def _columns(view: RouteMap, grid: Grid, language: str) -> list[Node]:
    return [_column(grid, stage, status, language) for stage, status in view.stages.items()]


def _column(grid: Grid, stage: str, status: str, language: str) -> Node:
    x, ground = grid.x(stage), PILLS[status]
    text = say(language, f"carried.{status}")
    box = Box.around(x, grid.status, width(text) + 16, STATUS)
    line = el("line", x1=x, x2=x, y1=grid.top, y2=grid.bottom, stroke=RULE, stroke_width=2)
    name = words(_stage_lines(stage, language), x, grid.names, font_weight="bold")
    edge = GAP_LINE if status == "gap" else RULE if status in ("unasked", "conditional") else ground[0]
    dash = "6 6" if status in ("gap", "conditional") else None
    pill = rect(box, rx=18, fill=ground[0], stroke=edge, stroke_width=2, stroke_dasharray=dash)
    return el("g", line, name, pill, word(text, x, grid.status, fill=ground[1], font_weight="bold"))


def _gap(grid: Grid, run: tuple[str, ...], language: str) -> Node:
    """Track not yet laid: a column that asks."""
    left, right = grid.x(run[0]) - STEP / 2 + 8, grid.x(run[-1]) + STEP / 2 - 8
    column = Box(left, grid.top - 2, right - left, grid.bottom - grid.top + FLAG / 2)
    question = say(language, "map.invitation")
    middle = grid.bottom + FLAG / 2
    half = width(question) / 2 + 16
    at = min(max((left + right) / 2, half + 2), WIDTH - half - 2)
    flag = Box.around(at, middle, 2 * half, FLAG)
    dashed = {"stroke": GAP_LINE, "stroke_width": 2.5, "stroke_dasharray": "10 8"}
    return el(
        "g",
        rect(column, rx=14, fill=GAP_GROUND, **dashed),
        rect(flag, rx=20, fill=GAP_GROUND, **dashed),
        word(question, at, middle, fill=GAP, font_weight="bold"),
    )


# --- rows and stops --------------------------------------------------------------------------------------------------


def _row(grid: Grid, n: int, row: Row, language: str) -> Node:
    """The name and the line; who has only been named by others stands there in grey."""
    agency, y = AGENCIES[row.type], grid.y(n)
    colour = FAMILIES[agency.family]
    size = 28 if grid.pitch > 80 else SMALLEST
    name = lines(agency.short(language), NAMES[1], size)
    if max(width(line, size) for line in name) > NAMES[1]:
        size = SMALLEST
    bar = Box.around(6, y, 12, 0.66 * grid.pitch)
    return el(
        "g",
        rect(bar, rx=6, fill=colour, opacity=None if row.stations else 0.4),
        words(name, NAMES[0], y, size, text_anchor="start", fill=INK if row.stations else MUTED, font_weight=600),
        [_segment(grid, y, colour, segment) for segment in row.segments],
    )


def _segment(grid: Grid, y: float, colour: str, segment: Segment) -> Node:
    thin = {"stroke_width": 4, "opacity": 0.45}
    style = {"stroke_width": 12} if segment.thick else thin
    return el("line", x1=grid.x(segment.start), x2=grid.x(segment.end), y1=y, y2=y, stroke=colour, **style)


def _stations(grid: Grid, n: int, row: Row, language: str) -> list[Node]:
    colour = FAMILIES[AGENCIES[row.type].family]
    return [_station(grid, grid.x(each.stage), grid.y(n), colour, each, language) for each in row.stations]


def _station(grid: Grid, x: float, y: float, colour: str, station: Station, language: str) -> Node:
    match station.level:
        case 2:
            return full_stop(x, y, grid.radius, colour)
        case 1:
            return dashed_stop(x, y, grid.radius, colour)
        case _:
            box = Box.around(x, y, grid.tag, TAG - 4)
            tag = rect(box, rx=18, fill=PAPER, stroke=MUTED, stroke_width=2)
            return el("g", tag, word(say(language, "level.0"), x, y, fill="#5c5647"))


# --- hand-overs ------------------------------------------------------------------------------------------------------


def _curve(curve: Curve) -> Node:
    """Solid when warm, dotted when cold, a double line where an arrangement stands."""
    halo = el("path", d=curve.down, fill="none", stroke=PAPER, stroke_width=11)
    head = el("path", d=curve.head, fill="none", stroke=INK, stroke_width=5, stroke_linejoin="round")
    return el("g", halo, stroke_of(curve.path, curve.transfer.warm, curve.transfer.standing), head)


def _label(curve: Curve, box: Box) -> Node:
    transfer = curve.transfer
    edge = {"stroke": INK, "stroke_width": 2.5, "stroke_dasharray": None if transfer.warm else "3 5"}
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return el("g", rect(box, rx=10, fill=CARD, **edge), word(curve.text, x, y, font_weight=600))
