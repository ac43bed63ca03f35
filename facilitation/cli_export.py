"""`export CONFERENCE FILE`: one conference, with its survey, as one file that travels."""

import argparse
from pathlib import Path

from facilitation import registry, texts
from facilitation.calendar import now
from facilitation.cli_passphrase import asked
from facilitation.cli_store import because, opened
from facilitation.cli_words import WrongUse, say
from facilitation.export import archive, sealing
from facilitation.store import Store


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `export` takes."""
    parser.add_argument("conference", metavar="CONFERENCE", help=say(language, "export.conference"))
    parser.add_argument("file", metavar="FILE", type=Path, help=say(language, "export.file"))
    parser.add_argument("--passphrase", action="store_true", help=say(language, "export.passphrase"))


def run(options: argparse.Namespace) -> int:
    """Writes the file, never over another one. Raises WrongUse where there is no such conference or place."""
    passphrase = asked(options.lang) if options.passphrase else ""
    if options.passphrase and len(passphrase) < sealing.LEAST:
        raise WrongUse("export.short", least=sealing.LEAST)
    with opened() as store:
        packed = archive.pack(archive.of_conference(store, _log(store, options.conference), now()), passphrase)
    try:
        target = options.file.open("xb")
        with target:
            target.write(packed)
    except FileExistsError:
        raise WrongUse("export.exists", file=options.file) from None
    except OSError as failed:
        raise WrongUse("export.not_there", file=options.file, reason=because(failed, options.lang)) from failed
    print(texts.say(options.lang, "archive.wrote", file=options.file))
    return 0


def _log(store: Store, named: str) -> str:
    """The log that `named` means; of a conference that was erased for good, the one that is no more."""
    log = registry.find([*store.logs("conference"), *store.forgotten()], named)
    if log is None:
        raise WrongUse("export.none", found=named)
    return log
