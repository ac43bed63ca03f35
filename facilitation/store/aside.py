"""Databases that a restore has set aside: whole, in a folder of their own, until a person takes them away."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from facilitation.store.copies import Copy

FOLDER = "replaced-"
"""How the folder of an earlier database is called, before the moment."""

OCCASION = "aside"

_MOMENT = "%Y%m%d-%H%M%S"
_LONG = len("20240301-090000")


def set_aside(database: Path) -> list[Copy]:
    """The earlier databases beside `database`, the newest first. They carry no number and have no sheet."""
    found = [folder / database.name for folder in sorted(database.parent.glob(f"{FOLDER}*"), reverse=True)]
    return [Copy(file, 0, _at(file), OCCASION) for file in found if file.exists()]


def new_name(folder: Path) -> str:
    """What comes behind `FOLDER`: the moment, and a number where an earlier restore has it, whatever the clock says."""
    stamp = f"{datetime.now():{_MOMENT}}"
    return stamp if not (folder / f"{FOLDER}{stamp}").exists() else f"{stamp}-{len(list(folder.glob(f'{FOLDER}*')))}"


def _at(file: Path) -> datetime:
    """The moment in the folder's name; of a folder that somebody named anew, when the file was written last."""
    with suppress(ValueError):
        return datetime.strptime(file.parent.name.removeprefix(FOLDER)[:_LONG], _MOMENT)
    return datetime.fromtimestamp(file.stat().st_mtime)
