"""The limits at the door (F22): how many wrong codes and passwords are listened to in a minute.

Counted by device and by house, in the store: a restart forgets nothing, and servers on one database count together.
Never by address: all devices of a venue share one. Who has no cookie yet counts for the house alone.
"""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from facilitation.access import Refused
from facilitation.store import Store
from facilitation.store.memory import MemoryStore

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Limit:
    """Wrong tries a minute."""

    device: int
    house: int


LIMITS = {"code": Limit(device=10, house=60), "password": Limit(device=5, house=20)}


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
            allowed = {what: limit.house} | ({f"{what}:{device}": limit.device} if device else {})
            if any(self._counts.count(name, minute) >= most for name, most in allowed.items()):
                self.refused[what] += 1
                raise Refused("tries.wait", seconds=60 - gone)
            found = look()
            if found is None:
                self._counts.add(list(allowed), minute)
            return found
