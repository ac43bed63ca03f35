"""What the projector shows: one picture per step of the timetable, one thought a picture, no controls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from facilitation import agenda, coverage, remarks
from facilitation.agencies import AGENCIES
from facilitation.code import shown
from facilitation.conference import Conference, statements
from facilitation.path import STAGES
from facilitation.scenario import Case, Scene
from facilitation.screen import mapping, wall_advice, wall_findings
from facilitation.screen.network import qr, wifi_text
from facilitation.screen.parts import Node, el
from facilitation.screen.room import address_of, join_address
from facilitation.texts import say

RULES = 8
MOST_STEPS = 8
PICK_MARKS = {"strength": "◎", "gap": "？", "help": "＋"}
REST_OF_FACTS = 4
"""Facts of this scene stand in full; of the earlier ones at most so many, the rest as a number."""


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything a picture is drawn from."""

    conference: Conference
    case: Case
    language: str
    spent: float

    def say(self, key: str, **params: object) -> str:
        """The text `key` in the wall's language."""
        return say(self.language, key, **params)


def picture_of(wall: Wall) -> Node:
    """The picture of the open step, or what the facilitator put on the wall instead."""
    kind = wall.conference.here.kind if wall.conference.show == "auto" else wall.conference.show
    if wall.conference.ended and wall.conference.show == "auto":
        kind = "closing"
    kind = kind.partition(":")[0]
    draw = PICTURES.get(kind, _plain)
    return el(
        "main.wall", _head(wall, kind), el(f"section.body.at-{kind}", draw(wall)), _foot(wall), lang=wall.language
    )


def _head(wall: Wall, kind: str) -> Node:
    lead: Node | None = None
    title = wall.say(f"step.{kind}") if kind in PICTURES else ""
    if kind == "scene" and wall.conference.scene:
        position, of = _position(wall)
        lead = el("span.number", wall.say("scene.number", n=position + 1, of=of))
        title = _scene(wall).title
    elif kind == "cast":
        title = wall.case.title
    timed = wall.conference.timer.seconds and not wall.conference.ended
    clock = _clock(wall) if timed else None
    return el("header", lead, el("h1", title), el("span.fictional", wall.say("fictional.short")), _sample(wall), clock)


def _sample(wall: Wall) -> Node | None:
    return el("span.sample", wall.say("demo.mark")) if wall.conference.demo else None


def timer_of(conference: Conference, spent: float, language: str) -> dict[str, object]:
    """The open step's clock as the device's own clock wants it (`assets/timer.js`)."""
    people = max((sum(table.values()) for table in conference.people.values()), default=0)
    parts = agenda.parts(conference.here, people, conference.groups)
    return {
        "seconds": conference.timer.seconds,
        "spent": round(spent, 1),
        "running": conference.timer.running,
        "over": say(language, "timer.over"),
        "parts": [[part_name(name, language), seconds] for name, seconds in parts],
    }


def part_name(name: str, language: str) -> str:
    """`read`, `turn:3`, `group:2` … in words."""
    kind, _, n = name.partition(":")
    return say(language, f"part.{kind}", n=n)


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


# --- the pictures ----------------------------------------------------------------------------------------------------


def _join(wall: Wall) -> Node:
    venue = wall.conference.venue
    steps = el("ol.how", *[el("li", wall.say(f"join.step{n}")) for n in (1, 2, 3)])
    wifi = None
    if venue.wifi:
        wifi = el(
            "div.wifi",
            el("img", src=qr(wifi_text(venue.wifi, venue.wifi_key)), alt="Wi-Fi QR"),
            el("p", "Wi-Fi ", el("b", venue.wifi)),
            el("p", venue.wifi_key) if venue.wifi_key else None,
        )
    joined = len([seat for seat in wall.conference.seats.values() if seat.group])
    code = el(
        "div.qr",
        el("img", src=qr(join_address(wall.conference)), alt="QR"),
        el("p.code", shown(wall.conference.code)),
        el("p.address", address_of(wall.conference).removeprefix("http://")),
    )
    words = el("div", el("p.story", wall.say("join.welcome")), steps, el("p.note", wall.say("join.count", n=joined)))
    return el("div.join", code, words, wifi)


def _aims(wall: Wall) -> Node:
    aims = [el("div.card.aim", el("b", str(n)), el("p", wall.say(f"aims.{n}"))) for n in (1, 2)]
    return el("div.big", aims, el("p.note", wall.say("aims.note")))


def _rules(wall: Wall) -> Node:
    return el("ol.rules", [el("li", wall.say(f"rules.{n}")) for n in range(1, RULES + 1)])


def _introductions(wall: Wall) -> Node:
    lines = [(group, code, text) for (group, code), text in wall.conference.lines.items() if text]
    shown_lines = [
        el(f"li.family-{AGENCIES[code].family}", el("b", AGENCIES[code].short(wall.language)), el("span", text))
        for _, code, text in lines[-6:]
    ]
    return el(
        "div",
        el("p.question", wall.say("introductions.ask")),
        el("p.story", wall.say("introductions.how")),
        el("ul.lines", shown_lines),
    )


def _cast(wall: Wall) -> Node:
    people = [el("li", el("b", person.name), _of(wall, person.agency)) for person in wall.case.cast]
    start = AGENCIES[wall.case.initial_agency].short(wall.language)
    return el(
        "div",
        el("p.story", wall.say("cast.start", agency=start)),
        el("ul.cast", people),
        el("p.note", wall.say("fictional.long")),
    )


def _of(wall: Wall, agency: str | None) -> Node | None:
    if agency is None or agency not in AGENCIES:
        return None
    kind = AGENCIES[agency]
    return el(f"span.chip.family-{kind.family}", kind.short(wall.language))


def _scene_picture(wall: Wall) -> Node:
    if not wall.conference.scene:
        return _plain(wall)
    scene = _scene(wall)
    story = el("div.story-side", el("p.story", scene.narrative), el("p.question", scene.question))
    return el("div.scene", story, _facts(wall))


def _facts(wall: Wall) -> Node:
    facts = wall.case.facts(wall.conference.variant, _position(wall)[0])
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


def _reveal(wall: Wall) -> Node:
    lines = wall.case.bridge(wall.conference.variant, wall.conference.here.position)
    return el("div.reveal", [el("p.story", line) for line in lines], el("p.note", wall.say("reveal.note")))


def _break(wall: Wall) -> Node:
    return el("div", el("p.note", wall.say("break.note")), _groups(wall))


def _groups(wall: Wall) -> Node:
    view = coverage.by_group(statements(wall.conference.cards.values(), texts=False))
    return el(
        "div.mapping",
        el("p.headline", mapping.group_sentence(view, wall.language)),
        mapping.groups_side_by_side(view, wall.language, wall.conference.groups),
        mapping.caption(wall.language),
    )


def _map(wall: Wall) -> Node:
    view = coverage.coverage(statements(wall.conference.cards.values(), texts=False))
    return el(
        "div.mapping",
        mapping.by_type(view, wall.language, wall.conference.types),
        mapping.legend(wall.language),
        el("div.under", mapping.caption(wall.language), mapping.rates(view, wall.language)),
    )


def _table_check(wall: Wall) -> Node:
    asks = [
        el("div.card.aim", el("b", mark), el("p", wall.say(f"table_check.{name}"))) for name, mark in PICK_MARKS.items()
    ]
    return el("div.big.three", asks, el("p.note", wall.say("table_check.note")))


def _sharing(wall: Wall) -> Node:
    """The order of presenting, each group with its minutes and the three things it picked."""
    parts = agenda.parts(wall.conference.here, 0, wall.conference.groups)
    minutes = wall.say("minutes", m=_minutes(parts[0][1])) if parts else ""
    order = [_presenting(wall, group, minutes) for group in range(1, wall.conference.groups + 1)]
    return el("div.big", el("ol.order", order), el("p.note", wall.say("sharing.note")))


def _presenting(wall: Wall, group: int, minutes: str) -> Node:
    pick = wall.conference.picks.get(group)
    picked = {
        "strength": STAGES[pick.strength].short(wall.language) if pick and pick.strength else "",
        "gap": STAGES[pick.gap].short(wall.language) if pick and pick.gap else "",
        "help": pick.help if pick else "",
    }
    lines = [el("p.picked", el("b", PICK_MARKS[name]), " ", text) for name, text in picked.items() if text]
    return el("li", el("div.who", wall.say("group", n=group), el("span", minutes)), lines)


def _steps(wall: Wall) -> Node:
    """明日からの一歩, by agency type only; the newest first, as many as a wall holds."""
    newest = list(wall.conference.next_steps.values())[::-1][:MOST_STEPS]
    cards = [
        el(
            f"li.family-{AGENCIES[step.type].family}",
            el("b", AGENCIES[step.type].short(wall.language), " → ", AGENCIES[step.to].short(wall.language)),
            el("span", step.text),
        )
        for step in newest
    ]
    return el("div", el("p.question", wall.say("survey.step")), el("ul.lines", cards))


def _minutes(seconds: int) -> str:
    return f"{seconds / 60:.1f}".rstrip("0").rstrip(".")


def _advisers(wall: Wall) -> Node:
    """What advisers chose to speak about; the groups' map until they have chosen."""
    if remarks.quotes(wall.conference):
        return wall_advice.quotes(wall)
    return el("div", el("p.note", wall.say("advisers.note")), _groups(wall))


def _lecture(wall: Wall) -> Node:
    """Title and up to three key lines, as the organiser wrote them; the slides are the lecturer's own."""
    title, *points = wall.conference.venue.lecture.splitlines() or [wall.say("lecture.title")]
    keys = el("ul.points", [el("li", point) for point in points[:3]]) if points else None
    return el("div.big", el("p.title", title), keys, el("p.note", wall.say("lecture.note")))


def _survey(wall: Wall) -> Node:
    link = wall.conference.venue.survey
    code = el("div.qr", el("img", src=qr(link), alt="QR"), el("p.address", link)) if link else None
    words = el(
        "div",
        el("p.story", wall.say("survey.link" if link else "survey.paper")),
        el("p.question", wall.say("survey.step")),
    )
    return el("div.join", code, words)


def _closing(wall: Wall) -> Node:
    venue = wall.conference.venue
    rows = [
        (wall.say("closing.next"), venue.next_date),
        (wall.say("safety.person"), " ".join(filter(None, (venue.person, venue.room)))),
        (wall.say("safety.contacts"), venue.contacts),
    ]
    known = [el("div.card", el("h2", title), el("p", text)) for title, text in rows if text]
    return el("div.big", el("p.title", wall.say("closing.thanks")), known, el("p.note", wall.say("closing.note")))


def _blank(wall: Wall) -> Node:
    return el("div.big", el("p.title", wall.conference.title or wall.case.title))


def _plain(wall: Wall) -> Node:
    return _blank(wall)


PICTURES: Mapping[str, Callable[[Wall], Node]] = {
    "reception": _join,
    "join": _join,
    "aims": _aims,
    "rules": _rules,
    "introductions": _introductions,
    "cast": _cast,
    "scene": _scene_picture,
    "reveal": _reveal,
    "break": _break,
    "groups": _groups,
    "map": _map,
    "route": wall_findings.route,
    "bridges": wall_findings.bridges,
    "helps": wall_findings.helps,
    "mismatch": wall_findings.mismatch,
    "table_check": _table_check,
    "sharing": _sharing,
    "advisers": _advisers,
    "quotes": wall_advice.quotes,
    "advice": wall_advice.advice,
    "lecture": _lecture,
    "survey": _survey,
    "steps": _steps,
    "closing": _closing,
    "blank": _blank,
}


def _position(wall: Wall) -> tuple[int, int]:
    """(position of the scene opened last, number of scenes played)."""
    numbers = [step.scene for step in wall.conference.steps if step.scene]
    return numbers.index(wall.conference.scene), len(numbers)


def _scene(wall: Wall) -> Scene:
    return wall.case.scenes[wall.conference.scene - 1]
