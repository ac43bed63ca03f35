"""What is written into a log: drafts before the commit, entries after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Draft:
    """Something to be written. `key` makes it idempotent: a log holds at most one entry per non-empty key."""

    kind: str
    author: str
    body: Mapping[str, Any]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something written. `revision` counts from 1 without a hole within `log`; `at` is UTC, ISO 8601, for people:
    order comes from `revision`, never from `at`."""

    log: str
    revision: int
    kind: str
    author: str
    body: Mapping[str, Any]
    at: str
    key: str = ""
