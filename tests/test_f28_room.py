"""F28: sixty devices join at one moment and send at one moment, through the real server. Nothing is lost or doubled."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bench.prepared import in_store, prepared
from bench.room import Room, Sent
from bench.server import Server

DEVICES = 60

FEW = 256
"""Open files that a shell on macOS hands on; on Linux 1,024."""


@contextmanager
def few_files() -> Iterator[None]:
    """What is started in here begins with `FEW`."""
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))


async def an_evening(folder) -> tuple[Room, list[Sent]]:
    """All join, sit and send; every second tablet taps twice."""
    conference = in_store(folder, "", prepared).room
    server = Server(folder)
    with few_files():
        await server.start()
    try:
        room = Room(server.base, conference)
        await room.open(server.enter)
        await room.join(DEVICES)
        await room.sit()
        await room.until("scene")
        sent = await room.write(room.tablets, again=2)
        await room.close()
    finally:
        server.stop()
    return room, sent


def test_f28_sixty_join_at_once_and_sixty_send_at_once(tmp_path):
    with ThreadPoolExecutor(1) as apart:  # browser tests leave a loop in this thread
        room, sent = apart.submit(asyncio.run, an_evening(tmp_path)).result()
    entries = in_store(tmp_path, "", lambda store: store.entries(room.conference.log))
    seats = {entry.body["seat"] for entry in entries if entry.kind == "seat_taken"}
    written = Counter(entry.body["card"] for entry in entries if entry.kind == "card_written")
    assert seats == {tablet.seat for tablet in room.tablets} and len(seats) == DEVICES
    assert written == Counter({card.card: 1 for card in sent}) and len(written) == DEVICES
