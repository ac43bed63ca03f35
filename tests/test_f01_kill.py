"""F1: kill -9 in the middle of submits. More rounds: `KILLS=200 python start.py test tests/test_f01_kill.py`."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from facilitation.store.sqlite import SQLiteStore

KILLS = int(os.environ.get("KILLS", "20"))
WRITER = Path(__file__).with_name("kill_writer.py")


def acknowledged_until_killed(file, mode, seconds):
    """The names the writer acknowledged before it was killed, `seconds` after its first."""
    with subprocess.Popen([sys.executable, str(WRITER), str(file), mode], stdout=subprocess.PIPE) as writer:
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.kill()
        return (first + writer.stdout.read()).decode().split("\n")[:-1]


def after_kills(file, mode):
    """How many answers were acknowledged, and which were lost, and which are half there or doubled."""
    chance = random.Random(1)
    acknowledged = [
        name for _ in range(KILLS) for name in acknowledged_until_killed(file, mode, chance.uniform(0.02, 0.3))
    ]
    store = SQLiteStore(file)
    entries = store.entries("a")
    store.close()
    assert [entry.revision for entry in entries] == list(range(1, len(entries) + 1))
    halves = Counter(entry.body["name"] for entry in entries)
    broken = [name for name, count in halves.items() if count != 2]
    return len(acknowledged), [name for name in acknowledged if name not in halves], broken


def test_f01_no_acknowledged_answer_is_lost_and_none_is_half_there(tmp_path):
    count, lost, broken = after_kills(tmp_path / "conferences.db", "honest")
    print(f"{KILLS} kills: {count} acknowledged, {len(lost)} lost, {len(broken)} half")
    assert count > 10 * KILLS
    assert (lost, broken) == ([], [])


def test_f01_an_acknowledgement_before_the_commit_would_be_caught(tmp_path):
    count, lost, broken = after_kills(tmp_path / "conferences.db", "early")
    print(f"{KILLS} kills, acknowledged too early: {count} acknowledged, {len(lost)} lost")
    assert lost
    assert broken == []
