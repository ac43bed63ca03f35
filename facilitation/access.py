"""Who may do what: roles and the refusal every command may answer with."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["organiser", "facilitator", "adviser", "projector", "seat", "guest"]

LEADS: tuple[Role, ...] = ("organiser", "facilitator")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody acting: a role and, for a seat, which one. `author` is what the log keeps: never a name.

    `words` is how an adviser wants to be named (医師, 回復施設 …); for everybody else it is empty. An adviser's `seat`
    tells one adviser's comments from another's; the log keeps it only inside their ids. `group`: the one a seat wrote
    for, where its device says so: words may arrive after the seat was moved.
    """

    role: Role
    seat: str = ""
    words: str = ""
    group: int = 0

    @property
    def author(self) -> str:
        """`seat:ab12`, `facilitator` …"""
        return f"seat:{self.seat}" if self.role == "seat" else self.role


class Refused(Exception):
    """A command that was not carried out: a text key and what to fill in. Nothing was written."""

    def __init__(self, key: str, **params: Any) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason of several, with the field it belongs to."""

    field: str
    key: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)


class RefusedFields(Refused):
    """A command with wrong fields: all reasons at once, so that nobody mends them one by one."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems[0].key, **problems[0].params)
        self.problems = problems


def require(who: Who, *roles: Role) -> None:
    """Refuse unless `who` has one of `roles`. The same sentence for every refusal: it tells nothing of what exists."""
    if who.role not in roles:
        raise Refused("not_allowed")
