"""`check-survey FILE… [--json]`: all problems of questionnaires, each with its file and place."""

import argparse
import json
from pathlib import Path

from facilitation.cli_words import say


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `check-survey` takes."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=say(language, "check.surveys"))
    parser.add_argument("--json", action="store_true", help=say(language, "json"))


def run(options: argparse.Namespace) -> int:
    """Prints the problems, which are the result here."""
    from facilitation.survey_check import check_files  # needs pydantic, as the check of cases does

    problems = check_files(options.files, options.lang)
    if options.json:
        print(json.dumps({"problems": [each.row() for each in problems]}, ensure_ascii=False))
    else:
        lines = [f"{each.file}: {each.place}: {each.problem}" for each in problems]
        print("\n".join(lines) or say(options.lang, "no_problems"))
    return 1 if problems else 0
