"""The verbs of those who answer a survey, on a phone or on paper: a sheet says nothing of who, where and when."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from facilitation.access import LEADS, Problem, Refused, RefusedFields, Who, require
from facilitation.cards import is_id
from facilitation.commands import Drafts
from facilitation.entries import Draft
from facilitation.survey_code import read_code
from facilitation.survey_commands import has_form, there
from facilitation.survey_items import Answer
from facilitation.survey_round import CLOSED, Row, SurveyRound
from facilitation.survey_sheet import body_of, form_of, rows_of
from facilitation.typed import nfkc


def answer(survey: SurveyRound, who: Who, *, form: str, code: str, answers: Sequence[Row], key: str) -> Drafts:
    """Somebody's sheet of an open form; sent again, the last one counts. Who it is, is nowhere: no author, no seat."""
    has_form(survey, form)
    if not survey.is_open(form):
        raise Refused("poll.closed" if survey.forms[form] == CLOSED else "poll.not_open")
    if code not in survey.codes:
        raise Refused("poll.code_unknown", found=code)
    if not is_id(key):
        raise Refused("not_allowed")
    return _sheet(survey, form, code, rows_of(survey, form, answers), key)


def _sheet(survey: SurveyRound, form: str, code: str, rows: Sequence[Row], key: str, **more: Any) -> Drafts:
    """The entry of a sheet; none where the same was said before."""
    before = survey.answers.get((code, form))
    if before and sorted(before.rows, key=str) == sorted(rows, key=str):
        return ()
    return (Draft("answer_given", "", {"form": form, "code": code, **body_of(survey, rows), **more}, key),)


def read_in(survey: SurveyRound, who: Who, *, answers: Iterable[Answer]) -> Drafts:
    """Answers typed from paper, all or none, before the results of their form. A respondent is known by the code on
    the card, or by a mark that does not tell what was typed; read in twice, nothing is doubled."""
    require(who, *LEADS)
    there(survey)
    sheets: dict[tuple[str, str], list[Row]] = {}
    problems: list[Problem] = []
    for given in answers:
        form = form_of(survey, given)
        if form is None:
            problems.append(Problem(given.item, "poll.item", {"found": f"{given.when} {given.item}"}))
        else:
            row = (given.item, given.option, given.value)
            sheets.setdefault((_mark(survey, given.respondent), form), []).append(row)
    drafts: list[Draft] = []
    for (code, form), rows in sorted(sheets.items()):
        if form in survey.released:
            raise Refused("poll.released")
        try:
            drafts += _sheet(survey, form, code, rows_of(survey, form, rows), "", paper=True)
        except RefusedFields as refused:
            problems += refused.problems
        except Refused as refused:
            problems.append(Problem(form, refused.key, refused.params))
    if problems:
        raise RefusedFields(tuple(problems))
    return tuple(drafts)


def _mark(survey: SurveyRound, respondent: str) -> str:
    """The code of a card; for any other text a mark of its own, from which the text cannot be read."""
    read = read_code(respondent)
    if read.code and read.code in survey.codes:
        return read.code
    return sha256(f"{survey.secret} {nfkc(respondent).strip()}".encode()).hexdigest()[:16]
