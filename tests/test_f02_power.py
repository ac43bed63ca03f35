"""F2: the power goes in the middle of submits. Every write of the real store is recorded, and the disk is built anew as
it may be left at a random moment. More moments: `CUTS=900 python start.py test tests/test_f02_power.py`."""

import os
import random
import sys
from collections import Counter
from pathlib import Path

import pytest
from power import Call, File, cuts, recorded, recorder

from facilitation.store import StoreError
from facilitation.store.sqlite import SQLiteStore

CUTS = int(os.environ.get("CUTS", "150"))
ANSWERS = "250"
"""Of each of six tablets: enough for the write-ahead log to be folded back into the database meanwhile."""

WRITER = Path(__file__).with_name("kill_writer.py")


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """The calls of one run in a mode, made once."""
    if recorder() is None:
        pytest.skip("what is written to the disk cannot be recorded here: apt-get install strace, and ptrace allowed")
    made = {}

    def of(mode):
        if mode not in made:
            folder = tmp_path_factory.mktemp(mode).resolve()
            (folder / "data").mkdir()
            printed = folder / "acknowledged"
            command = [sys.executable, str(WRITER), str(folder / "data" / "conferences.db"), mode, ANSWERS]
            made[mode] = recorded(command, folder / "data", printed), printed
        return made[mode]

    return of


def after_cuts(record, mode, folder):
    """(moments at which something acknowledged was lost, at which something was half there or the file unsound)."""
    calls, printed = record(mode)
    lost = broken = 0
    for number, (files, acknowledged) in enumerate(cuts(calls, printed, CUTS, random.Random(2))):
        place = folder / str(number)
        place.mkdir()
        for name, content in files.items():
            (place / name).write_bytes(content)
        found = names_in(place / "conferences.db")
        lost += found is not None and not set(acknowledged) <= set(found)
        broken += found is None or any(count != 2 for count in found.values())
    return lost, broken


def names_in(path):
    """How many halves of each answer the real store finds; None where it finds the file unsound."""
    try:
        store = SQLiteStore(path)
    except StoreError:
        return None
    entries = store.entries("a")
    store.close()
    assert [entry.revision for entry in entries] == list(range(1, len(entries) + 1))
    return Counter(entry.body["name"] for entry in entries)


@pytest.mark.recorder
def test_f02_power_loss_takes_no_acknowledged_answer_and_leaves_none_half(record, tmp_path):
    calls, printed = record("honest")
    folded = [call for call in calls if call.name == "pwrite64" and call.file.endswith(".db")]
    assert len(folded) > 50, "the log was never folded back: the run is too short"
    lost, broken = after_cuts(record, "honest", tmp_path)
    print(f"{CUTS} cuts, {len(printed.read_text().split())} answers: {lost} lost, {broken} broken")
    assert (lost, broken) == (0, 0)


@pytest.mark.recorder
def test_f02_a_store_that_does_not_wait_for_the_disk_would_be_caught(record, tmp_path):
    lost, broken = after_cuts(record, "normal", tmp_path)
    print(f"{CUTS} cuts with synchronous=normal: {lost} lost, {broken} broken")
    assert lost > CUTS / 4


# --- the disk itself -------------------------------------------------------------------------------------------------


def test_a_disk_promises_what_had_ended_before_a_sync_began_and_nothing_else():
    first = Call("pwrite64", "/f", b"a" * 512, 0, began=1, ended=2)
    late = Call("pwrite64", "/f", b"b" * 512, 0, began=3, ended=6)
    file = File(since=[first, late])
    file.sync(before=5)
    seen = {file.perhaps(random.Random(n)) for n in range(50)}
    assert seen == {b"a" * 512, b"b" * 512}


def test_unsynced_writes_may_be_dropped_torn_or_overtake_each_other():
    writes = [Call("pwrite64", "/f", bytes([n]) * 1024, 0, began=n, ended=n) for n in (1, 2)]
    file = File(bytearray(1024), exists=True, since=writes)
    seen = {(content[0], content[512]) for n in range(400) if (content := file.perhaps(random.Random(n)))}
    assert seen == {(a, b) for a in (0, 1, 2) for b in (0, 1, 2)}
