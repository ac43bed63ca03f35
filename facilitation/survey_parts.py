"""The parts of a questionnaire file, each checked for shape: types, codes, lengths, nothing that is not asked for."""

from typing import Annotated

from pydantic import AfterValidator, Field

from facilitation.scenario_parts import Id, Number, Part, StageCode, String, Text, one_of
from facilitation.survey_items import AT_THE_FORMS, AT_THE_TABLES, FORMS, KINDS, OPTION_LISTS, TABLE

Type = Annotated[String, AfterValidator(one_of((*AT_THE_FORMS, *AT_THE_TABLES), "choose"))]
Form = Annotated[String, AfterValidator(one_of((*FORMS, TABLE), "choose"))]
FormOfEvent = Annotated[String, AfterValidator(one_of(FORMS, "choose"))]
Kind = Annotated[String, AfterValidator(one_of(KINDS, "choose"))]
OptionList = Annotated[String, AfterValidator(one_of(OPTION_LISTS, "choose"))]
Longest = Annotated[int, Field(strict=True, ge=1, le=400)]

MOST_ITEMS = 60
MOST_OPTIONS = 20


class OptionPart(Part):
    """An answer that can be chosen; its code stays when its words change."""

    code: Id
    ja: Text
    en: Text


class ItemPart(Part):
    """A question."""

    id: Id
    version: Number
    type: Type
    forms: Annotated[tuple[Form, ...], Field(min_length=1, max_length=len(FORMS))]
    ja: Text
    en: Text
    options: Annotated[tuple[OptionPart, ...], Field(max_length=MOST_OPTIONS)] = ()
    options_from: OptionList | None = None
    most: Longest | None = None
    stages: Annotated[tuple[StageCode, ...], Field(max_length=8)] = ()


class QuestionnairePart(Part):
    """A file: the forms of events, and the items. Lists have singular names: one `[[item]]` each."""

    id: Id
    form: dict[Kind, dict[FormOfEvent, Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_ITEMS)]]]
    item: Annotated[tuple[ItemPart, ...], Field(min_length=1, max_length=MOST_ITEMS)]
