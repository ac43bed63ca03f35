"""Tokens only this house can have made, and their age.

The age is told by a clock of the house's own: what the wall clock said when the house was opened, carried on by a clock
that nobody sets. A wall clock that jumps meanwhile changes nothing (F13). From one start to the next, and from one
server to another, wall clocks may differ: a token from the future is as good as one of this moment.
"""

import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

DAY = 24 * 3600
MOST = 1024
"""Tokens whose signature need not be checked again: a device sends its own with everything it asks."""

_COUNTS_SLEEP = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""The clock that goes on while a laptop sleeps: on Linux, on macOS; on Windows `time.monotonic` does."""


def steady() -> Callable[[], float]:
    """A clock in seconds, as the wall has it now, that no later jump of the wall moves."""
    begun, ticked = time.time(), _ticks()
    return lambda: begun + _ticks() - ticked


def _ticks() -> float:
    return time.monotonic() if _COUNTS_SLEEP is None else time.clock_gettime(_COUNTS_SLEEP)


class Tokens:
    """What one secret signs. `clock` is theirs, and for whoever wants to compare moments with theirs."""

    def __init__(self, secret: str) -> None:
        self.clock = clock = steady()

        class Signer(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(clock())

        self._signer = URLSafeTimedSerializer(secret, salt="kaigi", signer=Signer)
        self._read = lru_cache(MOST)(self._verified)

    def sign(self, what: Mapping[str, Any]) -> str:
        """A token that says `what`."""
        return str(self._signer.dumps(dict(what)))

    def read(self, token: str, max_age: int = DAY) -> tuple[dict[str, Any], float]:
        """What a token says and when it was signed; empty if it is not ours or too old."""
        try:
            what, at = self._read(token)
        except BadSignature:
            return {}, 0.0
        return (dict(what), at) if isinstance(what, dict) and self.clock() - at <= max_age else ({}, 0.0)

    def _verified(self, token: str) -> tuple[Any, float]:
        """Raises `BadSignature`, which is never kept."""
        what, at = self._signer.loads(token, return_timestamp=True)
        return what, at.timestamp()
