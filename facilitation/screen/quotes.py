"""What people wrote, by theme (G6): only words that their writers allowed and a person has read.

The type of agency stands beside a quotation only where at least k people of it answered; otherwise the broad category
does, and where that holds too few people either, nothing (domain C11).
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from facilitation.agencies import AGENCIES
from facilitation.screen.parts import Node, el
from facilitation.suppression import K
from facilitation.survey_items import AGENCY_TYPE
from facilitation.survey_round import SurveyRound
from facilitation.survey_texts import Written, written
from facilitation.texts import say
from facilitation.themes import THEMES, UNSORTED

MOST_OF_A_THEME = 6
LONGEST = 80
HOPES = "QT9"
"""The theme of what was hard: always there, so that criticism is not lost."""


def quotes(survey: SurveyRound, language: str) -> Node:
    """The themes with their quotations; at most six each, the rest counted."""
    shown = [text for text in written(survey) if text.shown and text.form in survey.released]
    themes = [code for code in (*THEMES, UNSORTED) if code == HOPES or any(text.theme == code for text in shown)]
    labels = _labels(survey, language)
    return el(
        "section.quotes",
        el("p.muted", say(language, "results.quotes_how")),
        [_theme(code, [text for text in shown if text.theme == code], labels, language) for code in themes],
    )


def _theme(code: str, texts: Sequence[Written], labels: Mapping[int, str], language: str) -> Node:
    name = THEMES[code].name(language) if code in THEMES else say(language, "results.unsorted")
    cards = [
        el("blockquote.card", el("p", _short(text.shown)), _label(labels.get(text.sheet, "")))
        for text in texts[:MOST_OF_A_THEME]
    ]
    more = len(texts) - MOST_OF_A_THEME
    return el(
        "article.theme",
        el("h2", name),
        cards or el("p.empty", say(language, "results.no_quote")),
        el("p.muted", say(language, "results.more_quotes", n=more)) if more > 0 else None,
    )


def _label(words: str) -> Node | None:
    return el("footer.muted", words) if words else None


def _short(text: str) -> str:
    """At most eighty signs on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _labels(survey: SurveyRound, language: str) -> Mapping[int, str]:
    """Sheet → what may stand beside its words. A respondent's type may stand on any of the person's sheets."""
    types = {
        who: str(value)
        for (who, _), sheet in survey.answers.items()
        if sheet.form in survey.released
        for item, _, value in sheet.rows
        if item == AGENCY_TYPE and value in AGENCIES
    }
    people, broad = Counter(types.values()), Counter(AGENCIES[code].broad for code in types.values())

    def words(code: str) -> str:
        agency = AGENCIES[code]
        if people[code] >= K:
            return agency.short(language)
        left = broad[agency.broad] - sum(n for other, n in people.items() if n >= K and _same(other, code))
        return say(language, f"broad.{agency.broad}") if left >= K else ""

    return {sheet.revision: words(types[who]) for (who, _), sheet in survey.answers.items() if who in types}


def _same(one: str, other: str) -> bool:
    return AGENCIES[one].broad == AGENCIES[other].broad
