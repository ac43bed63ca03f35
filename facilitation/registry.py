"""Conferences by name: a log is called `<date>-<CODE>`, and people find it by either."""

from collections.abc import Collection, Iterable

from facilitation.code import letters, new_code


def new_log(taken: Collection[str], date: str) -> tuple[str, str]:
    """A log's name and its join code; no log in `taken` has the code. `date` is ISO (2024-03-01)."""
    used = {_code(log) for log in taken}
    code = new_code()
    while code in used:
        code = new_code()
    return f"{date}-{code}", code


def find(logs: Iterable[str], named: str) -> str | None:
    """The log that `named` means, by its name or its code; width, case, spaces and dashes make no difference."""
    wanted = letters(named)
    return next((log for log in logs if wanted and wanted in (letters(log), _code(log))), None)


def index(logs: Iterable[str]) -> dict[str, str]:
    """Logs by name and by code, as `code.letters` spells them; of two with one code the first."""
    found: dict[str, str] = {}
    for log in logs:
        found.setdefault(letters(log), log)
        found.setdefault(_code(log), log)
    return found


def _code(log: str) -> str:
    return log.rpartition("-")[2]
