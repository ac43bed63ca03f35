"""A survey as it stands: one event's forms, their answers and what was decided about them; worked out by `survey_fold`.

It lives in a log of its own, apart from the conference: no author, no seat, the day alone (`store.writer.DAY_ONLY`), so
that nothing tells whose an answer is. Results are worked out only for forms that were *released*: with results after
every answer, the next answer would be the difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

KIND = "survey"
"""The kind of log a survey is kept in."""

PREFIX = "survey-"
"""What the name of such a log begins with: no conference's does."""

WAITING, OPEN, CLOSED = "waiting", "open", "closed"

LATER = "follow"
"""The form that is asked three months later."""

KIND_OF_VARIANT: Mapping[str, str] = {"60min": "study_meeting", "oac_40min": "exchange"}
"""Timetables that are no case conference."""

Row = tuple[str, str, int | str]
"""One answer of a sheet: item, option ("" where the item has one answer), value; free texts stand last."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form as one respondent filled it in; the newest counts. `revision` names the entry that holds it, `earlier`
    those of what the same respondent had sent before."""

    form: str
    rows: tuple[Row, ...]
    date: str
    revision: int
    paper: bool = False
    earlier: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """A free text that a person released: as written, or in other words (`text`), under a theme of the codebook.

    `text` "" means as written; `theme` "" is not sorted yet; `kept_back` is an explicit no.
    """

    text: str = ""
    theme: str = ""
    kept_back: bool = False


@dataclass(frozen=True, slots=True)
class SurveyRound:
    """The survey of one event. `answers`: (respondent, form) → the sheet that counts; `codes`: code → how it was handed
    out (`card` or `app`); `texts`: (revision of the sheet, item) → what was decided, `told`: → where it was put into
    other words; `followed`: what of the
    conference's timetable this survey has gone along with (case begun, survey block reached, ended)."""

    id: str
    revision: int = 0
    opened: bool = False
    code: str = ""
    secret: str = ""
    kind: str = ""
    conference: str = ""
    title: str = ""
    date: str = ""
    region: str = ""
    demo: bool = False
    types: tuple[str, ...] = ()
    expected: int = 0
    changes: tuple[Mapping[str, Any], ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict)
    released: frozenset[str] = frozenset()
    followed: tuple[bool, bool, bool] = (False, False, False)
    codes: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], Sheet] = field(default_factory=dict)
    texts: Mapping[tuple[int, str], Approval] = field(default_factory=dict)
    told: Mapping[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What its QR carries beside the code, 96 bit: who comes by it has guessed nothing. Nothing of `secret` can be
        told from it."""
        return sha256(f"door {self.secret}".encode()).hexdigest()[:24] if self.secret else ""

    @property
    def going_on(self) -> bool:
        """Whether a form takes answers, or will this same day; the one after three months is opened when it is due."""
        return any(state == OPEN or (state == WAITING and form != LATER) for form, state in self.forms.items())

    def is_open(self, form: str) -> bool:
        """Whether the form takes answers."""
        return self.forms.get(form) == OPEN

    def answered(self, form: str) -> int:
        """How many respondents answered: all that may be known before results are released."""
        return sum(answered == form for _, answered in self.answers)

    def cards(self) -> tuple[str, ...]:
        """The codes drawn for cards to print, in the order of the alphabet: never in the order of drawing."""
        return tuple(sorted(code for code, way in self.codes.items() if way == "card"))

    def sheets(self, form: str) -> Mapping[str, Sheet]:
        """Respondent → sheet of one form."""
        return {who: sheet for (who, answered), sheet in self.answers.items() if answered == form}
