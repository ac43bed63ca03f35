"""The sentences of one subject outside the screens: `texts/<subject>.<language>.toml`, by dotted key."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("ja", "en")

_TEXTS = Path(__file__).parent / "texts"


def say(subject: str, language: str, key: str, **params: Any) -> str:
    """The sentence `key` of `subject` in `language`, its placeholders filled. KeyError where there is none."""
    return sentences(subject, language)[key].format(**params)


@cache
def sentences(subject: str, language: str) -> Mapping[str, str]:
    """All sentences of a subject: those of a table under `table.name`."""
    tables = tomllib.loads((_TEXTS / f"{subject}.{language}.toml").read_text("utf-8"))
    found: dict[str, str] = {}
    for name, value in tables.items():
        found |= {f"{name}.{key}": text for key, text in value.items()} if isinstance(value, dict) else {name: value}
    return found
