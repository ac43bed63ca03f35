"""`import FILE…`: conferences that travelled as files; each is taken in whole or not at all."""

import argparse
import sys
from pathlib import Path

from facilitation import texts
from facilitation.calendar import now
from facilitation.cli_passphrase import asked
from facilitation.cli_store import opened
from facilitation.cli_words import WrongUse, say
from facilitation.export.archive_guard import MOST_BYTES
from facilitation.export.archive_problem import BadArchive
from facilitation.export.archive_reading import read
from facilitation.export.merging import NotMerged, merge
from facilitation.store import Store


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `import` takes."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=say(language, "import.files"))
    parser.add_argument("--passphrase", action="store_true", help=say(language, "import.passphrase"))


def run(options: argparse.Namespace) -> int:
    """Takes the files in one after another and says of each log what happened. Raises WrongUse for a missing file."""
    passphrase = asked(options.lang) if options.passphrase else ""
    files = [(file, _content(file)) for file in options.files]
    with opened() as store:
        results = [_taken_in(store, file, content, passphrase, options.lang) for file, content in files]
    return 0 if all(results) else 1


def _content(file: Path) -> bytes:
    """What is in a file; of one that is too large, enough for it to be refused."""
    try:
        with file.open("rb") as opened_file:
            return opened_file.read(MOST_BYTES + 1)
    except OSError as failed:
        raise WrongUse("no_file", file=file, reason=failed.strerror or failed) from failed


def _taken_in(store: Store, file: Path, content: bytes, passphrase: str, language: str) -> bool:
    try:
        steps = merge(store, read(content, passphrase), now())
    except BadArchive as bad:
        print(texts.say(language, "archive.problems", file=file, count=len(bad.problems)), file=sys.stderr)
        print(*(each.line(language) for each in bad.problems), sep="\n", file=sys.stderr)
        return False
    except NotMerged as refused:
        print(texts.say(language, "archive.not_merged", file=file), file=sys.stderr)
        print(*(step.text("step", language) for step in refused.steps if step.refused), sep="\n", file=sys.stderr)
        return False
    print(*(step.text("done", language) for step in steps), sep="\n")
    return True
