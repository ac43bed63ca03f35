"""What the projector shows: one picture per step of the timetable, one thought a picture, no controls."""

from collections.abc import Callable, Mapping

from facilitation import care
from facilitation.code import shown
from facilitation.screen import wall_advice, wall_case, wall_evening, wall_findings, wall_map, wall_results, wall_survey
from facilitation.screen.clock import timer_of
from facilitation.screen.parts import Node, el
from facilitation.screen.wall_view import Wall


def picture_of(wall: Wall) -> Node:
    """The picture of the open step, or what the facilitator put on the wall instead."""
    kind = wall.conference.here.kind if wall.conference.show == "auto" else wall.conference.show
    if wall.conference.ended and wall.conference.show == "auto":
        kind = "closing"
    kind = kind.partition(":")[0]
    draw = PICTURES.get(kind, wall_evening.blank)
    return el(
        "main.wall", _head(wall, kind), el(f"section.body.at-{kind}", draw(wall)), _foot(wall), lang=wall.language
    )


def _head(wall: Wall, kind: str) -> Node:
    lead: Node | None = None
    title = wall.say(f"step.{kind}") if kind in PICTURES else ""
    if kind == "scene" and wall.conference.scene:
        lead = el("span.number", wall.say("scene.number", n=wall.position + 1, of=len(wall.numbers)))
        title = wall.scene.title
    elif kind == "cast":
        title = wall.case.title
    clock = _clock(wall) if care.shows_clock(wall.conference) else None
    return el("header", lead, el("h1", title), el("span.fictional", wall.say("fictional.short")), _sample(wall), clock)


def _sample(wall: Wall) -> Node | None:
    return el("span.sample", wall.say("demo.mark")) if wall.conference.demo else None


def _clock(wall: Wall) -> Node:
    timer = timer_of(wall.conference, wall.spent, wall.language)
    paused = None if wall.conference.timer.running else el("span.paused", wall.say("timer.paused"))
    part = el("span.part", el("span", data_show="part"), " ", el("span.part-left", data_show="part-left"))
    return el(
        "div.clock",
        part if timer["parts"] else None,
        paused,
        el("span.time", data_show="left"),
        timer=timer,
        role="timer",
    )


def _foot(wall: Wall) -> Node:
    conference = wall.conference
    dots = [_dot(wall, group) for group in range(1, conference.groups + 1)]
    late = wall.say("ended") if conference.ended else wall.say("late")
    code = None if conference.ended else el("b.code", shown(conference.code))
    return el("footer", el("div.dots", dots), el("div.late", late, " ", code), _safety(wall))


def _safety(wall: Wall) -> Node:
    """The safety line stands on the wall too, in words: a wall has no button."""
    venue = wall.conference.venue
    whom = " ".join(filter(None, (venue.person, venue.room))) or wall.say("safety.staff")
    return el("div.care", wall.say("safety.button"), " → ", whom)


def _dot(wall: Wall, group: int) -> Node:
    conference = wall.conference
    written = conference.written(group, conference.scene) if conference.scene else 0
    ready = conference.ready.get(group, -1) == conference.step
    words = wall.say("group", n=group) + (" " + wall.say("cards", n=written) if written else "")
    mark = "✓" if ready else ("●" if written else "○")
    return el("span.dot" + (".ready" if ready else ""), el("i", mark), words)


PICTURES: Mapping[str, Callable[[Wall], Node]] = {
    "reception": wall_evening.join,
    "join": wall_evening.join,
    "aims": wall_evening.aims,
    "rules": wall_evening.rules,
    "introductions": wall_evening.introductions,
    "cast": wall_evening.cast,
    "scene": wall_case.scene,
    "reveal": wall_case.reveal,
    "break": wall_map.at_the_break,
    "groups": wall_map.groups,
    "map": wall_map.union,
    "route": wall_findings.route,
    "bridges": wall_findings.bridges,
    "helps": wall_findings.helps,
    "mismatch": wall_findings.mismatch,
    "table_check": wall_evening.table_check,
    "sharing": wall_evening.sharing,
    "advisers": wall_evening.advisers,
    "quotes": wall_advice.quotes,
    "advice": wall_advice.advice,
    "lecture": wall_evening.lecture,
    "survey": wall_survey.survey,
    "results": wall_results.results,
    "steps": wall_evening.steps,
    "closing": wall_evening.closing,
    "blank": wall_evening.blank,
}
