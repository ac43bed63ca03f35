"""Small numbers (domain §7 C11): whose answers may be shown, and merged with whose.

One rule for every table: the people who answered a question are cut into *parts* that make up the whole, each of at
least k people. Whatever is published of the question is one of the parts or a sum of parts; so whatever anybody works
out by adding and taking away is a sum of parts as well, and never the answers of fewer than k people.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

K = 5
LEAST_K = 3
"""The setting may be raised, and never be lowered below this (C11)."""

MERGED = "MERGED"
"""The name of the part that holds several small groups: その他（まとめ）."""
UNTYPED = "NO_TYPE"
"""Respondents who did not say their agency type: a group of their own, or they could be found by subtraction."""

V = TypeVar("V")
W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Groups:
    """`shown`: the groups of k or more that stand alone, by size; `merged`: the groups that are shown as one, together
    `merged_n` people. `merged_n` is None where nothing at all may be shown."""

    shown: Mapping[str, int]
    merged: tuple[str, ...] = ()
    merged_n: int | None = 0

    @property
    def sizes(self) -> Mapping[str, int]:
        """The parts that may be shown with their sizes; those merged under `MERGED`, last."""
        return {**self.shown, **({MERGED: self.merged_n} if self.merged_n else {})}

    @property
    def told_apart(self) -> int:
        """How many parts of people with a known type there are: below two, nothing is told apart."""
        return len(self.sizes.keys() - {UNTYPED})

    def part(self, group: str) -> str:
        """The part in which a group is shown."""
        return MERGED if group in self.merged else group


@dataclass(frozen=True, slots=True)
class Parts(Generic[V]):
    """Something worked out for each part of those who answered a question; `of` is empty where nothing may be shown."""

    groups: Groups
    of: Mapping[str, V] = field(default_factory=lambda: MappingProxyType({}))


def groups(counts: Mapping[str, int], k: int = K, together: Collection[str] = ()) -> Groups:
    """Groups by number of people -> what may be shown of them.

    Groups of fewer than k are merged; while the merged are fewer than k, or one group alone, the smallest shown one is
    merged as well (ties by code). `together` are groups that are one already, by a rule applied before.
    """
    if k < LEAST_K:
        raise ValueError(f"k is never below {LEAST_K}")
    people = {group: n for group, n in sorted(counts.items()) if n > 0}
    merged = {group for group, n in people.items() if n < k or group in together}
    while merged and (sum(people[group] for group in merged) < k or len(merged | set(together)) == 1):
        left = sorted(people.keys() - merged, key=lambda group: (people[group], group))
        if not left:
            return Groups({}, tuple(sorted(merged)), None)
        merged.add(left[0])
    shown = {group: n for group, n in people.items() if group not in merged}
    return Groups(MappingProxyType(shown), tuple(sorted(merged)), sum(people[group] for group in merged))


def of_respondents(respondents: Iterable[str], types: Mapping[str, str], k: int = K) -> Groups:
    """The groups of people by their agency type; `types`: respondent -> code."""
    return groups(_counted(respondents, types), k)


def divided(answers: Mapping[str, V], types: Mapping[str, str], base: Groups, k: int = K) -> Parts[tuple[V, ...]]:
    """The answers to one question (respondent -> answer) in parts of at least k people.

    The parts follow `base`, the groups of everybody in the survey, and are merged further by the number of people who
    answered this question: counted by everybody, a group could hold two answers only.
    """
    found = groups(_counted(answers, types), k, base.merged)
    if found.merged_n is None:
        return Parts(found)
    parts: dict[str, list[V]] = {name: [] for name in found.sizes}
    for respondent in sorted(answers):
        parts[found.part(types.get(respondent, UNTYPED))].append(answers[respondent])
    return Parts(found, MappingProxyType({name: tuple(held) for name, held in parts.items()}))


def _counted(respondents: Iterable[str], types: Mapping[str, str]) -> Mapping[str, int]:
    return Counter(types.get(respondent, UNTYPED) for respondent in respondents)
