"""The shape of what a log may hold: asked of entries that come from elsewhere, before anything folds them.

Only what the fold and the pages rely on is asked. Unknown kinds and fields are a later version's: they are kept and
skipped.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from facilitation import limits
from facilitation.agencies import AGENCIES, HINTS
from facilitation.agenda import STEPS
from facilitation.entries import REDACTED, Entry
from facilitation.path import BARRIERS, HANDOVERS, HELPS, STAGES
from facilitation.survey_items import AT_THE_FORMS, FORMS, KINDS, OPTION_LISTS

Check = Callable[[Any], bool]

MOST = 1_000_000
"""No number in a log is larger."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Years that a day in a log can be of: at the ends of the calendar neither fiscal years nor time zones can be told."""

_AT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,6})?Z)?", re.ASCII)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _day(value: Any) -> bool:
    """A day, or none: years are counted by it."""
    return isinstance(value, str) and (not value or _is_day(value))


def _is_day(value: str) -> bool:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return day.isoformat() == value and FIRST_YEAR <= day.year <= LAST_YEAR


def is_time(at: str) -> bool:
    """Whether something can have been written then: a day, or a moment of UTC."""
    try:
        return _AT.fullmatch(at) is not None and FIRST_YEAR <= datetime.fromisoformat(at).year <= LAST_YEAR
    except ValueError:
        return False


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _upto(most: int, least: int = 0) -> Check:
    """A number that pages draw something for, one by one."""
    return lambda value: _number(value) and least <= value <= most


def _seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _one_of(known: Collection[str], *more: str) -> Check:
    return lambda value: isinstance(value, str) and (value in known or value in more)


def _list_of(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _each_once(check: Check) -> Check:
    return lambda value: _list_of(check)(value) and len(set(value)) == len(value)


def _by(key: Check, check: Check) -> Check:
    return lambda value: isinstance(value, dict) and all(key(k) and check(v) for k, v in value.items())


def _change(value: Any) -> bool:
    """One change of a questionnaire; of an unknown kind, a later version's."""
    if not isinstance(value, dict) or not _text(value.get("change")):
        return False
    return not list(_wrong(_CHANGES.get(value["change"], {}), value))


def _has(shape: Mapping[str, Check]) -> Check:
    """Something with fields of its own."""
    return lambda value: isinstance(value, dict) and not list(_wrong(shape, value))


def _both_languages(value: Any) -> bool:
    """The same in Japanese and English."""
    return _list_of(_text)(value) and len(value) == 2


def _answer(value: Any) -> bool:
    """Item, option, value."""
    if not isinstance(value, list) or len(value) != 3:
        return False
    return all(map(_text, value[:2])) and (_text(value[2]) or _number(value[2]))


def _optional(fields: Mapping[str, Check]) -> dict[str, Check]:
    return {f"{name}?": check for name, check in fields.items()}


_PERSONAL = {"personal?": _by(_text, _number)}
_DECISION = {"about": _text, "base": _number, "group?": _number}
_AGENCY, _STAGE, _NO_STAGE = _one_of(AGENCIES), _one_of(STAGES), _one_of(STAGES, "")
_FORM = _one_of(FORMS)
_GROUPS, _EXPECTED = _upto(limits.GROUPS, least=1), _upto(limits.CODES)
_TYPES = _each_once(_AGENCY)
_OPTION = {"code": _text, "ja": _text, "en?": _text}
_ITEM = {
    **dict.fromkeys(("id", "ja", "en?"), _text),
    "type": _one_of(AT_THE_FORMS),
    "forms": lambda value: bool(value) and _each_once(_FORM)(value),
    "version?": _number,
    "options?": _list_of(_has(_OPTION)),
    "options_from?": _one_of(OPTION_LISTS, ""),
    "most?": _number,
    "stages?": _list_of(_STAGE),
}
_CHANGES: Mapping[str, Mapping[str, Check]] = {
    "hide": {"item": _text},
    "show": {"item": _text},
    "order": {"kind": _text, "form": _text, "items": _list_of(_text)},
    "reword": {"item": _text, "ja": _text, "en": _text, "options?": _list_of(_both_languages)},
    "add": {"kind": _text, "forms": _list_of(_FORM), "item": _has(_ITEM)},
}
"""Kind of change of a questionnaire -> what it says."""

_STEP = dict.fromkeys(("seconds", "scene", "position"), _number)
_VENUE = ("address", "wifi", "wifi_key", "person", "room", "contacts", "survey", "lecture", "next_date")

SHAPES: Mapping[str, Mapping[str, Check]] = {
    REDACTED: {"revision": _number, "fields?": _list_of(_text)},
    "conference_opened": {
        **dict.fromkeys(("code", "secret", "case", "variant"), _text),
        **dict.fromkeys(("lead_key?", "adviser_code?", "adviser_key?", "title?", "case_version?"), _text),
        "care_adviser?": _text,
        "sensitive?": _flag,
        "date?": _day,
        "region?": _text,
        "demo?": _flag,
        "groups": _GROUPS,
        "types": _TYPES,
        "steps": _list_of(_has({"kind": _one_of(STEPS), **_optional(_STEP)})),
    },
    "conference_deleted": {"deleted": _flag, "known?": _text},
    "types_set": {"types": _TYPES},
    "groups_set": {"groups": _GROUPS},
    "venue_set": _optional(dict.fromkeys(_VENUE, _text)),
    "seat_taken": {"seat": _text, "group?": _number},
    "seat_moved": {"seat": _text, "group": _number},
    "rules_accepted": {"group": _number},
    "table_set": {"group": _number, "people": _by(_AGENCY, _upto(limits.PEOPLE_OF_A_TYPE))},
    "line_written": {"group": _number, "type": _AGENCY, "text": _text, **_PERSONAL},
    "step_opened": {"step": _number, "left?": _number, "closes?": _number},
    "timer_set": {"running": _flag, "spent?": _seconds, "more?": _number},
    "projector_set": {"show": _text},
    "card_written": {
        "card": _text,
        "group": _number,
        "scene": _number,
        "type": _AGENCY,
        "stage": _STAGE,
        **_optional(dict.fromkeys(("can", "hard", "help", "beside", "paper"), _text)),
        **_optional(dict.fromkeys(("tracks", "acts"), _list_of(_text))),
        "reason?": _one_of(BARRIERS, ""),
        "help_code?": _one_of(HELPS, ""),
        "wish?": _one_of(HELPS, ""),
        "handover?": _one_of(HANDOVERS, ""),
        "to?": _one_of(AGENCIES, ""),
        "consent?": _flag,
        **_PERSONAL,
    },
    "card_withdrawn": {"card": _text, "withdrawn?": _flag},
    "card_hidden": {"card": _text, "hidden": _flag},
    "words_hidden": {"about": _text, "hidden": _flag},
    "care_set": {"adviser": _text},
    "notice_told": {},
    "words_kept": _DECISION,
    "words_released": _DECISION,
    "ready_set": {"group": _number, "step": _number, "ready": _flag},
    "conference_ended": {"ended?": _flag},
    "role_stated": {
        "respondent": _text,
        "group": _number,
        "type": _AGENCY,
        "strengths": _by(_STAGE, _upto(2)),
        "expected": _by(_STAGE, _list_of(_AGENCY)),
    },
    "pick_made": {"group": _number, "help?": _text, "strength?": _NO_STAGE, "gap?": _NO_STAGE, **_PERSONAL},
    "heart_given": {"card": _text, "group": _number, "type": _one_of(AGENCIES, ""), "given": _flag},
    "star_set": {"card": _text, "starred": _flag},
    "note_written": {**dict.fromkeys(("note", "about", "text", "by"), _text), "adviser": _flag, **_PERSONAL},
    "next_step_written": {"step": _text, "group": _number, "type": _AGENCY, "to": _AGENCY, "text": _text, **_PERSONAL},
    "survey_linked": {"survey": _text},
    "survey_opened": {
        **dict.fromkeys(("code", "secret"), _text),
        "kind": _one_of(KINDS),
        "forms": _list_of(_FORM),
        "date?": _day,
        **_optional(dict.fromkeys(("conference", "title", "region"), _text)),
        "demo?": _flag,
        "types?": _each_once(_AGENCY),
        "expected?": _EXPECTED,
        "changes?": _list_of(_change),
    },
    "present_set": {"types": _each_once(_AGENCY)},
    "expected_set": {"expected": _EXPECTED},
    "items_changed": {"change": _change},
    "form_opened": {"form": _FORM},
    "form_closed": {"form": _FORM},
    "results_released": {"form": _FORM},
    "timetable_followed": {
        **dict.fromkeys(("begun", "reached", "ended"), _flag),
        **dict.fromkeys(("opens", "closes"), _list_of(_FORM)),
    },
    "codes_drawn": {"codes": _list_of(_text), "way": _text},
    "answer_given": {
        "form": _FORM,
        "code": _text,
        "rows": _list_of(_answer),
        "texts": _list_of(_text),
        "paper?": _flag,
    },
    "text_decided": {
        "sheet": _number,
        "item": _text,
        **_optional(dict.fromkeys(("text", "theme"), _text)),
        **_optional(dict.fromkeys(("open", "kept_back"), _flag)),
    },
    "hint_written": {"type": _AGENCY, "field": _one_of(HINTS), "text": _text, **_PERSONAL},
}
"""Kind -> field -> what it must be; a field with `?` may be missing."""


def wrong_fields(entry: Entry) -> Iterator[str]:
    """The fields of an entry that the fold could not work with."""
    if entry.gone:
        return
    yield from _wrong(SHAPES.get(entry.kind, {}), entry.body)
    if entry.kind == REDACTED and _number(entry.body.get("revision")) and entry.body["revision"] >= entry.revision:
        yield "revision"


def _wrong(shape: Mapping[str, Check], body: Mapping[str, Any]) -> Iterator[str]:
    for name, check in shape.items():
        field = name.removesuffix("?")
        if (field in body and not check(body[field])) or (field not in body and field == name):
            yield field
