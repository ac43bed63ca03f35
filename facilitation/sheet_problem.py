"""A problem of a sheet: where it stands and what it is, in the language of whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from facilitation.names import shown_column
from facilitation.sentences import say

LONGEST_QUOTE = 40
WHOLE_FILE = 0
"""The row of a problem that lies in no row."""


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One thing to put right. `row` is as a spreadsheet numbers it (the headings are row 1; 0 is the whole file);
    `field` is the stable English name of the column, the heading as found, or empty where a whole row is meant."""

    row: int
    field: str
    key: str
    params: Mapping[str, str | int]

    def text(self, language: str) -> str:
        """The sentence in `language` ("ja" or "en"), without the place."""
        return say("sheet", language, self.key, **self.params)

    def line(self, language: str) -> str:
        """The sentence with its place, as a person reads it."""
        place = "file" if not self.row else "cell" if self.field else "row"
        column = shown_column(self.field) if language == "ja" else self.field
        return say("sheet", language, f"place.{place}", row=self.row, column=column, problem=self.text(language))


def problem(row: int, field: str, key: str, **params: str | int) -> SheetProblem:
    """A problem; words out of the sheet are quoted short and on one line, for nobody has checked them."""
    plain = {name: quoted(value) if isinstance(value, str) else value for name, value in params.items()}
    return SheetProblem(row, quoted(field), key, plain)


def quoted(text: str) -> str:
    """At most 40 characters on one line, without control characters."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in text[: LONGEST_QUOTE + 1])
    return plain if len(plain) <= LONGEST_QUOTE else plain[:LONGEST_QUOTE] + "…"
