"""What lists say of a conference: small enough to keep thousands in memory, worked out from the conference alone."""

import json
from dataclasses import asdict, dataclass
from functools import cache

from facilitation.barriers import barriers
from facilitation.code import long_code
from facilitation.conference import Conference, statements
from facilitation.outcome import Outcome, outcome
from facilitation.statements import Statement

SHAPE = 2
"""Raised whenever the fields below change: summaries of another shape are made again."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A conference in a list. `lead_code`: the facilitators' long code; `cards`: those that can be read; `questions`:
    (agency type, stage, reason) of what was hard and has no answer yet (C7), and `outcome`: once it has ended."""

    id: str
    code: str
    adviser_code: str
    lead_code: str
    title: str
    case: str
    date: str
    region: str
    survey: str
    demo: bool
    ended: bool
    deleted: str
    cards: int
    questions: tuple[tuple[str, str, str], ...]
    outcome: Outcome | None = None


def summary_of(conference: Conference) -> Summary:
    """The summary of a conference as it stands."""
    return Summary(
        id=conference.id,
        code=conference.code,
        adviser_code=conference.adviser_code,
        lead_code=long_code(conference.lead_key) if conference.lead_key else "",
        title=conference.title,
        case=conference.case,
        date=conference.date,
        region=conference.region,
        survey=conference.survey,
        demo=conference.demo,
        ended=conference.ended,
        deleted=conference.deleted,
        cards=sum(card.readable for card in conference.cards.values()),
        questions=tuple(map(_question, _open(conference))) if conference.ended else (),
        outcome=outcome(conference) if conference.ended else None,
    )


def write(summary: Summary) -> str:
    """A summary as text to be kept."""
    fields = asdict(summary)
    del fields["id"]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def read(log: str, text: str) -> Summary:
    """What `write` has written."""
    fields = json.loads(text)
    fields["questions"] = tuple(_same(*question) for question in fields["questions"])
    if came_to := fields["outcome"]:
        fields["outcome"] = Outcome(**{**came_to, "links": tuple(came_to["links"])})
    return Summary(id=log, **fields)


@cache
def _same(type_: str, stage: str, reason: str) -> tuple[str, str, str]:
    """One value for the same question of all conferences: there are some thousand of them, and millions of rows."""
    return type_, stage, reason


def _open(conference: Conference) -> tuple[Statement, ...]:
    return barriers(statements(conference.cards.values(), texts=False)).open_questions


def _question(statement: Statement) -> tuple[str, str, str]:
    return statement.type, statement.stage, statement.reason
