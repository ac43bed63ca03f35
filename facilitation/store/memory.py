"""A store that forgets when the process ends: for tests and rehearsals."""

import threading
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from facilitation.entries import REDACTED, Draft, Entry, tombstone
from facilitation.store import KEPT, Behind, Forgotten, KeyTaken
from facilitation.store.rows import erasures, numbered, sound


class MemoryStore:
    """Logs in a dictionary, behind one lock."""

    name = "memory"
    schema = 0
    read_only = False
    shared = False

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kinds: dict[str, str] = {}
        self._logs: dict[str, tuple[Entry, ...]] = {}
        self._forgotten: dict[str, str] = {}
        self._summaries: dict[str, tuple[int, int, str]] = {}
        self._figures: dict[str, tuple[int, int, str]] = {}
        self._tries: Counter[tuple[str, int]] = Counter()

    def append(self, log: str, kind: str, drafts: Sequence[Draft], after: int, at: str) -> tuple[Entry, ...]:
        new = numbered(log, [sound(draft) for draft in drafts], after, at)
        self.receive(log, kind, new, after)
        return new

    def receive(self, log: str, kind: str, entries: Sequence[Entry], after: int) -> None:
        with self._lock:
            if log in self._forgotten:
                raise Forgotten(log=log)
            old = self._logs.get(log, ())
            if len(old) != after:
                raise Behind(len(old))
            now = [*old, *entries]
            keys = [entry.key for entry in now if entry.key]
            if len(keys) != len(set(keys)):
                raise KeyTaken(log=log)
            for at, fields in erasures(entries):
                self._drop_derived(log)
                if 0 < at <= len(now):
                    now[at - 1] = replace(now[at - 1], body=tombstone(now[at - 1].body, fields))
            self._kinds.setdefault(log, kind)
            self._logs[log] = tuple(now)

    def forget(self, log: str, at: str) -> None:
        with self._lock:
            self._logs.pop(log, None)
            self._kinds.pop(log, None)
            self._drop_derived(log)
            self._forgotten.setdefault(log, at)

    def _drop_derived(self, log: str) -> None:
        self._summaries.pop(log, None)
        self._figures.pop(log, None)

    def forgotten(self) -> Mapping[str, str]:
        return dict(sorted(self._forgotten.items()))

    def entries(self, log: str, after: int = 0) -> tuple[Entry, ...]:
        return self._logs.get(log, ())[after:]

    def erasing(self) -> tuple[Entry, ...]:
        with self._lock:
            return tuple(each for log in sorted(self._logs) for each in self._logs[log] if each.kind == REDACTED)

    def revision(self, log: str) -> int:
        return len(self._logs.get(log, ()))

    def revisions(self, logs: Collection[str]) -> Mapping[str, int]:
        return {log: len(self._logs[log]) for log in logs if log in self._logs}

    def takes_writing(self) -> bool:
        return True

    def logs(self, kind: str | None = None) -> Mapping[str, int]:
        with self._lock:
            return {log: len(self._logs[log]) for log in sorted(self._logs) if kind in (None, self._kinds[log])}

    def summaries(self, kind: str, shape: int) -> Mapping[str, tuple[int, str]]:
        with self._lock:
            kept = {log: kept for log, kept in self._summaries.items() if self._kinds[log] == kind and kept[1] == shape}
            return {log: (at, text) for log, (at, _, text) in kept.items() if at == len(self._logs[log])}

    def keep_summaries(self, found: Mapping[str, tuple[int, str]], shape: int) -> None:
        self._keep(self._summaries, found, shape)

    def figures(self, logs: Collection[str], shape: int) -> Mapping[str, tuple[int, str]]:
        with self._lock:
            kept = {log: self._figures[log] for log in logs if log in self._figures}
            true = {log: each for log, each in kept.items() if each[:2] == (len(self._logs[log]), shape)}
            return {log: (at, text) for log, (at, _, text) in true.items()}

    def keep_figures(self, found: Mapping[str, tuple[int, str]], shape: int) -> None:
        self._keep(self._figures, found, shape)

    def _keep(self, kept: dict[str, tuple[int, int, str]], found: Mapping[str, tuple[int, str]], shape: int) -> None:
        with self._lock:
            true = {log: each for log, each in found.items() if len(self._logs.get(log, ())) == each[0]}
            kept.update({log: (at, shape, text) for log, (at, text) in true.items()})

    def count(self, name: str, minute: int, minutes: int = 1) -> int:
        return sum(self._tries[name, each] for each in range(minute - minutes + 1, minute + 1))

    def add(self, names: Sequence[str], minute: int) -> None:
        with self._lock:
            for old in [each for each in self._tries if abs(each[1] - minute) > KEPT]:
                del self._tries[old]
            self._tries.update((name, minute) for name in names)

    def close(self) -> None:
        """Nothing to let go of."""
