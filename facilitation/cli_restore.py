"""`restore FILE`: a copy in the database's place; what was there is kept aside."""

import argparse
import sys
from pathlib import Path

from facilitation.cli_store import because, file_of_database, printed, readable
from facilitation.cli_words import WrongUse, say
from facilitation.store import DamagedStore, FolderTaken
from facilitation.store.folder import FolderLock
from facilitation.store.opening import data_folder
from facilitation.store.restoring import restore


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `restore` takes."""
    parser.add_argument("file", metavar="FILE", type=Path, help=say(language, "restore.file"))


def run(options: argparse.Namespace) -> int:
    """Checks the copy, then puts it in place. Refuses (1) while a server runs, and what is damaged or no copy."""
    copy, target = readable(options.file), file_of_database()
    if target.exists() and copy.samefile(target):
        raise WrongUse("restore.itself", file=copy)
    try:
        with FolderLock(data_folder()):
            restored = restore(copy, target)
    except FolderTaken:
        print(say(options.lang, "restore.running"), file=sys.stderr)
        return 1
    except DamagedStore as damaged:
        print(say(options.lang, "restore.damaged", **damaged.detail), file=sys.stderr)
        return 1
    except OSError as error:
        print(say(options.lang, "restore.failed", file=target, reason=because(error, options.lang)), file=sys.stderr)
        return 1
    print(say(options.lang, "restore.done", file=target))
    if restored.aside:
        print(say(options.lang, "restore.aside", folder=restored.aside))
    if restored.erased:
        print(say(options.lang, "restore.erased", count=restored.erased))
    print(printed(restored.sums))
    return 0
