"""On the organisers' front page: the surveys of events that have no case of their own."""

from facilitation.calendar import shown_date
from facilitation.code import shown
from facilitation.screen.listing import at_once, more, narrowed
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.visit import Visit
from facilitation.survey_summary import SurveySummary


def surveys(visitor: Visit) -> None:
    """The newest first, and the way to open one."""
    found = [survey for survey in visitor.house.surveys.so_far()[0] if survey.opened and not survey.conference]
    head = el("h2", visitor.say("survey_open.list"))
    link = el("p", el("a.button", visitor.say("survey_open.new"), href="/survey"))
    picture(el("section", head, link), key="surveys")
    wanted, now = narrowed(visitor, found, "find-survey"), at_once("polled")
    rows = [_row(visitor, survey) for survey in wanted[:now]]
    empty = el("p.empty", visitor.say("listing.nothing")) if found else None
    picture(el("div.list", rows or empty), key="survey-list")
    more(visitor, len(wanted) - now, "polled")


def _row(visitor: Visit, survey: SurveySummary) -> Node:
    say = visitor.say
    open_now = [say(f"answering.form.{form}") for form in survey.open_forms]
    day = shown_date(survey.date, visitor.language)
    words = [day, shown(survey.code), say(f"survey_open.is_{survey.kind}"), *open_now]
    sample = el("span.sample", say("demo.mark")) if survey.demo else None
    return el(
        "article.card.conference",
        el("div", el("b", survey.title or say("page.survey")), el("span.muted", " · ".join(words)), sample),
        el("nav", el("a.button", say("home.survey"), href=f"/survey?c={survey.id}")),
    )
