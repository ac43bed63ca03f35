"""One server for one data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from facilitation.store import FolderTaken
from facilitation.store.folder import FolderLock

HOLD = """
import sys, time
from pathlib import Path
from facilitation.store.folder import FolderLock
lock = FolderLock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    child = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(child, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]) as process:
        assert process.stdout.readline().strip() == b"held"
        yield process
        process.kill()


def test_a_second_server_is_refused_with_the_number_of_the_first(holder, tmp_path):
    with pytest.raises(FolderTaken) as refused:
        FolderLock(tmp_path)
    assert refused.value.detail == {"folder": str(tmp_path), "process": str(holder.pid)}


def test_a_killed_server_leaves_the_folder_free(holder, tmp_path):
    holder.kill()
    holder.wait()
    with FolderLock(tmp_path) as lock:
        assert lock.held


def test_a_released_folder_is_free_again(tmp_path):
    with FolderLock(tmp_path / "new"), pytest.raises(FolderTaken):
        FolderLock(tmp_path / "new")
    FolderLock(tmp_path / "new").release()


def test_a_folder_that_cannot_be_written_needs_no_lock(tmp_path):
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    assert not FolderLock(blocked).held
