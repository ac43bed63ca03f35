"""Every word on a screen, in Japanese and English: catalogues with the same keys and the same placeholders."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("ja", "en")
"""Japanese is the reference; the language is a visitor's own, never the server's."""

_HERE = Path(__file__).parent


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of `language` by dotted key: `tablet.send`."""
    return dict(_flat(tomllib.loads((_HERE / f"{language}.toml").read_text("utf-8"))))


def say(language: str, key: str, **params: Any) -> str:
    """The text `key` with its placeholders filled. A missing key is a mistake of ours: KeyError."""
    return catalogue(language)[key].format(**params)


def _flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{before}{name}"
        found += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, str(value))]
    return found
