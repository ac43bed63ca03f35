"""One evening, from the start of the server to its end: what took how long, and what it cost."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.device import Device
from bench.kept import Kept, kept_answers, kept_cards
from bench.past import opened
from bench.phones import Answered, answers
from bench.prepared import Opened, Prepared, in_store, prepared
from bench.room import Room, Sent, Tablet
from bench.server import Server
from facilitation.store import Store

Samples = dict[str, list[float]]
"""Figure → what was measured, in milliseconds where the figure is a time."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large and how long: tablets, seconds of idleness and of steady writing, single cards, scenes."""

    tablets: int
    idle: float = 20.0
    steady: float = 10.0
    singles: int = 10
    scenes: int = 3


class Evening:
    """A server in `folder`, a room of six tables, then one table of all tablets, and a survey."""

    def __init__(self, folder: Path, size: Size, database: str = "") -> None:
        self.folder, self.size, self.database = folder, size, database
        self.samples: Samples = defaultdict(list)
        self.sent: dict[str, list[Sent]] = {}
        self.answers: list[Answered] = []

    async def held(self) -> Samples:
        """All of it."""
        self.opened: Prepared = in_store(self.folder, self.database, prepared)
        self.server = Server(self.folder, database=self.database)
        try:
            await self._start()
            await self._past()
            await self._room(self.opened.room)
            await self._one_table(self.opened.one_table)
            self.answers = await answers(self.server.base, self.opened.survey, self.size.tablets)
            self._took("survey", (answer.seconds for answer in self.answers))
        finally:
            self.server.stop()
        kept = in_store(self.folder, self.database, self._kept)
        self.samples |= {"lost": [kept.lost], "doubled": [kept.doubled]}
        return dict(self.samples)

    async def _start(self) -> None:
        begun = time.perf_counter()
        await self.server.start()
        first = Device(self.server.base)
        await first.open("/")
        self._took("cold", [time.perf_counter() - begun])
        await first.close()

    async def _past(self) -> None:
        """An organiser looks back, before the guests come."""
        for name, path in (("list", "/"), ("year", "/year")):
            self._took(name, await opened(self.server.base, self.server.enter, path))

    async def _room(self, conference: Opened) -> None:
        room = Room(self.server.base, conference)
        await room.open(self.server.enter)
        await self._rehearsal()
        before = self.server.memory
        self._took("join", await room.join(self.size.tablets))
        await room.sit()
        self._took("scene", await room.until("scene"))
        self.samples["memory"].append((self.server.memory - before) / self.size.tablets)
        await self._idle()
        await self._single(room, "single")
        for _ in range(self.size.scenes):
            await self._burst(room, "burst")
            await asyncio.sleep(0.5)
            received = sum(tablet.received for tablet in room.tablets)
            self._took("scene", await room.until("scene"))
            self.samples["bytes"].append((sum(t.received for t in room.tablets) - received) / len(room.tablets))
        await self._steady(room)
        self.sent[conference.log] = room.sent
        await room.close()

    async def _rehearsal(self) -> None:
        """One tablet elsewhere first: what a process loads once is no tablet's memory."""
        tablet = Tablet(self.server.base)
        await tablet.join(self.opened.one_table.way_in)
        await tablet.close()

    async def _one_table(self, conference: Opened) -> None:
        """All tablets at one table: every card shows on every tablet."""
        room = Room(self.server.base, conference)
        await room.open(self.server.enter)
        self._took("join_again", await room.join(self.size.tablets))
        await room.sit()
        await room.until("scene")
        await self._single(room, "all")
        await self._burst(room, "all_burst")
        self.sent[conference.log] = room.sent
        await room.close()

    async def _single(self, room: Room, name: str) -> None:
        for n in range(self.size.singles):
            await asyncio.sleep(0.3)
            self._cards(room, name, await room.write([room.tablets[n % len(room.tablets)]]))

    async def _burst(self, room: Room, name: str) -> None:
        await asyncio.sleep(1)
        self._cards(room, name, await room.write(room.tablets))

    async def _steady(self, room: Room) -> None:
        await asyncio.sleep(1)
        before = self.server.cpu
        sent = await room.write(room.tablets, self.size.steady)
        self.samples["cpu"].append(1000 * (self.server.cpu - before) / len(sent))
        self._cards(room, "steady", sent)

    async def _idle(self) -> None:
        await asyncio.sleep(2)
        cpu, begun = self.server.cpu, time.perf_counter()
        await asyncio.sleep(self.size.idle)
        self.samples["idle"].append(100 * (self.server.cpu - cpu) / (time.perf_counter() - begun))

    def _cards(self, room: Room, name: str, sent: Sequence[Sent]) -> None:
        self._took(f"{name}_ack", (card.acknowledged - card.begun for card in sent))
        self._took(f"{name}_wall", map(room.on_wall, sent))
        self._took(f"{name}_tablets", map(room.everywhere, sent))

    def _took(self, name: str, seconds: Iterable[float]) -> None:
        self.samples[name] += [1000 * each for each in seconds]

    def _kept(self, store: Store) -> Kept:
        return kept_cards(store, self.sent) + kept_answers(store, self.opened.survey, self.answers)
