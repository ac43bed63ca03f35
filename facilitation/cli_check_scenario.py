"""`check-scenario FILE… [--json]`: all problems of cases, each with its file and place."""

import argparse
import json
from pathlib import Path

from facilitation.cli_words import say


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `check-scenario` takes."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=say(language, "check.files"))
    parser.add_argument("--json", action="store_true", help=say(language, "json"))


def run(options: argparse.Namespace) -> int:
    """Prints the problems, which are the result here."""
    from facilitation.scenario_check import check_files  # a case's shape needs pydantic, the other commands do not

    problems = check_files(options.files, options.lang)
    if options.json:
        rows = [{"file": str(each.file), "place": each.place, "problem": each.text(options.lang)} for each in problems]
        print(json.dumps({"problems": rows}, ensure_ascii=False))
    else:
        lines = [f"{each.file}: {each.place}: {each.text(options.lang)}" for each in problems]
        print("\n".join(lines) or say(options.lang, "no_problems"))
    return 1 if problems else 0
