"""`demo [--beside]`: fills the store with marked demo data, the same every time."""

import argparse
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from facilitation.cli_store import opened
from facilitation.cli_words import say
from facilitation.conference import KIND
from facilitation.entries import Draft, Entry
from facilitation.fold import fold
from facilitation.legible import legible
from facilitation.store import Store, UnreadableLog
from facilitation.survey_round import KIND as SURVEY

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What `demo` takes."""
    parser.add_argument("--beside", action="store_true", help=say(language, "demo.beside"))


def run(options: argparse.Namespace) -> int:
    """Adds what is missing of the demo data. Beside other conferences only where that was asked for."""
    from facilitation.demo import NoCase, evenings  # cases need pydantic, the other commands do not
    from facilitation.demo_survey import polls
    from facilitation.scenario import library

    try:
        played = evenings(library(SCENARIOS), options.lang)
    except NoCase as none:
        print(say(options.lang, "demo.no_case", case=none.case), file=sys.stderr)
        return 1
    surveys = polls([fold(None, entries[0].log, entries) for entries in played], options.lang)
    with opened() as store:
        others = _others(store)
        if others and not options.beside:
            print(say(options.lang, "demo.others", count=others), file=sys.stderr)
            return 1
        for kind, entries in [*((KIND, each) for each in played), *((SURVEY, each) for each in surveys)]:
            key = "demo.added" if _keep(store, kind, entries) else "demo.same"
            print(say(options.lang, key, conference=entries[0].log, title=entries[0].body["title"]))
    return 0


def _others(store: Store) -> int:
    """How many conferences here are no demo data."""
    return sum(_is_other(store, log) for log in store.logs(KIND))


def _is_other(store: Store, log: str) -> bool:
    try:
        conference = legible(fold)(None, log, store.entries(log))
    except UnreadableLog:  # nobody knows what it is, but that we did not write it
        return True
    return conference.opened and not conference.demo


def _keep(store: Store, kind: str, played: Sequence[Entry]) -> bool:
    """Write what is missing of a log, also after a run that was broken off; False where nothing is, or where the log
    went its own way or was erased: what people tried out in a demo conference stays."""
    kept = store.entries(played[0].log)
    missing = played[len(kept) :]
    if not missing or kept != tuple(played[: len(kept)]) or played[0].log in store.forgotten():
        return False
    for at, moment in groupby(missing, key=lambda entry: entry.at):
        new = list(moment)
        drafts = [Draft(entry.kind, entry.author, entry.body, entry.key) for entry in new]
        store.append(new[0].log, kind, drafts, new[0].revision - 1, at)
    return True
