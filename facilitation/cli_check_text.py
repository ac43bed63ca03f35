"""`check-text [--json]`: hints on personal data and on wording for each line of standard input."""

import argparse
import json
import sys
from collections.abc import Iterator

from facilitation.cli_words import say
from facilitation.personal_data import hits
from facilitation.wording import wording


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `check-text` takes."""
    parser.add_argument("--json", action="store_true", help=say(language, "json"))


def run(options: argparse.Namespace) -> int:
    """One line in, one line (or with --json one object) out, at once. Hints are no problems: the status is 0."""
    for text in _lines():
        print(_object(text) if options.json else _told(text, options.lang), flush=True)
    return 0


def _lines() -> Iterator[str]:
    """The lines as they come. What is no UTF-8 is shown as replaced, never refused; a byte order mark is dropped."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")


def _object(text: str) -> str:
    personal = sorted({hit.kind for hit in hits(text)})
    found = {"text": text, "personal": personal, "wording": [each.found for each in wording(text)]}
    return json.dumps(found, ensure_ascii=False)


def _told(text: str, language: str) -> str:
    """A line for people: the text, and under it what was found."""
    shown = [text.replace("\x00", "�")]
    shown += [
        "  " + say(language, "text.personal", kind=say(language, f"text.{hit.kind}"), words=hit.words)
        for hit in hits(text)
    ]
    shown += ["  " + say(language, "text.wording", found=each.found, offer=each.offer) for each in wording(text)]
    return "\n".join(shown)
