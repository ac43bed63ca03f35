"""`fill CONFERENCE CARDS`: cards typed from paper into a conference."""

import argparse
import sys
from pathlib import Path

from facilitation import conference as conferences
from facilitation import registry
from facilitation.access import Who
from facilitation.calendar import now
from facilitation.checked import marked
from facilitation.cli_analyse import read
from facilitation.cli_store import opened
from facilitation.cli_words import WrongUse, say
from facilitation.fill import PAPER, BadSheet, cards_of, fill, is_edit
from facilitation.fold import fold
from facilitation.legible import legible
from facilitation.sheet import Sheet, read_cards
from facilitation.store import Store
from facilitation.store.writer import Receipt, Writer


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `fill` takes."""
    parser.add_argument("conference", metavar="CONFERENCE", help=say(language, "fill.conference"))
    parser.add_argument("cards", metavar="CARDS", type=Path, help=say(language, "fill.cards"))


def run(options: argparse.Namespace) -> int:
    """Fills in every card, or prints all problems and writes nothing. Raises WrongUse where there is no such
    conference or file."""
    sheet = read_cards(read(options.cards), PAPER)
    with opened() as store:
        log = registry.find(store.logs(conferences.KIND), options.conference)
        if log is None:
            raise WrongUse("fill.none", found=options.conference)
        try:
            receipt = _send(store, log, sheet, options.lang)
        except BadSheet as bad:
            print(say(options.lang, "problems", file=options.cards, count=len(bad.problems)), file=sys.stderr)
            print(*(each.line(options.lang) for each in bad.problems), sep="\n", file=sys.stderr)
            print(say(options.lang, "fill.nothing"), file=sys.stderr)
            return 1
    changed = sum(is_edit(entry.key) for entry in receipt.entries)
    new = len(receipt.entries) - changed
    same = cards_of(sheet) - new - changed
    print(say(options.lang, "fill.done", conference=log, new=new, changed=changed, same=same))
    return 0


def _send(store: Store, log: str, sheet: Sheet, language: str) -> Receipt:
    word = say(language, "fill.paper")
    writer = Writer(store, now, legible(fold))
    return writer.send(log, lambda conference: marked(fill(conference, Who("organiser"), sheet=sheet, word=word)))
