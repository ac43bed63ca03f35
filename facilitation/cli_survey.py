"""`survey ANSWERS [--invited N] [--json]`: the results of a survey for a sheet of answers."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from facilitation.answer_sheet import read_answers
from facilitation.cli_analyse import read
from facilitation.cli_words import WrongUse, say
from facilitation.sheet_problem import SheetProblem
from facilitation.survey import survey
from facilitation.survey_json import as_json
from facilitation.survey_report import report


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `survey` takes."""
    parser.add_argument("answers", metavar="ANSWERS", type=Path, help=say(language, "survey.answers"))
    parser.add_argument("--invited", metavar="N", type=int, help=say(language, "survey.invited"))
    parser.add_argument("--json", action="store_true", help=say(language, "json"))


def run(options: argparse.Namespace) -> int:
    """Prints the results, or all problems of the sheet. Raises WrongUse where nobody is invited or no file is there."""
    if options.invited is not None and options.invited < 1:
        raise WrongUse("survey.few")
    from facilitation.survey_check import asked  # a house's own questions are checked, and that needs pydantic

    questions = asked()
    sheet = read_answers(read(options.answers), questions)
    if sheet.problems:
        _print_problems(options, sheet.problems)
        return 1
    result = survey(sheet.answers, questions, options.invited)
    print(json.dumps(as_json(result), ensure_ascii=False) if options.json else report(result, options.lang))
    return 0


def _print_problems(options: argparse.Namespace, problems: Sequence[SheetProblem]) -> None:
    if options.json:
        rows = [{"row": each.row, "field": each.field, "problem": each.text(options.lang)} for each in problems]
        print(json.dumps({"problems": rows}, ensure_ascii=False))
        return
    print(say(options.lang, "problems", file=options.answers, count=len(problems)), file=sys.stderr)
    print(*(each.line(options.lang) for each in problems), sep="\n", file=sys.stderr)
