"""One respondent's sheet: what arrives from a phone or from paper is checked item by item and named with its place."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from facilitation.access import Problem, Refused, RefusedFields
from facilitation.survey_changes import changed
from facilitation.survey_items import AGENCY_TYPE, LEVELS, NO_ANSWER, STANDARD, Answer, Item, Questionnaire, options
from facilitation.survey_round import Row, SurveyRound
from facilitation.typed import clean, nfkc

STEP = "T2"
"""明日からの一歩: asked once, on a phone or on the table's tablet."""

TICKS = (0, 1)


def questionnaire_of(survey: SurveyRound) -> Questionnaire:
    """The items of a survey: the standard, with what its organisers changed."""
    return changed(STANDARD, survey.changes)


def items_of(survey: SurveyRound, form: str) -> tuple[Item, ...]:
    """What a form asks, in order."""
    return questionnaire_of(survey).form(form, survey.kind)


def askable(survey: SurveyRound, form: str) -> Mapping[str, Item]:
    """What a sheet of this form may answer: its items, and the agency type, for those who missed the form before."""
    found = {item.id: item for item in items_of(survey, form)}
    return found | {AGENCY_TYPE: questionnaire_of(survey).items[AGENCY_TYPE]}


def form_of(survey: SurveyRound, given: Answer) -> str | None:
    """The form an answer of a sheet belongs to: at a visit, what is asked "after" stands in the visit's form."""
    for form in sorted(survey.forms, key=lambda form: form != given.when):
        item = askable(survey, form).get(given.item)
        if item and given.when in (item.when(form), form):
            return form
    return None


def rows_of(survey: SurveyRound, form: str, answers: Iterable[Row]) -> tuple[Row, ...]:
    """The answers as they are kept: texts cleaned, empty ones left out, each place once, in the order of the form.
    Refuses with all that is wrong, each with its item; and a sheet on which nothing was said."""
    asked = askable(survey, form)
    kept: dict[tuple[str, str], int | str] = {}
    problems: list[Problem] = []
    for item, option, value in answers:
        if item not in asked:
            problems.append(Problem(item, "poll.item", {"found": item[:20]}))
            continue
        try:
            kept[(item, option)] = _value(asked[item], option, value, survey.types)
        except Refused as refusal:
            problems.append(Problem(item, refusal.key, {**refusal.params, "item": item}))
    if problems:
        raise RefusedFields(tuple(problems))
    said = {place: value for place, value in kept.items() if value != ""}
    if not any(value or not option for (_, option), value in said.items()):
        raise Refused("poll.empty")
    order = list(asked)
    return tuple((*place, said[place]) for place in sorted(said, key=lambda at: (order.index(at[0]), at[1])))


def _value(item: Item, option: str, value: Any, present: Sequence[str]) -> int | str:
    """One answer as it is kept, or the reason why it is none."""
    codes = [each.code for each in options(item, present)]
    match item.type:
        case "likert5":
            return _one_of(value, (*LEVELS, NO_ANSWER))
        case "single":
            return _known(value, codes)
        case "multi" | "grid_binary":
            _known(option, codes)
            return _one_of(value, TICKS)
    text = clean(str(value)).strip()
    if len(text) > item.most:
        raise Refused("poll.long", most=item.most, length=len(text))
    return text


def _one_of(value: Any, levels: Sequence[int]) -> int:
    found = {str(level): level for level in levels}.get(nfkc(str(value)))
    if found is None:
        raise Refused("poll.value", found=str(value)[:20])
    return found


def _known(value: Any, codes: Sequence[str]) -> str:
    if value not in codes:
        raise Refused("poll.option", found=str(value)[:20])
    return str(value)


def body_of(survey: SurveyRound, rows: Sequence[Row]) -> dict[str, Any]:
    """Rows as an entry keeps them: free texts stand in fields of their own, so that one of them can be erased."""
    items = questionnaire_of(survey).items
    texts = {item: value for item, _, value in rows if items[item].type == "text"}
    return {"rows": [list(row) for row in rows if row[0] not in texts], "texts": list(texts), **texts}


def answers_of(survey: SurveyRound, form: str) -> tuple[Answer, ...]:
    """The answers of one form, by respondent: the order tells nothing of when they came."""
    items = questionnaire_of(survey).items
    return tuple(
        Answer(respondent, items[item].when(form), item, option, value)
        for respondent, sheet in sorted(survey.sheets(form).items())
        for item, option, value in sheet.rows
        if item in items
    )


def released_answers(survey: SurveyRound) -> tuple[Answer, ...]:
    """All that results may be worked out from: the answers of the forms that were released."""
    return tuple(answer for form in survey.forms if form in survey.released for answer in answers_of(survey, form))
