"""Small messages leave at once, on a socket as the framework binds it (without a named protocol)."""

import asyncio
import socket
from asyncio import base_events

import pytest

from facilitation.screen.line import send_at_once


@pytest.fixture
def as_before(monkeypatch):
    """What is changed of asyncio here is back afterwards."""
    monkeypatch.setattr(base_events, "_set_nodelay", base_events._set_nodelay)


async def delays() -> list[bool]:
    """Whether either end of a connection to such a socket waits for acknowledgements before it sends on."""
    taken: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.set_result(waits(writer))
        writer.close()

    door = socket.socket(socket.AF_INET)
    door.bind(("127.0.0.1", 0))
    async with await asyncio.start_server(serve, sock=door):
        _, writer = await asyncio.open_connection(*door.getsockname())
        found = [await taken, waits(writer)]
        writer.close()
    return found


def waits(writer: asyncio.StreamWriter) -> bool:
    return not writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_server_on_such_a_socket_sends_at_once(as_before):
    assert run() == [True, False], "asyncio does it by itself now: `line.py` can go"
    send_at_once()
    assert run() == [False, False]


def run() -> list[bool]:
    """On a loop of its own, whatever runs in this thread."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(delays())
    finally:
        loop.close()
