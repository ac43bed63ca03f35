"""The fold of a survey's log into the survey as it stands; the rules of `fold` hold here too."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from facilitation.entries import Entry
from facilitation.survey_round import CLOSED, OPEN, WAITING, Approval, Sheet, SurveyRound

FIRST = "pre"
"""The form before takes answers as soon as its survey is there: its QR hangs at the door."""

Change = Callable[[SurveyRound, Entry], Mapping[str, Any]]


def fold(before: SurveyRound | None, log: str, entries: Iterable[Entry]) -> SurveyRound:
    """`before` with `entries` added, in their order. `before` stays as it is."""
    now = _own(before or SurveyRound(log))
    for entry in entries:
        change = _CHANGES.get(entry.kind)
        changed = change(now, entry) if change else {}
        now = replace(now, revision=entry.revision, **changed)
    return now


def _own(survey: SurveyRound) -> SurveyRound:
    """A working copy whose maps may be filled until `fold` hands it out."""
    return replace(
        survey,
        forms=dict(survey.forms),
        codes=dict(survey.codes),
        answers=dict(survey.answers),
        texts=dict(survey.texts),
        told=dict(survey.told),
    )


def _opened(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    _maps(now.forms).update(dict.fromkeys(body["forms"], WAITING) | {"pre": OPEN})
    return {
        "opened": True,
        "code": body["code"],
        "secret": body["secret"],
        "kind": body["kind"],
        "conference": body.get("conference", ""),
        "title": body.get("title", ""),
        "date": body.get("date", entry.at[:10]),
        "region": body.get("region", ""),
        "demo": body.get("demo", False),
        "types": tuple(body.get("types", ())),
        "expected": body.get("expected", 0),
        "changes": tuple(body.get("changes", ())),
    }


def _types(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    return {"types": tuple(entry.body["types"])}


def _expected(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    return {"expected": entry.body["expected"]}


def _items(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    return {"changes": (*now.changes, entry.body["change"])}


def _form_opened(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    _maps(now.forms)[entry.body["form"]] = OPEN
    return {}


def _form_closed(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    _maps(now.forms)[entry.body["form"]] = CLOSED
    return {}


def _followed(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    _maps(now.forms).update(dict.fromkeys(body["opens"], OPEN) | dict.fromkeys(body["closes"], CLOSED))
    return {"followed": (body["begun"], body["reached"], body["ended"])}


def _released(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    return {"released": now.released | {entry.body["form"]}}


def _codes(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    _maps(now.codes).update(dict.fromkeys(entry.body["codes"], entry.body["way"]))
    return {}


def _answered(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    """Free texts are fields of their own, so that one of them can be erased; a sheet erased whole is gone."""
    body = entry.body
    if "rows" not in body:
        return {}
    rows = tuple((item, option, value) for item, option, value in body["rows"])
    texts = tuple((item, "", str(body[item])) for item in body["texts"] if body[item])
    place = (body["code"], body["form"])
    before = now.answers.get(place)
    earlier = (*before.earlier, before.revision) if before else ()
    sheet = Sheet(body["form"], rows + texts, entry.at[:10], entry.revision, body.get("paper", False), earlier)
    _maps(now.answers)[place] = sheet
    return {}


def _text(now: SurveyRound, entry: Entry) -> Mapping[str, Any]:
    body = entry.body
    place = (body["sheet"], body["item"])
    if body.get("text"):
        _maps(now.told)[place] = (*now.told.get(place, ()), entry.revision)
    if body.get("open"):
        _maps(now.texts).pop(place, None)
    else:
        _maps(now.texts)[place] = Approval(body.get("text", ""), body.get("theme", ""), body.get("kept_back", False))
    return {}


def _maps(mapping: Mapping[Any, Any]) -> dict[Any, Any]:
    """A map of the working copy, for filling."""
    assert isinstance(mapping, dict)
    return mapping


_CHANGES: Mapping[str, Change] = {
    "survey_opened": _opened,
    "present_set": _types,
    "expected_set": _expected,
    "items_changed": _items,
    "form_opened": _form_opened,
    "form_closed": _form_closed,
    "timetable_followed": _followed,
    "results_released": _released,
    "codes_drawn": _codes,
    "answer_given": _answered,
    "text_decided": _text,
}
