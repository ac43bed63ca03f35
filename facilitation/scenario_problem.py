"""A problem of a case file: where it stands and what it is, in the language of whoever reads it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

TEXTS = Path(__file__).parent / "texts"
SENTENCES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {language: tomllib.loads((TEXTS / f"scenario.{language}.toml").read_text("utf-8")) for language in ("ja", "en")}
)

LONGEST_QUOTE = 40
LONGEST_CHOICES = 160
WHOLE = "file"
"""The place of a problem that no line is to blame for."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. `place` is like `scene[2].reveal` (counted from 1, as an author counts) or `line 12`."""

    file: str
    place: str
    key: str
    values: tuple[tuple[str, str | int], ...] = ()
    language: str = "ja"

    @property
    def problem(self) -> str:
        """The sentence, in the language the problem was asked for in."""
        return self.text(self.language)

    def text(self, language: str) -> str:
        """The sentence in `language` ("ja" or "en")."""
        return SENTENCES[language][self.key].format(**dict(self.values))

    def row(self) -> dict[str, str]:
        """What `check-scenario --json` prints."""
        return {"file": self.file, "place": self.place, "problem": self.problem}


class BadCase(Exception):
    """A case that cannot be played; `problems` holds all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(f"{p.file}: {p.place}: {p.problem}" for p in self.problems))


def found(place: str, key: str, **values: str | int) -> Problem:
    """A problem in a file that is named later by `in_file`; words out of the file are quoted short and plain."""
    plain = ((name, _plain(name, value) if isinstance(value, str) else value) for name, value in values.items())
    return Problem("", quoted(place, 120), key, tuple(sorted(plain)))


def _plain(name: str, value: str) -> str:
    """Choices are longer than a word that was typed."""
    return quoted(value, LONGEST_CHOICES if name == "expected" else LONGEST_QUOTE)


def in_file(problems: Iterable[Problem], file: str) -> list[Problem]:
    """The problems with their file, each once, in the order of their places."""
    return sorted({replace(problem, file=file) for problem in problems}, key=_in_order)


def in_language(problems: Iterable[Problem], language: str) -> list[Problem]:
    """The problems as `language` tells them."""
    return [replace(problem, language=language) for problem in problems]


def quoted(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Words from a file that nobody has checked, fit for any screen: one line, no control characters, cut."""
    start = text[: longest + 1]
    plain = start if start.isprintable() else "".join(sign if sign.isprintable() else "�" for sign in start)
    return plain if len(plain) <= longest else plain[:longest] + "…"


def _in_order(problem: Problem) -> tuple[list[tuple[int, str]], str, str]:
    """Places by name and then by number, so that scene[10] follows scene[9]."""
    parts = re.findall(r"[0-9]+|[^0-9]+", problem.place)
    natural = [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts]
    return natural, problem.key, str(problem.values)
