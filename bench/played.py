"""Evenings to be copied: demo conferences on six tables, played through the real verbs, each with its survey."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from facilitation import demo, demo_survey
from facilitation.entries import Entry
from facilitation.fold import fold
from facilitation.scenario import library

CASES = Path(__file__).resolve().parents[1] / "scenarios"
TABLES = 6
ENTRIES = 500
"""Of a conference: two hours of six tables, some 400 cards among them."""
PEOPLE = 40
"""Who answer its survey."""

NAME, REGION = "＠名前＠", "＠地域＠"
"""Stand where every copy has words of its own."""


@dataclass(frozen=True, slots=True)
class Played:
    """A conference that was played to its end and its survey, whose results are out."""

    conference: Sequence[Entry]
    survey: Sequence[Entry]


def played() -> tuple[Played, ...]:
    """The demo's case conferences that come to an end, as large as real ones."""
    surveys = {plan["conference"]: plan for plan in demo_survey.PLANS if plan.get("conference")}
    whole = [plan for plan in demo.PLANS if "at" not in plan and len(plan["people"]) > 2]
    return tuple(_played(plan, surveys[plan["code"]]) for plan in whole)


def _played(plan: Mapping[str, Any], survey: Mapping[str, Any]) -> Played:
    case = library(CASES)[plan["case"]]["ja"]
    plan = {**plan, "title": [NAME, NAME], "region": [REGION, REGION]}
    plan["people"] = [plan["people"][table % len(plan["people"])] for table in range(TABLES)]
    few = demo.evening({**plan, "cards": ()}, case, "ja")
    conference = demo.evening({**plan, "cards": list(_cards(plan["cards"], ENTRIES - len(few)))}, case, "ja")
    return Played(conference, demo_survey.poll(_larger(survey), fold(None, conference[0].log, conference), "ja"))


def _cards(rows: Sequence[Mapping[str, Any]], number: int) -> Iterator[Mapping[str, Any]]:
    """So many cards: the planned ones again and again, each time from the next table."""
    for n in range(number):
        row = rows[n % len(rows)]
        yield {**row, "g": (row["g"] + n // len(rows) - 1) % TABLES + 1}


def _larger(plan: Mapping[str, Any]) -> Mapping[str, Any]:
    """The survey with more people, whose answers come from chance alone."""
    times = PEOPLE / sum(plan["people"].values())
    people = {code: round(times * n) for code, n in plan["people"].items()}
    chosen = {name: plan[name] for name in ("code", "conference", "texts")}
    return {**chosen, "people": people, "after": sum(people.values()) - 3}
