"""From an archive's parts to its logs: every line is looked at, all problems are named, nothing is taken in before."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from facilitation import registry, survey_fold, survey_round
from facilitation.entries import Entry
from facilitation.export.archive import FORMAT, KINDS, MANIFEST, VERSION, Archive, Log, entries_file
from facilitation.export.archive_guard import Parts, parts
from facilitation.export.archive_problem import MOST, WHOLE, BadArchive, Problem, problem
from facilitation.fold import fold
from facilitation.log_shape import is_time, wrong_fields
from facilitation.store.rows import body_text
from facilitation.typed import clean

FOLDS = {"conference": fold, "survey": survey_fold.fold}
PREFIXES = {"conference": "", "survey": survey_round.PREFIX}
MOST_LINE = 200_000
MOST_ENTRIES = 50_000
DEEPEST = 12

_ID = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)+")
_LONGEST_ID = 64
_FIELDS = {"revision": int, "kind": str, "author": str, "body": dict, "at": str, "key": str}
_LOG_FIELDS = {"log": str, "kind": str, "entries": int, "sha256": str}


def read(data: bytes, passphrase: str = "") -> Archive:
    """The archive in a file. Raises `BadArchive` with all its problems; nothing of such a file is used."""
    found = parts(data, passphrase)
    problems: list[Problem] = []
    manifest = _manifest(found, problems)
    logs = [_log(found, n, row, problems) for n, row in enumerate(manifest.get("logs", ()), 1)]
    if problems:
        raise BadArchive(problems)
    forgotten = {row["log"]: row["at"] for row in manifest["forgotten"]}
    return Archive(tuple(logs), forgotten, str(manifest.get("made_at", "")))


def _manifest(found: Parts, problems: list[Problem]) -> Mapping[str, Any]:
    """The list of contents; empty of logs where it cannot be used."""
    if MANIFEST not in found:
        problems.append(problem(WHOLE, "no_manifest"))
        return {}
    read = _json(found[MANIFEST], MANIFEST, problems)
    if read is None:
        return {}
    if read.get("format") != FORMAT:
        problems.append(problem(MANIFEST, "format", known=FORMAT))
        return {}
    if (version := read.get("version")) != VERSION:
        newer = isinstance(version, int) and version > VERSION
        problems.append(problem(MANIFEST, "newer" if newer else "version", found=str(version), known=VERSION))
        return {}
    wrong = list(_wrong_manifest(read, found))
    problems += wrong
    return {} if wrong else read


def _wrong_manifest(read: Mapping[str, Any], found: Parts) -> Iterator[Problem]:
    for name in ("logs", "forgotten"):
        if not isinstance(read.get(name), list):
            yield problem(MANIFEST, "field", name=name)
            return
    named: set[str] = set()
    for n, row in enumerate(read["logs"], 1):
        place = f"{MANIFEST}: logs[{n}]"
        yield from _wrong_log(place, row, named)
        if entries_file(n) not in found:
            yield problem(place, "no_entries", name=entries_file(n))
    for n, row in enumerate(read["forgotten"], 1):
        yield from _wrong_row(f"{MANIFEST}: forgotten[{n}]", row, {"log": str, "at": str}, named)
    listed = {entries_file(n) for n in range(1, len(read["logs"]) + 1)}
    for name in sorted(set(found) - listed):
        if name.startswith("entries-"):
            yield problem(WHOLE, "unlisted", name=name)
    if not read["logs"] and not read["forgotten"]:
        yield problem(MANIFEST, "empty")


def _wrong_log(place: str, row: Any, named: set[str]) -> Iterator[Problem]:
    yield from _wrong_row(place, row, _LOG_FIELDS, named)
    if not isinstance(row, dict):
        return
    if isinstance(row.get("kind"), str) and row["kind"] not in KINDS:
        yield problem(place, "kind", found=row["kind"])
    if isinstance(row.get("entries"), int) and not 0 < row["entries"] <= MOST_ENTRIES:
        yield problem(place, "many_entries", most=MOST_ENTRIES)


def _wrong_row(place: str, row: Any, fields: Mapping[str, type], named: set[str]) -> Iterator[Problem]:
    if not isinstance(row, dict):
        yield problem(place, "no_object")
        return
    for name, kind in fields.items():
        if not _is(row.get(name), kind):
            yield problem(f"{place}.{name}", "type")
    log = row.get("log")
    if not isinstance(log, str):
        return
    if not _ID.fullmatch(log) or len(log) > _LONGEST_ID:
        yield problem(f"{place}.log", "id", found=log)
    elif log in named:
        yield problem(f"{place}.log", "log_twice", found=log)
    named.add(log)
    if isinstance(row.get("at"), str) and not is_time(row["at"]):
        yield problem(f"{place}.at", "at", found=row["at"])


def _log(found: Parts, n: int, row: Mapping[str, Any], problems: list[Problem]) -> Log:
    """The n-th log; what is wrong with it is added to `problems`."""
    place, content = entries_file(n), found[entries_file(n)]
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        problems.append(problem(place, "digest"))
    lines = content.split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) != row["entries"]:
        problems.append(problem(place, "count", found=len(lines), listed=row["entries"]))
    wrong: list[Problem] = []
    entries = tuple(_entries(row["log"], place, lines[:MOST_ENTRIES], wrong))
    if not wrong:
        wrong += _unfoldable(row["kind"], row["log"], n, entries)
    problems += wrong
    return Log(row["log"], row["kind"], entries)


def _entries(log: str, place: str, lines: Iterable[bytes], problems: list[Problem]) -> Iterator[Entry]:
    keys: set[str] = set()
    for number, line in enumerate(lines, 1):
        here = f"{place}: line {number}"
        read = _json(line, here, problems)
        before = len(problems)
        if read is not None:
            problems += _wrong_entry(here, read, number, keys)
            if len(problems) == before:
                yield _entry(log, read, here, problems)
        if len(problems) > MOST:
            return


def _wrong_entry(place: str, row: Mapping[str, Any], number: int, keys: set[str]) -> Iterator[Problem]:
    for name, kind in _FIELDS.items():
        if not _is(row.get(name), kind):
            yield problem(f"{place}: {name}", "type")
        elif kind is str and (clean(row[name]) != row[name] or len(row[name]) > 200):
            yield problem(f"{place}: {name}", "signs")
    for name in sorted(set(row) - set(_FIELDS)):
        yield problem(place, "unknown_field", name=name)
    if _is(row.get("revision"), int) and row["revision"] != number:
        yield problem(f"{place}: revision", "order", found=row["revision"], expected=number)
    if isinstance(row.get("at"), str) and not is_time(row["at"]):
        yield problem(f"{place}: at", "at", found=row["at"])
    key = row.get("key")
    if isinstance(key, str) and key in keys:
        yield problem(f"{place}: key", "key_twice", found=key)
    if isinstance(key, str) and key:
        keys.add(key)


def _entry(log: str, row: Mapping[str, Any], place: str, problems: list[Problem]) -> Entry:
    """An entry as the store would give it back."""
    entry = Entry(**{**row, "log": log, "body": json.loads(body_text(row["body"]))})
    problems += [problem(f"{place}: {name}", "shape", kind=entry.kind) for name in wrong_fields(entry)]
    return entry


def _unfoldable(kind: str, log: str, n: int, entries: Iterable[Entry]) -> Iterator[Problem]:
    """The first entry that has no place in what was before it (a step that is not in the timetable); a log under
    another name than its code gives it, which would open the door to it for a code that is not its own."""
    folding: Any = FOLDS[kind]
    place = entries_file(n)
    now = folding(None, log, ())
    for entry in entries:
        try:
            now = folding(now, log, [entry])
        except Exception:
            yield problem(f"{place}: line {entry.revision}", "fold", kind=entry.kind)
            return
    if not now.opened and not getattr(now, "deleted", ""):
        yield problem(place, "no_beginning")
    elif not registry.is_name(log, now.code, PREFIXES[kind]):
        yield problem(f"{MANIFEST}: logs[{n}].log", "name", found=log, code=now.code)


def _json(content: bytes, place: str, problems: list[Problem]) -> dict[str, Any] | None:
    """An object of JSON; None with a problem where it is none, is too long, too deep, or names something twice."""
    if len(content) > MOST_LINE:
        problems.append(problem(place, "long", most=MOST_LINE // 1000))
        return None
    try:
        read = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_never, parse_float=_finite)
    except _Twice as twice:
        problems.append(problem(place, "name_twice", name=str(twice)))
    except (ValueError, RecursionError):
        problems.append(problem(place, "json"))
    else:
        if not isinstance(read, dict):
            problems.append(problem(place, "no_object"))
        elif _deep(read):
            problems.append(problem(place, "deep", most=DEEPEST))
        else:
            return read
    return None


class _Twice(Exception):
    """An object names the same thing twice: two readers would read two things."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return table


def _never(constant: str) -> float:
    raise ValueError(constant)


def _finite(number: str) -> float:
    value = float(number)
    if value in (float("inf"), float("-inf")):
        raise ValueError(number)
    return value


def _deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level if isinstance(each, dict | list) for inner in _inside(each)]
    return bool(level)


def _inside(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _is(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))
