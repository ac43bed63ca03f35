"""The shape of what a log may hold: asked of entries that come from elsewhere, before anything folds them.

Only what the fold relies on is asked. Unknown kinds and fields are a later version's: they are kept and skipped.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from facilitation import limits
from facilitation.agencies import AGENCIES
from facilitation.entries import REDACTED, Entry
from facilitation.path import BARRIERS, HANDOVERS, HELPS, STAGES
from facilitation.survey_items import FORMS

Check = Callable[[Any], bool]

MOST = 1_000_000
"""No number in a log is larger."""


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _day(value: Any) -> bool:
    """A day, or none: years are counted by it."""
    return isinstance(value, str) and (not value or _is_day(value))


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _groups(value: Any) -> bool:
    """As many as a conference can have: pages draw every one."""
    return _number(value) and 1 <= value <= limits.GROUPS


def _seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _one_of(known: Mapping[str, Any], *more: str) -> Check:
    return lambda value: isinstance(value, str) and (value in known or value in more)


def _list_of(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _by(key: Check, check: Check) -> Check:
    return lambda value: isinstance(value, dict) and all(key(k) and check(v) for k, v in value.items())


def _step(value: Any) -> bool:
    return isinstance(value, dict) and not list(_wrong({"kind": _text, **_optional(_STEP)}, value))


def _change(value: Any) -> bool:
    """One change of a questionnaire."""
    return isinstance(value, dict) and _text(value.get("change"))


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
_FORM = _one_of({}, *FORMS)
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
        "groups": _groups,
        "types": _list_of(_AGENCY),
        "steps": _list_of(_step),
    },
    "conference_deleted": {"deleted": _flag, "known?": _text},
    "types_set": {"types": _list_of(_AGENCY)},
    "groups_set": {"groups": _groups},
    "venue_set": _optional(dict.fromkeys(_VENUE, _text)),
    "seat_taken": {"seat": _text, "group?": _number},
    "seat_moved": {"seat": _text, "group": _number},
    "rules_accepted": {"group": _number},
    "table_set": {"group": _number, "people": _by(_AGENCY, _number)},
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
        "strengths": _by(_STAGE, _number),
        "expected": _by(_STAGE, _list_of(_AGENCY)),
    },
    "pick_made": {"group": _number, "help?": _text, "strength?": _NO_STAGE, "gap?": _NO_STAGE, **_PERSONAL},
    "heart_given": {"card": _text, "group": _number, "type": _one_of(AGENCIES, ""), "given": _flag},
    "star_set": {"card": _text, "starred": _flag},
    "note_written": {**dict.fromkeys(("note", "about", "text", "by"), _text), "adviser": _flag, **_PERSONAL},
    "next_step_written": {"step": _text, "group": _number, "type": _AGENCY, "to": _AGENCY, "text": _text, **_PERSONAL},
    "survey_linked": {"survey": _text},
    "survey_opened": {
        **dict.fromkeys(("code", "secret", "kind"), _text),
        "forms": _list_of(_FORM),
        "date?": _day,
        **_optional(dict.fromkeys(("conference", "title", "region"), _text)),
        "demo?": _flag,
        "types?": _list_of(_AGENCY),
        "expected?": _number,
        "changes?": _list_of(_change),
    },
    "present_set": {"types": _list_of(_AGENCY)},
    "expected_set": {"expected": _number},
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
    "hint_written": {"type": _AGENCY, "field": _text, "text": _text, **_PERSONAL},
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
