"""What is written into a log: drafts before the commit, entries after it."""

from collections.abc import Collection, Iterable, Mapping
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

    @property
    def erased(self) -> bool:
        """Whether words of it are gone for good."""
        return bool(self.body.get("redacted"))

    @property
    def outside(self) -> tuple[str, int, str, str, str, str]:
        """What no erasure changes: two copies of one entry have all of it alike."""
        return self.log, self.revision, self.kind, self.author, self.at, self.key

    @property
    def gone(self) -> bool:
        """Whether all of it is gone: only its place in the log is left."""
        return self.erased and len(self.body) == 1


REDACTED = "redacted"
"""The kind of an entry that erases: its body names the `revision` it concerns and the `fields` of it that go (none
named: the whole body). A store carries that out in the transaction that writes the entry."""


def erases(entries: Iterable[Entry]) -> bool:
    """Whether earlier entries lose words by these: whatever was worked out from them must be worked out anew."""
    return any(entry.kind == REDACTED for entry in entries)


def tombstone(body: Mapping[str, Any], fields: Collection[str]) -> dict[str, Any]:
    """What stays of a body when `fields` go blank, or (no fields) all of it: a mark that something stood there."""
    kept = {**body, **{name: "" for name in fields if name in body}} if fields else {}
    return {**kept, "redacted": True}
