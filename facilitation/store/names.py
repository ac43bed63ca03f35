"""Logs found by name or code, without asking the store for all of them each time."""

from facilitation import registry
from facilitation.code import letters
from facilitation.store import Store


class Names:
    """The logs of one kind by what people call them. A name that is not known makes us look again: another server, or
    the command line, may have opened it."""

    def __init__(self, store: Store, kind: str) -> None:
        self._store, self._kind = store, kind
        self._logs: dict[str, list[str]] = {}

    def find(self, named: str) -> list[str]:
        """The logs that `named` means, by name or code, the newest first; they may have been forgotten meanwhile. More
        than one only where a log came past what is asked of those that are brought."""
        wanted = letters(named)
        if wanted and wanted not in self._logs:
            self._logs = registry.index(self._store.logs(self._kind))
        return self._logs.get(wanted, [])
