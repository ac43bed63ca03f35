"""A survey to test with: a case conference's three forms; every entry comes through the real verbs and writer."""

from itertools import count

from meeting import ORGANISER

from facilitation import survey_answering, survey_commands
from facilitation.access import Who
from facilitation.store.memory import MemoryStore
from facilitation.store.writer import Writer
from facilitation.survey_fold import fold
from facilitation.survey_round import KIND

SURVEY = "survey-2024-03-01-XN9P7T"
TYPES = ("CITY_CHILD", "HC", "CSC")
GUEST = Who("guest")
WELL = [["Q1", "", 5], ["Q2", "", 4]]
"""Two answers of the form after with nothing wrong in them."""


def event(**other):
    """What a survey is opened with."""
    return {
        "code": "XN9P7T",
        "kind": "case_conference",
        "types": TYPES,
        "title": "春の検討会",
        "date": "2024-03-01",
        "expected": 30,
        "secret": "salt",
        **other,
    }


class Poll:
    """One survey in a store of its own, its form after open, two cards printed."""

    def __init__(self, **opened):
        self.store = MemoryStore()
        self.writer = Writer(self.store, lambda: "2024-03-01", fold)
        self._keys = count()
        self.send(survey_commands.open_survey, ORGANISER, **event(**opened))

    @property
    def now(self):
        return self.writer.state(SURVEY)

    @property
    def entries(self):
        return self.store.entries(SURVEY)

    def send(self, verb, who=ORGANISER, **fields):
        command = lambda survey: verb(survey, who, **fields)  # noqa: E731
        return self.writer.send(SURVEY, command, kind=KIND, key=fields.get("key", ""))

    def codes(self, number):
        """Codes of printed cards."""
        self.send(survey_commands.draw_codes, count=number)
        return self.now.cards()

    def open(self, form):
        self.send(survey_commands.open_form, form=form)

    def close(self, form):
        self.send(survey_commands.close_form, form=form)

    def answer(self, code, answers=WELL, form="post", key=""):
        key = key or f"key-{next(self._keys):08}"
        return self.send(survey_answering.answer, GUEST, form=form, code=code, answers=answers, key=key)


def polled():
    """The form after open, two cards out."""
    poll = Poll()
    poll.open("post")
    return poll, *poll.codes(2)
