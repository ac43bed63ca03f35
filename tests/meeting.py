"""A conference to test with: the second case in 120 minutes, its tables seated, its first scene open; every entry comes
through the real verbs and the real writer, over a store in memory."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from facilitation import cards, commands
from facilitation.access import Refused, RefusedFields, Who
from facilitation.agenda import plan
from facilitation.conference import KIND
from facilitation.entries import Draft
from facilitation.fold import fold
from facilitation.scenario import library
from facilitation.screen.house import LOG as SETTINGS
from facilitation.screen.house import House
from facilitation.store.memory import MemoryStore
from facilitation.store.writer import Writer

CASES = library(Path(__file__).parents[1] / "scenarios")
LOG = "2024-03-01-XN9P7T"
TYPES = ("CITY_CHILD", "HC", "CSC", "CONSULT", "MED", "SHG", "REC", "DEBT")

ORGANISER, FACILITATOR, PROJECTOR, GUEST = (Who(role) for role in ("organiser", "facilitator", "projector", "guest"))
ADVISER = Who("adviser", words="医師")
ONE, TWO, THREE = (Who("seat", seat) for seat in ("seat-one", "seat-two", "seat-three"))
"""One and three write for group 1, two for group 2."""


def steps_of(case="case2", variant="120min", slot=None):
    return plan(variant, [(scene.n, scene.minutes) for scene in CASES[case]["ja"].played(variant)], slot)


def opening(**other):
    """What a conference is opened with."""
    return {
        "code": "XN9P7T",
        "case": "case2",
        "case_version": "1",
        "variant": "120min",
        "steps": steps_of(),
        "groups": 3,
        "types": TYPES,
        "title": "春の検討会",
        "date": "2024-03-01",
        **other,
    }


def card_fields(**other):
    """A card with nothing wrong in it."""
    return {"scene": 1, "type": "CONSULT", "stage": "S2", "can": "いっしょに電話をかけられます", **other}


def refusal(action, *args, **fields):
    """What a verb refuses with: its key and what fills it; for a card with wrong fields all of (field, key, params)."""
    try:
        action(*args, **fields)
    except RefusedFields as refused:
        return [(problem.field, problem.key, problem.params) for problem in refused.problems]
    except Refused as refused:
        return refused.key, refused.params
    raise AssertionError("it was not refused")


def ticking():
    """A clock that moves on by a second whenever it is read."""
    start, seconds = datetime(2024, 3, 1, 5, tzinfo=UTC), count()
    return lambda: (start + timedelta(seconds=next(seconds))).strftime("%Y-%m-%dT%H:%M:%SZ")


class Room:
    """One conference in a store of its own."""

    def __init__(self, **opened):
        self.store = MemoryStore()
        self.writer = Writer(self.store, ticking(), fold)
        self.send(commands.open_conference, ORGANISER, **opening(**opened))

    @property
    def now(self):
        return self.writer.state(LOG)

    @property
    def entries(self):
        return self.store.entries(LOG)

    def send(self, verb, who, **fields):
        return self.writer.send(LOG, lambda state: verb(state, who, **fields), kind=KIND, key=fields.get("key", ""))

    def sit(self, who, group, rules=True):
        self.send(commands.take_seat, who, seat=who.seat)
        self.send(commands.move_seat, who, seat=who.seat, group=group)
        if rules:
            self.send(commands.accept_rules, who)

    def open(self, kind, scene=0):
        """Open the first step of a kind, or the step of a scene."""
        steps = self.now.steps
        at = next(i for i, step in enumerate(steps) if step.kind == kind and scene in (0, step.scene))
        self.send(commands.open_step, FACILITATOR, step=at, base=self.now.step_revision)

    def write(self, who, card="card-0001", base=0, key="", **fields):
        return self.send(cards.write_card, who, card=card, base=base, key=key, fields=card_fields(**fields))


def meeting():
    """Two tables, three seats, the first scene open, nothing written yet."""
    room = Room()
    for who, group in ((ONE, 1), (TWO, 2), (THREE, 1)):
        room.sit(who, group)
    room.open("scene", 1)
    return room


@cache
def _settings():
    """The settings that a first start leaves: one password for all tests, because making one takes its time."""
    first = House(MemoryStore(), {})
    return first.new_password, first.store.entries(SETTINGS)[0]


def a_house():
    """A house over an empty store, with the organisers' password in `new_password`."""
    password, settings = _settings()
    store = MemoryStore()
    store.append(SETTINGS, "house", [Draft("settings", "house", settings.body)], 0, settings.at)
    here = House(store, CASES)
    here.new_password = password
    return here


def hosted(here, seats=((ONE, 1), (TWO, 2), (THREE, 1)), scene=1, **opened):
    """The conference of `meeting` in a house: its log."""
    here.send(LOG, commands.open_conference, ORGANISER, **opening(**opened))
    for who, group in seats:
        here.send(LOG, commands.take_seat, who, seat=who.seat)
        here.send(LOG, commands.move_seat, who, seat=who.seat, group=group)
        here.send(LOG, commands.accept_rules, who)
    if scene:
        steps = here.conference(LOG).steps
        at = next(i for i, step in enumerate(steps) if step.scene == scene)
        here.send(LOG, commands.open_step, FACILITATOR, step=at, base=here.conference(LOG).step_revision)
    return LOG
