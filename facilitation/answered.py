"""The answers of one event, sorted by question: who answered what at which time, and who is of which agency type."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from facilitation.agencies import AGENCIES
from facilitation.survey_items import (
    AGENCY_LISTS,
    AGENCY_TYPE,
    FORMS,
    LEVELS,
    NO_ANSWER,
    ORDER,
    Answer,
    Item,
    Questionnaire,
    options,
)

Chosen = frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """`values` and `chosen` are by (item, when), then by respondent: levels 0-5, and the options chosen (any row of an
    item in a form = answered, options without a row = not chosen). `named`: item -> the options that have a row.
    `present` and `types` are by form: who answered anything, and who named which agency type.

    Free text is not here: what may be quoted is decided by people.
    """

    types: Mapping[str, Mapping[str, str]]
    present: Mapping[str, frozenset[str]]
    values: Mapping[tuple[str, str], Mapping[str, int]]
    chosen: Mapping[tuple[str, str], Mapping[str, Chosen]]
    named: Mapping[str, frozenset[str]]

    def types_by(self, time: int) -> Mapping[str, str]:
        """Respondent -> agency type, as named until a time (`ORDER`)."""
        return {who: code for form in _until(time) for who, code in self.types.get(form, {}).items()}

    def everybody(self, time: int) -> frozenset[str]:
        """The respondents of any form until a time (`ORDER`)."""
        return frozenset().union(*(self.at(form) for form in _until(time)))

    def at(self, form: str) -> frozenset[str]:
        """The respondents with any answer at a time."""
        return self.present.get(form, frozenset())

    def levels(self, item: Item, when: str = "") -> Mapping[str, int]:
        """Respondent -> level 0-5; without `when`, from whichever time the item was asked at."""
        times = (when,) if when else item.forms
        return {who: value for time in times for who, value in self.values.get((item.id, time), {}).items()}

    def choices(self, item: Item, when: str = "") -> Mapping[str, Chosen]:
        """Respondent -> the options chosen, as `levels`."""
        times = (when,) if when else item.forms
        return {who: value for time in times for who, value in self.chosen.get((item.id, time), {}).items()}

    def options(self, item: Item) -> tuple[str, ...]:
        """The codes of an item's options; of a list of those present, the codes that have answers."""
        listed = [option.code for option in options(item)] if item.options_from != "AGENCY_TYPES" else []
        return tuple(dict.fromkeys((*listed, *sorted(self.named.get(item.id, ())))))


def answered(answers: Iterable[Answer], questionnaire: Questionnaire) -> Answered:
    """The answers sorted. The last answer to a question counts; answers that the questionnaire does not know are
    passed over: a log that was brought from elsewhere may hold any."""
    types: dict[str, dict[str, str]] = defaultdict(dict)
    present: dict[str, set[str]] = defaultdict(set)
    values: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    ticks: dict[tuple[str, str], dict[str, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    for each in answers:
        item = questionnaire.items.get(each.item)
        if item is None or not _known(item, each):
            continue
        present[each.when].add(each.respondent)
        if item.id == AGENCY_TYPE:
            types[each.when][each.respondent] = str(each.value)
        elif item.type == "likert5":
            values[item.id, each.when][each.respondent] = int(each.value)
        elif item.type == "single":
            ticks[item.id, each.when][each.respondent] = {str(each.value): True}
        elif item.type in ("multi", "grid_binary"):
            ticks[item.id, each.when][each.respondent][each.option] = bool(each.value)
    return Answered(types, _frozen(present), values, _chosen(ticks), _named(ticks))


def _known(item: Item, given: Answer) -> bool:
    """Whether an answer is one that its question can have: a level, an agency type. Options of other lists may be those
    of an earlier wording."""
    if item.type == "likert5":
        return given.value in (NO_ANSWER, *LEVELS)
    if item.id == AGENCY_TYPE or (item.options_from in AGENCY_LISTS and item.type == "single"):
        return given.value in AGENCIES
    return item.options_from not in AGENCY_LISTS or given.option in AGENCIES


def _until(time: int) -> tuple[str, ...]:
    return tuple(form for form in FORMS if ORDER[form] <= time)


def _frozen(sets: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(held) for name, held in sets.items()}


def _chosen(
    ticks: Mapping[tuple[str, str], Mapping[str, Mapping[str, bool]]],
) -> Mapping[tuple[str, str], Mapping[str, Chosen]]:
    return {
        at: {who: frozenset(option for option, ticked in row.items() if ticked) for who, row in rows.items()}
        for at, rows in ticks.items()
    }


def _named(ticks: Mapping[tuple[str, str], Mapping[str, Mapping[str, bool]]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for (item, _), rows in ticks.items():
        found[item].update(*rows.values())
    return {item: frozenset(options - {""}) for item, options in found.items()}
