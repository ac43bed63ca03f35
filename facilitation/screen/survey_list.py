"""On the organisers' front page: the surveys of events that have no case of their own."""

from facilitation.code import shown
from facilitation.screen.parts import Node, el, picture
from facilitation.screen.visit import Visit
from facilitation.survey_round import OPEN, SurveyRound


def surveys(visitor: Visit) -> None:
    """The newest first, and the way to open one."""
    found = [survey for survey in visitor.house.surveys.all() if survey.opened and not survey.conference]
    head = el("h2", visitor.say("survey_open.list"))
    link = el("p", el("a.button", visitor.say("survey_open.new"), href="/survey"))
    picture(el("section", head, link, el("div.list", [_row(visitor, survey) for survey in found])), key="surveys")


def _row(visitor: Visit, survey: SurveyRound) -> Node:
    say = visitor.say
    open_now = [say(f"answering.form.{form}") for form, state in survey.forms.items() if state == OPEN]
    words = [survey.date, shown(survey.code), say(f"survey_open.is_{survey.kind}"), *open_now]
    sample = el("span.sample", say("demo.mark")) if survey.demo else None
    return el(
        "article.card.conference",
        el("div", el("b", survey.title or say("page.survey")), el("span.muted", " · ".join(words)), sample),
        el("nav", el("a.button", say("home.survey"), href=f"/survey?c={survey.id}")),
    )
