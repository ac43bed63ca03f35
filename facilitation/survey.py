"""The results of a survey: the one gate between answers and everything that is shown, drawn or exported.

Charts, tables, exports and pools are handed a `SurveyResult` and never an answer, so the rule for small numbers
(`suppression`) is applied once, here, before any share (decision 19).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from facilitation import choices, knows, likert, shift
from facilitation.agencies import broad, by_category, members
from facilitation.answered import Answered, Chosen, answered
from facilitation.choices import Choices
from facilitation.follow_up import FollowUp, follow_up
from facilitation.knows import Knows
from facilitation.likert import Likert
from facilitation.network import Network, network
from facilitation.shift import Shift
from facilitation.suppression import Groups, K, Parts, of_respondents
from facilitation.survey_gate import Gate, gate
from facilitation.survey_items import (
    AGENCY_TYPE,
    CONSENT,
    FORMS,
    NO_ANSWER,
    ORDER,
    STANDARD,
    Answer,
    Item,
    Questionnaire,
)

FACE = "K_F"
CONTACT = "W1"

LISTS = ("single", "multi", "grid_binary")

V = TypeVar("V")
W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Respondents:
    """How many people answered: a counter, no answers. `paired`: both before and after."""

    everybody: int = 0
    pre: int = 0
    post: int = 0
    paired: int = 0
    visit: int = 0
    study: int = 0
    follow: int = 0


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """Everything that may be shown of one event, or of a pool of `events`.

    By item in the order of the questionnaire: `likert` (asked once), `shift` (before and after), `choices` (picked
    from a list), each over everybody who answered and, in `*_by`, in parts by agency type that make up that whole.
    `knows`: item -> agency type asked about, where it may be shown. `withheld`: items that were answered by too few.
    `by_type` is None where nobody's type is known. `groups`: form -> the groups that its parts follow: agency types
    or, where too few people are of one type, broad categories (then in `knows` and `network` too). `categories`:
    category -> the types of it that took part or were asked about; empty where all are told apart by type. Of a pool:
    `events_left_out` are in no figure; `left_out`: item -> how many of its `events` asked it and are not in it.
    """

    questionnaire: Questionnaire
    respondents: Respondents
    by_type: Groups | None
    groups: Mapping[str, Groups] = field(default_factory=dict)
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    likert: Mapping[str, Likert] = field(default_factory=dict)
    likert_by: Mapping[str, Parts[Likert]] = field(default_factory=dict)
    shift: Mapping[str, Shift] = field(default_factory=dict)
    shift_by: Mapping[str, Parts[Shift]] = field(default_factory=dict)
    choices: Mapping[str, Choices] = field(default_factory=dict)
    choices_by: Mapping[str, Parts[Choices]] = field(default_factory=dict)
    knows: Mapping[str, Mapping[str, Knows]] = field(default_factory=dict)
    network: Network | None = None
    follow_up: FollowUp | None = None
    withheld: tuple[str, ...] = ()
    k: int = K
    events: int = 1
    events_left_out: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def by_category(self) -> bool:
        """Whether parts are broad categories, for too few people are of one type."""
        return bool(self.categories)

    @property
    def broad_groups(self) -> Groups | None:
        """The groups of the last form that is told apart by category."""
        told = [each for each in self.groups.values() if broad((*each.shown, *each.merged))]
        return told[-1] if told else None


@dataclass(frozen=True, slots=True)
class _Event:
    """The answers of an event and a gate for each time. A question passes the gate of its own time: types and people
    that come with a later form would cut the same answers in another way, and two ways give a small group away."""

    questionnaire: Questionnaire
    said: Answered
    gates: Mapping[int, Gate]
    k: int

    def gate(self, item: Item) -> Gate:
        """The gate of a question."""
        return self.gates[item.last]


@dataclass(frozen=True, slots=True)
class _Table(Generic[W]):
    """One kind of figure by item: over everybody, in parts, and the items with too few answers."""

    whole: Mapping[str, W]
    parts: Mapping[str, Parts[W]]
    withheld: tuple[str, ...]


def survey(
    answers: Iterable[Answer], questionnaire: Questionnaire = STANDARD, invited: int | None = None, k: int = K
) -> SurveyResult:
    """The results of one event's answers. `invited` to the follow-up: who answered before or after, unless given.

    Figures of a form are the same whether later forms are in `answers` or not.
    """
    event = _event(answers, questionnaire, k)
    items = tuple(item for item in questionnaire.items.values() if item.id != AGENCY_TYPE)
    scales = [item for item in items if item.type == "likert5"]
    grids = [item for item in items if item.type == "grid_binary" and item.asked_twice]
    once = _once(event, [item for item in scales if not item.asked_twice])
    twice = _twice(event, [item for item in scales if item.asked_twice])
    picked = _picked(event, [item for item in items if item.type in LISTS and item not in grids])
    known = {item.id: _knows(event, item) for item in grids if len(_grid(event.said, item)) >= k}
    few = [item.id for item in grids if 0 < len(_grid(event.said, item)) < k]
    return SurveyResult(
        questionnaire=questionnaire,
        respondents=_respondents(event.said),
        by_type=_by_type(event),
        groups={form: event.gates[ORDER[form]].base for form in FORMS if event.said.at(form)},
        categories=_categories(event),
        likert=once.whole,
        likert_by=once.parts,
        shift=twice.whole,
        shift_by=twice.parts,
        choices=picked.whole,
        choices_by=picked.parts,
        knows=known,
        network=_network(event),
        follow_up=_follow_up(event, invited),
        withheld=(*once.withheld, *twice.withheld, *picked.withheld, *few),
        k=k,
    )


def _event(answers: Iterable[Answer], questionnaire: Questionnaire, k: int) -> _Event:
    said = answered(answers, questionnaire)
    times = sorted(set(ORDER.values()))
    return _Event(questionnaire, said, {time: gate(said.types_by(time), said.everybody(time), k) for time in times}, k)


def _over(
    event: _Event,
    items: Iterable[Item],
    given: Callable[[Item], Mapping[str, V]],
    counted: Callable[[Item, Iterable[V]], W],
) -> _Table[W]:
    """Figures of every item that at least k people answered; `given`: respondent -> answer to an item."""
    whole, parts, withheld = {}, {}, []
    for item in items:
        rows = given(item)
        if len(rows) >= event.k:
            held = event.gate(item).parts(rows)
            whole[item.id] = counted(item, rows.values())
            parts[item.id] = Parts(held.groups, {name: counted(item, each) for name, each in held.of.items()})
        elif rows:
            withheld.append(item.id)
    return _Table(whole, parts, tuple(withheld))


def _once(event: _Event, items: Sequence[Item]) -> _Table[Likert]:
    """Scales asked once. How many gave no answer is said of everybody together, in no part."""

    def given(item: Item) -> Mapping[str, int]:
        return {who: level for who, level in event.said.levels(item).items() if level != NO_ANSWER}

    def missing(item: str) -> int:
        levels = event.said.levels(event.questionnaire.items[item])
        return sum(level == NO_ANSWER for level in levels.values())

    table = _over(event, items, given, lambda _, levels: likert.likert(levels))
    return replace(table, whole={item: replace(each, missing=missing(item)) for item, each in table.whole.items()})


def _twice(event: _Event, items: Sequence[Item]) -> _Table[Shift]:
    """Scales asked before and after: figures are of pairs alone; of the others only their number is said."""

    def times(item: Item) -> tuple[Mapping[str, int], Mapping[str, int]]:
        return event.said.levels(item, "pre"), event.said.levels(item, "post")

    def alone(item: str) -> int:
        return shift.unpaired(*times(event.questionnaire.items[item]))

    table = _over(event, items, lambda item: shift.paired(*times(item)), lambda _, pairs: shift.shift(pairs))
    return replace(table, whole={item: replace(each, unpaired=alone(item)) for item, each in table.whole.items()})


def _picked(event: _Event, items: Sequence[Item]) -> _Table[Choices]:
    """Lists. Those that only say who somebody is stand in no part: with a type beside it a rare answer is a person."""

    def counted(item: Item, picks: Iterable[Chosen]) -> Choices:
        return choices.choices(picks, event.said.options(item))

    table = _over(event, items, event.said.choices, counted)
    alone = {item.id for item in items if item.id == CONSENT or item.forms == ("pre",)}
    return replace(table, parts={item: each for item, each in table.parts.items() if item not in alone})


def _grid(said: Answered, item: Item) -> Mapping[str, tuple[Chosen, Chosen]]:
    """What everybody who answered a grid both times ticked, before and after."""
    before, after = said.choices(item, "pre"), said.choices(item, "post")
    return {who: (ticked, after[who]) for who, ticked in before.items() if who in after}


def _knows(event: _Event, item: Item) -> Mapping[str, Knows]:
    """By agency type asked about, over people of other types. Where groups are merged, only about types that stand
    alone: of another type, what is left after its own people are taken out could be a small group (C8)."""
    gate, rows = event.gate(item), _grid(event.said, item)
    groups = gate.parts(rows).groups
    asked = gate.asked_about(event.said.options(item))
    about = [each for each in asked if not groups.merged or each in groups.shown]
    others = {each: [ticks for who, ticks in rows.items() if gate.codes.get(who) != each] for each in about}
    return {each: knows.knows(ticks, members(each)) for each, ticks in others.items() if len(ticks) >= event.k}


def _network(event: _Event) -> Network | None:
    item = event.questionnaire.items.get(FACE)
    rows = _grid(event.said, item) if item else {}
    return network(event.gate(item).parts(rows)) if item and rows else None


def _follow_up(event: _Event, invited: int | None) -> FollowUp | None:
    """None where nobody was asked again."""
    said, item = event.said, event.questionnaire.items.get(CONTACT)
    responded = len(said.at("follow"))
    if not responded and invited is None:
        return None
    asked = len(said.at("pre") | said.at("post")) if invited is None else invited
    return follow_up(asked, responded, said.choices(item).values() if item else (), event.k)


def _by_type(event: _Event) -> Groups | None:
    last = max(event.gates)
    types = event.said.types_by(last)
    return of_respondents(event.said.everybody(last), types, event.k) if types else None


def _categories(event: _Event) -> Mapping[str, tuple[str, ...]]:
    """The types of each category, where one form or more is told apart by category."""
    said = event.said
    if not any(event.gates[ORDER[form]].broad for form in FORMS if said.at(form)):
        return {}
    asked = (code for item in event.questionnaire.items.values() for code in said.options(item))
    return by_category({*said.types_by(max(event.gates)).values(), *asked})


def _respondents(said: Answered) -> Respondents:
    at = {form: len(said.at(form)) for form in FORMS}
    return Respondents(len(said.everybody(max(ORDER.values()))), **at, paired=len(said.at("pre") & said.at("post")))
