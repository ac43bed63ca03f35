"""Two servers on one PostgreSQL behind a door with sticky visitors: what is written through one is seen through the
other, and whoever was on a killed server goes on with the other, with seat and draft."""

import re
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.balancer import Balancer
from tests.browser.house import Server
from tests.browser.screens import Facilitator, Projector, Tablet
from tests.browser.visitors import CASE, TYPES, WALL, Visitors

BACK = 3.5
"""Seconds until the door has asked a server again (`health_interval`, `fail_duration` in deploy/Caddyfile)."""

pytestmark = [pytest.mark.browser, pytest.mark.postgres]


@pytest.fixture
def servers(tmp_path: Path, postgres) -> Iterator[list[Server]]:
    """Two servers, started in one moment on an empty database."""
    place = postgres.space("two_servers")
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    found = [Server(folder, place) for folder in folders]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Server.start, found))
    yield found
    for server in found:
        server.stop()


@pytest.fixture
def door(tmp_path: Path, servers: list[Server]) -> Iterator[Balancer]:
    if shutil.which("caddy") is None:
        pytest.skip("no Caddy on this machine: apt-get install caddy")
    found = Balancer(tmp_path, servers)
    yield found
    found.close()


@pytest.fixture
def visitors(browser: Browser, servers: list[Server], language: str) -> Iterator[Visitors]:
    """Devices at the first server; single ones may be sent to another address."""
    found = Visitors(browser, servers[0], language)
    yield found
    found.assert_calm()
    found.close()


@pytest.fixture
def desk(visitors: Visitors) -> Facilitator:
    desk = visitors.facilitator()
    desk.open(CASE[visitors.language].title, TYPES)
    desk.jump(desk.say("scene.number", n=1, of=4))
    return desk


def wall_at(visitors: Visitors, desk: Facilitator, base: str) -> Projector:
    page = visitors.device(WALL, like=desk.page.context).new_page()
    page.goto(f"{base}/projector?c={desk.conference}")
    return Projector(page, base, visitors.language)


def join_path(desk: Facilitator) -> str:
    return f"/join/{desk.conference[-6:]}"


def until_seen(tablet: Tablet, wall: Projector, card: int) -> float:
    """Milliseconds from the press on "send" until the wall counts the card."""
    tablet.fill("HC", can=f"We visit at home, {card}")
    begun = time.perf_counter()
    tablet.tap(tablet.send)
    expect(wall.counts(1, card)).to_be_visible()
    return 1000 * (time.perf_counter() - begun)


def test_a_card_through_one_server_is_on_the_wall_of_the_other(
    visitors: Visitors, servers: list[Server], desk: Facilitator
) -> None:
    """One house: one password, one secret that signs cookies. The figures are printed; no test rests on them."""
    here, there = servers
    assert [bool(re.search(r"パスワード", server.said())) for server in servers].count(True) == 1
    walls = [wall_at(visitors, desk, server.base) for server in servers]
    tablet = visitors.tablet(join_path(desk), base=there.base)
    tablet.sit(1, {"HC": 1})
    card = 0
    spent: dict[str, list[float]] = {"same server": [], "other server": []}
    for _ in range(6):
        for name, wall in (("other server", walls[0]), ("same server", walls[1])):
            card += 1
            spent[name].append(until_seen(tablet, wall, card))
    for name, ms in spent.items():
        print(f"{name}: {sorted(round(each) for each in ms)} ms")
    expect(walls[0].counts(1, card)).to_be_visible()
    desk.next()
    for wall in walls:
        expect(wall.page.locator(".wall .body.at-reveal")).to_be_visible()
    assert here.base != there.base


def test_f10_a_killed_servers_visitors_go_on_with_the_other_with_seat_and_draft(
    visitors: Visitors, servers: list[Server], desk: Facilitator, door: Balancer
) -> None:
    """Each server is killed once, so that every visitor of the door loses the one he was on."""
    assert [door.status(path) for path in ("/healthz", "/readyz", "/metrics")] == [200, 404, 404]
    wall = wall_at(visitors, desk, door.base)
    tablet = visitors.tablet(join_path(desk), base=door.base)
    tablet.sit(1, {"HC": 1})
    seat = tablet.seat
    for n, server in enumerate(servers, 1):
        tablet.write("HC", can=f"Written before, {n}")
        tablet.fill("HC", can=f"Half written, {n}")
        server.kill()
        tablet.field("can").press_sequentially(", finished after the fall")
        tablet.page.reload()
        expect(tablet.field("can")).to_have_value(f"Half written, {n}, finished after the fall")
        expect(tablet.page.locator("header .group")).to_have_text(tablet.say("group", n=1))
        assert tablet.seat == seat
        tablet.tap(tablet.send)
        tablet.has(f"Half written, {n}, finished after the fall")
        expect(wall.counts(1, 2 * n)).to_be_visible()
        server.start()
        time.sleep(BACK)
