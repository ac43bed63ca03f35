"""What is written into a log: drafts before the commit, entries after it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
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
    """What stays of a body when `fields` go blank, or (no fields) all of it: a mark that something stood there.

    A field inside others is named by its way: `rows.2.1`.
    """
    kept = deepcopy(dict(body)) if fields else {}
    for field in fields:
        _blank(kept, field.split("."))
    return {**kept, "redacted": True}


def _blank(value: Any, way: Sequence[str]) -> None:
    """Make what stands at the end of `way` an empty text; nothing where it leads nowhere."""
    key: Any = int(way[0]) if isinstance(value, list) and way[0].isdecimal() else way[0]
    if (isinstance(value, dict) and key in value) or (isinstance(value, list) and key in range(len(value))):
        if len(way) > 1:
            _blank(value[key], way[1:])
        else:
            value[key] = ""
