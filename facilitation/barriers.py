"""What makes it hard, what would help, and the questions nobody has an answer for yet (domain §7 C7)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from facilitation.coverage import Coverage, coverage
from facilitation.path import STAGES
from facilitation.statements import Statement

UNNAMED_HELP = "E_OTHER"


@dataclass(frozen=True, slots=True)
class Barrier:
    """A reason named in `count` hard statements, their `share` (0-1) of all hard statements, and the `types`
    naming it. `helps`: help -> number of these statements that name it; the rest have none yet."""

    reason: str
    count: int
    share: float
    types: tuple[str, ...]
    helps: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Help:
    """What `help` would change if every statement on its condition became a can.

    `unlock`: stages that somebody would then carry; `firm`: stages carried by one type and then by more;
    `uplift`: how many carried cells more; `count`: statements naming it.
    `reach`: stage -> number of types carrying it before and after, only where that grows.
    """

    help: str
    unlock: int
    firm: int
    uplift: int
    count: int
    reach: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Barriers:
    """`barriers` by count, then code; `helps` most useful first; `open_questions` are hard statements without a
    help, by stage, type and reason. `hard` counts all hard statements."""

    hard: int
    barriers: tuple[Barrier, ...]
    helps: tuple[Help, ...]
    open_questions: tuple[Statement, ...]


def barriers(statements: Iterable[Statement]) -> Barriers:
    """Reasons, helps in the order of (unlock, firm, uplift, count), ties by code, and open questions (C7).

    A hard without a reason counts in the total only. A help without a code counts as "other" (§7.0).
    """
    said = tuple(statements)
    hard = tuple(statement for statement in said if statement.kind == "hard")
    reasons = sorted({statement.reason for statement in hard} - {""})
    found = [_barrier(reason, hard) for reason in reasons]
    without = [statement for statement in hard if not statement.help]
    return Barriers(
        hard=len(hard),
        barriers=tuple(sorted(found, key=lambda barrier: (-barrier.count, barrier.reason))),
        helps=_ranked(said),
        open_questions=tuple(sorted(without, key=lambda each: (each.stage, each.type, each.reason, each.card))),
    )


def _barrier(reason: str, hard: tuple[Statement, ...]) -> Barrier:
    named = [statement for statement in hard if statement.reason == reason]
    helps = Counter(statement.help for statement in named if statement.help)
    types = tuple(sorted({statement.type for statement in named}))
    return Barrier(reason, len(named), len(named) / len(hard), types, dict(sorted(helps.items())))


def _ranked(said: tuple[Statement, ...]) -> tuple[Help, ...]:
    now = coverage(said)
    named = Counter(code for statement in said if (code := _help_of(statement)))
    helps = [_help(code, named[code], now, said) for code in named]
    return tuple(sorted(helps, key=lambda each: (-each.unlock, -each.firm, -each.uplift, -each.count, each.help)))


def _help_of(statement: Statement) -> str:
    return statement.help or (UNNAMED_HELP if statement.kind == "help" else "")


def _help(code: str, count: int, now: Coverage, said: tuple[Statement, ...]) -> Help:
    then = coverage(
        replace(statement, kind="can") if statement.kind == "hard" and statement.help == code else statement
        for statement in said
    )
    reach = {stage: (len(now.stages[stage].full), len(then.stages[stage].full)) for stage in STAGES}
    return Help(
        help=code,
        unlock=sum(before == 0 < after for before, after in reach.values()),
        firm=sum(before == 1 < after for before, after in reach.values()),
        uplift=sum(after - before for before, after in reach.values()),
        count=count,
        reach={stage: change for stage, change in reach.items() if change[0] < change[1]},
    )
