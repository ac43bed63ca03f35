"""The results of a survey as one JSON object of stable names. Numbers are rounded here and nowhere before."""

from collections.abc import Mapping
from typing import Any

from facilitation.agencies import BROAD, broad
from facilitation.choices import Choices
from facilitation.follow_up import FollowUp
from facilitation.knows import Knows
from facilitation.likert import Likert
from facilitation.network import Acquaintance, Network
from facilitation.shift import Shift
from facilitation.suppression import Groups
from facilitation.survey import SurveyResult


def as_json(result: SurveyResult) -> dict[str, Any]:
    """A table is absent where none of its questions were asked; what is hidden is null or absent, never a number.
    Shares are 0-1 with three decimals."""
    who, drawn = result.respondents, _nodes(result)
    return {
        "respondents": {"pre": who.pre, "post": who.post, "paired": who.paired},
        **_table("likert", result, {item: _likert(each) for item, each in result.likert.items()}),
        **_table("shift", result, {item: _shift(each) for item, each in result.shift.items()}),
        **_table("knows", result, {item: _about(each, wide=False) for item, each in result.knows.items()}),
        **({} if result.network is None else {"network": _network(None if broad(drawn) else result.network)}),
        **_table("choices", result, {item: _choices(each) for item, each in result.choices.items()}),
        **({"by_category": _by_category(result)} if result.by_category else {}),
        **({} if result.by_type is None else {"by_type": _groups(result.by_type)}),
        **({} if result.follow_up is None else {"follow_up": _follow_up(result.follow_up)}),
        **({"withheld": sorted(result.withheld)} if result.withheld else {}),
    }


def _table(name: str, result: SurveyResult, rows: Mapping[str, Any]) -> dict[str, Any]:
    """Empty, but there, where its questions were answered by too few."""
    asked = rows or any(_table_of(item, result) == name for item in result.withheld)
    return {name: dict(rows)} if asked else {}


def _table_of(item: str, result: SurveyResult) -> str:
    asked = result.questionnaire.items[item]
    if asked.type == "likert5":
        return "shift" if asked.asked_twice else "likert"
    return "knows" if asked.type == "grid_binary" and asked.asked_twice else "choices"


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def _likert(each: Likert) -> dict[str, Any]:
    shares = {"left": _rounded(each.left), "right": _rounded(each.right), "top2": _rounded(each.top2)}
    counts = {str(level): count for level, count in enumerate(each.counts, 1)}
    return {"n": each.n, "missing": each.missing, "counts": counts, **shares}


def _shift(each: Shift) -> dict[str, Any]:
    means = {"before": each.before, "after": each.after, "difference": each.difference}
    people = {"up": each.up, "same": each.same, "down": each.down, "unpaired": each.unpaired}
    return {"n": each.n, **{name: _rounded(mean) for name, mean in means.items()}, **people}


def _by_category(result: SurveyResult) -> dict[str, Any]:
    """What is told apart by broad category, for too few people are of one type: the same figures as by type.
    `members`: category -> the agency types in it; `groups` are those of the last form told apart like this."""
    return {
        "members": {category: sorted(types) for category, types in result.categories.items()},
        **({} if result.broad_groups is None else {"groups": _groups(result.broad_groups)}),
        "knows": {item: _about(each, wide=True) for item, each in result.knows.items()},
        **({"network": _network(result.network)} if result.network and broad(_nodes(result)) else {}),
    }


def _nodes(result: SurveyResult) -> tuple[str, ...]:
    return (*result.network.nodes, *result.network.merged) if result.network else ()


def _about(types: Mapping[str, Knows], wide: bool) -> dict[str, Any]:
    """About broad categories (`wide`), or about all else."""
    return {
        agency: {
            "n": each.n,
            "before": _rounded(each.before),
            "after": _rounded(each.after),
            "gained": each.gained,
            "lost": each.lost,
        }
        for agency, each in sorted(types.items())
        if (agency in BROAD) is wide
    }


def _network(drawn: Network | None) -> dict[str, Any]:
    """Null where its nodes are no agency types."""
    if drawn is None:
        return {"before": _acquaintance(None), "after": _acquaintance(None), "change": None}
    return {
        "before": _acquaintance(drawn.before),
        "after": _acquaintance(drawn.after),
        "change": _rounded(drawn.change),
    }


def _acquaintance(at: Acquaintance | None) -> dict[str, Any]:
    if at is None or at.density is None:
        return {"density": None, "reciprocal": None, "pairs": None}
    return {"density": _rounded(at.density), "reciprocal": at.reciprocal, "pairs": at.pairs}


def _choices(each: Choices) -> dict[str, Any]:
    return {"n": each.n, "counts": dict(each.counts)}


def _groups(groups: Groups) -> dict[str, Any]:
    merged = {"members": list(groups.merged), "n": groups.merged_n} if groups.merged else None
    return {"shown": dict(groups.shown), "merged": merged}


def _follow_up(asked: FollowUp) -> dict[str, Any]:
    people = {"invited": asked.invited, "responded": asked.responded, "acted": asked.acted}
    return {**people, "response": _rounded(asked.response), "action": _rounded(asked.action)}
