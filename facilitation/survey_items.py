"""The items of surveys as data: what is asked, in which form, at which kind of event (`surveys/standard.toml`).

An item keeps its id for ever, so that years can be compared; a changed wording is another version of it.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from facilitation.agencies import AGENCIES
from facilitation.path import BARRIERS, HANDOVERS

SURVEYS = Path(__file__).resolve().parents[1] / "surveys"

KINDS = ("case_conference", "study_meeting", "exchange", "visit")
FORMS = ("pre", "post", "visit", "study", "follow")
ORDER = {"pre": 0, "post": 1, "visit": 1, "study": 1, "follow": 2}
"""Which forms come before which: what is worked out of one rests on none that comes later."""
TABLE = "table"
"""What is stated openly at the tables stands in no form of a survey (decision 16)."""

AT_THE_FORMS = ("likert5", "single", "multi", "grid_binary", "text")
AT_THE_TABLES = ("multi_per_stage", "level_per_stage")
WITH_OPTIONS = ("single", "multi", "grid_binary", "multi_per_stage")
AGENCY_LISTS = ("AGENCY_TYPES", "PRESENT_AGENCY_TYPES")
OPTION_LISTS = (*AGENCY_LISTS, "BARRIERS", "HANDOVERS")

AGENCY_TYPE = "A1"
"""The item that says which type of agency a respondent is of."""
CONSENT = "T5"
"""The item that allows free text to be quoted."""

OWN = re.compile("X[0-9]+")
"""Ids of the items that an organiser wrote on the screen: in another survey the same id is another question."""

NO_ANSWER = 0
LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen."""

    code: str
    ja: str
    en: str

    def name(self, language: str) -> str:
        """The words in `language`; Japanese where an organiser wrote none in English."""
        return self.en if language == "en" and self.en else self.ja


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `options_from` names a list of options instead of `options`; `most` is the longest free text;
    `stages` is only for what is stated at the tables."""

    id: str
    type: str
    forms: tuple[str, ...]
    ja: str
    en: str
    version: int = 1
    options: tuple[Option, ...] = ()
    options_from: str = ""
    most: int = 0
    stages: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        """Written by an organiser for this survey alone."""
        return OWN.fullmatch(self.id) is not None

    def name(self, language: str) -> str:
        """The words in `language`; Japanese where an organiser wrote none in English."""
        return self.en if language == "en" and self.en else self.ja

    def when(self, form: str) -> str:
        """The time an answer in `form` counts for: a visit's form also asks P3 "after" (§6.3), its V items at the
        visit itself."""
        if form in self.forms:
            return form
        return "post" if "post" in self.forms else self.forms[0]

    @property
    def last(self) -> int:
        """The latest time it is asked at, by `ORDER`."""
        return max(ORDER.get(form, 0) for form in self.forms)

    @property
    def asked_twice(self) -> bool:
        """Asked before and after, to be compared (§6.4)."""
        return self.type in ("likert5", "grid_binary") and {"pre", "post"} <= set(self.forms)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `when` is one of `FORMS`; `option` is empty but for `multi` and `grid_binary`.

    `value`: 0-5 for likert5 (0: 答えない), 0 or 1 for an option, the option's code for `single`, the words of a text.
    """

    respondent: str
    when: str
    item: str
    option: str
    value: int | str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Items by id, and by kind of event and form the ids in the order they are asked; `earlier` holds the wordings an
    item had before, oldest first."""

    items: Mapping[str, Item]
    forms: Mapping[str, Mapping[str, tuple[str, ...]]]
    hidden: frozenset[str] = frozenset()
    earlier: Mapping[str, tuple[Item, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def form(self, form: str, kind: str) -> tuple[Item, ...]:
        """What a form asks at a kind of event, in order; empty where there is no such form."""
        ids = self.forms.get(kind, {}).get(form, ())
        return tuple(self.items[each] for each in ids if each not in self.hidden)

    def forms_of(self, kind: str) -> tuple[str, ...]:
        """The forms that a kind of event has, in the order of time."""
        return tuple(form for form in FORMS if self.form(form, kind))

    def wording(self, item: str, version: int) -> Item:
        """An item as it was worded in `version`. KeyError where there is no such item or version."""
        versions = {each.version: each for each in (*self.earlier.get(item, ()), self.items[item])}
        return versions[version]


def options(item: Item, present: Sequence[str] = ()) -> tuple[Option, ...]:
    """The options of an item where the agency types `present` take part. Where any type may be named, those present
    come first."""
    if item.options_from == "PRESENT_AGENCY_TYPES":
        return tuple(map(_agency, present))
    if item.options_from == "AGENCY_TYPES":
        return tuple(map(_agency, dict.fromkeys((*present, *AGENCIES))))
    terms = {"BARRIERS": BARRIERS, "HANDOVERS": HANDOVERS}.get(item.options_from, {})
    return item.options or tuple(Option(term.code, term.ja, term.en) for term in terms.values())


def _agency(code: str) -> Option:
    return Option(code, AGENCIES[code].short_ja, AGENCIES[code].short_en)


def item_of(row: Mapping[str, Any]) -> Item:
    """An item from its table in a file or a log; the row has been checked."""
    return Item(
        id=row["id"],
        type=row["type"],
        forms=tuple(row["forms"]),
        ja=row["ja"],
        en=row.get("en", ""),
        version=row.get("version", 1),
        options=tuple(Option(each["code"], each["ja"], each.get("en", "")) for each in row.get("options", ())),
        options_from=row.get("options_from", ""),
        most=row.get("most", 0),
        stages=tuple(row.get("stages", ())),
    )


def row_of(item: Item) -> dict[str, Any]:
    """An item as plain data: what `item_of` reads."""
    found = {"id": item.id, "version": item.version, "type": item.type, "forms": list(item.forms)}
    found |= {"ja": item.ja, "en": item.en}
    found |= {"options_from": item.options_from} if item.options_from else {}
    found |= {"options": [{"code": o.code, "ja": o.ja, "en": o.en} for o in item.options]} if item.options else {}
    return found | ({"most": item.most} if item.most else {})


def questionnaire(table: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire of a file's table, which has been checked (`survey_check`)."""
    items = _by_id(item_of(row) for row in table["item"])
    forms = {kind: MappingProxyType(_ids(named)) for kind, named in table["form"].items()}
    return Questionnaire(items, MappingProxyType(forms))


def _by_id(items: Iterable[Item]) -> Mapping[str, Item]:
    return MappingProxyType({item.id: item for item in items})


def _ids(named: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {form: tuple(ids) for form, ids in named.items()}


STANDARD = questionnaire(tomllib.loads((SURVEYS / "standard.toml").read_text("utf-8")))
