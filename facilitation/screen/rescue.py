"""What to do when the data cannot be used: the steps, with the newest copy that is what it was."""

import os
from pathlib import Path

from facilitation.keyring import LOG as HOUSE
from facilitation.screen.sizes import moment
from facilitation.store import (
    DamagedStore,
    DatabaseRefuses,
    StoreBusy,
    StoreError,
    TablesGone,
    Unreachable,
    UnreadableLog,
)
from facilitation.store.copies import Copies, Copy
from facilitation.store.copying import plan_of
from facilitation.store.opening import copies_in, data_folder
from facilitation.texts import say

STEPS = (
    *("damaged", "newer", "folder_taken", "affected_sqlite", "read_only", "full", "busy", "unreadable"),
    *("refuses", "gone", "unreachable"),
)
"""Refusals with steps of their own."""

PASSING = (StoreBusy, Unreachable, DatabaseRefuses, TablesGone)
"""What is over once somebody has put it right, with nothing to do in the app: it goes on by itself."""


def newest_good() -> Copy | None:
    """The newest good copy of the data folder, else of the second place."""
    folder = data_folder()
    second = plan_of(folder).place
    return copies_in(folder).newest_good() or (Copies(second).newest_good() if second else None)


def steps(refusal: StoreError | OSError, language: str) -> list[str]:
    """What to do, one sentence a step."""
    if isinstance(refusal, DamagedStore) or (isinstance(refusal, UnreadableLog) and refusal.detail["log"] == HOUSE):
        return _back_to_a_copy(language)
    kind = refusal.key.partition(".")[2] if isinstance(refusal, StoreError) else "read_only"
    return [say(language, f"rescue.{kind if kind in STEPS else 'other'}")]


def _back_to_a_copy(language: str) -> list[str]:
    copy = newest_good()
    if copy is None:
        return [say(language, "rescue.no_copy", folder=data_folder())]
    newest = say(language, "rescue.newest", at=moment(copy.at, language), file=copy.path.name)
    how = say(language, "rescue.restore", command=command("restore", copy.path))
    return [newest, say(language, "rescue.end"), how, say(language, "rescue.start")]


def command(name: str, file: Path) -> str:
    """A command of ours as it is typed on this machine, in the folder of the app."""
    python = r".venv\Scripts\python" if os.name == "nt" else ".venv/bin/python"
    named = file.name if file.parent == copies_in(data_folder()).folder else str(file)
    return f"{python} -m facilitation {name} " + (f'"{named}"' if " " in named else named)
