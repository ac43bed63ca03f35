"""What people wrote, by theme (G6): only words that their writers allowed and a person has read.

The type of agency stands beside a quotation only where at least k people of it answered; otherwise the broad category
does, and where that holds too few people either, nothing (domain C11). Those beside whose words nothing stands are
never fewer than k either: otherwise the smallest group has nothing beside its words as well.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from facilitation.agencies import category, group_name
from facilitation.answered import answered
from facilitation.screen.parts import Node, el
from facilitation.suppression import UNTYPED, K, of_respondents
from facilitation.survey_items import ORDER
from facilitation.survey_round import SurveyRound
from facilitation.survey_sheet import questionnaire_of, released_answers
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
    """Sheet → what may stand beside its words. As everywhere, what is known of somebody by a later form is not told of
    an earlier one."""
    said = answered(released_answers(survey), questionnaire_of(survey))
    labels = {}
    for form in survey.released:
        types = said.types_by(ORDER[form])
        people = Counter(types.values())
        codes = {who: code if people[code] >= K else category(code) for who, code in types.items()}
        shown = of_respondents(said.everybody(ORDER[form]), codes).shown.keys() - {UNTYPED}
        for who, sheet in survey.sheets(form).items():
            labels[sheet.revision] = group_name(codes[who], language) if codes.get(who) in shown else ""
    return labels
