"""The surveys of a house: a writer of their own over the same store, and how they go along with their conferences."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from threading import Event
from typing import Any

from facilitation import kinds, registry, survey_commands
from facilitation.access import Refused, Who
from facilitation.audience import EVERYONE
from facilitation.calendar import today
from facilitation.code import letters
from facilitation.conference import Conference
from facilitation.legible import legible
from facilitation.screen.hub import Hub
from facilitation.screen.released import Released
from facilitation.store import Store, UnreadableLog
from facilitation.store.names import Names
from facilitation.store.shelf import Shelf
from facilitation.store.writer import Receipt, Writer
from facilitation.survey_check import additions
from facilitation.survey_code import LENGTH, LETTERS
from facilitation.survey_fold import fold
from facilitation.survey_round import KIND, KIND_OF_VARIANT, PREFIX, SurveyRound
from facilitation.survey_summary import SHAPE, SurveySummary, read, summary_of, write

TIMETABLE = Who("facilitator")
"""Whoever opened the step has done it: the survey only goes along."""

TURNS = frozenset({"step_opened", "conference_ended", "survey_linked", "types_set"})
"""Entries of a conference that a survey may have to follow."""


MOST_TAKEN = len(LETTERS) ** LENGTH // 2
"""So many codes are kept from being drawn again: with more, drawing would take ever longer and come to an end."""


class Surveys:
    """What the pages and routes of one process share of its surveys. Answers carry the day alone, by the clock of the
    place and not of the world: a survey at nine in the morning is no survey of yesterday."""

    def __init__(self, store: Store, hub: Hub) -> None:
        self._store, self._hub = store, hub
        self.writer: Writer[SurveyRound] = Writer(
            store, today, legible(fold), [self._publish], [self._publish], [hub.first]
        )
        self._shelf = Shelf(store, KIND, SHAPE, self._make, write, read)
        self._names = Names(store, KIND)
        self.released = Released(store)

    def survey(self, log: str) -> SurveyRound:
        """The survey as it stands; one that was never opened is empty."""
        return self.writer.state(log)

    def so_far(self) -> tuple[list[SurveySummary], int]:
        """The surveys in short, the newest first; and how many are not counted yet."""
        found, missing = self._shelf.so_far()
        return _newest_first(found.values()), missing

    def all(self) -> list[SurveySummary]:
        """The same, every survey counted."""
        return _newest_first(self._shelf.all().values())

    def missing(self) -> int:
        """How many surveys are not counted yet."""
        return self._shelf.missing()

    def unreadable(self) -> list[str]:
        """The surveys that stand in no list because they cannot be read."""
        return self._shelf.unreadable()

    def catch_up(self, end: Event) -> None:
        """Count what is missing, then work out the results that were released, until `end`."""
        self._shelf.catch_up(end)
        self.released.catch_up(self.so_far()[0], end)

    def _make(self, log: str, revision: int) -> tuple[int, SurveySummary]:
        known = self.writer.known(log)
        at_hand = known is not None and known.revision == revision
        survey = known if known is not None and at_hand else legible(fold)(None, log, self._store.entries(log))
        return survey.revision, summary_of(survey)

    def find(self, code: str) -> SurveyRound | None:
        """The survey of a short code; of several the one that goes on."""
        named = map(self.survey, self._names.find(code))
        theirs = (each for each in named if each.opened and each.code == letters(code))
        return max(theirs, key=lambda each: each.going_on, default=None)

    def typed(self, code: str) -> SurveyRound | None:
        """The same for who typed the code: while something is going on, so that years of closed surveys are no more
        doors to guess at."""
        survey = self.find(code)
        return survey if survey and survey.going_on else None

    def of(self, conference: Conference) -> SurveyRound | None:
        """The survey that belongs to a conference, if it has one that can be read: its conference goes on without."""
        found = None
        with suppress(UnreadableLog):
            found = self.survey(conference.survey) if conference.survey else None
        return found if found and found.opened else None

    def send(self, log: str, verb: Any, /, *args: Any, **fields: Any) -> Receipt:
        """Carry out a verb of `survey_commands`: acknowledged only after the commit, or `Refused`."""
        kinds.check(verb, fields)
        command = lambda survey: verb(survey, *args, **fields)  # noqa: E731
        return self.writer.send(log, command, kind=KIND, key=fields.get("key", ""))

    def open(self, who: Who, **fields: Any) -> str:
        """Open the survey of an event: its log. Items are taken over as the latest survey of its kind left them, with
        those that the house has put into files since."""
        log, code = registry.new_log(self._store.logs(), f"{PREFIX}{fields['date']}")
        before = self._latest(fields["kind"])
        changes = before.changes if before else ()
        more = [change for change in additions() if change not in changes]
        self.send(log, survey_commands.open_survey, who, code=code, changes=(*changes, *more), **fields)
        return log

    def open_for(self, conference: Conference, who: Who, title: str) -> str:
        """Open the survey of a conference: its log. The conference has to be told (`link_survey`)."""
        return self.open(
            who,
            kind=KIND_OF_VARIANT.get(conference.variant, "case_conference"),
            types=conference.types,
            title=title,
            date=conference.date,
            conference=conference.id,
            region=conference.region,
        )

    def _latest(self, kind: str) -> SurveySummary | None:
        """The newest of a kind; where none is among those that were counted, the others are counted first."""
        found, missing = self.so_far()
        real = [survey for survey in (found if not missing else [*found, *self.all()]) if not survey.demo]
        return next((survey for survey in real if survey.kind == kind), None)

    def taken(self, log: str) -> frozenset[str]:
        """The codes of the other surveys: a kept card stays one person's. The letters give 279,841 codes, so of very
        many answers the newest count, up to half of all codes; a card from before is nobody's any more."""
        kept: set[str] = set()
        for other in self.all():
            if len(kept) >= MOST_TAKEN:
                break
            if other.id != log:
                kept.update(other.codes)
        return frozenset(kept)

    def follow(self, conference: Conference) -> None:
        """Let a conference's survey go along with its timetable and, until somebody answers, with who takes part;
        nothing where it has done so already."""
        survey = self.of(conference)
        if survey is None:
            return
        self.send(survey.id, survey_commands.follow_timetable, TIMETABLE, **timetable(conference))
        if survey.types != conference.types and not survey.answers:
            with suppress(Refused):  # somebody answered in between: the rows stand
                self.send(survey.id, survey_commands.set_types, TIMETABLE, types=conference.types)

    def _publish(self, log: str, entries: Any) -> None:
        self._hub.publish(log, {EVERYONE: entries[-1].revision})


def timetable(conference: Conference) -> Mapping[str, bool]:
    """Where a conference stands, as far as its survey is concerned."""
    past = conference.steps[: conference.step + 1]
    return {
        "begun": conference.scene > 0,
        "reached": any(step.kind == "survey" for step in past),
        "ended": conference.ended,
    }


def _newest_first(found: Iterable[SurveySummary]) -> list[SurveySummary]:
    return sorted(found, key=lambda survey: (survey.date, survey.id), reverse=True)
