"""The views of the map together, as one JSON object of stable names. Numbers are rounded here and nowhere before."""

from collections.abc import Iterable
from typing import Any

from facilitation.barriers import Barriers, barriers
from facilitation.bridges import Bridges, Route, bridges, route
from facilitation.coverage import Coverage, by_group, coverage
from facilitation.dependence import dependence
from facilitation.mismatch import Expectation, Mismatch, mismatch
from facilitation.statements import Statement

START = "CITY_CHILD"
GOAL = "S7"


def analyse(
    statements: Iterable[Statement],
    expectations: Iterable[Expectation] | None = None,
    start: str = START,
    goal: str = GOAL,
) -> dict[str, Any]:
    """The analysis C1-C5 and C7 of `statements`, the route from the agency type `start` to the stage `goal`.

    `by_group` is absent where no statement has a group, `mismatch` where no expectations are given. Shares are 0-1
    with three decimals, null where there is nothing to share.
    """
    said = tuple(statements)
    groups = by_group(said)
    return {
        "cards": len(said),
        **_coverage(coverage(said)),
        **({"by_group": {stage: dict(counts) for stage, counts in groups.counts.items()}} if groups.groups else {}),
        "dependence": {
            agency: {"solo": rests.solo, "share": _rounded(rests.share)} for agency, rests in dependence(said).items()
        },
        **_bridges(bridges(said), route(said, start, goal)),
        **_barriers(barriers(said)),
        **({} if expectations is None else {"mismatch": _mismatch(mismatch(expectations))}),
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def _coverage(drawn: Coverage) -> dict[str, Any]:
    return {
        "levels": {agency: dict(row) for agency, row in drawn.levels.items()},
        "mixed": [list(cell) for cell in drawn.mixed],
        "stages": {
            stage: {"status": at.status, "full": list(at.full), "conditional": list(at.conditional)}
            for stage, at in drawn.stages.items()
        },
        "coverage_rate": _rounded(drawn.coverage_rate),
        "robust_rate": _rounded(drawn.robust_rate),
        "depth": {stage: _rounded(share) for stage, share in drawn.depth.items()},
    }


def _bridges(drawn: Bridges, way: Route) -> dict[str, Any]:
    cut = {str(warmth): None if between is None else list(between) for warmth, between in way.cut.items()}
    return {
        "bridges": {f"{before}-{after}": bridge for (before, after), bridge in drawn.links.items()},
        "route": {"from": way.start, "goal": way.goal, "warmest": way.warmest, "cut": cut},
        "entry_to_peer": {
            "any": _rounded(drawn.entry_to_peer.any),
            "warm": _rounded(drawn.entry_to_peer.warm),
        },
    }


def _barriers(found: Barriers) -> dict[str, Any]:
    return {
        "barriers": [
            {"reason": each.reason, "count": each.count, "share": _rounded(each.share), "helps": dict(each.helps)}
            for each in found.barriers
        ],
        "helps": [
            {"help": each.help, "unlock": each.unlock, "firm": each.firm, "uplift": each.uplift} for each in found.helps
        ],
        "open_questions": [
            {"type": each.type, "stage": each.stage, "reason": each.reason or None} for each in found.open_questions
        ],
    }


def _mismatch(found: Mismatch) -> list[dict[str, Any]]:
    return [
        {
            "type": each.type,
            "stage": each.stage,
            "role": _rounded(each.role),
            "expectation": _rounded(each.expectation),
            "difference": _rounded(each.difference),
            "verdict": each.verdict,
        }
        for each in found.shown
    ]
