"""Surveys on paper: a form as A4 pages, with the number to be typed beside every choice, and cards with codes to cut.

What stands beside a choice is what the sheet of answers takes: 5 to 0 for a scale, an option's code, 1 in a table.
"""

from dataclasses import dataclass

from facilitation.agencies import AGENCIES
from facilitation.calendar import shown_date
from facilitation.export.record import PAGES
from facilitation.survey_code import shown
from facilitation.survey_items import LEVELS, NO_ANSWER, Item, Option, options
from facilitation.survey_pages import pages
from facilitation.survey_round import SurveyRound
from facilitation.survey_sheet import items_of
from facilitation.texts import say

CARDS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Block:
    """Items that are printed together: a table of levels, a table of ticks, or one question of its own."""

    kind: str
    items: tuple[Item, ...]
    options: tuple[Option, ...] = ()


def survey_paper(survey: SurveyRound, form: str, language: str) -> str:
    """One form as an HTML file to print."""
    return PAGES.get_template("survey_paper.html").render(
        say=lambda key, **params: say(language, key, **params),
        language=language,
        survey=survey,
        date=shown_date(survey.date, language),
        form=form,
        blocks=list(_blocks(survey, form)),
        levels=(*reversed(LEVELS), NO_ANSWER),
        present=[AGENCIES[code].short(language) for code in survey.types],
    )


def _blocks(survey: SurveyRound, form: str) -> list[Block]:
    """The order of the phone's pages; scales that follow each other share one table."""
    found: list[Block] = []
    for page in pages(items_of(survey, form)):
        if page.kind == "grid":
            found.append(Block("grid", page.items, options(page.items[0], survey.types)))
        elif page.items[0].type == "likert5":
            before = found.pop().items if found and found[-1].kind == "likert5" else ()
            found.append(Block("likert5", (*before, *page.items)))
        else:
            found += [Block(item.type, (item,), options(item, survey.types)) for item in page.items]
    return found


def code_cards(survey: SurveyRound, language: str, qr: str, address: str) -> str:
    """The cards of a survey's own deck, ten a page, with lines to cut along."""
    cards = [shown(code) for code in survey.cards()]
    return PAGES.get_template("code_cards.html").render(
        say=lambda key, **params: say(language, key, **params),
        language=language,
        survey=survey,
        sheets=[cards[at : at + CARDS_A_PAGE] for at in range(0, len(cards), CARDS_A_PAGE)],
        qr=qr,
        address=address.removeprefix("http://"),
    )
