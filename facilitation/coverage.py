"""Who carries which stage, as the participants said it (domain §7 C1, C2, C2b): never what a region really supplies."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from facilitation.path import SAFETY_TRACK, STAGES, TRACKS
from facilitation.statements import Statement

Level = Literal[0, 1, 2]
Status = Literal["covered", "single", "conditional", "gap", "unasked"]
STATUSES: tuple[Status, ...] = ("covered", "single", "conditional", "gap", "unasked")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one stage stands: the types with level 2 (`full`) and with level 1 (`conditional`), sorted by code."""

    status: Status
    full: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """The map agency type x stage (or x track) of one scope.

    `levels`: type -> stage -> 2 can, 1 conditional, 0 hard only; only the cells that were spoken about.
    `mixed`: the cells where both can and hard were said; True where the two come from different cards.
    `stages`: every stage in the order of the path. `present`: types with at least one statement, sorted by code.
    Two maps of the same statements are equal whatever the statements' order.
    """

    levels: Mapping[str, Mapping[str, Level]]
    mixed: Mapping[tuple[str, str], bool]
    stages: Mapping[str, Standing]
    present: tuple[str, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """The stages somebody spoke about, in the order of the path."""
        return tuple(stage for stage, standing in self.stages.items() if standing.status != "unasked")

    @property
    def coverage_rate(self) -> float | None:
        """Share of the asked stages that at least one type carries, 0-1; None where nothing was asked."""
        return self._share("covered", "single")

    @property
    def robust_rate(self) -> float | None:
        """Share of the asked stages that two or more types carry, 0-1; None where nothing was asked."""
        return self._share("covered")

    @property
    def depth(self) -> Mapping[str, float]:
        """Per asked stage the share of the present types that carry it, 0-1 (C2b)."""
        return {stage: len(self.stages[stage].full) / len(self.present) for stage in self.asked}

    def in_status(self, *statuses: Status) -> tuple[str, ...]:
        """The stages in one of `statuses`, in the order of the path."""
        return tuple(stage for stage, standing in self.stages.items() if standing.status in statuses)

    def _share(self, *statuses: Status) -> float | None:
        return len(self.in_status(*statuses)) / len(self.asked) if self.asked else None


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """The groups side by side (C2b), each from its own cards: the headline of a conference.

    `groups`: group -> its map, in the order of the groups' numbers. `counts`: stage -> status -> number of groups.
    """

    groups: Mapping[str, Coverage]
    counts: Mapping[str, Mapping[Status, int]]


@dataclass(frozen=True, slots=True)
class TrackView:
    """The map agency type x track. `safety`: what was said under TS, in the order given; it has no status (§2.2)."""

    coverage: Coverage
    safety: tuple[Statement, ...]


def coverage(statements: Iterable[Statement]) -> Coverage:
    """The map agency type x stage (C1, C2). A `help` makes its type present and touches no cell."""
    return _drawn(statements, STAGES, lambda statement: (statement.stage,))


def by_track(statements: Iterable[Statement]) -> TrackView:
    """The map agency type x track, a card counting for each of its tracks; TS only lists its statements (C2)."""
    said = tuple(statements)
    tracks = [track for track in TRACKS if track != SAFETY_TRACK]
    return TrackView(
        coverage=_drawn(said, tracks, lambda statement: statement.tracks),
        safety=tuple(statement for statement in said if SAFETY_TRACK in statement.tracks),
    )


def by_group(statements: Iterable[Statement]) -> GroupStanding:
    """How the groups stand at each stage (C2b). A statement without a group belongs to none of them."""
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.group:
            said[statement.group].append(statement)
    groups = {group: coverage(said[group]) for group in sorted(said, key=_group_order)}
    return GroupStanding(groups, {stage: _count(groups.values(), stage) for stage in STAGES})


def scoped(
    statements: Iterable[Statement], group: str | None = None, scene: int | None = None
) -> tuple[Statement, ...]:
    """The statements of one group, of one scene, or of both; None is no limit."""
    return tuple(
        statement for statement in statements if group in (None, statement.group) and scene in (None, statement.scene)
    )


def _drawn(
    statements: Iterable[Statement], parts: Iterable[str], parts_of: Callable[[Statement], Iterable[str]]
) -> Coverage:
    said = tuple(statements)
    wanted = tuple(parts)
    cells: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in said:
        if statement.kind != "help":
            for part in parts_of(statement):
                if part in wanted:
                    cells[statement.type, part].append(statement)
    levels: dict[str, dict[str, Level]] = defaultdict(dict)
    for agency, part in sorted(cells):
        levels[agency][part] = _level(cells[agency, part])
    return Coverage(
        levels=dict(levels),
        mixed={cell: _from_two_cards(cells[cell]) for cell in sorted(cells) if _is_mixed(cells[cell])},
        stages={part: _standing(levels, part) for part in wanted},
        present=tuple(sorted({statement.type for statement in said})),
    )


def _level(said: list[Statement]) -> Level:
    if any(statement.kind == "can" for statement in said):
        return 2
    return 1 if any(statement.conditional for statement in said) else 0


def _is_mixed(said: list[Statement]) -> bool:
    return len({statement.kind for statement in said}) == 2


def _from_two_cards(said: list[Statement]) -> bool:
    return len({statement.card for statement in said}) > 1


def _standing(levels: Mapping[str, Mapping[str, Level]], part: str) -> Standing:
    full, conditional, hard = (
        tuple(agency for agency in sorted(levels) if levels[agency].get(part) == level) for level in (2, 1, 0)
    )
    return Standing(_status(full, conditional, hard), full, conditional)


def _status(full: tuple[str, ...], conditional: tuple[str, ...], hard: tuple[str, ...]) -> Status:
    if full:
        return "covered" if len(full) >= 2 else "single"
    if conditional:
        return "conditional"
    return "gap" if hard else "unasked"


def _count(maps: Iterable[Coverage], stage: str) -> Mapping[Status, int]:
    found = [each.stages[stage].status for each in maps]
    return {status: found.count(status) for status in STATUSES}


def _group_order(group: str) -> tuple[bool, int, str]:
    """Numbers by their size, however long a sheet has them; then names."""
    number = group.lstrip("0") if group.isdecimal() else ""
    return not group.isdecimal(), len(number), number or group
