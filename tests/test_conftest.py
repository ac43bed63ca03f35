"""The tests' own rules hold."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SKIPPED = """
import pytest

@pytest.mark.browser
def test_seen():
    pytest.skip("no Chromium on this machine")

@pytest.mark.browser
@pytest.mark.skipif(True, reason="no Chromium on this machine")
def test_seen_as_well():
    pass

def test_unseen():
    pytest.skip("no file system can be mounted here")
"""


@pytest.fixture
def project(pytester):
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text("utf-8"))
    pytester.makeini("[pytest]\nmarkers = browser: x\n")
    pytester.makepyfile(SKIPPED)
    return pytester


def test_a_browser_test_may_be_skipped_at_home(project, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    project.runpytest().assert_outcomes(skipped=3)


def test_a_browser_test_that_ci_skips_has_failed(project, monkeypatch):
    monkeypatch.setenv("CI", "true")
    result = project.runpytest()
    result.assert_outcomes(skipped=1, failed=1, errors=1)  # one is skipped before it begins
    result.stdout.fnmatch_lines(["*may not be skipped in CI*no Chromium on this machine*"])
