"""One server and one browser for all tests of this folder; each test opens its own devices and its own conference."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.house import Line, Server
from tests.browser.prepared import in_the_first_scene
from tests.browser.screens import Facilitator
from tests.browser.visitors import CASE, TABLET, TYPES, Visitors
from tests.browser.webkit import Device, Glass, missing

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
WEBKIT = "webkit2gtk-driver gir1.2-webkit2-4.1 python3-gi xvfb"
SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"
Devices = Callable[..., Device]
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
    return visitors.desk_of(in_the_first_scene(visitors.server, CASE[visitors.language], TYPES))


@pytest.fixture(scope="package")
def glass() -> Iterator[Glass]:
    if lacking := missing():
        pytest.skip(f"no WebKit to drive on this machine, {lacking} is missing: apt-get install {WEBKIT}")
    found = Glass()
    yield found
    found.close()


@pytest.fixture
def devices(glass: Glass, tmp_path: Path, visitors: Visitors, request: pytest.FixtureRequest) -> Iterator[Devices]:
    """Opens WebKit devices; at the end no script may have failed on them and nothing may have left this machine."""
    opened: list[Device] = []

    def device(view: dict[str, int] = TABLET, base: str = "") -> Device:
        folder = tmp_path / f"webkit{len(opened)}"
        opened.append(Device(folder, glass, base or visitors.server.base, view, visitors.language))
        return opened[-1]

    try:
        yield device
        for n, one in enumerate(opened):
            if request.node.stash.get(FAILED, False):
                one.photograph(SCREENSHOTS / "failed" / f"{request.node.name}-webkit{n}.png")
            else:
                one.assert_calm()
    finally:
        for one in opened:
            one.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report
