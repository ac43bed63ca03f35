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

@pytest.mark.postgres
def test_unasked():
    pytest.skip("no PostgreSQL on this machine")

def test_unseen():
    pytest.skip("no file system can be mounted here")
"""


@pytest.fixture
def project(pytester):
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text("utf-8"))
    pytester.makeini("[pytest]\nmarkers =\n    browser: x\n    postgres: x\n")
    pytester.makepyfile(SKIPPED)
    return pytester


def test_a_browser_or_database_test_may_be_skipped_at_home(project, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    project.runpytest().assert_outcomes(skipped=4)


def test_a_browser_or_database_test_that_ci_skips_has_failed(project, monkeypatch):
    monkeypatch.setenv("CI", "true")
    result = project.runpytest()
    result.assert_outcomes(skipped=1, failed=2, errors=1)  # one is skipped before it begins
    for what in ("Chromium", "PostgreSQL"):
        result.stdout.fnmatch_lines([f"*may not be skipped in CI*no {what} on this machine*"])
