"""The verbs of a survey: opening, forms, codes, answers. Pure like `commands`; nobody's role, seat or hour is kept
beside an answer, and nobody reads anything but the count before results are released.
"""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from facilitation import kinds, limits, survey_changes
from facilitation.access import LEADS, Refused, Who, require
from facilitation.commands import Drafts, known_types, words
from facilitation.commands import there as opened
from facilitation.conference import Conference
from facilitation.entries import REDACTED, Draft
from facilitation.survey_changes import Change, changed
from facilitation.survey_code import new_codes
from facilitation.survey_items import KINDS, ORDER, STANDARD
from facilitation.survey_round import CLOSED, OPEN, WAITING, SurveyRound
from facilitation.survey_sheet import questionnaire_of


def open_survey(
    survey: SurveyRound,
    who: Who,
    *,
    code: str,
    kind: str,
    types: Sequence[str],
    title: str = "",
    date: str = "",
    conference: str = "",
    region: str = "",
    expected: int = 0,
    changes: Sequence[Mapping[str, Any]] = (),
    demo: bool = False,
    secret: str = "",
    key: str = "",
) -> Drafts:
    """Open the survey of an event; the form before takes answers from now on. `changes`: what was changed in the
    standard items, usually taken over from the survey before."""
    require(who, *LEADS)
    if survey.opened:
        return ()
    if kind not in KINDS:
        raise Refused("poll.kind", found=kind)
    body = {
        "code": code,
        "secret": secret or secrets.token_urlsafe(16),
        "kind": kind,
        "forms": list(STANDARD.forms_of(kind)),
        "conference": conference,
        "title": words(title, limits.NOTE, "open.title"),
        "date": date,
        "region": words(region, limits.LINE, "venue.long"),
        "types": known_types(types),
        "expected": _expected(expected),
        "changes": list(changes),
        "demo": demo,
    }
    return (Draft("survey_opened", who.author, body, key),)


def link_survey(conference: Conference, who: Who, *, survey: str) -> Drafts:
    """A conference keeps which survey belongs to it; once, for good."""
    require(who, *LEADS)
    opened(conference)
    return () if conference.survey else (Draft("survey_linked", who.author, {"survey": survey}),)


def erase_title(survey: SurveyRound, who: Who) -> Drafts:
    """Let the survey's name go for good: it was taken over from a conference whose name is erased."""
    require(who, "organiser")
    there(survey)
    return (Draft(REDACTED, who.author, {"revision": 1, "fields": ["title"]}),) if survey.title else ()


def set_types(survey: SurveyRound, who: Who, *, types: Sequence[str]) -> Drafts:
    """Which agency types are present: the rows of the grid. They stand once somebody has answered."""
    require(who, *LEADS)
    there(survey)
    chosen = known_types(types)
    if tuple(chosen) == survey.types:
        return ()
    if survey.answers:
        raise Refused("poll.answered_already")
    return (Draft("present_set", who.author, {"types": chosen}),)


def set_expected(survey: SurveyRound, who: Who, *, expected: int) -> Drafts:
    """How many answers are expected: the second number of the counter."""
    require(who, *LEADS)
    there(survey)
    if _expected(expected) == survey.expected:
        return ()
    return (Draft("expected_set", who.author, {"expected": expected}),)


def open_form(survey: SurveyRound, who: Who, *, form: str) -> Drafts:
    """Let a form take answers; again after a wrong tap, but never once its results were released."""
    require(who, *LEADS)
    has_form(survey, form)
    if survey.is_open(form):
        return ()
    if form in survey.released:
        raise Refused("poll.released")
    return (Draft("form_opened", who.author, {"form": form}),)


def close_form(survey: SurveyRound, who: Who, *, form: str) -> Drafts:
    """No more answers; how many there were is part of the entry."""
    require(who, *LEADS)
    has_form(survey, form)
    if not survey.is_open(form):
        return ()
    return (Draft("form_closed", who.author, {"form": form, "answered": survey.answered(form)}),)


def follow_timetable(survey: SurveyRound, who: Who, *, begun: bool, reached: bool, ended: bool) -> Drafts:
    """Go along with the conference: the form before closes with the first scene, the form after opens with the
    survey block and closes at the end. A press that is taken back is followed back where nothing was released. Each
    turn is followed once: what a facilitator then opens or closes by hand stays."""
    require(who, *LEADS)
    if not survey.opened or (begun, reached, ended) == survey.followed:
        return ()
    before = survey.followed
    after = next((form for form in ("post", "study", "visit") if form in survey.forms), "")
    wanted: dict[str, str] = {}
    if begun != before[0]:
        wanted["pre"] = CLOSED if begun else OPEN
    if reached and not before[1]:
        wanted[after] = OPEN
    if ended != before[2]:
        wanted[after] = CLOSED if ended else OPEN
        if ended:
            wanted["pre"] = CLOSED
    turned = {form: state for form, state in wanted.items() if form in survey.forms and _may_turn(survey, form, state)}
    body = {
        "begun": begun,
        "reached": reached,
        "ended": ended,
        "opens": [form for form, state in turned.items() if state == OPEN],
        "closes": [form for form, state in turned.items() if state == CLOSED],
        "answered": {form: survey.answered(form) for form, state in turned.items() if state == CLOSED},
    }
    return (Draft("timetable_followed", who.author, body),)


def _may_turn(survey: SurveyRound, form: str, state: str) -> bool:
    """A released form stays closed; one that never opened has nothing to close."""
    now = survey.forms[form]
    return now != state and form not in survey.released and not (state == CLOSED and now == WAITING)


def release_results(survey: SurveyRound, who: Who, *, form: str) -> Drafts:
    """From now on the results of a closed form may be worked out, and the form stays closed for good: an answer that
    came afterwards would be the difference between two results. So do the forms before it: who is of which agency type
    was said there, and a type that came later would cut the same answers in another way."""
    require(who, *LEADS)
    has_form(survey, form)
    if form in survey.released:
        return ()
    if survey.forms[form] != CLOSED:
        raise Refused("poll.not_closed")
    earlier = [each for each in survey.forms if ORDER[each] < ORDER[form] and each not in survey.released]
    if any(survey.is_open(each) for each in earlier):
        raise Refused("poll.earlier_open")
    return tuple(
        Draft("results_released", who.author, {"form": each, "answered": survey.answered(each)})
        for each in (*earlier, form)
    )


def draw_codes(survey: SurveyRound, who: Who, *, count: int, taken: Collection[str] = ()) -> Drafts:
    """Codes for cards to print. `taken`: codes of other surveys of this house, so that a kept card stays one person."""
    require(who, *LEADS)
    there(survey)
    drawn = _fresh(survey, count, taken)
    return (Draft("codes_drawn", who.author, {"codes": drawn, "way": "card"}),) if drawn else ()


def give_code(survey: SurveyRound, who: Who, *, key: str, taken: Collection[str] = ()) -> Drafts:
    """A code for somebody without a card; the same `key` gets the same code. Anybody may ask while a form is open."""
    there(survey)
    if not any(survey.is_open(form) for form in survey.forms):
        raise Refused("poll.closed")
    return (Draft("codes_drawn", "", {"codes": _fresh(survey, 1, taken), "way": "app"}, key),)


def bring_code(survey: SurveyRound, who: Who, *, code: str) -> Drafts:
    """A card kept from another survey of this house: the same person comes again (実数)."""
    there(survey)
    if code in survey.codes:
        return ()
    _room_for(survey, 1)
    return (Draft("codes_drawn", "", {"codes": [code], "way": "brought"}),)


def _fresh(survey: SurveyRound, count: int, taken: Collection[str]) -> list[str]:
    """Codes nobody has, sorted: the order tells nothing."""
    _room_for(survey, count)
    return sorted(new_codes(count, {*survey.codes, *taken}))


def _room_for(survey: SurveyRound, count: int) -> None:
    if not 0 <= count <= limits.CODES - len(survey.codes):
        raise Refused("poll.many_codes", most=limits.CODES)


CHANGES: Mapping[str, Callable[..., Change]] = {
    "hide": survey_changes.hide,
    "show": survey_changes.show,
    "reorder": survey_changes.reorder,
    "reword": survey_changes.reword,
    "add": survey_changes.add,
}


def change_items(survey: SurveyRound, who: Who, *, change: str, **fields: Any) -> Drafts:
    """Hide, show, order, reword or add an item. A form that somebody has answered keeps its questions: two sheets of
    one form never answer different ones."""
    require(who, *LEADS)
    there(survey)
    if change not in CHANGES:
        raise Refused("form", found=change[:20])
    kinds.check(CHANGES[change], fields, given=1)
    before = questionnaire_of(survey)
    made = CHANGES[change](before, **fields)
    after = changed(before, [made])
    for form in survey.forms:
        if survey.answered(form) and before.form(form, survey.kind) != after.form(form, survey.kind):
            raise Refused("poll.answered_already")
    return () if before == after else (Draft("items_changed", who.author, {"change": made}),)


def there(survey: SurveyRound) -> None:
    """Refuse what writes into a survey that was never opened."""
    if not survey.opened:
        raise Refused("poll.none")


def has_form(survey: SurveyRound, form: str) -> None:
    """Refuse a form that this kind of event does not have."""
    there(survey)
    if form not in survey.forms:
        raise Refused("poll.no_form")


def _expected(expected: int) -> int:
    if not 0 <= expected <= limits.CODES:
        raise Refused("poll.expected", most=limits.CODES)
    return expected
