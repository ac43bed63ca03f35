"""Conferences by name: a log is called `<date>-<CODE>`, and people find it by either."""

import re
from collections.abc import Collection, Iterable

from facilitation.code import letters, new_code

_NAME = re.compile(r"\d{4}-\d\d-\d\d-([A-Z0-9]{6})")


def new_log(taken: Collection[str], date: str) -> tuple[str, str]:
    """A log's name and its join code; no log in `taken` has the code. `date` is ISO (2024-03-01)."""
    used = {code_of(log) for log in taken}
    code = new_code()
    while code in used:
        code = new_code()
    return f"{date}-{code}", code


def find(logs: Iterable[str], named: str) -> str | None:
    """The log that `named` means, by its name or its code; width, case, spaces and dashes make no difference."""
    wanted = letters(named)
    return next((log for log in logs if wanted and wanted in (letters(log), code_of(log))), None)


def index(logs: Iterable[str]) -> dict[str, list[str]]:
    """Logs by name and by code, as `code.letters` spells them; of several with one code the newest first."""
    found: dict[str, list[str]] = {}
    for log in sorted(logs, reverse=True):
        for name in (letters(log), code_of(log)):
            found.setdefault(name, []).append(log)
    return found


def code_of(log: str) -> str:
    """The code at the end of a log's name."""
    return log.rpartition("-")[2]


def is_name(log: str, code: str, prefix: str = "") -> bool:
    """Whether a log may be called so: nothing else may lead to it than its own code."""
    read = _NAME.fullmatch(log.removeprefix(prefix)) if log.startswith(prefix) else None
    return read is not None and read[1] == code
