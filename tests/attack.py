"""Somebody with every table, chart and export in hand who adds and takes away: which small groups give themselves up?

Unknown to the attacker are the cells: how many people of one agency type at one event, paired or not, gave one answer.
Everything published is a sum of cells. What can be worked out from sums is their span; a small group gives itself up
where its own sum lies in it. Known to the attacker is everything else: who came, their types, who answered what.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

from facilitation.export.answers import TOGETHER, answer_rows
from facilitation.pool import pool
from facilitation.suppression import MERGED, UNTYPED, Groups
from facilitation.survey import SurveyResult, survey
from facilitation.survey_items import AGENCY_TYPE, ORDER, STANDARD, Answer

PRIME = 2**61 - 1
FEW = 4

TIMES = sorted(set(ORDER.values()))

Cell = tuple[int, tuple[str, ...], bool]
"""Event, agency type as it was known at each of the times, whether the person came before and after."""
Scope = frozenset[Cell]
Question = tuple[Any, ...]
"""An item, and of a grid the type asked about."""


@dataclass(frozen=True)
class Person:
    """Somebody at an event with all that was answered."""

    event: int
    types: tuple[str, ...]
    paired: bool
    answers: dict[tuple[str, str, str], int | str]

    @property
    def cell(self) -> Cell:
        return self.event, self.types, self.paired

    def single(self, item: str) -> int | str | None:
        found = [value for (each, _, _), value in self.answers.items() if each == item]
        return found[0] if found else None

    def ticks(self, item: str, when: str) -> frozenset[str] | None:
        rows = {option: value for (each, at, option), value in self.answers.items() if (each, at) == (item, when)}
        return frozenset(option for option, value in rows.items() if value) if rows else None

    def answer(self, question: Question) -> Any:
        """What is known of a question of this person; None where it was not answered (or counts nowhere)."""
        item, *about = question
        kind = STANDARD.items[item]
        if kind.type == "likert5" and kind.asked_twice:
            pair = self.answers.get((item, "pre", "")), self.answers.get((item, "post", ""))
            return pair if all(pair) else None
        if kind.type == "likert5":
            return self.single(item) or None
        if kind.type == "grid_binary":
            ticked = self.ticks(item, "pre"), self.ticks(item, "post")
            if None in ticked or self.types[kind.last] in about:
                return None
            return tuple(int(not each.isdisjoint(about)) for each in ticked if each is not None)
        if kind.type == "multi":
            chosen = self.ticks(item, kind.forms[0])
            return None if chosen is None else int(about[0] in chosen)
        return self.single(item)


def people(event: int, answers: Iterable[Answer]) -> list[Person]:
    rows: dict[str, dict[tuple[str, str, str], int | str]] = defaultdict(dict)
    for each in answers:
        rows[each.respondent][each.item, each.when, each.option] = each.value
    found = []
    for given in rows.values():
        times = {when for _, when, _ in given}
        found.append(Person(event, tuple(_type(given, time) for time in TIMES), {"pre", "post"} <= times, given))
    return found


def _type(given: dict[tuple[str, str, str], int | str], time: int) -> str:
    """The type that somebody has named by then."""
    named = [str(value) for (item, when, _), value in given.items() if item == AGENCY_TYPE and ORDER[when] <= time]
    return named[-1] if named else UNTYPED


Figure = tuple[Question, Any, Scope, int]
"""Question, answer, whose answers are counted, how many there are. None in an answer stands for any value."""


@dataclass(frozen=True)
class Attack:
    """Everything published of some events, in every combination of filters that can be offered: each event and every
    pool of events, all people and every group; after each form, and again after the later ones."""

    events: Sequence[Sequence[Answer]]
    k: int = 5

    def leaks(self) -> list[tuple[Question, Scope]]:
        """Questions and groups of fewer than k people whose answers can be worked out."""
        crowd = [person for n, answers in enumerate(self.events) for person in people(n, answers)]
        sums: dict[Question, set[Scope]] = defaultdict(set)
        for question, answer, scope, number in self._published({person.cell for person in crowd}):
            true = sum(_fits(person.answer(question), answer) for person in crowd if person.cell in scope)
            assert number == true, f"{question} {answer}: published {number}, true {true}"
            sums[question].add(scope)
        return [leak for question, scopes in sums.items() for leak in _small(question, scopes, crowd, self.k)]

    def _published(self, cells: set[Cell]) -> Iterator[Figure]:
        for time in TIMES:
            single = [survey([a for a in answers if ORDER[a.when] <= time], k=self.k) for answers in self.events]
            for n, result in enumerate(single):
                yield from _exported(result, n, cells)
                yield from _drawn(result, n, cells)
            for chosen in _some(range(len(single))):
                result = pool([single[n] for n in chosen]) if len(chosen) > 1 else single[chosen[0]]
                yield from _tables(result, [(single[n], n) for n in chosen], cells)


def _tables(result: SurveyResult, events: list[tuple[SurveyResult, int]], cells: set[Cell]) -> Iterator[Figure]:
    """The tables of a result; `events` are those it was made of, and tell whose answers a number counts."""
    for table in ("likert", "shift", "choices"):
        for item, whole in getattr(result, table).items():
            scope = _at(cells, [n for each, n in events if item in getattr(each, table)])
            yield from ((question, answer, scope, number) for question, answer, number in _numbers(item, whole))
        for item, parts in getattr(result, f"{table}_by").items():
            for name, held in parts.of.items():
                by = [(getattr(each, f"{table}_by").get(item), n) for each, n in events]
                scope = frozenset().union(
                    *(_of(cells, n, item, name, each.groups) for each, n in by if each is not None)
                )
                yield from ((question, answer, scope, number) for question, answer, number in _numbers(item, held))
    for item, types in result.knows.items():
        for about, each in types.items():
            scope = _at(cells, [n for single, n in events if about in single.knows.get(item, {})])
            patterns = {
                (1, None): each.ticked_before,
                (None, 1): each.ticked_after,
                (0, 1): each.gained,
                (1, 0): each.lost,
            }
            yield from (((item, about), answer, scope, number) for answer, number in patterns.items())


def _numbers(item: str, figures: Any) -> Iterator[tuple[Question, Any, int]]:
    kind = STANDARD.items[item].type
    if hasattr(figures, "pairs"):
        yield from (((item,), pair, number) for pair, number in figures.pairs.items())
    elif kind == "likert5":
        yield from (((item,), level, number) for level, number in enumerate(figures.counts, 1))
    elif kind == "single":
        yield from (((item,), option, number) for option, number in figures.counts.items())
    else:
        yield from (((item, option), 1, number) for option, number in figures.counts.items())


def _drawn(result: SurveyResult, n: int, cells: set[Cell]) -> Iterator[Figure]:
    """The edges of the network: each a number of people of one node who ticked (any type of) another."""
    drawn = result.network
    if drawn is None:
        return
    groups = Groups(drawn.nodes, drawn.merged)
    for at, pattern in ((drawn.before, (1, None)), (drawn.after, (None, 1))):
        for (a, b), number in at.ticks.items():
            about = drawn.merged if b == MERGED else (b,)
            yield ("K_F", *about), pattern, _of(cells, n, "K_F", a, groups), number


def _exported(result: SurveyResult, n: int, cells: set[Cell]) -> Iterator[Figure]:
    """The rows for an organisation's own statistics, counted by whoever reads them."""
    people: dict[tuple[str, str, str, int], dict[str, int | str]] = defaultdict(dict)
    for row in answer_rows(result):
        people[row.item, row.option, row.group, row.number][row.when] = row.value
    counted: Counter[tuple[str, str, str, Any]] = Counter()
    for (item, option, group, _), given in people.items():
        answer = tuple(given[when] for when in ("pre", "post")) if len(given) == 2 else next(iter(given.values()))
        if answer != 0 or option:
            counted[item, option, group, answer] += 1
    for (item, option, group, answer), number in counted.items():
        scope = _typed(_at(cells, [n]), item, set(group.split(TOGETHER))) if group else _at(cells, [n])
        yield (item, option) if option else (item,), answer, scope, number


def _at(cells: set[Cell], events: Iterable[int]) -> Scope:
    known = set(events)
    return frozenset(cell for cell in cells if cell[0] in known)


def _of(cells: set[Cell], event: int, item: str, part: str, groups: Groups) -> Scope:
    types = set(groups.merged) if part == MERGED else {part} & set(groups.shown)
    return _typed(_at(cells, [event]), item, types)


def _typed(cells: Scope, item: str, types: set[str]) -> Scope:
    """The cells of people who were of these types when the item was asked."""
    return frozenset(cell for cell in cells if cell[1][STANDARD.items[item].last] in types)


def _fits(given: Any, answer: Any) -> bool:
    if isinstance(answer, tuple):
        return given is not None and all(b is None or a == b for a, b in zip(given, answer, strict=True))
    return given is not None and given == answer


def _small(question: Question, scopes: set[Scope], crowd: list[Person], k: int) -> Iterator[tuple[Question, Scope]]:
    """The groups of 1 to k-1 people who answered, whose sum is made of sums that are published."""
    sizes = Counter(person.cell for person in crowd if person.answer(question) is not None)
    cells = sorted(sizes)
    known = _reduced([[int(cell in scope) for cell in cells] for scope in scopes])
    for group in _groups(cells):
        if 0 < sum(sizes[cell] for cell in group) < k and _made_of(known, [int(cell in group) for cell in cells]):
            yield question, group


def _groups(cells: list[Cell]) -> Iterator[Scope]:
    """What somebody could be after: any set of types at one event (a workplace, or what is left of the whole), all of
    them or those who came once or twice only; and one type over several events (a region)."""
    for event in sorted({cell[0] for cell in cells}):
        here = [cell for cell in cells if cell[0] == event]
        for types in _some(sorted({cell[1] for cell in here})):
            for paired in ({True}, {False}, {True, False}):
                yield frozenset(cell for cell in here if cell[1] in types and cell[2] in paired)
    for events in _some(sorted({cell[0] for cell in cells})):
        for type in sorted({cell[1] for cell in cells}):
            yield frozenset(cell for cell in cells if cell[0] in events and cell[1] == type)


def _some(of: Iterable[Any], most: int = FEW) -> Iterator[tuple[Any, ...]]:
    """Every choice of up to `most` of them: a group of fewer than k people has hardly more kinds of people."""
    every = tuple(of)
    return chain.from_iterable(combinations(every, size) for size in range(1, min(len(every), most) + 1))


def _reduced(rows: list[list[int]]) -> list[tuple[int, list[int]]]:
    """The rows in echelon form with the column each begins at, modulo a prime (exact but for a chance of 1 in 2^61)."""
    basis: list[tuple[int, list[int]]] = []
    for row in rows:
        left = _left(basis, row)
        at = next((column for column, value in enumerate(left) if value), None)
        if at is not None:
            inverse = pow(left[at], -1, PRIME)
            basis.append((at, [value * inverse % PRIME for value in left]))
    return basis


def _left(basis: list[tuple[int, list[int]]], row: list[int]) -> list[int]:
    """What no sum of known rows explains."""
    for at, known in basis:
        if factor := row[at] % PRIME:
            row = [(value - factor * other) % PRIME for value, other in zip(row, known, strict=True)]
    return row


def _made_of(basis: list[tuple[int, list[int]]], row: list[int]) -> bool:
    return not any(_left(basis, row))
