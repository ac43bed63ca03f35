"""The store refuses while people write, on the real pages: another program holds it, or the disk is full (F3, F6)."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from facilitation.store.driver import sqlite3
from facilitation.store.file import WAIT
from tests.browser.house import Server
from tests.browser.screens import Facilitator, Tablet
from tests.browser.visitors import Visitors


def tablet(visitors: Visitors, desk: Facilitator) -> Tablet:
    found = visitors.tablet(f"/join/{desk.conference[-6:]}")
    found.sit(1, {"HC": 1})
    return found


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ja", "en"])
def test_f06_another_program_holds_the_data(own_server: Server, visitors: Visitors, desk: Facilitator) -> None:
    """Waited for visibly, then said, on the tablet and at the desk; the answer is kept and saved when it may be."""
    writing = tablet(visitors, desk)
    step, busy = desk.at(), desk.say("store.busy", seconds=WAIT)
    with contextlib.closing(sqlite3.connect(str(own_server.folder / "data" / "conferences.db"))) as other:
        other.isolation_level = None
        other.execute("begin immediate")
        desk.tap(desk.way_on)
        expect(desk.page.get_by_text(desk.say("keeping.wait"))).to_be_visible()
        expect(desk.page.get_by_text(busy)).to_be_visible()
        desk.is_at(step)
        writing.fill("HC", can="Kept until it may be saved")
        writing.tap(writing.send)
        expect(writing.state.locator(".sending")).to_be_visible()
        expect(writing.state.locator(".unsent")).to_contain_text(busy)
        expect(writing.own("Kept until it may be saved")).to_have_count(1)
        other.execute("rollback")
    writing.has("Kept until it may be saved")
    desk.tap(desk.way_on)
    desk.is_at(step + 1)


@pytest.fixture
def full_server(tmp_path: Path) -> Iterator[Server]:
    """A server whose data lie on a disk of their own, of eight megabytes."""
    data = tmp_path / "data"
    data.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(data)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here: needs Linux and root")
    server = Server(tmp_path).start()
    yield server
    server.stop()
    subprocess.run(["umount", "-l", str(data)], check=True)


@pytest.fixture
def own_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """The server on the small disk, where the test asks for it."""
    if "full_server" in request.fixturenames:
        yield request.getfixturevalue("full_server")
        return
    server = Server(tmp_path).start()
    yield server
    server.stop()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_f03_the_disk_is_full(full_server: Server, own_server: Server, visitors: Visitors, desk: Facilitator) -> None:
    """The cause is named where people write, the text stays, pages are read on, and room is all that is needed."""
    writing, wall = tablet(visitors, desk), visitors.projector(desk)
    data = full_server.folder / "data"
    assert "MB" in full_server.said(), "a disk with little room is said at the start"
    ballast = data / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 9, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"x" * size)
    writing.fill("HC", can="No word of this goes")
    writing.tap(writing.send)
    full = writing.say("store.full", path=data / "conferences.db")
    expect(writing.state.locator(".unsent")).to_contain_text(full)
    expect(writing.own("No word of this goes")).to_have_count(1)
    wall.page.reload()
    expect(wall.page.locator(".wall .body.at-scene")).to_be_visible()
    ballast.unlink()
    writing.has("No word of this goes")
    expect(wall.counts(1, 1)).to_be_visible()
