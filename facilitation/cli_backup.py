"""`backup [FILE]`: a checked copy of the database, also while a server runs."""

import argparse
from pathlib import Path

from facilitation.cli_store import because, database, printed
from facilitation.cli_words import WrongUse, say
from facilitation.store.copies import check, copy
from facilitation.store.opening import copies_in, data_folder


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `backup` takes."""
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help=say(language, "backup.file"))


def run(options: argparse.Namespace) -> int:
    """Copies, and prints what is in the copy. Without FILE it lies with the other copies in the data folder."""
    source, target, own = database(), options.file, copies_in(data_folder())
    try:
        made = own.take(source, "hand").path if target is None else _named(source, target)
    except OSError as error:
        raise WrongUse("backup.not_there", file=target or own.folder, reason=because(error, options.lang)) from None
    print(say(options.lang, "backup.done", file=made))
    print(printed(check(made)))
    return 0


def _named(source: Path, target: Path) -> Path:
    """A copy under the name that was asked for."""
    try:
        copy(source, target)
    except FileExistsError:
        raise WrongUse("backup.exists", file=target) from None
    return target
