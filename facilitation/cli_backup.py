"""`backup [FILE]`: a checked copy of the database, also while a server runs."""

import argparse
from pathlib import Path

from facilitation.cli_store import database, printed
from facilitation.cli_words import WrongUse, say
from facilitation.store.copies import check, copy
from facilitation.store.opening import copies_in, data_folder


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `backup` takes."""
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help=say(language, "backup.file"))


def run(options: argparse.Namespace) -> int:
    """Copies, and prints what is in the copy. Without FILE it lies with the other copies in the data folder."""
    source, target = database(), options.file
    if target is None:
        target = copies_in(data_folder()).take(source, "hand").path
    else:
        try:
            copy(source, target)
        except FileExistsError:
            raise WrongUse("backup.exists", file=target) from None
        except OSError as error:
            raise WrongUse("backup.not_there", file=target, reason=error.strerror) from None
    print(say(options.lang, "backup.done", file=target))
    print(printed(check(target)))
    return 0
