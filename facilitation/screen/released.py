"""What was released of very many surveys, worked out once: a region or a year is added from results that are kept.

A result is kept as text beside its log, for the log's revision and this version of the app alone (`packed`). It holds
what may be shown and no answer; the network, which no pool has, is left out.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from facilitation.legible import legible
from facilitation.packed import read, version, write
from facilitation.pool import pool
from facilitation.store import Store, StoreError, UnreadableLog
from facilitation.survey import SurveyResult
from facilitation.survey_changes import changed
from facilitation.survey_counted import result_of
from facilitation.survey_fold import fold
from facilitation.survey_items import STANDARD, Questionnaire
from facilitation.survey_round import SurveyRound
from facilitation.survey_summary import SurveySummary

AT_ONCE = 20
"""Results kept in one transaction."""

SOON = 50
"""So many are worked out by whoever asks for them; of more, only the first portion."""

REST = 0.02
"""Seconds between two portions."""

AT_HAND = 8
"""Results kept in memory, single ones and pools: those that organisers look at these days."""

NO_QUESTIONS = Questionnaire({}, {})
"""Stands in the text for the questionnaire, which the survey's own changes make again."""


class Released:
    """The released results of a store's surveys, one by one and together."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pools: OrderedDict[tuple[tuple[str, int], ...], SurveyResult] = OrderedDict()
        self._single: OrderedDict[str, tuple[SurveyRound, SurveyResult]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, survey: SurveyRound) -> SurveyResult:
        """The results of one survey. The writer hands one value to all visitors, so it is compared by identity."""
        with self._lock:
            known = self._single.pop(survey.id, None)
        if known is None or known[0] is not survey:
            known = (survey, result_of(survey))
        with self._lock:
            self._single[survey.id] = known
            while len(self._single) > AT_HAND:
                self._single.popitem(last=False)
        return known[1]

    def pooled(self, surveys: Sequence[SurveySummary]) -> SurveyResult:
        """The results of surveys together, the newest last. ValueError where there are none."""
        mark = self._mark(surveys)
        there = {log for log, _ in mark}
        with self._lock:
            known = self._pools.pop(mark, None)
        together = known or pool(self._results([each for each in surveys if each.id in there]))
        with self._lock:
            self._pools[mark] = together
            while len(self._pools) > AT_HAND:
                self._pools.popitem(last=False)
        return together

    def waiting(self, surveys: Sequence[SurveySummary]) -> int:
        """How many are not worked out yet, where they are too many for whoever asks: a portion is worked out now, the
        newest, the others in the background. 0 where their results can be had."""
        if self._mark(surveys) in self._pools:
            return 0
        kept = self._kept(surveys)
        missing = [each for each in surveys if each.id not in kept]
        if len(missing) <= SOON or self._store.read_only:
            return 0
        self._work_out(missing[-AT_ONCE:])
        return len(missing) - AT_ONCE

    def catch_up(self, surveys: Sequence[SurveySummary], end: threading.Event) -> None:
        """Work out what is missing, portion by portion, until `end`."""
        if self._store.read_only:  # nothing could be kept
            return
        released = [each for each in surveys if each.released]
        for begin in range(0, len(released), AT_ONCE):
            portion = released[begin : begin + AT_ONCE]
            kept = self._kept(portion)
            if end.is_set():
                return
            if self._work_out([each for each in portion if each.id not in kept]):
                end.wait(REST)

    def _mark(self, surveys: Sequence[SurveySummary]) -> tuple[tuple[str, int], ...]:
        """The surveys that are still there, in their order, each with its revision."""
        now = self._store.revisions([each.id for each in surveys])
        return tuple((each.id, now[each.id]) for each in surveys if each.id in now)

    def _results(self, surveys: Sequence[SurveySummary]) -> list[SurveyResult]:
        kept = self._kept(surveys)
        made = self._work_out([each for each in surveys if each.id not in kept])
        there = [each for each in surveys if each.id in made or each.id in kept]
        return [made.get(each.id) or _result(kept[each.id][1], each) for each in there]

    def _kept(self, surveys: Sequence[SurveySummary]) -> Mapping[str, tuple[int, str]]:
        if self._store.read_only:  # perhaps the file of an older app, which has no place for them
            return {}
        return self._store.figures([each.id for each in surveys], version())

    def _work_out(self, surveys: Sequence[SurveySummary]) -> dict[str, SurveyResult]:
        """Log → result, read past the writer, which keeps at hand what is used right now."""
        found: dict[str, SurveyRound] = {}
        for each in surveys:
            with suppress(UnreadableLog):  # of the others there are results
                found[each.id] = legible(fold)(None, each.id, self._store.entries(each.id))
        made = {log: result_of(survey) for log, survey in found.items()}
        if made and not self._store.read_only:
            rows = {log: (found[log].revision, _text(result)) for log, result in made.items()}
            with suppress(StoreError):  # the results are shown all the same
                self._store.keep_figures(rows, version())
        return made


def _text(result: SurveyResult) -> str:
    return write(replace(result, questionnaire=NO_QUESTIONS, network=None))


def _result(text: str, survey: SurveySummary) -> SurveyResult:
    return replace(read(SurveyResult, text), questionnaire=changed(STANDARD, survey.changes))
