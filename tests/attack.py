"""Somebody with every table, chart and export in hand who adds and takes away: which small groups give themselves up?

Unknown to the attacker are the cells: how many people of one agency type at one event, paired or not, gave one answer.
Everything published is a sum of cells. What can be worked out from sums is their span; a small group gives itself up
where its own sum lies in it. Known to the attacker is everything else: who came, their types, who answered what. To
whoever does not know that, the sizes of groups that are published at one time must not tell of a small group either.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

from facilitation.agencies import category, members
from facilitation.export.answers import TOGETHER, answer_rows
from facilitation.pool import pool
from facilitation.suppression import MERGED, UNTYPED, Groups
from facilitation.survey import SurveyResult, survey
from facilitation.survey_items import AGENCY_TYPE, ORDER, STANDARD, Answer

PRIME = 2**61 - 1
FEW = 4
OFFERED = ("CITY_CHILD", "CSC", "DEBT", "HC", "MED", "REC", "SHG")
"""The agency types that the grids ask about."""

TIMES = sorted(set(ORDER.values()))

Cell = tuple[int, tuple[str, ...], bool]
"""Event, agency type as it was known at each of the times, whether the person came before and after."""
Scope = frozenset[Cell]
Question = tuple[Any, ...]
"""An item, and of a grid the types asked about; `HERE` and a time: whether somebody had come by then."""
HERE = "here"


@dataclass(frozen=True)
class Person:
    """Somebody at an event with all that was answered."""

    event: int
    types: tuple[str, ...]
    paired: bool
    since: int
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
        if item == HERE:
            return 1 if self.since <= about[0] else None
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
        since = min(ORDER[when] for when in times)
        types = tuple(_type(given, time) for time in TIMES)
        found.append(Person(event, types, {"pre", "post"} <= times, since, given))
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
                if result.respondents.everybody >= self.k:  # how many came is said of fewer as well
                    yield (HERE, time), 1, _at(cells, [n]), result.respondents.everybody
            for chosen in _some(range(len(single))):
                result = pool([single[n] for n in chosen]) if len(chosen) > 1 else single[chosen[0]]
                made_of = [(single[n], n) for n in chosen]
                yield from _tables(result, made_of, cells)
                yield from _sizes(result, made_of, cells, time)


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
                    *(_of(cells, n, _last(item), name, each.groups) for each, n in by if each is not None)
                )
                yield from ((question, answer, scope, number) for question, answer, number in _numbers(item, held))
    for item, types in result.knows.items():
        for about, each in types.items():
            scope = _at(cells, [n for single, n in events if about in single.knows.get(item, {})])
            asked = (item, *_asked(cells, {about}))
            patterns = {
                (1, None): each.ticked_before,
                (None, 1): each.ticked_after,
                (0, 1): each.gained,
                (1, 0): each.lost,
            }
            yield from ((asked, answer, scope, number) for answer, number in patterns.items())


def _sizes(
    result: SurveyResult, events: list[tuple[SurveyResult, int]], cells: set[Cell], time: int
) -> Iterator[Figure]:
    """How many people are in which group: by agency type, and as each form tells them apart."""
    tables = [(time, result.by_type, [(each.by_type, n) for each, n in events])]
    tables += [
        (ORDER[form], groups, [(each.groups.get(form), n) for each, n in events])
        for form, groups in result.groups.items()
    ]
    for at, groups, made_of in tables:
        for name, number in (groups.sizes if groups else {}).items():
            scopes = [_of(cells, n, at, name, each) for each, n in made_of if each is not None]
            yield (HERE, at), 1, frozenset().union(*scopes), number


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
            about = _asked(cells, set(drawn.merged) if b == MERGED else {b})
            yield ("K_F", *about), pattern, _of(cells, n, _last("K_F"), a, groups), number


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
        scope = _typed(_at(cells, [n]), _last(item), set(group.split(TOGETHER))) if group else _at(cells, [n])
        about = _asked(cells, {option}) or (option,) if option else ()
        yield (item, *about), answer, scope, number


def _at(cells: set[Cell], events: Iterable[int]) -> Scope:
    known = set(events)
    return frozenset(cell for cell in cells if cell[0] in known)


def _last(item: str) -> int:
    return STANDARD.items[item].last


def _of(cells: set[Cell], event: int, time: int, part: str, groups: Groups) -> Scope:
    """The cells of a part at one event; in a pool by category, of all the types of it that stand alone there."""
    types = {code for code in groups.shown if part in (code, category(code))}
    if part == MERGED:
        types = set(groups.merged) if groups.merged_n is not None else set()
    return _typed(_at(cells, [event]), time, types)


def _typed(cells: Scope, time: int, types: set[str]) -> Scope:
    """The cells of people who were of these types, or of types of these categories, at a time."""
    return frozenset(cell for cell in cells if cell[1][time] in _spread(types))


def _spread(codes: set[str]) -> frozenset[str]:
    return frozenset().union(*(members(code) for code in codes))


def _asked(cells: set[Cell], codes: set[str]) -> tuple[str, ...]:
    """What a question on these codes asks, as far as anybody is there: of a category with one type, about that type."""
    return tuple(sorted(_spread(codes) & {type for cell in cells for type in (*cell[1], *OFFERED)}))


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
