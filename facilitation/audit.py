"""What happened, for organisers to read: who by role and seat, what kind, when. Never a name, never a word that
somebody typed: of an entry's body only some numbers and codes are let through.

Answers to surveys have no line of their own: their forms' opening and closing have, with the total.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from facilitation.entries import Entry

DOORS, TAKEN, ERASED, SURVEYS, EVENING, WRITTEN, OTHER = (
    "doors",
    "taken",
    "erased",
    "surveys",
    "evening",
    "written",
    "other",
)

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    DOORS: (
        *("settings", "password_changed", "signed_in", "signed_out", "sign_in_refused", "limit_reached", "seat_handed"),
        *("seat_taken", "seat_moved"),
    ),
    TAKEN: ("downloaded", "brought", "copied", "copies_removed", "copies_planned", "restored"),
    ERASED: ("redacted", "conference_deleted", "forgotten", "card_hidden", "card_withdrawn", "words_hidden"),
    SURVEYS: (
        *("survey_opened", "survey_linked", "present_set", "expected_set", "items_changed", "form_opened"),
        *("form_closed", "timetable_followed", "results_released", "text_decided"),
    ),
    EVENING: (
        *("conference_opened", "conference_ended", "step_opened", "timer_set", "projector_set", "types_set"),
        *("groups_set", "venue_set", "hint_written", "care_set", "notice_told", "table_set", "rules_accepted"),
        "ready_set",
    ),
    WRITTEN: (
        *("card_written", "line_written", "role_stated", "pick_made", "heart_given", "star_set", "note_written"),
        *("next_step_written", "words_kept", "words_released"),
    ),
}
"""Kinds of entries by what an organiser asks about; a kind that stands nowhere here is shown as `OTHER`."""

UNTOLD = frozenset({"answer_given", "codes_drawn"})
"""Kinds without a line: they would tell when somebody answered."""

NUMBERS = ("group", "step", "answered", "revision", "hidden", "deleted", "withdrawn", "ended", "copies")
CODES = ("form", "how", "what")
"""What is let through of a body: numbers (and yes or no) under some names, codes under others."""

_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
_SUBJECT_OF = {kind: subject for subject, kinds in SUBJECTS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `author` is a role, or `seat:<id>`; `about` holds numbers and codes alone."""

    at: str
    log: str
    revision: int
    author: str
    kind: str
    about: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """What an organiser would ask about (`SUBJECTS`)."""
        return _SUBJECT_OF.get(self.kind, OTHER)


def lines(*logs: Iterable[Entry]) -> tuple[Line, ...]:
    """Everything of these logs, the newest first; what a log wrote at one moment stays in its order."""
    told = [_line(entry) for entry in chain(*logs) if entry.kind not in UNTOLD]
    return tuple(sorted(told, key=lambda line: (line.at, line.log, line.revision), reverse=True))


def concerning(entries: Iterable[Entry], log: str) -> tuple[Entry, ...]:
    """Of the house's entries those that name this conference."""
    return tuple(entry for entry in entries if entry.body.get("conference") == log)


def narrowed(found: Iterable[Line], subjects: Iterable[str]) -> tuple[Line, ...]:
    """Those of some subjects; of all where none is named."""
    wanted = frozenset(subjects)
    return tuple(line for line in found if not wanted or line.subject in wanted)


def _line(entry: Entry) -> Line:
    body = entry.body
    about: dict[str, int | str] = {name: body[name] for name in NUMBERS if isinstance(body.get(name), int)}
    about |= {name: body[name] for name in CODES if _CODE.fullmatch(str(body.get(name, "")))}
    return Line(entry.at, entry.log, entry.revision, entry.author, entry.kind, about)
