"""A house to try things in; what tests need that a machine may lack, a Chromium and a PostgreSQL server; and that CI
never passes without it."""

import os
import shutil
from functools import cache

import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner

from facilitation.screen.house import stand_in
from tests.meeting import a_house, hosted

CHROMIUM = (
    "chromium-headless-shell",  # the same engine without its windows: a quarter less to compute
    "chromium",
    "chromium-browser",
    "google-chrome",
    "msedge",
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


settings.register_profile("no test is a stopwatch", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no test is a stopwatch")

NEVER_SKIPPED = ("browser", "caddy", "postgres", "recorder")


@pytest.fixture(scope="session", autouse=True)
def nobodys_data(tmp_path_factory):
    """A data folder of the tests' own: none of them may open the house of the app that runs beside them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session", autouse=True)
def packages_are_searched_once():
    """A page that is tested without a server looks through all installed packages for components at each of its runs:
    four tenths of the time of such tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def house():
    """A house of the test's own in the place of the app's, nothing in it yet."""
    own = a_house()
    stand_in(own)
    yield own
    stand_in(None)


@pytest.fixture
def here(house):
    """The same with the conference of `meeting`, which has come to its first scene."""
    hosted(house)
    return house


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser of Chromium's family; the test is skipped by name where there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or install Chrome or Edge")
    return found


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of our own; the test is skipped by name where none is installed."""
    database = pytest.importorskip("tests.database", reason="psycopg is not installed: requirements-postgres.txt")
    programs = database.programs()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine: apt-get install postgresql")
    server = database.Postgres(programs).start()
    yield server
    server.remove()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test of these kinds that CI skips has failed: nobody would see that nothing was looked at."""
    report = yield
    marked = any(map(item.get_closest_marker, NEVER_SKIPPED))
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") and marked:
        report.outcome = "failed"
        report.longrepr = f"this test may not be skipped in CI: {report.longrepr[2]}"
    return report
