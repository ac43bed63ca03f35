"""`python -m bench many [--conferences 100,1000,10000]`: what a house with very many conferences waits for.

A store is filled with copies of played conferences, each with a survey (`copied`), and a server is started over it:
once when nothing in it was counted yet, and once more, as on any other day. Every figure is the time until a page is
drawn whole, asked for over Streamlit's own messages. The store grows from one size to the next.
"""

import asyncio
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bench.copied import A_YEAR, Named, fill, named
from bench.curve import curve, table
from bench.device import Device
from bench.evening import Samples
from bench.own import own_place
from bench.server import Server
from facilitation.store.file import connect, uri
from facilitation.store.opening import FILE

TIMES = 5
"""How often a page is asked for, each time of another conference where it belongs to one."""
ENDLESS = 1800.0
YEAR = -1
"""The last of the scopes on the page of results."""


def many(asked: Namespace) -> dict[str, object]:
    """The curve over the sizes that were asked for."""
    sizes = sorted(map(int, asked.conferences.split(",")))
    with tempfile.TemporaryDirectory() as folder, own_place(asked.database) as place:
        found = [
            asyncio.run(Many(Path(folder), place, size).measured(range(before, size)))
            for before, size in zip([0, *sizes], sizes, strict=False)
        ]
    result: dict[str, Any] = {"conferences": sizes, "store": asked.database.partition(":")[0] or "sqlite"}
    result["figures"] = curve(sizes, found)
    print(table(result))
    return result


class Many:
    """One size."""

    def __init__(self, folder: Path, database: str, size: int) -> None:
        self.folder, self.database, self.size = folder, database, size
        self.found: Samples = {}
        self._chance = Random(size)

    async def measured(self, new: range) -> Samples:
        """Fill, then the floors, a first start, and a second one."""
        begun = time.perf_counter()
        fill(self.folder, self.database, new)
        self.found["fill"] = [time.perf_counter() - begun]
        if not self.database:
            self._file()
        await self._first_day()
        await self._another_day()
        return self.found

    def _file(self) -> None:
        """What the ground allows: one row, one conference's bytes; the size; a copy."""
        path = self.folder / FILE
        with closing(connect(uri(path, "mode=ro"))) as file:
            entries = file.execute("select sum(revision) from logs").fetchone()[0]
            self.found |= {"entries": [entries], "bytes": [path.stat().st_size / entries]}
            row = "select revision from logs where log = ?"
            whole = "select body from entries where log = ? order by revision"
            for name, asked in (("row", row), ("log", whole)):
                ask = partial(file.execute, asked)
                self.found[name] = [_ms(lambda ask=ask: ask([self._some().log]).fetchall()) for _ in range(50)]
            part = path.with_name("part.db")
            self.found["copy"] = [_ms(lambda: file.execute("vacuum into ?", [str(part)])) / 1000]
            part.unlink()

    def _some(self) -> Named:
        return named(self._chance.randrange(self.size))

    async def _first_day(self) -> None:
        """New conferences that nobody has counted yet."""
        server = Server(self.folder, database=self.database)
        begun = time.perf_counter()
        await server.start()
        try:
            guest = Device(server.base)
            await guest.open("/")
            self.found["new_start"] = [_since(begun)]
            await guest.close()
            organiser = Device(server.base)
            await organiser.line.follow(server.enter)
            self.found["new_list"] = [await _opened(organiser, "/")]
            while "counting" in _keys(organiser) and _since(begun) < ENDLESS * 1000:
                await asyncio.sleep(1)
                await _opened(organiser, "/")
            self.found["counted"] = [_since(begun) / 1000]
            while await self._year(organiser) and "counting" in _keys(organiser) and _since(begun) < ENDLESS * 1000:
                await asyncio.sleep(1)
            self.found["worked_out"] = [_since(begun) / 1000]
            await organiser.close()
        finally:
            server.stop()

    async def _another_day(self) -> None:
        server = Server(self.folder, database=self.database)
        begun = time.perf_counter()
        await server.start()
        try:
            guest = Device(server.base)
            self.found["ready"] = [await _asked(guest, "/readyz") and _since(begun)]
            await guest.open("/")
            self.found["start"] = [_since(begun)]
            await guest.close()
            self.found["memory_start"] = [server.memory]
            organiser = Device(server.base)
            await organiser.line.follow(server.enter)
            await self._pages(organiser)
            self.found["memory"] = [server.memory]
            await organiser.close()
        finally:
            server.stop()

    async def _pages(self, organiser: Device) -> None:
        """Each page once for the first time, then again and again."""
        each: dict[str, Callable[[], str]] = {
            "list": lambda: "/",
            "desk": lambda: f"/facilitate?c={self._some().log}",
            "wall": lambda: f"/projector?c={self._some().log}",
            "along": lambda: f"/along?c={self._some().log}",
            "bring": lambda: "/bring",
            "keeping": lambda: "/keeping",
            "audit": lambda: "/audit",
            "regions": lambda: "/year",
        }
        for name, address in each.items():
            self.found[f"{name}_first"] = [await _opened(organiser, address())]
            self.found[name] = [await _opened(organiser, address()) for _ in range(TIMES)]
        await _opened(organiser, "/")
        self.found["search"] = [await self._searched(organiser) for _ in range(TIMES)]
        self.found["year_first"] = [await self._year(organiser)]
        self.found["year"] = [await self._year(organiser) for _ in range(TIMES)]

    async def _searched(self, organiser: Device) -> float:
        begun = time.perf_counter()
        await organiser.page.type("find", self._some().code)
        return _since(begun)

    async def _year(self, organiser: Device) -> float:
        """The results of some survey of the newest year, and from there those of the year."""
        of_year = named(self._chance.randrange(min(self.size, A_YEAR)))
        await _opened(organiser, f"/results?c={of_year.log}")
        begun = time.perf_counter()
        await organiser.page.choose("scope", YEAR)
        return _since(begun)


async def _opened(device: Device, address: str) -> float:
    """Milliseconds until a page is drawn whole, from its first request on."""
    if hasattr(device, "page"):
        await device.page.close()
    begun = time.perf_counter()
    await device.open(address)
    return _since(begun)


async def _asked(device: Device, path: str) -> bool:
    return (await device.line.ask(path)).status == 200


def _keys(device: Device) -> set[str]:
    """The keys of the page's pictures."""
    return set(device.page.keys())


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return _since(begun)


def _since(begun: float) -> float:
    return 1000 * (time.perf_counter() - begun)
