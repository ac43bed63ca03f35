"""What lists and checks of codes need to know of a survey, without a single answer."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from facilitation.survey_round import SurveyRound

SHAPE = 2
"""Raised whenever the fields below change: summaries of another shape are made again."""


@dataclass(frozen=True, slots=True)
class SurveySummary:
    """A survey in a list. `open_forms`: those that take answers; `released`: whether results may be seen; `changes`: of
    the items, to be taken over by the next survey of its kind; `codes`: all that were handed out or brought along,
    `visitors`: those under which a visit's form came in; both in the order of the alphabet."""

    id: str
    code: str
    kind: str
    conference: str
    title: str
    date: str
    region: str
    demo: bool
    opened: bool
    open_forms: tuple[str, ...]
    released: bool
    changes: tuple[Mapping[str, Any], ...]
    codes: tuple[str, ...]
    visitors: tuple[str, ...]


def summary_of(survey: SurveyRound) -> SurveySummary:
    """The summary of a survey as it stands."""
    return SurveySummary(
        id=survey.id,
        code=survey.code,
        kind=survey.kind,
        conference=survey.conference,
        title=survey.title,
        date=survey.date,
        region=survey.region,
        demo=survey.demo,
        opened=survey.opened,
        open_forms=tuple(form for form in survey.forms if survey.is_open(form)),
        released=bool(survey.released),
        changes=survey.changes,
        codes=tuple(sorted(survey.codes)),
        visitors=tuple(sorted(survey.sheets("visit"))) if survey.kind == "visit" else (),
    )


def write(summary: SurveySummary) -> str:
    """A summary as text to be kept."""
    fields = asdict(summary)
    del fields["id"]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def read(log: str, text: str) -> SurveySummary:
    """What `write` has written."""
    fields = json.loads(text)
    lists = {name: tuple(fields[name]) for name in ("open_forms", "changes", "codes", "visitors")}
    return SurveySummary(id=log, **{**fields, **lists})
