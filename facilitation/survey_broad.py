"""A result told apart by agency type, put into broad categories: sums of what it may show, so that it can be added to
results that are told apart by category (decision 51)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from facilitation import choices, likert, shift
from facilitation.agencies import AGENCIES, by_category, category
from facilitation.suppression import Groups, Parts
from facilitation.survey import SurveyResult

V = TypeVar("V")


def broadened(result: SurveyResult) -> SurveyResult:
    """Parts of one category added; types that were merged stay merged. What others know of single types, and the
    network between them, are no sums of it and are left out."""
    return replace(
        result,
        groups={form: _groups(each) for form, each in result.groups.items()},
        categories=by_category(set(_types(result))),
        likert_by=_table(result.likert_by, likert.added),
        shift_by=_table(result.shift_by, shift.added),
        choices_by=_table(result.choices_by, choices.added),
        knows={item: each for item, each in result.knows.items() if not AGENCIES.keys() & each.keys()},
        network=None,
    )


def _types(result: SurveyResult) -> Iterator[str]:
    """The types it speaks of."""
    for groups in result.groups.values():
        yield from (*groups.shown, *groups.merged)
    yield from chain.from_iterable(result.categories.values())


def _table(table: Mapping[str, Parts[V]], added: Callable[[Iterable[V]], V]) -> Mapping[str, Parts[V]]:
    return {item: _parts(parts, added) for item, parts in table.items()}


def _parts(parts: Parts[V], added: Callable[[Iterable[V]], V]) -> Parts[V]:
    held: dict[str, list[V]] = defaultdict(list)
    for code, each in parts.of.items():
        held[category(code)].append(each)
    return Parts(_groups(parts.groups), {code: added(each) for code, each in held.items()})


def _groups(groups: Groups) -> Groups:
    shown: Counter[str] = Counter()
    for code, n in groups.shown.items():
        shown[category(code)] += n
    merged = {category(code) for code in groups.merged}
    return Groups(dict(sorted(shown.items())), tuple(sorted(merged)), groups.merged_n)
