"""A conference as one file that travels: its log, the log of its survey, and nothing worked out from them.

The file is a zip: `manifest.json` says what is in it, `entries-1.jsonl` … hold one log each, an entry a line, in the
order of their revisions. It is no publication: it carries held-back words with their state, and the keys of the room,
so it says 内部用 (internal) everywhere a person might look. The format is described in `docs/archive.md`.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from facilitation.entries import Entry
from facilitation.export.sealing import seal
from facilitation.store import Store

FORMAT, VERSION = "kaigi-archive", 1
MARKING = "内部用：公開しないでください / internal: not for publication"
MANIFEST = "manifest.json"
NOTE = "内部用-internal.txt"
MOST_RATIO = 100
"""Times a part may grow when it is unpacked, from `FREE` bytes on."""
FREE = 200_000
KINDS = ("conference", "survey")
"""The kinds of logs that travel; the settings of a house never do."""


@dataclass(frozen=True, slots=True)
class Log:
    """One log, whole."""

    log: str
    kind: str
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self._first.get("title", ""))

    @property
    def case(self) -> str:
        """The id of the case that is played; "" for a survey."""
        return str(self._first.get("case", ""))

    @property
    def case_version(self) -> str:
        return str(self._first.get("case_version", ""))

    @property
    def _first(self) -> Mapping[str, Any]:
        return self.entries[0].body if self.entries else {}


@dataclass(frozen=True, slots=True)
class Archive:
    """What one file holds: logs, and the ids of logs that were erased for good (with the time)."""

    logs: tuple[Log, ...] = ()
    forgotten: Mapping[str, str] = field(default_factory=dict)
    made_at: str = ""


def of_conference(store: Store, log: str, at: str) -> Archive:
    """The archive of a conference with its survey; of one that was erased, its tombstone. `at`: now, UTC.

    Raises KeyError where there is no such conference.
    """
    gone = store.forgotten()
    if log in gone:
        return Archive((), {log: gone[log]}, at)
    return Archive(tuple(_log(store, name) for name in with_survey(store, log)), {}, at)


def with_survey(store: Store, log: str) -> list[str]:
    """A conference's log and that of its survey, where there is one that says that it belongs to it: a log that was
    brought may name any."""
    linked = dict.fromkeys(
        str(entry.body.get("survey", "")) for entry in store.entries(log) if entry.kind == "survey_linked"
    )
    there = store.logs("survey")
    return [log, *(survey for survey in linked if survey in there and _conference_of(store, survey) == log)]


def _conference_of(store: Store, survey: str) -> Any:
    return next((entry.body.get("conference") for entry in store.entries(survey)), None)


def _log(store: Store, log: str) -> Log:
    for kind in KINDS:
        if log in store.logs(kind):
            return Log(log, kind, store.entries(log))
    raise KeyError(log)


def pack(archive: Archive, passphrase: str = "") -> bytes:
    """The file; under a passphrase where one is given (ValueError where it is too short)."""
    lines = [_lines(log.entries) for log in archive.logs]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(MANIFEST, json.dumps(_manifest(archive, lines), ensure_ascii=False, indent=1))
        packed.writestr(NOTE, MARKING + "\n")
        for n, content in enumerate(lines, 1):
            packed.writestr(entries_file(n), content, compress_type=_way(content))
    return seal(file.getvalue(), passphrase) if passphrase else file.getvalue()


def _way(content: bytes) -> int:
    """As it is, what would shrink so far that a reader took it for a bomb: the same few words, thousands of times."""
    far = len(content) > FREE + MOST_RATIO * len(zlib.compress(content))
    return zipfile.ZIP_STORED if far else zipfile.ZIP_DEFLATED


def entries_file(n: int) -> str:
    """The name of the n-th log's file, from 1."""
    return f"entries-{n}.jsonl"


def file_name(archive: Archive) -> str:
    """What to call the file: 内部用 first, so that it is seen before it is attached to anything."""
    return f"内部用-{archive.logs[0].log if archive.logs else next(iter(archive.forgotten))}.kaigi.zip"


def _manifest(archive: Archive, lines: Sequence[bytes]) -> Mapping[str, Any]:
    logs = [
        {
            "log": log.log,
            "kind": log.kind,
            "title": log.title,
            "case": log.case,
            "case_version": log.case_version,
            "entries": len(log.entries),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for log, content in zip(archive.logs, lines, strict=True)
    ]
    forgotten = [{"log": log, "at": at} for log, at in archive.forgotten.items()]
    return {
        "format": FORMAT,
        "version": VERSION,
        "marking": MARKING,
        "made_at": archive.made_at,
        "logs": logs,
        "forgotten": forgotten,
    }


def _lines(entries: Sequence[Entry]) -> bytes:
    rows = ({name: value for name, value in asdict(entry).items() if name != "log"} for entry in entries)
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode()
