"""Stages that rest on one agency type alone (C3): a question about sharing, never a mark for the agency."""

from collections.abc import Mapping

from facilitation.agencies import AGENCIES
from facilitation.dependence import Dependence
from facilitation.path import STAGES
from facilitation.screen.parts import Node, el
from facilitation.texts import say

Resting = Mapping[str, Dependence]


def dependence_sentences(view: Resting, language: str) -> list[str]:
    """A sentence per stage; one more where much rests on one type."""
    if not view:
        return [say(language, "alone.none")]
    told = [
        say(language, "alone.only", stage=STAGES[stage].short(language), type=AGENCIES[code].short(language))
        for stage, code in _stages(view)
    ]
    return told + [_heavy(code, rests, language) for code, rests in view.items() if rests.heavy]


def _stages(view: Resting) -> list[tuple[str, str]]:
    return sorted((stage, code) for code, rests in view.items() for stage in rests.stages)


def _heavy(code: str, rests: Dependence, language: str) -> str:
    return say(language, "alone.heavy", type=AGENCIES[code].short(language), n=rests.solo, percent=percent(rests.share))


def dependence_picture(view: Resting, language: str) -> Node | None:
    """Stage by stage who stands there, and the empty place beside."""
    if not view:
        return None
    return el("ul.alone", [_stage(stage, code, language) for stage, code in _stages(view)])


def _stage(stage: str, code: str, language: str) -> Node:
    agency = AGENCIES[code]
    chip = el(f"span.chip.family-{agency.family}", agency.short(language))
    return el("li", el("b", STAGES[stage].short(language)), chip, el("span.chip.place", say(language, "alone.place")))


def dependence_table(view: Resting, language: str) -> Node | None:
    """Type, its stages, their share of the stages that somebody carries."""
    if not view:
        return None
    names = [el("th", say(language, f"alone.{name}"), scope="col") for name in ("type", "stages", "share")]
    rows = [
        el(
            "tr",
            el("th", AGENCIES[code].short(language), scope="row"),
            el(
                "td", ("、" if language == "ja" else ", ").join(STAGES[stage].short(language) for stage in rests.stages)
            ),
            el("td", percent(rests.share)),
        )
        for code, rests in view.items()
    ]
    caption = el("caption", say(language, "alone.title"))
    return el("table.plain", caption, el("thead", el("tr", names)), el("tbody", rows))


def percent(share: float) -> str:
    """16.7%: one digit behind the point, none where it is a nought."""
    return f"{100 * share:.1f}".removesuffix(".0") + "%"
