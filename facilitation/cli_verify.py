"""`verify [FILE]`: is every page and entry there? Of one file, or of the database and all its copies."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from facilitation.cli_store import database, printed, readable, refusal
from facilitation.cli_words import say
from facilitation.store import DamagedStore, StoreError
from facilitation.store.copies import check, sheet_of
from facilitation.store.opening import copies_in, data_folder
from facilitation.store.sums import Sums, sums


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `verify` takes."""
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help=say(language, "verify.file"))


def run(options: argparse.Namespace) -> int:
    """Prints every log with its entries and digest; 1 where a file is not what it was."""
    if options.file is not None:
        file = readable(options.file)
        good = _looked_at(options.lang, file, check)
        if good is not None and sheet_of(file) is None:
            print(say(options.lang, "verify.no_sheet"), file=sys.stderr)
        return 1 if good is None else 0
    found = [_looked_at(options.lang, database(), sums)]
    for copy in reversed(copies_in(data_folder()).all()):
        found.append(_looked_at(options.lang, copy.path, check, brief=True))
    return 1 if None in found else 0


def _looked_at(language: str, file: Path, look: Callable[[Path], Sums], *, brief: bool = False) -> Sums | None:
    try:
        found = look(file)
    except DamagedStore as damaged:
        print(say(language, "verify.bad", **damaged.detail), file=sys.stderr)
        return None
    except StoreError as refused:
        print(refusal(refused, language), file=sys.stderr)
        return None
    entries = sum(each.entries for each in found.values())
    print(say(language, "verify.good", file=file, logs=len(found), entries=entries))
    if not brief and found:
        print(printed(found))
    return found
