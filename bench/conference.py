"""`python -m bench conference [--tablets 30] [--database URL]`: what one whole conference costs a server, step by step.

The input of the calculation in `docs/scale.md`: seconds of a core for joining, for every step of the timetable, for the
cards, for the survey and for open tablets while nothing happens; what the store holds of it afterwards.
"""

import asyncio
import tempfile
from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.kept import Kept, kept_answers, kept_cards
from bench.own import own_place
from bench.phones import Answered, answers
from bench.prepared import in_store, prepared
from bench.room import Room
from bench.server import Server
from facilitation.store import Store

CARDS = 2
"""Cards of a tablet in a scene."""


@dataclass
class Cost:
    """Seconds of a core by what they went into, how often it happened, and what is left of it."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    times: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    entries: int = 0
    memory: float = 0.0
    kept: Kept = field(default_factory=Kept)


class Conference:
    """One conference of a two-hour timetable, held as fast as its steps can be opened; the cards of a scene come within
    `seconds`, and so long nothing happens at the end."""

    def __init__(self, folder: Path, database: str, asked: Namespace) -> None:
        self.folder, self.database = folder, database
        self.tablets, self.seconds = asked.tablets, asked.seconds
        self.cost = Cost()

    async def held(self) -> Cost:
        """From the first guest to the last answer."""
        found = in_store(self.folder, self.database, prepared)
        self.server = Server(self.folder, database=self.database)
        await self.server.start()
        try:
            room = Room(self.server.base, found.room)
            await room.open(self.server.enter)
            before = self.server.memory
            with self._spent("join", self.tablets):
                await room.join(self.tablets)
                await room.sit()
            self.cost.memory = self.server.memory - before
            await self._timetable(room)
            with self._spent("survey", self.tablets):
                answered = await answers(self.server.base, found.survey, self.tablets)
            with self._spent("idle", 1):
                await asyncio.sleep(self.seconds)
            await room.close()
        finally:
            self.server.stop()
        in_store(self.folder, self.database, lambda store: self._left(store, room, found.survey, answered))
        return self.cost

    def _left(self, store: Store, room: Room, survey: str, answered: Sequence[Answered]) -> None:
        log = room.conference.log
        self.cost.entries = len(store.entries(log))
        self.cost.kept = kept_cards(store, {log: room.sent}) + kept_answers(store, survey, answered)

    async def _timetable(self, room: Room) -> None:
        for step in room.conference.steps[1:]:
            with self._spent("step", 1):
                await room.next_step()
            if step.kind == "scene":
                with self._spent("card", CARDS * self.tablets):
                    for _ in range(CARDS):
                        await room.write(room.tablets, self.seconds / CARDS)

    @contextmanager
    def _spent(self, what: str, times: int) -> Iterator[None]:
        before = self.server.cpu
        yield
        self.cost.seconds[what] += self.server.cpu - before
        self.cost.times[what] += times


def conference(asked: Namespace) -> dict[str, object]:
    """One, measured and printed."""
    with tempfile.TemporaryDirectory() as folder, own_place(asked.database) as place:
        cost = asyncio.run(Conference(Path(folder), place, asked).held())
    print("| | times | seconds of a core | ms each |\n|---|---|---|---|")
    for what, seconds in cost.seconds.items():
        print(f"| {what} | {cost.times[what]} | {seconds:.2f} | {1000 * seconds / cost.times[what]:.1f} |")
    once = sum(seconds for what, seconds in cost.seconds.items() if what != "idle")
    idle = cost.seconds["idle"] / asked.seconds
    print(f"\n{once:.1f} s but for idleness, which is {100 * idle:.2f} % of a core")
    print(f"{cost.entries} entries, {cost.memory:.0f} MB; {cost.kept}")
    found = {"tablets": asked.tablets, "seconds": dict(cost.seconds), "times": dict(cost.times)}
    return {**found, "idle": idle, "entries": cost.entries, "memory": cost.memory, **cost.kept.plain}
