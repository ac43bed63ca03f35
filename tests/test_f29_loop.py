"""F29: while the database is away nothing else stands still: the event loop answers what needs no data."""

import asyncio
import threading
from contextlib import asynccontextmanager

import anyio.to_thread
import httpx
import pytest
from meeting import CASES, LOG, ONE, card_fields, hosted
from starlette.applications import Starlette

from facilitation.screen import routes_watching
from facilitation.screen.headers import guard
from facilitation.screen.house import House, house, stand_in
from facilitation.screen.routes import routes
from facilitation.screen.visit import COOKIE
from facilitation.screen.watch import Watch
from facilitation.store import FRESH, DamagedStore, Unreachable
from facilitation.store.memory import MemoryStore
from facilitation.texts import say

BASE = "http://localhost"
OWN = {"origin": BASE}
CARD = {"card": "card-0001", "base": 0, "key": "card-0001", "fields": card_fields()}
SENT = {"log": LOG, "seat": ONE.seat, "verb": "write_card", "fields": CARD}


class Away(MemoryStore):
    """A store that can go away: who asks waits until the test has seen enough, and is then told."""

    shared = True

    def __init__(self):
        super().__init__()
        self.here, self.enough = threading.Event(), threading.Event()
        self.waiting = self.waited_in_vain = 0
        self.here.set()

    def _answer(self):
        if not self.here.is_set():
            self.waiting += 1
            self.waited_in_vain += not self.enough.wait(5)
            raise Unreachable(seconds=10)

    def revision(self, log):
        self._answer()
        return super().revision(log)

    def revisions(self, logs):
        self._answer()
        return super().revisions(logs)

    def entries(self, log, after=0):
        self._answer()
        return super().entries(log, after)

    def append(self, *entries):
        self._answer()
        return super().append(*entries)


@pytest.fixture
def store():
    store = Away()
    here = House(store, CASES)
    stand_in(here)
    hosted(here)
    yield store
    store.enough.set()
    store.here.set()
    stand_in(None)


@asynccontextmanager
async def a_browser(**grants):
    app = Starlette(routes=routes(), middleware=guard())
    cookies = {COOKIE: house().sign(grants)}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE, cookies=cookies) as client:
        yield client


async def until(seen):
    for _ in range(500):
        if seen():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to that")


async def health_while(store, *asked):
    """The database goes away and `asked` is on its way: what health says meanwhile, then what came to the others."""
    async with a_browser(seats=[[LOG, ONE.seat]], organiser=1) as browser:
        store.here.clear()
        await asyncio.sleep(2 * FRESH)  # readings of a shared store hold for a moment
        sent = [asyncio.ensure_future(ask(browser)) for ask in asked]
        await until(lambda: store.waiting)
        health = await browser.get("/healthz")
        store.enough.set()
        return health, await asyncio.gather(*sent)


def write(browser):
    return browser.post("/do", json=SENT, headers=OWN)


def test_f29_a_card_that_waits_for_the_database_holds_up_nobody_and_is_told(store):
    health, (answer,) = asyncio.run(health_while(store, write))
    assert (health.status_code, answer.status_code) == (200, 503)
    assert store.waited_in_vain == 0, "health was not answered until the store gave up"


@pytest.mark.parametrize("path", [f"/archive/{LOG}", "/bring/look", "/bring/take"])
def test_f29_a_file_that_waits_for_the_database_holds_up_nobody(store, path):
    async def ask(browser):
        try:
            return await browser.post(path, data={}, headers=OWN)
        except Unreachable:  # the app's own handler answers in words
            return None

    health, _ = asyncio.run(health_while(store, ask))
    assert health.status_code == 200
    assert store.waited_in_vain == 0


def test_f29_health_is_answered_while_every_thread_waits_for_the_database(store):
    async def ask(browser):
        try:
            return await browser.get(f"/parts/{LOG}/group-1?run=1")
        except Unreachable:
            return None

    async def all_threads_wait():
        anyio.to_thread.current_default_thread_limiter().total_tokens = 4
        return await health_while(store, *[ask] * 12)

    health, _ = asyncio.run(all_threads_wait())
    assert health.status_code == 200
    assert store.waited_in_vain == 0


def test_f29_readiness_is_told_in_time_while_every_thread_waits_for_the_database(store, monkeypatch):
    monkeypatch.setattr(routes_watching, "PATIENCE", 0.5)
    threads = anyio.to_thread.current_default_thread_limiter

    async def ready():
        threads().total_tokens = 1
        async with a_browser(seats=[[LOG, ONE.seat]]) as browser:
            well = await browser.get("/readyz")
            store.here.clear()
            await asyncio.sleep(2 * FRESH)
            asked = asyncio.ensure_future(browser.get(f"/parts/{LOG}/group-2?run=1"))
            await until(lambda: store.waiting)
            ill = await browser.get("/readyz")
            store.here.set()  # it is back, and the only thread still waits
            store_looked = store.waiting
            store.enough.set()
            await asyncio.gather(asked, return_exceptions=True)
            return well, ill, store_looked

    well, ill, looked = asyncio.run(ready())
    assert (well.status_code, ill.status_code) == (200, 503)
    assert looked == 2, "readiness found no thread to look with"


def test_readiness_and_metrics_tell_of_a_watch_that_stands(store, monkeypatch):
    from facilitation.screen.metrics_house import HouseCounts

    async def ready():
        async with a_browser() as browser:
            return (await browser.get("/readyz")).status_code

    monkeypatch.setattr(Watch, "since", 100.0)
    told = {family.name: [row.value for row in family.samples] for family in HouseCounts(house()).collect()}
    assert told["kaigi_watch_seconds"] == [100.0]
    assert asyncio.run(ready()) == 503
    monkeypatch.setattr(Watch, "since", 1.0)
    assert asyncio.run(ready()) == 200


def test_a_damaged_store_is_not_ready(store):
    async def ready():
        async with a_browser() as browser:
            return (await browser.get("/readyz")).status_code

    house().damage = DamagedStore(path="", problem="")
    assert asyncio.run(ready()) == 503


def test_f29_tablets_that_send_while_it_is_waited_for_in_vain_are_all_told_why_and_save_their_cards_afterwards(store):
    """Each is told with the first of them, so that no tablet gives up before it hears why; what a tablet then sends
    again is saved once."""

    def write(browser, n):
        card = {**CARD, "card": f"card-000{n}", "key": f"card-000{n}"}
        return browser.post("/do", json={**SENT, "fields": card}, headers=OWN)

    async def burst():
        async with a_browser(seats=[[LOG, ONE.seat]]) as browser:
            store.here.clear()
            sent = [asyncio.ensure_future(write(browser, 1))]
            await until(lambda: store.waiting)
            sent += [asyncio.ensure_future(write(browser, n)) for n in range(2, 9)]
            await until(lambda: house().writer.waiting == 7)
            store.enough.set()
            told = await asyncio.gather(*sent)
            store.here.set()
            again = [await write(browser, n) for n in (*range(1, 9), *range(1, 9))]
            return told, again

    told, again = asyncio.run(burst())
    why = say("ja", "database.unreachable", seconds=10)
    assert [(answer.status_code, answer.json()["refused"]) for answer in told] == [(503, [why])] * 8
    assert store.waiting == 1, "some waited for the database once more"
    assert [answer.json()["fresh"] for answer in again] == [True] * 8 + [False] * 8
    assert len([entry for entry in store.entries(LOG) if entry.key.startswith("card-000")]) == 8


def test_f29_when_the_database_is_back_the_same_card_is_saved(store):
    async def again():
        await health_while(store, write)
        store.here.set()
        async with a_browser(seats=[[LOG, ONE.seat]]) as browser:
            return [(await write(browser)).status_code for _ in range(2)]

    assert asyncio.run(again()) == [200, 200]
    assert len([entry for entry in store.entries(LOG) if entry.key == "card-0001"]) == 1
