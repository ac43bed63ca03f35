"""`python -m bench steady [--database URL] [--servers 2] [--rates 5,10,20]`: rooms that write faster and faster.
`python -m bench stores --database URL [--pairs 5]`: what a card costs the app on PostgreSQL against SQLite.

A room is whole on one server, as the door of `deploy/` leads it; with `--scattered` its visitors sit on all servers in
turn. Every rate gets rooms of its own, so that a later one does not pay for the cards of an earlier. A rate is held
while its p95 stay within `HELD`. Who used the cores meanwhile (clients, servers, database) stands beside it: on a small
machine that is what limits.
"""

import asyncio
import statistics
import tempfile
import time
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from bench.device import Device
from bench.figures import summary
from bench.kept import Kept, kept_cards
from bench.own import own_place
from bench.prepared import Opened, in_store, opened
from bench.room import Room, Sent, Tablet
from bench.server import Server
from facilitation.code import new_code
from facilitation.store import Store

HELD = {"ack": 150.0, "wall": 500.0}
"""Milliseconds (p95) within which a rate counts as held."""

SAYS = {
    "ack": "acknowledged p50 / p95",
    "wall": "on the wall",
    "tablets": "on its table",
    "across": "on the wall of another server",
}
GROUPS = 6
WARM = 6
"""Cards written before anything is counted: what a process does once is no card's cost."""


@dataclass(frozen=True, slots=True)
class Step:
    """One rate: how long cards took (ms), who used how much of a core, the app's milliseconds a card."""

    rate: float
    ms: Mapping[str, Mapping[str, float]]
    cores: Mapping[str, float]
    card: float

    @property
    def held(self) -> bool:
        return all(self.ms[name]["p95"] <= most for name, most in HELD.items())


class Hosted(Room):
    """A room on one server; on several its tablets sit on all in turn, the desk on the first, the wall on the last."""

    def __init__(self, servers: Sequence[Server], conference: Opened, tablets: int) -> None:
        super().__init__(servers[0].base, conference)
        self.wall = Device(servers[-1].base)
        self._enter = {server.base: server.enter for server in servers}
        self.tablets = [Tablet(servers[n % len(servers)].base) for n in range(tablets)]

    async def ready(self) -> None:
        """Everybody sits at a table, the first scene is open."""
        for device, page in ((self.desk, "facilitate"), (self.wall, "projector")):
            await device.line.follow(self._enter[device.line.base])
            await device.open(f"/{page}?c={self.conference.log}")
        await asyncio.gather(*(tablet.join(self.conference.way_in) for tablet in self.tablets))
        await self.sit()
        await self.until("scene")


class Load:
    """Servers over one store, and what the machine spent on whom."""

    def __init__(self, servers: Sequence[Server], database: str) -> None:
        self.servers = servers
        self._watched = {"clients": [psutil.Process()]}
        self._watched |= {f"server {n}": [server.process] for n, server in enumerate(servers, 1)}
        self._postmaster = _listening(database)

    def spent(self) -> dict[str, float]:
        """Seconds of a core so far, by who used them."""
        families = dict(self._watched)
        if self._postmaster:
            families["database"] = [self._postmaster, *self._postmaster.children(recursive=True)]
        found = {name: sum(map(_seconds, family)) for name, family in families.items()}
        if self._postmaster:
            gone = self._postmaster.cpu_times()
            found["database"] += gone.children_user + gone.children_system
        busy = psutil.cpu_times()
        return {**found, "machine": busy.user + busy.system + busy.nice + busy.softirq + busy.irq}

    async def at(self, rate: float, seconds: float, rooms: Sequence[Hosted]) -> Step:
        """Cards at `rate` a second, whatever became of those before; then until everybody shows them."""
        await _write(rooms, rate, WARM)
        await asyncio.sleep(1)
        before, begun = self.spent(), time.perf_counter()
        sent = await _write(rooms, rate, round(rate * seconds))
        took, after = time.perf_counter() - begun, self.spent()
        used = {name: after[name] - before[name] for name in after}
        app = sum(spent for name, spent in used.items() if name.startswith("server"))
        ms = {
            "ack": summary([1000 * (card.acknowledged - card.begun) for _, _, card in sent]),
            "wall": summary([1000 * room.on_wall(card) for room, _, card in sent]),
            "tablets": summary([1000 * room.everywhere(card) for room, _, card in sent]),
        }
        across = [(room, card) for room, tablet, card in sent if tablet.line.base != room.wall.line.base]
        if across:
            ms["across"] = summary([1000 * room.on_wall(card) for room, card in across])
        return Step(rate, ms, {name: spent / took for name, spent in used.items()}, 1000 * app / len(sent))


Written = tuple[Hosted, Tablet, Sent]


async def _write(rooms: Sequence[Hosted], rate: float, cards: int) -> list[Written]:
    """Each card is due at its moment; its time counts from there, also where its tablet still waits for the last."""
    turns = {tablet: asyncio.Lock() for room in rooms for tablet in room.tablets}
    begun = time.perf_counter()

    async def send(n: int) -> Written:
        room = rooms[n % len(rooms)]
        tablet = room.tablets[n // len(rooms) % len(room.tablets)]
        due = begun + n / rate
        await asyncio.sleep(due - time.perf_counter())
        async with turns[tablet]:
            sent = await tablet.write(1)
        return room, tablet, Sent(sent.card, sent.revision, due, sent.acknowledged, sent.group)

    sent = list(await asyncio.gather(*map(send, range(cards))))
    for room in rooms:
        mine = [card for where, _, card in sent if where is room]
        for device in (room.wall, room.desk):
            await device.reached(max(card.revision for card in mine))
        for group in {card.group for card in mine}:
            last = max(card.revision for card in mine if card.group == group)
            await asyncio.gather(*(tablet.reached(last) for tablet in room.at_table(group)))
    return sent


async def _steps(folder: Path, asked: Namespace, database: str, rates: Sequence[float]) -> tuple[list[Step], Kept]:
    """One or several servers through all rates, and what became of all that was acknowledged, also where a rate was
    given up."""
    prepared = in_store(folder, database, lambda store: _rooms(store, len(rates) * asked.rooms))
    folders = [folder if n == 0 else folder / str(n) for n in range(asked.servers)]
    servers = []
    for place in folders:
        place.mkdir(exist_ok=True)
        servers.append(Server(place, database=database))
    found: list[Step] = []
    sent: dict[str, list[Sent]] = {}
    try:
        for server in servers:
            await server.start()
        load = Load(servers, database)
        for n, rate in enumerate(rates):
            conferences = prepared[n * asked.rooms : (n + 1) * asked.rooms]
            rooms = [
                Hosted(servers if asked.scattered else [servers[n % asked.servers]], each, asked.tablets // asked.rooms)
                for n, each in enumerate(conferences)
            ]
            await asyncio.gather(*(room.ready() for room in rooms))
            with suppress(TimeoutError):
                found.append(await load.at(rate, asked.seconds, rooms))
            sent |= {room.conference.log: room.sent for room in rooms}
            await asyncio.gather(*(room.close() for room in rooms))
            if len(found) <= n:  # half a minute behind: no use in more
                break
    finally:
        for server in servers:
            server.stop()
    return found, in_store(folder, database, lambda store: kept_cards(store, sent))


def _rooms(store: Store, count: int) -> list[Opened]:
    return [opened(store, new_code(), GROUPS) for _ in range(count)]


def steady(asked: Namespace) -> dict[str, object]:
    """All rates on so many servers."""
    rates = [float(rate) for rate in asked.rates.split(",")]
    with tempfile.TemporaryDirectory() as folder, own_place(asked.database) as place:
        steps, kept = asyncio.run(_steps(Path(folder), asked, place, rates))
    print(f"{_table(steps)}\n\n{kept}")
    found = {"servers": asked.servers, "scattered": asked.scattered, "steps": [_plain(step) for step in steps]}
    return {**found, **kept.plain}


def stores(asked: Namespace) -> dict[str, object]:
    """SQLite and PostgreSQL in turn at the first rate: the app's milliseconds a card, medians and their quotient."""
    rate = float(asked.rates.split(",")[0])
    found: dict[str, list[float]] = {"sqlite": [], "postgresql": []}
    kept = Kept()
    for _ in range(asked.pairs):
        for name, database in (("sqlite", ""), ("postgresql", asked.database)):
            with tempfile.TemporaryDirectory() as folder, own_place(database) as place:
                steps, of_run = asyncio.run(_steps(Path(folder), asked, place, [rate]))
            found[name].append(steps[0].card)
            kept += of_run
        print({name: round(costs[-1], 2) for name, costs in found.items()}, flush=True)
    medians = {name: statistics.median(costs) for name, costs in found.items()}
    quotient = medians["postgresql"] / medians["sqlite"]
    print(f"{medians['sqlite']:.2f} / {medians['postgresql']:.2f} ms a card: {quotient:.2f} times; {kept}")
    return {"rate": rate, "ms": found, "medians": medians, "quotient": quotient, **kept.plain}


def _plain(step: Step) -> dict[str, object]:
    return {"rate": step.rate, "held": step.held, "ms": step.ms, "cores": step.cores, "card": step.card}


def _table(steps: Sequence[Step]) -> str:
    """Markdown: one line a rate."""
    if not steps:
        return "no rate was held"
    heads = ["cards a second", *(SAYS[name] for name in steps[0].ms), "held", "app, ms a card", *steps[0].cores]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for step in steps:
        times = [f"{each['p50']:.0f} / {each['p95']:.0f}" for each in step.ms.values()]
        shares = [f"{100 * used:.0f} %" for used in step.cores.values()]
        cells = [f"{step.rate:g}", *times, "yes" if step.held else "no", f"{step.card:.1f}", *shares]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _listening(database: str) -> psutil.Process | None:
    """The database's own process, where it runs on this machine."""
    at = urlsplit(database)
    if at.hostname not in ("127.0.0.1", "localhost"):
        return None
    lines = (line for line in psutil.net_connections("tcp") if line.status == "LISTEN" and line.pid)
    return next((psutil.Process(line.pid) for line in lines if line.laddr.port == at.port), None)


def _seconds(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        spent = process.cpu_times()
        return float(spent.user + spent.system)
    return 0.0
