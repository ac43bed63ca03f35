"""The command line: one module per sub-command, listed in `COMMANDS`.

Such a module has `arguments(parser, language)`, which adds what it takes, and `run(options)`, which gives the exit
status: 0 fine, 1 problems found (all printed), 2 wrong use. Results go to standard output, messages to standard error.
"""

import argparse
import io
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from facilitation.cli_store import refusal
from facilitation.cli_words import WrongUse, say
from facilitation.sentences import LANGUAGES
from facilitation.store import StoreError

COMMANDS = {
    "analyse": "facilitation.cli_analyse",
    "backup": "facilitation.cli_backup",
    "check-scenario": "facilitation.cli_check_scenario",
    "check-survey": "facilitation.cli_check_survey",
    "check-text": "facilitation.cli_check_text",
    "demo": "facilitation.cli_demo",
    "export": "facilitation.cli_export",
    "fill": "facilitation.cli_fill",
    "import": "facilitation.cli_import",
    "password": "facilitation.cli_password",
    "restore": "facilitation.cli_restore",
    "survey": "facilitation.cli_survey",
    "verify": "facilitation.cli_verify",
}
"""Sub-command -> its module."""

WRONG_USE = 2


class Parser(argparse.ArgumentParser):
    """Says what is wrong in the language asked for."""

    language = "ja"

    def error(self, message: str) -> NoReturn:
        print(self.format_usage() + say(self.language, "wrong_use", detail=message), file=sys.stderr)
        sys.exit(WRONG_USE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one sub-command and gives its exit status. Argparse leaves by SystemExit (2) on wrong use."""
    _speak_utf_8()
    warnings.filterwarnings("ignore", module="openpyxl")
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = parser(_language(given)).parse_args(given)
    try:
        return int(import_module(COMMANDS[options.command]).run(options))
    except WrongUse as wrong:
        print(wrong.text(options.lang), file=sys.stderr)
        return WRONG_USE
    except StoreError as refused:
        print(refusal(refused, options.lang), file=sys.stderr)
        return 1


def parser(language: str) -> argparse.ArgumentParser:
    """The parser of all sub-commands, its help in `language`."""
    Parser.language = language
    top = Parser(prog="python -m facilitation", description=say(language, "about"), allow_abbrev=False)
    top.add_argument("--lang", choices=LANGUAGES, default="ja", help=say(language, "lang"))
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        about = say(language, f"command.{name}")
        sub = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
        sub.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say(language, "lang"))
        import_module(module).arguments(sub, language)
    return top


def _language(given: Sequence[str]) -> str:
    """The language asked for, before anything else is read, so that a complaint can use it."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    early.add_argument("--lang", choices=LANGUAGES, default="ja")
    try:
        return str(early.parse_known_args(given)[0].lang)
    except argparse.ArgumentError:
        return "ja"


def _speak_utf_8() -> None:
    """A Japanese Windows console would write CP932 and fail on ◎ or an emoji."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
