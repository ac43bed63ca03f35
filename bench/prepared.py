"""What stands in the store before the server starts: two rooms, a survey, and the conferences of the past months."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench.past import past
from facilitation.access import Who
from facilitation.agenda import Step, plan
from facilitation.calendar import now, today
from facilitation.commands import open_conference
from facilitation.fold import fold
from facilitation.scenario import Case, library
from facilitation.store import Store
from facilitation.store.opening import open_store
from facilitation.store.writer import Writer
from facilitation.survey_commands import open_survey
from facilitation.survey_fold import fold as fold_survey
from facilitation.survey_round import KIND as SURVEY
from facilitation.survey_round import PREFIX

CASES = Path(__file__).resolve().parents[1] / "scenarios"
TYPES = ("CITY_CHILD", "HC", "CSC", "CONSULT", "MED", "SHG", "REC", "DEBT")
ORGANISER = Who("organiser")
DATE = "2026-01-01"

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Opened:
    """A conference: its log, its way in (as the QR holds it), its tables and its timetable."""

    log: str
    way_in: str
    groups: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The evening's conferences, and the code of the survey."""

    room: Opened
    one_table: Opened
    survey: str


def prepared(store: Store) -> Prepared:
    """Written through the real verbs and the real writer."""
    survey = "XN9P7T"
    opening = {"code": survey, "kind": "case_conference", "types": TYPES, "date": DATE}
    writer = Writer(store, today, fold_survey)
    writer.send(f"{PREFIX}{DATE}-{survey}", lambda state: open_survey(state, ORGANISER, **opening), kind=SURVEY)
    past(store, _case(), TYPES, DATE)
    return Prepared(opened(store, "A3C4D6", 6), opened(store, "E7F8G9", 1), survey)


def _case() -> Case:
    return library(CASES)["case1"]["ja"]


def in_store(folder: Path, database: str, do: Callable[[Store], Found]) -> Found:
    """Do something with the store of a server that does not run."""
    store = open_store(database or None, folder)
    try:
        return do(store)
    finally:
        store.close()


def opened(store: Store, code: str, groups: int) -> Opened:
    """A conference of the first case in two hours."""
    case = _case()
    steps = plan("120min", [(scene.n, scene.minutes) for scene in case.played("120min")])
    asked = {"code": code, "groups": groups, "types": TYPES, "date": DATE, "case": "case1", "variant": "120min"}
    log, writer = f"{DATE}-{code}", Writer(store, now, fold)
    writer.send(log, lambda state: open_conference(state, ORGANISER, steps=steps, **asked))
    return Opened(log, f"/join/{code}?k={writer.state(log).secret}", groups, tuple(steps))
