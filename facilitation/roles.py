"""What the tables said of their own roles before the case, as rows for the comparison of role and expectation (C5)."""

from collections.abc import Iterable

from facilitation.conference import Conference, Role
from facilitation.mismatch import Expectation
from facilitation.path import STAGES
from facilitation.sharing import FOCUS


def expectations(conference: Conference) -> tuple[Expectation, ...]:
    """One row per respondent, stage and expected type; who ticked none at a stage was asked all the same.

    The stages are those of the focus, and any other that a respondent spoke of; in the order of the path.
    """
    return tuple(row for role in conference.roles.values() for row in _rows(role))


def _rows(role: Role) -> Iterable[Expectation]:
    spoken = {*FOCUS, *role.strengths, *role.expected}
    for stage in (stage for stage in STAGES if stage in spoken):
        strength = role.strengths.get(stage)
        expected = [code for code in role.expected.get(stage, ()) if code != role.type]
        yield Expectation(role.respondent, role.type, stage, strength, expected[0] if expected else "")
        for code in expected[1:]:
            yield Expectation(role.respondent, role.type, stage, None, code)
