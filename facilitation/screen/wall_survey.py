"""On the wall: the survey's QR at the door, at its own step and, for late ones, at the goodbye; a count, never who."""

from facilitation.screen.network import qr
from facilitation.screen.parts import Node, el
from facilitation.screen.room import survey_address
from facilitation.screen.survey_desk import expected
from facilitation.screen.wall_view import Wall
from facilitation.survey_pages import effort
from facilitation.survey_sheet import STEP, items_of

AFTER = ("post", "study", "visit")


def before(wall: Wall) -> Node | None:
    """Beside the QR to join: the form before, for each person's own phone."""
    if wall.survey is None or not wall.survey.is_open("pre"):
        return None
    words = el("p.which", el("span", wall.say("survey_wall.which")), el("b", wall.say("answering.form.pre")))
    count = el("p.count", _count(wall, "pre"))
    return el("div.qr.survey-qr", words, _code(wall), count, el("p.address", _address(wall)))


def survey(wall: Wall) -> Node:
    """The survey's own step: one QR, full size, and how many have answered. An address of the organisers' own goes
    first; where there is none, there is paper."""
    form = _open_after(wall)
    link = wall.conference.venue.survey
    if form and not link:
        words = el(
            "div",
            el("p.story", wall.say("survey.link")),
            el("p.count", _count(wall, form)),
            _effort(wall, form),
            el("p.note", wall.say("answering.promise1"), " ", wall.say("answering.promise3")),
            el("p.question", wall.say("survey_wall.step")) if _asks_step(wall, form) else None,
        )
        return el("div.join", el("div.qr", _code(wall), el("p.address", _address(wall))), words)
    code = el("div.qr", el("img", src=qr(link), alt="QR"), el("p.address", link)) if link else None
    words = el(
        "div",
        el("p.story", wall.say("survey.link" if link else "survey.paper")),
        el("p.question", wall.say("survey.step")),
    )
    return el("div.join", code, words)


def for_late_ones(wall: Wall) -> Node | None:
    """At the goodbye: still there for whoever has not answered yet."""
    form = _open_after(wall)
    if not form or wall.conference.venue.survey:
        return None
    words = el("p.which", wall.say("survey_wall.late"))
    return el("div.qr.survey-qr", words, _code(wall), el("p.count", _count(wall, form)))


def _open_after(wall: Wall) -> str:
    return next((form for form in AFTER if wall.survey and wall.survey.is_open(form)), "")


def _code(wall: Wall) -> Node:
    assert wall.survey
    return el("img", src=qr(survey_address(wall.survey, wall.conference)), alt="QR")


def _address(wall: Wall) -> str:
    assert wall.survey
    return survey_address(wall.survey, wall.conference).removeprefix("http://").partition("?")[0]


def _count(wall: Wall, form: str) -> list[Node]:
    """How many of how many; without a number to expect, how many."""
    assert wall.survey
    of = expected(wall.survey, wall.conference)
    words = wall.say("survey_wall.of", n=of) if of else wall.say("survey_wall.answered")
    return [el("b", str(wall.survey.answered(form))), words]


def _asks_step(wall: Wall, form: str) -> bool:
    assert wall.survey
    return any(item.id == STEP for item in items_of(wall.survey, form))


def _effort(wall: Wall, form: str) -> Node:
    assert wall.survey
    needs = effort(items_of(wall.survey, form), wall.survey.types)
    return el("p.note", wall.say("answering.minutes", minutes=needs.minutes))
