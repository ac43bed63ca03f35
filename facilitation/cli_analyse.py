"""`analyse CARDS [--expectations FILE] [--from TYPE] [--goal STAGE] [--json]`: the views of the map for a sheet."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from facilitation import names
from facilitation.analysis import GOAL, START, analyse
from facilitation.cli_words import WrongUse, say
from facilitation.expectation_sheet import ExpectationSheet, read_expectations
from facilitation.findings import findings
from facilitation.names import Names
from facilitation.sheet import read_cards
from facilitation.sheet_problem import SheetProblem
from facilitation.spreadsheet import contents


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `analyse` takes."""
    parser.add_argument("cards", metavar="CARDS", type=Path, help=say(language, "analyse.cards"))
    parser.add_argument("--expectations", metavar="FILE", type=Path, help=say(language, "analyse.expectations"))
    parser.add_argument("--from", dest="start", metavar="TYPE", default=START, help=say(language, "analyse.start"))
    parser.add_argument("--goal", metavar="STAGE", default=GOAL, help=say(language, "analyse.goal"))
    parser.add_argument("--json", action="store_true", help=say(language, "json"))


def run(options: argparse.Namespace) -> int:
    """Prints the analysis, or all problems of both sheets. Raises WrongUse for unknown words and missing files."""
    start = _known(names.TYPE, options.start, "unknown_type")
    goal = _known(names.STAGE, options.goal, "unknown_stage")
    cards = read_cards(read(options.cards))
    expected = read_expectations(read(options.expectations)) if options.expectations else None
    if cards.problems or (expected and expected.problems):
        _print_problems(options, cards.problems, expected)
        return 1
    result = analyse(cards.statements, expected.expectations if expected else None, start, goal)
    print(_as_json(result) if options.json else findings(result, options.lang))
    return 0


def _known(known: Names, found: str, key: str) -> str:
    code = known.code(found)
    if code is None:
        raise WrongUse(key, found=found)
    return code


def read(path: Path) -> bytes:
    """What is in a file; WrongUse where it cannot be read."""
    try:
        return contents(path)
    except OSError as failed:
        raise WrongUse("no_file", file=path, reason=failed.strerror or failed) from failed


def _print_problems(
    options: argparse.Namespace, cards: Sequence[SheetProblem], expected: ExpectationSheet | None
) -> None:
    more = expected.problems if expected else ()
    if options.json:
        rows = [_row(each, options.lang) for each in cards]
        rows += [{**_row(each, options.lang), "sheet": "expectations"} for each in more]
        print(_as_json({"problems": rows}))
    for file, problems in ((options.cards, cards), (options.expectations, more)):
        if problems and not options.json:
            print(say(options.lang, "problems", file=file, count=len(problems)), file=sys.stderr)
            print(*(each.line(options.lang) for each in problems), sep="\n", file=sys.stderr)


def _row(each: SheetProblem, language: str) -> dict[str, Any]:
    return {"row": each.row, "field": each.field, "problem": each.text(language)}


def _as_json(result: Any) -> str:
    return json.dumps(result, ensure_ascii=False)
