"""What the map itself offers an adviser to speak about (domain §5.7): stages that rest on one type or none, the coldest
hand-over, the widest difference between role and expectation. Invitations, never a judgement."""

from collections.abc import Iterable
from dataclasses import dataclass

from facilitation.bridges import Edge, hand_overs
from facilitation.conference import Conference, statements
from facilitation.coverage import coverage
from facilitation.mismatch import Difference, mismatch
from facilitation.roles import expectations

MOST = 3
"""So many hand-overs of the same warmth are named."""


@dataclass(frozen=True, slots=True)
class Hints:
    """`gaps`, `singles`: stages in the order of the path. `coldest`: the hand-overs of the lowest warmth said so far,
    sorted by codes, at most `MOST`. `apart`: the largest difference that is not "agree", None where there is none or
    where too few have answered (C5)."""

    gaps: tuple[str, ...]
    singles: tuple[str, ...]
    coldest: tuple[Edge, ...]
    apart: Difference | None


def hints(conference: Conference) -> Hints:
    """The three hints of the conference as it stands."""
    said = statements(conference.cards.values(), texts=False)
    drawn = coverage(said)
    edges = hand_overs(said)
    lowest = min((edge.warmth for edge in edges), default=0)
    return Hints(
        gaps=drawn.in_status("gap"),
        singles=drawn.in_status("single"),
        coldest=tuple(edge for edge in edges if edge.warmth == lowest)[:MOST],
        apart=_widest(mismatch(expectations(conference)).shown),
    )


def _widest(found: Iterable[Difference]) -> Difference | None:
    """Ties by type and stage, so that two screens say the same."""
    apart = [each for each in found if each.verdict != "agree"]
    return min(apart, key=lambda each: (-abs(round(each.difference, 3)), each.type, each.stage), default=None)
