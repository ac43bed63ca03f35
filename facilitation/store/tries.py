"""The limits at the door (F22): how many wrong codes and passwords are listened to in a minute.

Counted by device and by house, in the store: a restart forgets nothing, and servers on one database count together.
Never by address: all devices of a venue share one. Who has no cookie yet counts for the house alone.

A house hears fewer a minute once wrong ones go on for long: rooms mistype and stop, a machine that guesses goes on.
What is right is never counted: who types a right code is heard again in the first minute in which nobody guesses.
"""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from facilitation.access import Refused
from facilitation.store import KEPT, Store
from facilitation.store.memory import MemoryStore

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Limit:
    """Wrong tries a minute, of a device and of the house; and of the house once `many` came within four hours."""

    device: int
    house: int
    many: int
    afterwards: int

    def of_house(self, before: int) -> int:
        """Wrong tries that are listened to in this minute, after so many `before` it."""
        return self.house if before < self.many else self.afterwards


LIMITS = {
    "code": Limit(device=10, house=60, many=540, afterwards=1),
    "password": Limit(device=5, house=20, many=200, afterwards=2),
}
"""Codes: at most 898 wrong ones in any four hours, so that one of twenty conferences with three open codes each (the
guests', the advisers', its survey's) is found with a chance under 3 in ten thousand; sixty guests of whom each tenth
mistypes are six."""

MEMORY = KEPT - 1
"""Minutes before this one that count for that."""


class Tries:
    """What was tried at the door of one store. A store that cannot be written is counted in memory."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._counts = MemoryStore() if store.read_only else store
        self._clock = clock
        self.refused: Counter[str] = Counter()
        """How often somebody was not listened to, by what was tried."""
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def listen(self, what: str, device: str, look: Callable[[], Found | None]) -> Found | None:
        """What `look` finds; where it finds nothing, one more wrong try is counted before that is said.

        Raises `Refused("tries.wait")` with the seconds to wait, without looking: a right guess is refused as well, else
        the limit would be none. One at a time, so that a crowd cannot look before it is counted.
        """
        limit = LIMITS[what]
        with self._turns[what]:
            minute, gone = divmod(int(self._clock()), 60)
            of_house = limit.of_house(self._counts.count(what, minute - 1, MEMORY))
            allowed = {what: of_house} | ({f"{what}:{device}": limit.device} if device else {})
            if any(self._counts.count(name, minute) >= most for name, most in allowed.items()):
                self.refused[what] += 1
                raise Refused("tries.wait", seconds=60 - gone)
            found = look()
            if found is None:
                self._counts.add(list(allowed), minute)
            return found
