"""A passphrase for the command line: asked for without showing it, or read from a program that calls us."""

import getpass
import sys

from facilitation.cli_words import say


def asked(language: str) -> str:
    """What was typed; from a pipe the first line. It never stands on the command line, where others could read it."""
    if sys.stdin.isatty():
        return getpass.getpass(say(language, "import.ask"))
    return sys.stdin.readline().rstrip("\r\n")
