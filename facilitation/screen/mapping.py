"""The map as pictures: groups side by side, agency type x stage, a sentence per stage. Symbol and word, never colour
alone; a gap is an invitation."""

from collections.abc import Iterable
from typing import Any

from facilitation.agencies import AGENCIES
from facilitation.coverage import Coverage, GroupStanding
from facilitation.path import STAGES
from facilitation.screen.parts import Node, el
from facilitation.texts import say

SIGNS = {2: "◎", 1: "△", 0: "難", None: ""}
MARKS = {"covered": "◎", "single": "○", "conditional": "△", "gap": "？", "unasked": "–"}


def sign(level: int | None, language: str) -> str:
    """◎ can, △ under conditions, 難 hard; nothing where nobody spoke of it. Never a cross."""
    return say(language, "map.hard_sign") if level == 0 else SIGNS[level]


def by_type(view: Coverage, language: str, types: Iterable[str], *, pressable: bool = False) -> Node:
    """Agency type x stage. Rows: `types` in their order; a cell that was spoken of answers ["cell", type, stage]."""
    head = el("tr", el("th.corner", say(language, "map.types")), [_stage_head(s, language) for s in STAGES])
    status = el("tr.status", el("th", say(language, "map.status")), [_status(view, s, language) for s in STAGES])
    rows = [_type_row(view, code, language, pressable) for code in types]
    return el("table.map", el("thead", head, status), el("tbody", rows), style=f"--rows: {max(1, len(rows))}")


def _stage_head(stage: str, language: str) -> Node:
    return el("th", breakable(STAGES[stage].short(language)), scope="col", title=STAGES[stage].name(language))


def breakable(name: str) -> list[Node]:
    """A name that may break behind its middle dot, so that a narrow column does not tear a word."""
    first, *rest = name.split("・")
    return [first, *[node for part in rest for node in ("・", el("wbr"), part)]]


def _status(view: Coverage, stage: str, language: str) -> Node:
    """The status in words; under a gap stands the question that fills it."""
    status = view.stages[stage].status
    invitation = el("small.invitation", say(language, "map.invitation_short")) if status == "gap" else None
    return el("td", el(f"span.pill.{status}", say(language, f"status.{status}")), invitation)


def _type_row(view: Coverage, code: str, language: str, pressable: bool) -> Node:
    agency = AGENCIES[code]
    cells = [_cell(view, code, stage, language, pressable) for stage in STAGES]
    return el(f"tr.family-{agency.family}", el("th", agency.short(language), scope="row"), cells)


def _cell(view: Coverage, code: str, stage: str, language: str, pressable: bool) -> Node:
    level = view.levels.get(code, {}).get(stage)
    mixed = (code, stage) in view.mixed
    if level is None:
        return el("td" + (".in-gap" if view.stages[stage].status == "gap" else ""))
    words = [AGENCIES[code].short(language), STAGES[stage].short(language), say(language, f"level.{level}")]
    if mixed:
        words.append(say(language, "map.mixed_apart" if view.mixed[code, stage] else "map.mixed"))
    label = " · ".join(words)
    mark = el(f"span.level.level-{level}" + (".mixed" if mixed else ""), sign(level, language))
    inner = el("button.cell", mark, act=["cell", code, stage], aria_label=label, title=label) if pressable else mark
    return el("td", inner, title=label)


def groups_side_by_side(view: GroupStanding, language: str, groups: int) -> Node:
    """Group x stage: how each table stands by its own cards (C2b), the headline of a conference."""
    head = el("tr", el("th.corner", say(language, "map.groups")), [_stage_head(s, language) for s in STAGES])
    rows = [_group_row(view.groups.get(str(n)), n, language) for n in range(1, groups + 1)]
    return el("table.map.groups", el("thead", head), el("tbody", rows), style=f"--rows: {groups}")


def _group_row(view: Coverage | None, group: int, language: str) -> Node:
    cells = []
    for stage in STAGES:
        status = view.stages[stage].status if view else "unasked"
        words = say(language, f"status.{status}")
        cells.append(el("td", el(f"span.standing.{status}", el("b", MARKS[status]), el("small", words)), title=words))
    return el("tr", el("th", say(language, "group", n=group), scope="row"), cells)


def group_sentence(view: GroupStanding, language: str) -> str:
    """The headline in words: where all groups stand firm, where how many found a gap."""
    gaps = {s: counts["gap"] for s, counts in view.counts.items() if counts["gap"]}
    asked = len(view.groups)
    if not asked:
        return say(language, "map.empty")
    if gaps:
        stage, n = max(gaps.items(), key=lambda pair: pair[1])
        return say(language, "map.groups_gap", stage=STAGES[stage].short(language), n=n, asked=_asked(view, stage))
    firm = [s for s, counts in view.counts.items() if counts["covered"] == asked]
    if firm:
        return say(language, "map.groups_firm", stages=_joined(firm, language))
    return say(language, "map.groups_none", n=asked)


def _asked(view: GroupStanding, stage: str) -> int:
    return sum(n for status, n in view.counts[stage].items() if status != "unasked")


def stage_sentence(view: Coverage, stage: str, language: str) -> str:
    """One plain sentence per stage, from what was said."""
    standing = view.stages[stage]
    names = {"full": _names(standing.full, language), "conditional": _names(standing.conditional, language)}
    return say(language, f"sentence.{standing.status}", stage=STAGES[stage].short(language), **names)


def sentences(view: Coverage, language: str) -> Node:
    """All eight, the strengths first (domain S0)."""
    order = ("covered", "single", "conditional", "gap", "unasked")
    stages = sorted(STAGES, key=lambda stage: order.index(view.stages[stage].status))
    return el("ul.sentences", [_sentence(view, stage, language) for stage in stages])


def _sentence(view: Coverage, stage: str, language: str) -> Node:
    status = view.stages[stage].status
    pill = el(f"span.pill.{status}", say(language, f"status.{status}"))
    return el("li", pill, el("span", stage_sentence(view, stage, language)))


def rates(view: Coverage, language: str) -> Node | None:
    """The two rates with what they count; nothing before anything was asked."""
    if view.coverage_rate is None or view.robust_rate is None:
        return None
    asked = len(view.asked)
    return el(
        "p.rates",
        say(
            language,
            "map.coverage_rate",
            n=len(view.in_status("covered", "single")),
            asked=asked,
            percent=_percent(view.coverage_rate),
        ),
        "　",
        say(
            language,
            "map.robust_rate",
            n=len(view.in_status("covered")),
            asked=asked,
            percent=_percent(view.robust_rate),
        ),
    )


def caption(language: str) -> Node:
    """Always under a map."""
    return el("p.caption", say(language, "map.caption"))


def legend(language: str) -> Node:
    """What the signs mean."""
    pairs: list[tuple[Any, str]] = [(level, say(language, f"level.{level}")) for level in (2, 1, 0)]
    shown = [el("span.item", el(f"span.level.level-{level}", sign(level, language)), words) for level, words in pairs]
    mixed = el("span.item", el("span.level.level-2.mixed", "◎"), say(language, "map.mixed"))
    return el("p.legend", shown, mixed, el("span.item", say(language, "map.blank")))


def _names(codes: Iterable[str], language: str) -> str:
    return ("、" if language == "ja" else ", ").join(AGENCIES[code].short(language) for code in codes)


def _joined(stages: Iterable[str], language: str) -> str:
    return ("・" if language == "ja" else ", ").join(STAGES[stage].short(language) for stage in stages)


def _percent(rate: float) -> str:
    return f"{100 * rate:.0f}%"
