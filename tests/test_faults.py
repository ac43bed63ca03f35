"""The table of faults (`docs/faults.md`) names tests that exist, and every fault once."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[1]
TABLE = (PROJECT / "docs" / "faults.md").read_text("utf-8")
ROWS = re.findall(r"^\| F(\d+) \|(.*)\|$", TABLE, re.MULTILINE)
NAME = r"`(tests/[\w/]+\.py)::(test_\w+)`"
NAMED = re.findall(NAME, TABLE)


def missing(named):
    """Those of (file, test) that are not there."""
    return [(file, test) for file, test in named if not _holds(PROJECT / file, test)]


def unplanted(rows):
    """The numbers of those whose last cell names no test."""
    return [int(number) for number, row in rows if not re.search(NAME, row.rpartition("|")[2])]


def _holds(file, test):
    return file.exists() and re.search(rf"^ *(?:async )?def {test}\(", file.read_text("utf-8"), re.MULTILINE)


def test_every_fault_has_its_row():
    assert [int(number) for number, _ in ROWS] == list(range(1, 32))
    assert all(row.count("|") == 3 for _, row in ROWS)


def test_every_test_the_table_names_is_there():
    assert len(NAMED) > 60
    assert not missing(NAMED)


def test_a_name_that_is_not_there_would_be_found():
    wrong = [("tests/test_faults.py", "test_nothing"), ("tests/test_nowhere.py", "test_every_fault_has_its_row")]
    assert missing([*wrong, ("tests/test_faults.py", "test_every_fault_has_its_row")]) == wrong


def test_every_row_names_a_test_that_sees_its_check_fail():
    assert unplanted(ROWS) == []


def test_a_row_without_a_planted_fault_would_be_found():
    number, row = ROWS[0]
    assert unplanted([ROWS[0], (number, f"{row.rpartition('|')[0]}| the server is really killed ")]) == [1]


def test_a_row_without_tests_stays_empty_only_as_long_as_nobody_wrote_one():
    numbers = {file.read_text("utf-8") for file in (PROJECT / "tests").rglob("*.py")}
    shown = {int(number) for text in numbers for number in re.findall(r"def test_f(\d\d)_", text)}
    empty = {int(number) for number, row in ROWS if "`tests/" not in row}
    assert not shown & empty
