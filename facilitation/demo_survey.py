"""Marked demo data of surveys (`terms/demo_survey.toml`), played through the verbs that real ones go through.

Some figures are those of the worked examples (domain §7 C8-C11, C14); the other answers come from chance with one seed.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from facilitation import survey_commands
from facilitation.access import Who
from facilitation.commands import Drafts
from facilitation.conference import Conference
from facilitation.entries import Entry
from facilitation.follow_up import CONTACTED
from facilitation.path import TERMS
from facilitation.survey_answering import answer
from facilitation.survey_code import LENGTH, LETTERS
from facilitation.survey_fold import fold
from facilitation.survey_items import AGENCY_TYPE, CONSENT, Item, options
from facilitation.survey_round import CLOSED, KIND_OF_VARIANT, PREFIX, SurveyRound
from facilitation.survey_sheet import items_of
from facilitation.survey_texts import decide_text, written
from facilitation.themes import UNSORTED

SEED = 20240301
ORGANISER, GUEST = Who("organiser"), Who("guest")
PLANS: Sequence[Mapping[str, Any]] = tomllib.loads((TERMS / "demo_survey.toml").read_text("utf-8"))["survey"]
MONTHS = timedelta(days=92)
MOOD = {"pre": (1, 2, 2, 3, 3, 3, 4, 4), "post": (0, 2, 3, 3, 4, 4, 4, 4, 5, 5, 5)}
"""From what levels chance picks: before, and in every later form."""
TICKED = {"pre": 0.25, "post": 0.6}
FACES = "K_F"

Given = tuple[str, str, int | str]


def log_of(plan: Mapping[str, Any], day: str) -> str:
    """The log of a planned survey."""
    return f"{PREFIX}{day}-{plan['code']}"


def plan_of(conference: str) -> Mapping[str, Any] | None:
    """The survey of a demo conference, by that one's code."""
    return next((plan for plan in PLANS if plan.get("conference") == conference), None)


def polls(conferences: Sequence[Conference], language: str) -> tuple[tuple[Entry, ...], ...]:
    """Every demo survey as the entries of its log; `conferences`: the demo conferences as they stand."""
    by_code = {conference.code: conference for conference in conferences}
    return tuple(poll(plan, by_code.get(plan.get("conference", "")), language) for plan in PLANS)


def poll(plan: Mapping[str, Any], conference: Conference | None, language: str) -> tuple[Entry, ...]:
    """One survey, answered as a plan says."""
    return _Poll(plan, conference, language).played()


class _Poll:
    """One survey while it is answered: its log so far, the day, and chance."""

    def __init__(self, plan: Mapping[str, Any], conference: Conference | None, language: str) -> None:
        self.plan, self.conference, self.column = plan, conference, 1 if language == "en" else 0
        self.chance = Random(f"{SEED} {plan['code']}")
        self.day = conference.date if conference else plan["date"]
        self.now = SurveyRound(log_of(plan, self.day))
        self.entries: list[Entry] = []
        self.people = [code for code, n in plan["people"].items() for _ in range(n)]
        self.chance.shuffle(self.people)
        self.codes: list[str] = []

    def played(self) -> tuple[Entry, ...]:
        """From opening to the results; the survey of a conference that is still open stands where that one does."""
        self._open()
        running = bool(self.conference and not self.conference.ended)
        for form in self.now.forms:
            if form != "follow" and not (running and form != "pre"):
                self._form(form)
        if not running:
            self._texts()
            self._release()
            self._months_later()
        return tuple(self.entries)

    def _open(self) -> None:
        plan, conference = self.plan, self.conference
        event = (
            {"kind": KIND_OF_VARIANT.get(conference.variant, "case_conference"), "types": conference.types}
            | {"title": conference.title, "region": conference.region, "conference": conference.id}
            if conference
            else {"kind": plan["kind"], "types": plan["types"]}
            | {"title": plan["title"][self.column], "region": plan["region"][self.column]}
        )
        secret = f"demo-{self.chance.getrandbits(64):016x}"
        self._do(
            survey_commands.open_survey,
            ORGANISER,
            **event,
            code=plan["code"],
            date=self.day,
            expected=len(self.people),
            demo=True,
            secret=secret,
        )
        kept = PLANS[PLANS.index(plan) - 1] if plan.get("kept") else None
        self.codes = [*_codes(kept)[: plan.get("kept", 0)], *_codes(plan)][: len(self.people)]
        for code in sorted(self.codes):
            self._do(survey_commands.bring_code, GUEST, code=code)

    def _form(self, form: str) -> None:
        self._do(survey_commands.open_form, ORGANISER, form=form)
        sheets = self._sheets(form)
        for n in self.chance.sample(sorted(sheets), len(sheets)):
            self._answer(form, n, sheets[n])
        self._do(survey_commands.close_form, ORGANISER, form=form)

    def _answer(self, form: str, n: int, rows: Sequence[Given]) -> None:
        key = f"demo-{self.chance.getrandbits(64):016x}"
        self._do(answer, GUEST, form=form, code=self.codes[n], answers=rows, key=key)

    def _sheets(self, form: str) -> Mapping[int, list[Given]]:
        """Person → what is answered in `form`."""
        answering = range(len(self.people) if form == "pre" else self.plan.get("after", len(self.people)))
        sheets: dict[int, list[Given]] = {n: [] for n in answering}
        for item in items_of(self.now, form):
            for n, rows in self._item(item, form, list(answering)):
                sheets[n] += rows
        return sheets

    def _item(self, item: Item, form: str, people: Sequence[int]) -> Iterator[tuple[int, list[Given]]]:
        when = "pre" if form == "pre" else "post"
        if item.id in self.plan.get("exact", {}):
            levels = [level for level, count in enumerate(self.plan["exact"][item.id], 1) for _ in range(count)]
            yield from zip(people, [[(item.id, "", level)] for level in levels], strict=True)
        elif item.id in self.plan.get("pairs", {}):
            values = self.plan["pairs"][item.id]["before" if when == "pre" else "after"]
            yield from zip(people, [[(item.id, "", value)] for value in values], strict=False)
        elif item.id == FACES and "faces" in self.plan:
            yield from self._faces(item, when)
        elif item.type == "text":
            planned = [text for text in self.plan["texts"] if text["item"] == item.id]
            yield from zip(people, [[(item.id, "", text["text"][self.column])] for text in planned], strict=False)
        else:
            for n in people:
                yield n, list(self._by_chance(item, when, n))

    def _by_chance(self, item: Item, when: str, n: int) -> Iterator[Given]:
        listed = options(item, self.now.types)
        if item.id == AGENCY_TYPE:
            yield item.id, "", self.people[n]
        elif item.id == CONSENT:
            yield item.id, "", self._consent(n)
        elif item.type == "likert5":
            yield item.id, "", self.chance.choice(MOOD[when])
        elif item.type == "single":
            yield item.id, "", self.chance.choice(listed).code
        else:
            for option in listed:
                if option.code != self.people[n] or item.type != "grid_binary":
                    yield item.id, option.code, int(self.chance.random() < TICKED[when])

    def _consent(self, n: int) -> str:
        """What the writer of the n-th text of an item allows; whoever wrote nothing allows it."""
        texts = self.plan["texts"]
        nth = [[text for text in texts if text["item"] == item] for item in {text["item"]: 0 for text in texts}]
        said = [planned[n]["consent"] for planned in nth if n < len(planned)]
        return max(said, default="T5_1")

    def _faces(self, item: Item, when: str) -> Iterator[tuple[int, list[Given]]]:
        """So many of each type as planned; the others of the grid's rows are nobody's."""
        column = 0 if when == "pre" else 1
        for code, known in self.plan["faces"].items():
            of_type = [n for n, own in enumerate(self.people) if own == code]
            for place, n in enumerate(of_type):
                yield n, [(item.id, about, int(place < counts[column])) for about, counts in known.items()]

    def _texts(self) -> None:
        """What the organisers read and released, under the planned themes."""
        themes = {text["text"][self.column]: text["theme"] for text in self.plan["texts"]}
        for text in written(self.now):
            if text.consent == "T5_1":
                theme = themes.get(text.text, UNSORTED)
                self._do(decide_text, ORGANISER, sheet=text.sheet, item=text.item, theme=theme)

    def _release(self) -> None:
        for form, state in self.now.forms.items():
            if state == CLOSED:
                self._do(survey_commands.release_results, ORGANISER, form=form)

    def _months_later(self) -> None:
        """The question after three months, where it is planned."""
        if "follow" not in self.plan:
            return
        asked = self.plan["follow"]
        self.day = (date.fromisoformat(self.day) + MONTHS).isoformat()
        self._do(survey_commands.set_expected, ORGANISER, expected=asked["invited"])
        self._do(survey_commands.open_form, ORGANISER, form="follow")
        items = {item.id: item for item in items_of(self.now, "follow")}
        for n in range(asked["responded"]):
            others = [option.code for option in items["W1"].options if option.code != CONTACTED]
            said = CONTACTED if n < asked["acted"] else self.chance.choice(others)
            ways = list(self._by_chance(items["W2"], "pre", n)) if "W2" in items and said == CONTACTED else []
            self._answer("follow", n, [("W1", "", said), *ways])
        self._do(survey_commands.close_form, ORGANISER, form="follow")
        self._do(survey_commands.release_results, ORGANISER, form="follow")

    def _do(self, verb: Any, who: Who, **fields: Any) -> None:
        drafts: Drafts = verb(self.now, who, **fields)
        new = [
            Entry(self.now.id, revision, draft.kind, draft.author, draft.body, self.day, draft.key)
            for revision, draft in enumerate(drafts, self.now.revision + 1)
        ]
        self.entries += new
        self.now = fold(self.now, self.now.id, new)


def _codes(plan: Mapping[str, Any] | None) -> list[str]:
    """The codes of a survey's people, the same every time."""
    if plan is None:
        return []
    chance = Random(f"{SEED} codes {plan['code']}")
    drawn: dict[str, None] = {}
    while len(drawn) < sum(plan["people"].values()):
        drawn["".join(chance.choice(LETTERS) for _ in range(LENGTH))] = None
    return list(drawn)
