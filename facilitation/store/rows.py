"""Drafts and entries as rows: the one shape that every store can hold and give back unchanged."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from facilitation.entries import REDACTED, Draft, Entry
from facilitation.log_shape import wrong_fields
from facilitation.store import UnreadableLog
from facilitation.typed import clean


def body_text(body: Mapping[str, Any]) -> str:
    """`body` as compact JSON. Lone surrogates are dropped: UTF-8 has no form for them, so no database takes them.

    Raises TypeError or ValueError for what JSON cannot say (sets, NaN).
    """
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "ignore").decode("utf-8")


def sound(draft: Draft) -> Draft:
    """`draft` exactly as it will be read back: tuples become lists, a key of the wrong letters becomes a clean one."""
    body = json.loads(body_text(draft.body))
    return Draft(clean(draft.kind), clean(draft.author), body, clean(draft.key))


def numbered(log: str, drafts: Sequence[Draft], after: int, at: str) -> tuple[Entry, ...]:
    """Sound drafts as the entries they become when they are written behind revision `after`."""
    return tuple(
        Entry(log, revision, draft.kind, draft.author, draft.body, at, draft.key)
        for revision, draft in enumerate(drafts, after + 1)
    )


def erasures(entries: Sequence[Entry]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The revisions that these entries erase something of, each with the fields that go (none: all)."""
    for entry in entries:
        if entry.kind == REDACTED and not any(True for _ in wrong_fields(entry)):
            yield int(entry.body["revision"]), tuple(entry.body.get("fields", ()))


def entry(row: Sequence[Any]) -> Entry:
    """A row of the table `entries` as the entry it holds. Raises `UnreadableLog` where its body is none."""
    log, revision, kind, author, text, at, key = row
    try:
        body = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise UnreadableLog(log=log, entry=revision)
    return Entry(log, revision, kind, author, body, at, key)


def readable(rows: Iterable[Sequence[Any]]) -> Iterator[Entry]:
    """The entries of rows of many logs, without those that cannot be read."""
    for row in rows:
        with suppress(UnreadableLog):
            yield entry(row)
