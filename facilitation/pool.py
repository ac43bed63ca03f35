"""Several events together: a region, a year (domain §7 C11, C12).

A pool is made of results, never of answers: it adds what each event may show by itself. Whoever takes one pool from
another is left with sums of what is public anyway. The price: an event in which few answered a question is in no pool
for it, and that is said.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from typing import TypeVar

from facilitation import choices, follow_up, knows, likert, shift
from facilitation.agencies import by_category
from facilitation.knows import Knows
from facilitation.suppression import Groups, Parts
from facilitation.survey import Respondents, SurveyResult
from facilitation.survey_broad import broadened
from facilitation.survey_items import Questionnaire

V = TypeVar("V")


def pool(results: Sequence[SurveyResult]) -> SurveyResult:
    """The results of events together, the newest last; its wording counts. ValueError where there are none.

    Left out: events with fewer respondents than k; questions with another wording (an organiser's own are told apart by
    nothing else); the network, for each event has nodes of its own. A type that is shown at one event may be among the
    merged of another. Where one event is told apart by broad category, all are.
    """
    if not results:
        raise ValueError("no events")
    shown = [each for each in results if each.respondents.everybody >= each.k]
    newest = (shown or results)[-1].questionnaire
    rows = [_comparable(each, newest) for each in _alike(shown)]
    typed = [each.by_type for each in rows if each.by_type is not None]
    return SurveyResult(
        questionnaire=newest,
        respondents=_respondents(rows),
        by_type=_groups(typed) if typed else None,
        groups=_whole([each.groups for each in rows], lambda held: _groups(tuple(held))),
        categories=_categories(rows),
        likert=_whole([each.likert for each in rows], likert.added),
        likert_by=_parts([each.likert_by for each in rows], likert.added),
        shift=_whole([each.shift for each in rows], shift.added),
        shift_by=_parts([each.shift_by for each in rows], shift.added),
        choices=_whole([each.choices for each in rows], choices.added),
        choices_by=_parts([each.choices_by for each in rows], choices.added),
        knows=_knows([each.knows for each in rows]),
        follow_up=follow_up.added(each.follow_up for each in rows if each.follow_up),
        k=max(each.k for each in results),
        events=len(shown),
        events_left_out=len(results) - len(shown),
        left_out=_left_out(shown, rows),
    )


def _alike(results: Sequence[SurveyResult]) -> Sequence[SurveyResult]:
    """All told apart by agency type; all by broad category where one of them is."""
    if any(each.by_category for each in results):
        return [broadened(each) for each in results]
    return results


def _categories(rows: Iterable[SurveyResult]) -> Mapping[str, tuple[str, ...]]:
    """Category -> the types that it holds at any of the events told apart by category."""
    return by_category({code for row in rows for types in row.categories.values() for code in types})


def _comparable(result: SurveyResult, newest: Questionnaire) -> SurveyResult:
    """The result without questions that the newest event words in another way or does not know."""

    def same(figures: Mapping[str, V]) -> Mapping[str, V]:
        return {item: each for item, each in figures.items() if _same_question(item, result.questionnaire, newest)}

    return replace(
        result,
        likert=same(result.likert),
        likert_by=same(result.likert_by),
        shift=same(result.shift),
        shift_by=same(result.shift_by),
        choices=same(result.choices),
        choices_by=same(result.choices_by),
        knows=same(result.knows),
    )


def _same_question(item: str, then: Questionnaire, newest: Questionnaire) -> bool:
    before, now = then.items[item], newest.items.get(item)
    return now is not None and (before.type, before.ja, before.options) == (now.type, now.ja, now.options)


def _whole(tables: Sequence[Mapping[str, V]], added: Callable[[Iterable[V]], V]) -> Mapping[str, V]:
    """What is in any of the tables, added."""
    keys = dict.fromkeys(key for table in tables for key in table)
    return {key: added(table[key] for table in tables if key in table) for key in keys}


def _parts(tables: Sequence[Mapping[str, Parts[V]]], added: Callable[[Iterable[V]], V]) -> Mapping[str, Parts[V]]:
    return _whole(tables, lambda held: _together(tuple(held), added))


def _together(held: Sequence[Parts[V]], added: Callable[[Iterable[V]], V]) -> Parts[V]:
    return Parts(_groups([each.groups for each in held]), _whole([each.of for each in held], added))


def _groups(held: Sequence[Groups]) -> Groups:
    """Sizes added as they are shown; the merged stay merged."""
    shown: Counter[str] = Counter()
    for each in held:
        shown.update(each.shown)
    merged = sorted({group for each in held for group in each.merged})
    sizes = [each.merged_n for each in held if each.merged_n is not None]
    return Groups(dict(sorted(shown.items())), tuple(merged), sum(sizes) if sizes else None)


def _knows(tables: Sequence[Mapping[str, Mapping[str, Knows]]]) -> Mapping[str, Mapping[str, Knows]]:
    return _whole(tables, lambda held: _whole(tuple(held), knows.added))


def _respondents(rows: Iterable[SurveyResult]) -> Respondents:
    each = [astuple(row.respondents) for row in rows]
    return Respondents(*map(sum, zip(*each, strict=True)))


def _left_out(shown: Iterable[SurveyResult], rows: Iterable[SurveyResult]) -> Mapping[str, int]:
    """Item -> events that asked it and whose answers are not in the pool."""
    asked = Counter(item for each in shown for item in {*_items(each), *each.withheld})
    asked.subtract(Counter(item for each in rows for item in _items(each)))
    return {item: number for item, number in sorted(asked.items()) if number > 0}


def _items(result: SurveyResult) -> set[str]:
    return {*result.likert, *result.shift, *result.choices, *result.knows}
