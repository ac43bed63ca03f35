"""A problem of an archive: where it stands and what it is, in the language of whoever reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from facilitation import texts

LONGEST_QUOTE = 40
WHOLE = "file"
MOST = 50
"""So many problems are named one by one; of the others the number."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason to refuse an archive. `place` is like `entries-1.jsonl: line 12: group`."""

    place: str
    key: str
    params: Mapping[str, str | int]

    def text(self, language: str) -> str:
        """The sentence in `language` ("ja" or "en")."""
        return texts.say(language, f"archive.bad.{self.key}", **self.params)

    def line(self, language: str) -> str:
        """The sentence with its place."""
        place = texts.say(language, "archive.whole") if self.place == WHOLE else self.place
        return f"{place}: {self.text(language)}"


class BadArchive(Exception):
    """A file that is not taken in; `problems` holds all of them. Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = list(problems)
        more = len(found) - MOST
        self.problems = found if more <= 0 else [*found[:MOST], problem(WHOLE, "more", count=more)]
        super().__init__("\n".join(f"{each.place}: {each.key}" for each in self.problems))


def problem(place: str, key: str, **params: str | int) -> Problem:
    """A problem; words out of the file are quoted short and on one line, for nobody has checked them."""
    plain = {name: quoted(value) if isinstance(value, str) else value for name, value in params.items()}
    return Problem(place, key, plain)


def quoted(text: str) -> str:
    """At most 40 characters on one line, without control characters."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in text[: LONGEST_QUOTE + 1])
    return plain if len(plain) <= LONGEST_QUOTE else plain[:LONGEST_QUOTE] + "…"
