"""Conferences of the past months in the store, and how long their list and the year's page take to open."""

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from bench.device import Device
from facilitation import cards, commands
from facilitation.access import Who
from facilitation.agenda import plan
from facilitation.commands import Drafts
from facilitation.conference import KIND, Conference
from facilitation.fold import fold
from facilitation.path import STAGES
from facilitation.scenario import Case
from facilitation.store import Store
from facilitation.store.memory import MemoryStore
from facilitation.store.writer import Writer

HELD = 30
CARDS = 48
REGIONS = ("北部", "中部", "南部")
LETTERS = "ACDEFGHJKM"
ORGANISER, FACILITATOR = Who("organiser"), Who("facilitator")
OPENINGS = 5
"""Times each page is opened after the first, which works summaries out."""


def past(store: Store, case: Case, types: Sequence[str], until: str) -> None:
    """A year and a half, a conference every other week: each written by the real verbs in memory, stored in one go."""
    steps = plan("120min", [(scene.n, scene.minutes) for scene in case.played("120min")])
    for n in range(HELD):
        day = (date.fromisoformat(until) - timedelta(days=14 * (n + 1))).isoformat()
        code = "PAST" + LETTERS[n // 10] + LETTERS[n % 10]
        log = f"{day}-{code}"
        asked = {"code": code, "groups": 2, "date": day, "case": case.id, "variant": "120min"}
        memory, at = MemoryStore(), f"{day}T05:00:00Z"
        _held(Evening(memory, log, at), types, steps=steps, region=REGIONS[n % 3], **asked)
        store.receive(log, KIND, memory.entries(log), 0)


class Evening:
    """One conference in memory; `send` carries out a verb on it."""

    def __init__(self, memory: MemoryStore, log: str, at: str) -> None:
        self._log, self._writer = log, Writer(memory, lambda: at, fold)

    @property
    def now(self) -> Conference:
        return self._writer.state(self._log)

    def send(self, verb: Callable[..., Drafts], who: Who, **fields: Any) -> None:
        self._writer.send(self._log, lambda now: verb(now, who, **fields))


def _held(evening: Evening, types: Sequence[str], **asked: Any) -> None:
    """Both tables write through the first scene; then it ends."""
    send = evening.send
    send(commands.open_conference, ORGANISER, types=types, **asked)
    seats = [Who("seat", f"seat-{group}") for group in (1, 2)]
    for group, seat in enumerate(seats, 1):
        send(commands.take_seat, seat, seat=seat.seat)
        send(commands.move_seat, seat, seat=seat.seat, group=group)
        send(commands.accept_rules, seat)
        send(commands.set_table, seat, people=dict.fromkeys(types, 1))
    first = next(n for n, step in enumerate(evening.now.steps) if step.scene)
    send(commands.open_step, FACILITATOR, step=first, base=evening.now.step_revision)
    for n, (stage, type_) in enumerate(list(product(STAGES, types))[:CARDS]):
        said = {"can": "こちらで受けられます"} if n % 3 else {"hard": "時間がとれません", "reason": "B_TIME"}
        fields = {"scene": 1, "type": type_, "stage": stage, **said}
        send(cards.write_card, seats[n % 2], card=f"card-{n:04}", key=f"key-{n:04}", fields=fields)
    send(commands.end_conference, FACILITATOR)


async def opened(base: str, enter: str, path: str) -> list[float]:
    """Seconds of each opening of a page by an organiser, summaries at hand."""
    took = []
    for _ in range(OPENINGS + 1):
        visitor = Device(base)
        await visitor.line.follow(enter)
        begun = time.perf_counter()
        await visitor.open(path)
        took.append(time.perf_counter() - begun)
        await visitor.close()
    return took[1:]
