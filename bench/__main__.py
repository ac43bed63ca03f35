"""`python -m bench [--tablets 60] [--runs 3]`: cards sent at once, from the tap to the acknowledgement and to the wall.
`python -m bench hints`: how much the hints on personal data find (`hints.py`).

Speaks what a tablet speaks (`POST /do`, the change stream) to a server of its own over loopback, beside a floor
measured in the same run: one bare SQLite commit with the same safety (WAL, synchronous=FULL). Prints a table and JSON.
No test: timings are a matter of the machine, which is named.
"""

import argparse
import asyncio
import json
import os
import platform
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import websockets
from sqlite_utils.utils import sqlite3

from bench import hints
from facilitation.access import Who
from facilitation.agenda import Step
from facilitation.commands import accept_rules, move_seat, open_conference, open_step
from facilitation.fold import fold
from facilitation.screen.house import now
from facilitation.store.opening import open_store
from facilitation.store.writer import Writer

ROOT = Path(__file__).resolve().parents[1]
FLOOR_COMMITS = 200
Seat = tuple[str, str]
"""A seat and the cookie that proves it."""


def main() -> None:
    """Run, print, exit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=("cards", "hints"), default="cards")
    parser.add_argument("--tablets", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    if asked.what == "hints":
        hints.main()
        return
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(measured(Path(folder), asked.tablets, asked.runs))
    for name, row in result["ms"].items():
        print(f"{name:34} p50 {row['p50']:8.1f} ms   p95 {row['p95']:8.1f} ms   max {row['max']:8.1f} ms")
    print(json.dumps(result, ensure_ascii=False))


async def measured(folder: Path, tablets: int, runs: int) -> dict[str, object]:
    """All figures of one server: floor, burst acknowledged, burst on the wall, single card on the wall."""
    floor = bare_commits(folder)
    server, address = started(folder)
    try:
        log, lead, seats = await a_conference(folder, address, tablets)
        bursts = [await burst(address, log, lead, seats) for _ in range(runs)]
        single = [await burst(address, log, lead, seats[:1]) for _ in range(10 * runs)]
    finally:
        server.terminate()
        server.wait(10)
    figures = {
        "floor: bare SQLite commit": floor,
        f"burst of {tablets}: acknowledged": [ms for acks, _ in bursts for ms in acks],
        f"burst of {tablets}: told to the wall": [ms for _, wall in bursts for ms in wall],
        "single card: acknowledged": [ms for acks, _ in single for ms in acks],
        "single card: told to the wall": [ms for _, wall in single for ms in wall],
    }
    return {"machine": machine(), "tablets": tablets, "runs": runs, "ms": {n: summary(ms) for n, ms in figures.items()}}


def bare_commits(folder: Path) -> list[float]:
    """Milliseconds of single commits of one small row: what the disk allows."""
    database = sqlite3.connect(folder / "floor.db")
    database.executescript("pragma journal_mode=wal; pragma synchronous=full; create table t (body text)")
    spent = []
    for n in range(FLOOR_COMMITS):
        begun = time.perf_counter()
        with database:
            database.execute("insert into t values (?)", (f"{n} " + "言" * 80,))
        spent.append(1000 * (time.perf_counter() - begun))
    database.close()
    return spent


def started(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """A server on a free port, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "PORT": str(port), "DATA_DIR": str(folder), "DATABASE_URL": ""}
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        f"--server.port={port}",
        "--server.address=127.0.0.1",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert server.stdout
    for line in server.stdout:
        if "/enter/" in line:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            return server, f"http://127.0.0.1:{port}"
    raise SystemExit("the server did not start")


def wait_for(address: str) -> None:
    """Until the server answers."""
    for _ in range(200):
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise SystemExit("the server does not answer")


async def a_conference(folder: Path, address: str, tablets: int) -> tuple[str, str, list[Seat]]:
    """A running conference at its first scene, the cookie of who leads it, and seats that may write."""
    store = open_store(None, folder)
    writer = Writer(store, now, fold)
    log, organiser = "2026-01-01-XN9P7T", Who("organiser")
    plan = {"case": "case1", "variant": "120min", "steps": [Step("reception"), Step("scene", 600, 1, 0)]}
    room = {"code": "XN9P7T", "groups": 6, "types": ["HC", "MED", "REC"]}
    writer.send(log, lambda c: open_conference(c, organiser, **plan, **room))
    writer.send(log, lambda c: open_step(c, organiser, step=1, base=0))
    seats = []
    async with httpx.AsyncClient(base_url=address) as door:
        for n in range(tablets):
            door.cookies.clear()
            answer = await door.get("/join/XN9P7T")
            seat = answer.headers["location"].split("s=")[1].split("&")[0]
            seats.append((seat, answer.cookies["kaigi"]))
            who, group = Who("seat", seat), n % 6 + 1
            writer.send(log, lambda c, s=seat, w=who, g=group: move_seat(c, w, seat=s, group=g))
            writer.send(log, lambda c, w=who: accept_rules(c, w))
        door.cookies.clear()
        lead = (await door.get(f"/lead/{log}/{writer.state(log).lead_key}")).cookies["kaigi"]
    store.close()
    return log, lead, seats


async def burst(address: str, log: str, lead: str, seats: list[Seat]) -> tuple[list[float], list[float]]:
    """Every seat sends one card at the same moment: ms to each acknowledgement, ms until the wall has heard of it."""
    heard: dict[int, float] = {}
    url, cookie = f"{address.replace('http', 'ws')}/live/{log}/projector", {"Cookie": f"kaigi={lead}"}
    async with websockets.connect(url, proxy=None, additional_headers=cookie) as wall:
        await wall.recv()
        listening = asyncio.create_task(listen(wall, heard))
        clients = [tablet(address, cookie) for _, cookie in seats]
        begun = time.perf_counter()
        sending = (send(client, log, seat) for client, (seat, _) in zip(clients, seats, strict=True))
        answers = await asyncio.gather(*sending)
        for _ in range(200):
            if heard and max(heard) >= max(revision for revision, _ in answers):
                break
            await asyncio.sleep(0.01)
        listening.cancel()
        await asyncio.gather(*(client.aclose() for client in clients))
    told = [min(at for known, at in heard.items() if known >= revision) for revision, _ in answers]
    return [1000 * (at - begun) for _, at in answers], [1000 * (at - begun) for at in told]


def tablet(address: str, cookie: str) -> httpx.AsyncClient:
    """A device that holds a seat."""
    return httpx.AsyncClient(base_url=address, cookies={"kaigi": cookie}, headers={"Origin": address}, timeout=30)


async def listen(wall: websockets.ClientConnection, heard: dict[int, float]) -> None:
    async for message in wall:
        heard[int(message)] = time.perf_counter()


async def send(client: httpx.AsyncClient, log: str, seat: str) -> tuple[int, float]:
    """One card; its revision and when it was acknowledged."""
    card = secrets.token_hex(12)
    fields = {"scene": 1, "type": "HC", "stage": "S1", "can": "家庭訪問のときに様子をたずねる" * 4}
    sent = {"card": card, "base": 0, "key": card, "fields": fields}
    answer = await client.post("/do", json={"log": log, "seat": seat, "verb": "write_card", "fields": sent})
    answer.raise_for_status()
    return answer.json()["revision"], time.perf_counter()


def summary(ms: list[float]) -> dict[str, float]:
    ordered = sorted(ms)
    return {"p50": statistics.median(ordered), "p95": ordered[int(0.95 * (len(ordered) - 1))], "max": ordered[-1]}


def machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
