"""`verify [FILE]`: is every page and entry there? Of one file, or of the database and all its copies."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from facilitation.cli_store import database, printed, readable, refusal
from facilitation.cli_words import say
from facilitation.legible import unreadable_in
from facilitation.store import DamagedStore, StoreError
from facilitation.store.copies import Copies, Copy, check, sheet_of
from facilitation.store.copying import plan_of
from facilitation.store.opening import copies_in, data_folder
from facilitation.store.sums import Sums, sums_here


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `verify` takes."""
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help=say(language, "verify.file"))


def run(options: argparse.Namespace) -> int:
    """Prints every log with its entries and digest, of copies how many; 1 where a file is not what it was, or holds a
    log that cannot be read: it is named with its file."""
    if options.file is not None:
        file = readable(options.file)
        good = _looked_at(options.lang, file, check)
        if good and sheet_of(file) is None:
            print(say(options.lang, "verify.no_sheet"), file=sys.stderr)
        return 0 if good else 1
    here = _looked_at(options.lang, database(), sums_here)
    copies = [_looked_at(options.lang, copy.path, check, brief=True) for copy in _copies()]
    return 0 if here and all(copies) else 1


def _copies() -> list[Copy]:
    """All copies, the oldest first, then those in the second place where it is there."""
    second = plan_of(data_folder()).place
    return [
        *reversed(copies_in(data_folder()).all()),
        *(reversed(Copies(second).all()) if second else ()),
    ]


def _looked_at(language: str, file: Path, look: Callable[[Path], Sums], *, brief: bool = False) -> bool:
    """Whether a file is what it was and all of it can be read; what is in it, and what is wrong with it, is printed."""
    try:
        found, unreadable = look(file), list(unreadable_in(file))
    except DamagedStore as damaged:
        print(say(language, "verify.bad", **damaged.detail), file=sys.stderr)
        return False
    except StoreError as refused:
        print(refusal(refused, language), file=sys.stderr)
        return False
    except OSError as failed:
        print(say(language, "no_file", file=file, reason=failed.strerror or failed), file=sys.stderr)
        return False
    entries = sum(each.entries for each in found.values())
    print(say(language, "verify.good", file=file, logs=len(found), entries=entries))
    if not brief and found:
        print(printed(found))
    for each in unreadable:
        print(say(language, "verify.unreadable", file=file, problem=refusal(each, language)), file=sys.stderr)
    return not unreadable
