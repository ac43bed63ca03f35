"""Checks of meaning across a questionnaire file: ids, forms, options, languages.

They read the raw table, not the model, so that a slip in one item hides nothing in the next; whatever has the wrong
shape is passed over here, `survey_parts` speaks of it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from facilitation.scenario_problem import Problem, found
from facilitation.survey_items import AT_THE_FORMS, AT_THE_TABLES, FORMS, KINDS, OWN, TABLE, WITH_OPTIONS

Row = Mapping[str, Any]

LONGEST = {"ja": 120, "en": 240}
"""A question that is read on a phone in one glance."""
LONGEST_OPTION = {"ja": 60, "en": 120}

_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile("[A-Za-z]{3,}")


def meaning(table: Row, taken: Collection[str]) -> Iterator[Problem]:
    """All problems of meaning; `taken`: the ids of the standard, which a file beside it leaves alone."""
    yield from _ids(table, taken)
    yield from _forms(table)
    yield from _never_asked(table)
    for place, row in _rows(table, "item"):
        yield from _places(place, row)
        yield from _options(place, row)
        yield from _words(place, row, LONGEST)
        for where, option in _rows(row, "options"):
            yield from _words(f"{place}.{where}", option, LONGEST_OPTION)


def _ids(table: Row, taken: Collection[str]) -> Iterator[Problem]:
    """No id twice, none of the standard, none of those that organisers' own questions get."""
    first: dict[str, str] = {}
    for place, row in _rows(table, "item"):
        id = _string(row, "id")
        if id in taken:
            yield found(f"{place}.id", "survey_standard_id", value=id)
        elif OWN.fullmatch(id):
            yield found(f"{place}.id", "survey_reserved_id", value=id)
        elif id and first.setdefault(id, place) != place:
            yield found(f"{place}.id", "same_id", value=id, first=first[id])


def _forms(table: Row) -> Iterator[Problem]:
    """A form asks items of the file, each once, at a time they are for."""
    forms = {_string(row, "id"): _list(row, "forms") for _, row in _rows(table, "item")}
    for kind, form, ids in _asked(table):
        for n, id in enumerate(ids, 1):
            place = f"form.{kind}.{form}[{n}]"
            if id not in forms:
                yield found(place, "survey_no_item", value=id)
            elif ids.index(id) != n - 1:
                yield found(place, "repeated", value=id)
            elif form not in forms[id] and not (form in ("visit", "study") and "post" in forms[id]):
                yield found(place, "survey_not_for", value=id, form=form)


def _never_asked(table: Row) -> Iterator[Problem]:
    asked = {id for _, _, ids in _asked(table) for id in ids}
    for place, row in _rows(table, "item"):
        if _string(row, "id") and _string(row, "id") not in asked and TABLE not in _list(row, "forms"):
            yield found(f"{place}.id", "survey_never_asked", value=_string(row, "id"))


def _places(place: str, row: Row) -> Iterator[Problem]:
    """What is stated at the tables stands in no form, and the other way round."""
    type, forms = _string(row, "type"), _list(row, "forms")
    for form in {each for each in forms if forms.count(each) > 1 and isinstance(each, str)}:
        yield found(f"{place}.forms", "repeated", value=form)
    if (type in AT_THE_TABLES and forms != [TABLE]) or (type in AT_THE_FORMS and TABLE in forms):
        yield found(f"{place}.forms", "survey_table", value=type)


def _options(place: str, row: Row) -> Iterator[Problem]:
    """A list has options of its own or names one; other questions have none; a text has its length."""
    type, own, named = _string(row, "type"), _list(row, "options"), _string(row, "options_from")
    if own and named:
        yield found(f"{place}.options_from", "survey_two_lists")
    elif type in WITH_OPTIONS and not named and len(own) < 2:
        yield found(f"{place}.options", "survey_few_options")
    elif (own or named) and type in (*AT_THE_FORMS, *AT_THE_TABLES) and type not in WITH_OPTIONS:
        yield found(f"{place}.{'options' if own else 'options_from'}", "survey_no_options", value=type)
    if type == "text" and "most" not in row:
        yield found(f"{place}.most", "survey_no_length")
    elif type in AT_THE_FORMS and type != "text" and "most" in row:
        yield found(f"{place}.most", "survey_length", value=type)
    yield from _same_options(place, row)


def _same_options(place: str, row: Row) -> Iterator[Problem]:
    for field in ("code", "ja", "en"):
        first: dict[str, str] = {}
        for where, option in _rows(row, "options"):
            value = _string(option, field)
            if value and first.setdefault(value, where) != where:
                yield found(f"{place}.{where}.{field}", "same_id", value=value, first=f"{place}.{first[value]}")


def _words(place: str, row: Row, longest: Mapping[str, int]) -> Iterator[Problem]:
    """Each language in its own place, and short enough."""
    ja, en = _string(row, "ja"), _string(row, "en")
    if _JAPANESE.search(en):
        yield found(f"{place}.en", "survey_not_english")
    if _WORD.search(ja) and not _JAPANESE.search(ja):
        yield found(f"{place}.ja", "survey_not_japanese")
    for language, most in longest.items():
        length = len(_string(row, language).strip())
        if length > most:
            yield found(f"{place}.{language}", "length", length=length, low=1, high=most)


def _asked(table: Row) -> Iterator[tuple[str, str, list[str]]]:
    """(kind, form, ids) of every form that there is."""
    kinds = table.get("form")
    for kind, forms in kinds.items() if isinstance(kinds, dict) else ():
        for form, ids in forms.items() if kind in KINDS and isinstance(forms, dict) else ():
            if form in FORMS and isinstance(ids, list):
                yield kind, form, [id for id in ids if isinstance(id, str)]


def _rows(table: Row, key: str) -> Iterator[tuple[str, Row]]:
    """The tables of a list with their places, counted from 1."""
    return ((f"{key}[{n}]", row) for n, row in enumerate(_list(table, key), 1) if isinstance(row, dict))


def _list(row: Row, key: str) -> list[Any]:
    value = row.get(key)
    return value if isinstance(value, list) else []


def _string(row: Row, field: str) -> str:
    value = row.get(field)
    return value if isinstance(value, str) else ""
