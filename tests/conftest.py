"""What the browser tests share: where Chromium is, and that CI never passes without it."""

import os
import shutil

import pytest

CHROMIUM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "msedge",
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


NEVER_SKIPPED = {"browser", "recorder"}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser of Chromium's family; the test is skipped by name where there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or install Chrome or Edge")
    return found


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test with a browser or a recorder that CI skips has failed: nobody would see that nothing was looked at."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") and NEVER_SKIPPED & {*item.keywords}:
        report.outcome = "failed"
        report.longrepr = f"this test may not be skipped in CI: {report.longrepr[2]}"
    return report
