"""Who is told apart from whom in the results of a survey: by agency type, or by broad category where types are small.

Which of the two is decided once for everybody who has answered until a time, by who they are and never by what they
said, and holds for every question of that time: two ways of cutting the same answers would give a small group away
(decision 51).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from facilitation.agencies import category
from facilitation.suppression import Groups, Parts, divided, of_respondents

V = TypeVar("V")
FEWEST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Gate:
    """`codes`: respondent -> agency type or, if `broad`, its category; `base`: the groups of everybody."""

    codes: Mapping[str, str]
    base: Groups
    broad: bool
    k: int

    def parts(self, given: Mapping[str, V]) -> Parts[tuple[V, ...]]:
        """The answers to one question (respondent -> answer) in parts of at least k people."""
        return divided(given, self.codes, self.base, self.k)

    def asked_about(self, types: Iterable[str]) -> tuple[str, ...]:
        """The agency types that a question asks about as they are told apart here; options that are no types stay."""
        return tuple(dict.fromkeys(category(code) if self.broad else code for code in types))


def gate(types: Mapping[str, str], everybody: Iterable[str], k: int) -> Gate:
    """The gate for people and the agency types they named."""
    people = tuple(everybody)
    categories = {who: category(code) for who, code in types.items()}
    by_type, by_category = of_respondents(people, types, k), of_respondents(people, categories, k)
    if _tells_more(by_category, by_type):
        return Gate(categories, by_category, True, k)
    return Gate(types, by_type, False, k)


def _tells_more(by_category: Groups, by_type: Groups) -> bool:
    """Whether types tell nothing apart and categories do. What stands alone by type (then: nobody, or those who named
    none) has to stand alone by category too: the sizes of both are published, and one less the other would be the size
    of a small category."""
    told = by_type.told_apart < FEWEST_PARTS <= by_category.told_apart
    return told and by_type.shown.keys() <= by_category.shown.keys()
