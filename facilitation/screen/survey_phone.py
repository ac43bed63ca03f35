"""What a phone is told of a survey: its open forms as pages, the words around them; never anybody's answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from facilitation.agencies import AGENCIES
from facilitation.calendar import shown_date
from facilitation.survey_items import AGENCY_TYPE, Item, Option, options
from facilitation.survey_pages import effort, pages
from facilitation.survey_round import SurveyRound
from facilitation.survey_sheet import STEP, items_of, questionnaire_of
from facilitation.texts import catalogue, say

SAMPLE_CODE = "ABCD"
PREFIX = 4
"""Characters that join whom and what of a step."""


def phone(survey: SurveyRound, language: str, preview: str = "") -> dict[str, Any]:
    """All that the page `/s/<code>` is given; `preview` shows one form to those who lead, open or not."""
    types = questionnaire_of(survey).items[AGENCY_TYPE]
    return {
        **now(survey, language, preview),
        "code": survey.code,
        "key": survey.key,
        "language": language,
        "title": survey.title,
        "date": shown_date(survey.date, language),
        "demo": say(language, "demo.mark") if survey.demo else "",
        "names": {form: say(language, f"answering.form.{form}") for form in survey.forms},
        "type_item": _item(survey, types, language),
        "preview": preview,
        "sample_code": SAMPLE_CODE,
        "words": _words(language),
    }


def now(survey: SurveyRound, language: str, preview: str = "") -> dict[str, Any]:
    """Which forms are open, with their pages; asked again and again by a phone that waits."""
    shown = [preview] if preview else [form for form in survey.forms if survey.is_open(form)]
    return {
        "states": dict(survey.forms),
        "forms": {form: _form(survey, form, language) for form in shown},
    }


def _form(survey: SurveyRound, form: str, language: str) -> Mapping[str, Any]:
    items = items_of(survey, form)
    needs = effort(items, survey.types)
    drawn = [
        {"kind": page.kind, "items": [_item(survey, item, language, n) for n, item in enumerate(page.items)]}
        for page in pages(items)
    ]
    return {
        "name": say(language, f"answering.form.{form}"),
        "least": needs.least,
        "most": needs.most,
        "minutes": needs.minutes,
        "pages": drawn,
    }


def _item(survey: SurveyRound, item: Item, language: str, place: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = {"id": item.id, "type": item.type, "text": item.name(language)}
    if item.type == "text":
        return found | _text(survey, item, language)
    if item.type == "grid_binary":
        found["short"] = say(language, f"answering.short.{item.id}") if item.id in SHORT else NUMBERS[place]
    return found | {"options": [_option(option, survey, item, language) for option in options(item, survey.types)]}


SHORT = ("K_R", "K_F", "K_C")
"""Columns of the one table of role, face and contact."""

NUMBERS = "①②③"
"""What stands over the columns of an own table; the question itself stands above it."""


def _text(survey: SurveyRound, item: Item, language: str) -> dict[str, Any]:
    """A free text; the step for tomorrow is given room for whom it is for."""
    if item.id != STEP:
        return {"most": item.most}
    whom = [_agency(code, language) for code in survey.types]
    longest = max((len(each["name"]) for each in whom), default=0)
    return {"whom": whom, "hint": say(language, "answering.what"), "most": item.most - longest - PREFIX}


def _option(option: Option, survey: SurveyRound, item: Item, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"code": option.code, "name": option.name(language)}
    if option.code in AGENCIES:
        found["family"] = AGENCIES[option.code].family
        found["more"] = option.code not in survey.types
    return found | ({"alone": True} if option.code in _alone(item) else {})


def _alone(item: Item) -> Sequence[str]:
    """Options that stand for themselves: "none of these" is no answer beside another one."""
    return [option.code for option in item.options if option.ja in NONE]


NONE = ("なし", "どれもない", "特にない", "ない")


def _agency(code: str, language: str) -> dict[str, str]:
    return {"code": code, "name": AGENCIES[code].short(language), "family": AGENCIES[code].family}


def _words(language: str) -> dict[str, Any]:
    """The words of the phone's pages, with the placeholders it fills itself."""
    found = catalogue(language).items()
    said = {key.removeprefix("answering."): text for key, text in found if key.startswith("answering.")}
    levels = {str(level): said[f"level.{level}"] for level in range(6)}
    promise = [said[f"promise{n}"] for n in (1, 2, 3)]
    kept = [(said[f"kept{n}_title"], said[f"kept{n}"]) for n in (1, 2, 3, 4)]
    step = {"both": said["step_both"], "whom": said["step_whom"]}
    return {**said, "levels": levels, "promise": promise, "kept": kept, "step": step}
