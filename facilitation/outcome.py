"""What a conference came to: little enough to be kept of very many, and all a year is told from (domain §7 C12)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from facilitation.bridges import Bridge, bridges, warmest_to
from facilitation.conference import Conference, statements
from facilitation.coverage import Status, coverage
from facilitation.statements import Statement

PEERS = "S7"
"""The stage a route is looked for to (C4)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One conference, over all its groups' cards.

    `stages`: stage -> status (C2). `links`: the bridge of each link, in the order of the path's links (C4).
    `ways`: agency type -> warmth 0-3 of its warmest route to the peers; a type without a route is not in it.
    `reasons`, `helps`: code -> statements naming it (C7). `people`: those at the tables, as the tables counted.
    """

    stages: Mapping[str, Status]
    links: tuple[Bridge, ...]
    ways: Mapping[str, int]
    reasons: Mapping[str, int]
    helps: Mapping[str, int]
    people: int


def outcome(conference: Conference) -> Outcome:
    """What `conference` came to, as it stands."""
    said = statements(conference.cards.values(), texts=False)
    return outcome_of(said, sum(sum(table.values()) for table in conference.people.values()))


def outcome_of(said: Iterable[Statement], people: int) -> Outcome:
    """The outcome of statements."""
    said = tuple(said)
    return Outcome(
        stages={stage: standing.status for stage, standing in coverage(said).stages.items()},
        links=tuple(bridges(said).links.values()),
        ways=warmest_to(said, PEERS),
        reasons=_counted(each.reason for each in said if each.kind == "hard"),
        helps=_counted(each.help for each in said),
        people=people,
    )


def _counted(codes: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(filter(None, codes)).items()))
