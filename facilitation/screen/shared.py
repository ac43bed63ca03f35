"""What all visitors of a process see alike is worked out once: the room redraws at the same moment, in one process."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from facilitation.conference import Conference

Rest = ParamSpec("Rest")
View = TypeVar("View")

MOST = 512
"""Views kept of one kind; a process that leads more tables at once works some out twice."""


def shared(view: Callable[Concatenate[Conference, Rest], View]) -> Callable[Concatenate[Conference, Rest], View]:
    """`view(conference, …)`, worked out once for each value of the conference; the value before it is let go.

    The writer hands one value of a conference to all visitors, so it is compared by identity: nothing old can be shown,
    whatever was restored or erased meanwhile. What stands behind the conference must be hashable and be all that the
    view depends on.
    """
    kept: dict[tuple[object, ...], tuple[Conference, View]] = {}
    turn = Lock()

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
            return known[1]

    return worked_out
