"""Words on their way into a spreadsheet: a cell shows what was typed and never runs it (F20).

Excel, LibreOffice and Google Sheets take a cell for a formula when it begins with `=`, `+`, `-`, `@` or a tab, also in
full width and behind spaces and line ends. In a CSV such words get an apostrophe in front, which
spreadsheets read as "this is text"; in a workbook the cell itself says so. What no file can hold (controls, lone
surrogates) is dropped: one such sign makes a whole workbook unreadable.
"""

import re
from collections.abc import Iterable
from typing import Any

from facilitation.typed import clean

_LIVE = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|\t")
_NO_XML = re.compile("[\ufffe\uffff]")


def plain(text: str) -> str:
    """`text` without what no sheet can hold."""
    return _NO_XML.sub("", clean(text))


def cell(value: Any) -> Any:
    """A value for a CSV: words that would be run get an apostrophe in front; other values stay as they are."""
    if not isinstance(value, str):
        return value
    said = plain(value)
    return f"'{said}" if _LIVE.match(said) else said


def row(values: Iterable[Any]) -> list[Any]:
    """A row for a CSV, every cell of it harmless."""
    return [cell(value) for value in values]


def put(target: Any, value: Any) -> None:
    """Write a value into a cell of an openpyxl workbook: words as words, whatever they begin with."""
    target.value = said = plain(value) if isinstance(value, str) else value
    if isinstance(said, str):
        target.data_type = "s"  # "=…" had been taken for a formula, "#N/A" for an error
        target.quotePrefix = bool(_LIVE.match(said))
