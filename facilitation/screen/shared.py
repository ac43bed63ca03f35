"""What all visitors of a process see alike is worked out once: the room redraws at the same moment, in one process."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from facilitation.conference import Conference

Rest = ParamSpec("Rest")
View = TypeVar("View")

_ALL: list[tuple[Lock, dict[tuple[object, ...], tuple[Conference, Any]]]] = []
"""What is kept of every shared view, so that erased words can be let go everywhere."""

MOST = 512
"""Views kept of one kind; a process that leads more tables at once works some out twice."""


def shared(view: Callable[Concatenate[Conference, Rest], View]) -> Callable[Concatenate[Conference, Rest], View]:
    """`view(conference, …)`, worked out once for each value of the conference; the value before it is let go.

    The writer hands one value of a conference to all visitors, so it is compared by identity: nothing old can be shown,
    whatever was restored or erased meanwhile. What stands behind the conference must be hashable and be all that the
    view depends on.
    """
    kept: dict[tuple[object, ...], tuple[Conference, Any]] = {}
    turn = Lock()
    _ALL.append((turn, kept))

    @wraps(view)
    def worked_out(conference: Conference, /, *rest: Rest.args, **named: Rest.kwargs) -> View:
        assert not named, "a shared view is asked by place"
        mark = (conference.id, *rest)
        with turn:  # ten tablets of a table come at once: the first works it out, the others take it
            known = kept.pop(mark, None)
            if known is None or known[0] is not conference:
                known = (conference, view(conference, *rest, **named))
            kept[mark] = known
            if len(kept) > MOST:
                del kept[next(iter(kept))]
            return cast(View, known[1])

    return worked_out


def let_go(log: str) -> None:
    """Keep nothing of a conference: words of it were erased, and nobody may ever ask for its views again."""
    for turn, kept in _ALL:
        with turn:
            for mark in [mark for mark in kept if mark[0] == log]:
                del kept[mark]
