"""On the wall: the groups side by side, and what the room could carry together."""

from facilitation import coverage
from facilitation.conference import statements
from facilitation.screen import mapping
from facilitation.screen.parts import Node, el
from facilitation.screen.wall_view import Wall


def groups(wall: Wall) -> Node:
    view = coverage.by_group(statements(wall.conference.cards.values(), texts=False))
    return el(
        "div.mapping",
        el("p.headline", mapping.group_sentence(view, wall.language)),
        mapping.groups_side_by_side(view, wall.language, wall.conference.groups),
        mapping.caption(wall.language),
    )


def union(wall: Wall) -> Node:
    view = coverage.coverage(statements(wall.conference.cards.values(), texts=False))
    return el(
        "div.mapping",
        mapping.by_type(view, wall.language, wall.conference.types),
        mapping.legend(wall.language),
        el("div.under", mapping.caption(wall.language), mapping.rates(view, wall.language)),
    )


def at_the_break(wall: Wall) -> Node:
    return el("div", el("p.note", wall.say("break.note")), groups(wall))
