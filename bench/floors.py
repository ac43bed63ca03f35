"""What the ground allows, measured in the same run: a page of one button under the same visitors, a bare commit."""

import asyncio
import time
from pathlib import Path

from sqlite_utils.utils import sqlite3

from bench.evening import Samples, Size
from bench.page import Page
from bench.server import Server

COMMITS = 200
CLICKS = 5
HEALTH = "/_stcore/health"


def commits(folder: Path) -> list[float]:
    """Milliseconds of single commits of one small row, with the safety the app asks for (WAL, synchronous=FULL)."""
    database = sqlite3.connect(folder / "floor.db")
    database.executescript("pragma journal_mode=wal; pragma synchronous=full; create table t (body text)")
    spent = []
    for n in range(COMMITS):
        begun = time.perf_counter()
        with database:
            database.execute("insert into t values (?)", (f"{n} " + "言" * 80,))
        spent.append(1000 * (time.perf_counter() - begun))
    database.close()
    return spent


async def buttons(folder: Path, size: Size) -> Samples:
    """The one-button page: cold start, all visitors joining, idle, one click alone, everybody's click at once."""
    server = Server(folder, script="bench/button.py", health=HEALTH)
    begun = time.perf_counter()
    await server.start()
    try:
        first = _page(server)
        await first.open()
        found: Samples = {"cold": [1000 * (time.perf_counter() - begun)]}
        before, pages = server.memory, [_page(server) for _ in range(size.tablets)]
        found["join"] = await _each(page.open() for page in pages)
        found["memory"] = [(server.memory - before) / size.tablets]
        found["click"] = [ms for _ in range(10) for ms in await _each([first.press("press")])]
        found["clicks"] = [ms for _ in range(CLICKS) for ms in await _each(page.press("press") for page in pages)]
        cpu, begun = server.cpu, time.perf_counter()
        await asyncio.sleep(size.idle / 2)
        found["idle"] = [100 * (server.cpu - cpu) / (time.perf_counter() - begun)]
        await asyncio.gather(*(page.close() for page in (first, *pages)))
    finally:
        server.stop()
    return found


def _page(server: Server) -> Page:
    return Page(server.base, "", "", "", lambda: None)


async def _each(doing) -> list[float]:  # type: ignore[no-untyped-def]
    """Milliseconds until each of what is done at once is done."""

    async def timed(each) -> float:  # type: ignore[no-untyped-def]
        await each
        return 1000 * (time.perf_counter() - begun)

    begun = time.perf_counter()
    return list(await asyncio.gather(*(timed(each) for each in doing)))
