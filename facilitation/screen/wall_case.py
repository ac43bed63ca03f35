"""On the wall: the case. A scene with what is known and what is not, and what happened then."""

from facilitation import care
from facilitation.screen.parts import Node, el
from facilitation.screen.wall_view import Wall

REST_OF_FACTS = 4
"""Facts of this scene stand in full; of the earlier ones at most so many, the rest as a number."""


def scene(wall: Wall) -> Node:
    if not wall.conference.scene:
        return el("div.big", el("p.title", wall.case.title))
    here = wall.scene
    story = el("div.story-side", el("p.story", here.narrative), el("p.question", here.question))
    return el("div.scene", story, _facts(wall))


def _facts(wall: Wall) -> Node:
    facts = wall.case.facts(wall.conference.variant, wall.position)
    known = [el("li.new", item.text) for item in facts.new_known]
    earlier = [el("li", item.text) for item in facts.earlier_known[: _room(known)]]
    folded = len(facts.earlier_known) - len(earlier)
    answered = [el("li.answered", el("s", a.unknown.text), " → ", a.known.text) for a in facts.answered if a.new]
    unknown = [el("li.new", item.text) for item in facts.new_unknown]
    still = [el("li", item.text) for item in facts.earlier_unknown[: _room(unknown + answered)]]
    waiting = len(facts.earlier_unknown) - len(still)
    return el(
        "aside.facts",
        el("div.card", el("h2", wall.say("facts.known")), el("ul.known", known, earlier, _folded(wall, folded))),
        el(
            "div.card",
            el("h2", wall.say("facts.unknown")),
            el("ul.unknown", answered, unknown, still, _folded(wall, waiting)),
        ),
    )


def _room(new: list[Node]) -> int:
    return max(0, REST_OF_FACTS - len(new))


def _folded(wall: Wall, n: int) -> Node | None:
    return el("li.folded", wall.say("facts.more", n=n)) if n > 0 else None


def reveal(wall: Wall) -> Node:
    lines = wall.case.bridge(wall.conference.variant, wall.conference.here.position)
    pause = el("p.question", wall.say("care.pause")) if care.pauses(wall.conference) else None
    return el("div.reveal", [el("p.story", line) for line in lines], el("p.note", wall.say("reveal.note")), pause)
