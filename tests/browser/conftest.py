"""One server and one browser for all tests of this folder; each test opens its own devices and its own conference."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.house import Line, Server
from tests.browser.screens import Facilitator
from tests.browser.visitors import CASE, TYPES, Visitors

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that tests share."""
    found = Server(tmp_path_factory.mktemp("house")).start()
    yield found
    found.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server for one test alone, to be killed."""
    found = Server(tmp_path).start()
    yield found
    found.stop()


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """A line to the shared server that can be cut."""
    found = Line(server)
    yield found
    found.close()


@pytest.fixture
def language() -> str:
    """Tests that run in both languages say so with their parameters."""
    return "ja"


@pytest.fixture
def visitors(browser: Browser, server: Server, language: str, request: pytest.FixtureRequest) -> Iterator[Visitors]:
    """The devices of one test; at its end nothing may have left this machine and no error may have shown."""
    shared = "own_server" not in request.fixturenames
    found = Visitors(browser, server if shared else request.getfixturevalue("own_server"), language)
    try:
        yield found
        if request.node.stash.get(FAILED, False):
            found.photograph(SCREENSHOTS / "failed", request.node.name)
        else:
            found.assert_calm()
    finally:
        found.close()


@pytest.fixture
def desk(visitors: Visitors) -> Facilitator:
    """A conference around case 1 with its first scene open."""
    desk = visitors.facilitator()
    desk.open(CASE[visitors.language].title, TYPES)
    desk.jump(desk.say("scene.number", n=1, of=4))
    return desk


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report
