"""Role and expectation side by side (C5): a start for talking. Too few answers are not shown at all."""

from collections.abc import Sequence

from facilitation.agencies import AGENCIES
from facilitation.mismatch import Difference, Mismatch
from facilitation.path import STAGES
from facilitation.screen.lettering import INK, MUTED, RULE, SMALLEST, drawing, width, word
from facilitation.screen.parts import Node, el
from facilitation.screen.route_marks import FAMILIES, full_stop
from facilitation.texts import say

WIDTH, ROW, HEAD = 1824, 84, 60
LEFT, RIGHT = 540, 1240
ORDER = ("unknown_strength", "agree", "over_expected")
"""Strengths first."""


def in_order(view: Mismatch, types: Sequence[str]) -> list[Difference]:
    """What is shown: strengths first, then as the conference names its types."""
    known = {code: n for n, code in enumerate([*types, *(code for code in AGENCIES if code not in types)])}
    return sorted(view.shown, key=lambda each: (ORDER.index(each.verdict), known[each.type], each.stage))


def role_picture(shown: Sequence[Difference], language: str) -> Node:
    """A line per type and stage, from what it says of itself to what others expect."""
    return drawing(
        say(language, "roles_map.title"),
        WIDTH,
        HEAD + ROW * len(shown),
        _head(language),
        [_difference(each, HEAD + ROW * (n + 0.5), language) for n, each in enumerate(shown)],
    )


def _x(share: float) -> float:
    return LEFT + share * (RIGHT - LEFT)


def _head(language: str) -> list[Node]:
    """What the two marks mean."""
    role, expectation = say(language, "roles_map.role"), say(language, "roles_map.expectation")
    other = LEFT + 60 + width(role)
    return [
        full_stop(LEFT, 28, 18, INK),
        word(role, LEFT + 28, 28, fill=MUTED, text_anchor="start"),
        _diamond(other, 28),
        word(expectation, other + 28, 28, fill=MUTED, text_anchor="start"),
    ]


def _diamond(x: float, y: float) -> Node:
    return el("path", d=f"M{x:.0f} {y - 17:.0f}l17 17l-17 17l-17 -17Z", fill=INK)


def _difference(each: Difference, y: float, language: str) -> Node:
    agency = AGENCIES[each.type]
    own, others = _x(each.role), _x(each.expectation)
    side = 1 if others >= own else -1
    return el(
        "g",
        word(agency.short(language), 0, y - 17, text_anchor="start", font_weight="bold"),
        word(STAGES[each.stage].short(language), 0, y + 17, text_anchor="start", fill=MUTED),
        el("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, stroke=RULE, stroke_width=3),
        el("line", x1=own, x2=others, y1=y, y2=y, stroke=INK, stroke_width=6),
        full_stop(own, y, 18, FAMILIES[agency.family]),
        _diamond(others, y),
        _share(own, y, each.role, -side),
        _share(others, y, each.expectation, side),
        word(say(language, f"roles_map.{each.verdict}"), RIGHT + 110, y, text_anchor="start", font_weight="bold"),
    )


def _share(x: float, y: float, share: float, side: int) -> Node:
    return word(f"{share:.0%}", x + 24 * side, y, SMALLEST, text_anchor="start" if side > 0 else "end")


def role_sentences(shown: Sequence[Difference], hidden: int, language: str) -> list[str]:
    """A sentence wherever they differ; what agrees and what is hidden is only counted."""
    told = [_sentence(each, language) for each in shown if each.verdict != "agree"]
    agreeing = len(shown) - len(told)
    if agreeing:
        told.insert(0, say(language, "roles_map.agreeing", n=agreeing))
    if hidden:
        told.append(say(language, "roles_map.hidden", n=hidden))
    return told or [say(language, "roles_map.none")]


def _sentence(each: Difference, language: str) -> str:
    names = {"type": AGENCIES[each.type].short(language), "stage": STAGES[each.stage].short(language)}
    shares = {"role": f"{each.role:.0%}", "expectation": f"{each.expectation:.0%}"}
    return say(language, f"roles_map.is_{each.verdict}", **names, **shares)


def role_table(shown: Sequence[Difference], language: str) -> Node | None:
    """Both shares, their difference, and how many answered."""
    if not shown:
        return None
    columns = ("type", "stage", "role", "expectation", "difference", "verdict", "answered")
    names = [el("th", say(language, f"roles_map.{name}"), scope="col") for name in columns]
    rows = [el("tr", [el("td", cell) for cell in _cells(each, language)]) for each in shown]
    caption = el("caption", say(language, "roles_map.title"))
    return el("table.plain", caption, el("thead", el("tr", names)), el("tbody", rows))


def _cells(each: Difference, language: str) -> list[str]:
    return [
        AGENCIES[each.type].short(language),
        STAGES[each.stage].short(language),
        f"{each.role:.3f}",
        f"{each.expectation:.3f}",
        f"{each.difference:+.3f}".replace("-", "−"),
        say(language, f"roles_map.{each.verdict}"),
        say(language, "roles_map.asked", own=each.own, others=each.others),
    ]
