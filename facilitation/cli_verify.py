"""`verify [FILE]`: is every page and entry there? Of one file, or of the database and all its copies."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from facilitation.cli_store import database, printed, readable, refusal
from facilitation.cli_words import say
from facilitation.legible import unreadable_in
from facilitation.store import DamagedStore, StoreError
from facilitation.store.copies import check, sheet_of
from facilitation.store.opening import copies_in, data_folder
from facilitation.store.sums import Sums, sums_here


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `verify` takes."""
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help=say(language, "verify.file"))


def run(options: argparse.Namespace) -> int:
    """Prints every log with its entries and digest; 1 where a file is not what it was, or the one that was asked about
    holds a log that cannot be read. Of copies the sums are enough: they hold what the data held."""
    if options.file is not None:
        file = readable(options.file)
        good = _looked_at(options.lang, file, check)
        if good is not None and sheet_of(file) is None:
            print(say(options.lang, "verify.no_sheet"), file=sys.stderr)
        return 1 if good is None or _unreadable(options.lang, file) else 0
    here = database()
    found = [_looked_at(options.lang, here, sums_here)]
    if found[0] is not None and _unreadable(options.lang, here):
        found[0] = None
    for copy in reversed(copies_in(data_folder()).all()):
        found.append(_looked_at(options.lang, copy.path, check, brief=True))
    return 1 if None in found else 0


def _unreadable(language: str, file: Path) -> bool:
    """Whether a sound file holds logs that cannot be read; each is named."""
    found = list(unreadable_in(file))
    for each in found:
        print(refusal(each, language), file=sys.stderr)
    return bool(found)


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
