"""Every word on a screen, in Japanese and English: catalogues with the same keys and the same placeholders."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("ja", "en")
"""Japanese is the reference; the language is a visitor's own, never the server's."""

OF_PROGRAMS = ("analysis", "cli", "scenario", "sheet", "survey_report")
"""Catalogues of the command line and of checks; every other file holds words of screens, one subject a file."""

_HERE = Path(__file__).parent


def files(language: str) -> list[Path]:
    """The files of the screens' words: `ja.toml`, `survey.ja.toml` …; a key stands in one of them."""
    found = sorted(_HERE.glob(f"*{language}.toml"))
    return [file for file in found if file.name.split(".")[0] not in OF_PROGRAMS]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of `language` by dotted key: `tablet.send`."""
    return {key: text for file in files(language) for key, text in _flat(tomllib.loads(file.read_text("utf-8")))}


def say(language: str, key: str, **params: Any) -> str:
    """The text `key` with its placeholders filled. A missing key is a mistake of ours: KeyError."""
    return catalogue(language)[key].format(**params)


def _flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{before}{name}"
        found += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, str(value))]
    return found
