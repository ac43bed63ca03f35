"""On the wall: the blocks of the evening around the case, from the QR code to the goodbye."""

from facilitation import agenda, checking, remarks
from facilitation.agencies import AGENCIES
from facilitation.code import shown
from facilitation.path import STAGES
from facilitation.screen import wall_advice, wall_map, wall_survey
from facilitation.screen.network import qr, wifi_text
from facilitation.screen.parts import Node, el
from facilitation.screen.room import address_of, join_address
from facilitation.screen.wall_view import Wall

RULES = 8
MOST_STEPS = 8
PICK_MARKS = {"strength": "◎", "gap": "？", "help": "＋"}


def join(wall: Wall) -> Node:
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
    asks = wall_survey.before(wall)
    code = el(
        "div.qr",
        el("p.which", el("span", wall.say("join.which")), el("b", wall.say("join.what"))) if asks else None,
        el("img", src=qr(join_address(wall.conference)), alt="QR"),
        el("p.code", shown(wall.conference.code)),
        el("p.address", address_of(wall.conference).removeprefix("http://")),
    )
    count = el("p.note", wall.say("join.count", n=joined))
    if asks:
        return el("div.join.two", code, asks, el("div.beside", el("p.story", wall.say("join.both")), count, wifi))
    return el("div.join", code, el("div", el("p.story", wall.say("join.welcome")), steps, count), wifi)


def aims(wall: Wall) -> Node:
    aims = [el("div.card.aim", el("b", str(n)), el("p", wall.say(f"aims.{n}"))) for n in (1, 2)]
    return el("div.big", aims, el("p.note", wall.say("aims.note")))


def rules(wall: Wall) -> Node:
    return el("ol.rules", [el("li", wall.say(f"rules.{n}")) for n in range(1, RULES + 1)])


def introductions(wall: Wall) -> Node:
    lines = [(group, code, text) for (group, code), text in checking.lines(wall.conference, wall.language).items()]
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


def cast(wall: Wall) -> Node:
    people = [el("li", el("b", person.name), _of(wall, person.agency)) for person in wall.case.cast]
    start = AGENCIES[wall.case.initial_agency].short(wall.language)
    return el(
        "div",
        el("p.question", wall.say("care.told")) if wall.conference.sensitive else None,
        el("p.story", wall.say("cast.start", agency=start)),
        el("ul.cast", people),
        el("p.note", wall.say("fictional.long")),
    )


def _of(wall: Wall, agency: str | None) -> Node | None:
    if agency is None or agency not in AGENCIES:
        return None
    kind = AGENCIES[agency]
    return el(f"span.chip.family-{kind.family}", kind.short(wall.language))


def table_check(wall: Wall) -> Node:
    asks = [
        el("div.card.aim", el("b", mark), el("p", wall.say(f"table_check.{name}"))) for name, mark in PICK_MARKS.items()
    ]
    return el("div.big.three", asks, el("p.note", wall.say("table_check.note")))


def sharing(wall: Wall) -> Node:
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
        "help": wall.conference.picked_help(group),
    }
    lines = [el("p.picked", el("b", PICK_MARKS[name]), " ", text) for name, text in picked.items() if text]
    return el("li", el("div.who", wall.say("group", n=group), el("span", minutes)), lines)


def _minutes(seconds: int) -> str:
    return f"{seconds / 60:.1f}".rstrip("0").rstrip(".")


def steps(wall: Wall) -> Node:
    """明日からの一歩, by agency type only; the newest first, as many as a wall holds."""
    newest = checking.steps(wall.conference, wall.language)[::-1][:MOST_STEPS]
    cards = [
        el(
            f"li.family-{AGENCIES[step.type].family}",
            el("b", AGENCIES[step.type].short(wall.language), " → ", AGENCIES[step.to].short(wall.language)),
            el("span", step.text),
        )
        for step in newest
    ]
    return el("div", el("p.question", wall.say("survey.step")), el("ul.lines", cards))


def advisers(wall: Wall) -> Node:
    """What advisers chose to speak about; the groups' map until they have chosen."""
    if remarks.quotes(wall.conference):
        return wall_advice.quotes(wall)
    return el("div", el("p.note", wall.say("advisers.note")), wall_map.groups(wall))


def lecture(wall: Wall) -> Node:
    """Title and up to three key lines, as the organiser wrote them; the slides are the lecturer's own."""
    title, *points = wall.conference.venue.lecture.splitlines() or [wall.say("lecture.title")]
    keys = el("ul.points", [el("li", point) for point in points[:3]]) if points else None
    return el("div.big", el("p.title", title), keys, el("p.note", wall.say("lecture.note")))


def closing(wall: Wall) -> Node:
    venue = wall.conference.venue
    rows = [
        (wall.say("closing.next"), venue.next_date),
        (wall.say("safety.person"), " ".join(filter(None, (venue.person, venue.room)))),
        (wall.say("safety.contacts"), venue.contacts),
    ]
    known = [el("div.card", el("h2", title), el("p", text)) for title, text in rows if text]
    words = el("div.big", el("p.title", wall.say("closing.thanks")), known, el("p.note", wall.say("closing.note")))
    late = wall_survey.for_late_ones(wall)
    return el("div.closing", words, late) if late else words


def blank(wall: Wall) -> Node:
    return el("div.big", el("p.title", wall.conference.title or wall.case.title))
