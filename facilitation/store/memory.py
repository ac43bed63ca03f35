"""A store that forgets when the process ends: for tests and rehearsals."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence

from facilitation.entries import Draft, Entry
from facilitation.store import KEPT, Behind, KeyTaken
from facilitation.store.rows import numbered, sound


class MemoryStore:
    """Logs in a dictionary, behind one lock."""

    name = "memory"
    schema = 0
    read_only = False

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kinds: dict[str, str] = {}
        self._logs: dict[str, tuple[Entry, ...]] = {}
        self._tries: Counter[tuple[str, int]] = Counter()

    def append(self, log: str, kind: str, drafts: Sequence[Draft], after: int, at: str) -> tuple[Entry, ...]:
        new = numbered(log, [sound(draft) for draft in drafts], after, at)
        with self._lock:
            old = self._logs.get(log, ())
            if len(old) != after:
                raise Behind(len(old))
            keys = [entry.key for entry in (*old, *new) if entry.key]
            if len(keys) != len(set(keys)):
                raise KeyTaken(log=log)
            self._kinds.setdefault(log, kind)
            self._logs[log] = old + new
        return new

    def entries(self, log: str, after: int = 0) -> tuple[Entry, ...]:
        return self._logs.get(log, ())[after:]

    def revision(self, log: str) -> int:
        return len(self._logs.get(log, ()))

    def logs(self, kind: str | None = None) -> Mapping[str, int]:
        with self._lock:
            return {log: len(self._logs[log]) for log in sorted(self._logs) if kind in (None, self._kinds[log])}

    def count(self, name: str, minute: int) -> int:
        return self._tries[name, minute]

    def add(self, names: Sequence[str], minute: int) -> None:
        with self._lock:
            for old in [each for each in self._tries if abs(each[1] - minute) > KEPT]:
                del self._tries[old]
            self._tries.update((name, minute) for name in names)

    def close(self) -> None:
        """Nothing to let go of."""
