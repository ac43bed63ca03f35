"""The place the data lie in: is there room, does it take files, and does another program carry them away?"""

import errno
import os
import re
import shutil
from pathlib import Path

LOW = 500_000_000
"""Bytes: with less than this free people are warned before anything is refused."""

CLOUDS = {
    "OneDrive": r"onedrive( - .+)?",
    "Dropbox": r"dropbox( \(.+\))?",
    "Google Drive": r"google ?drive|googledrive-.+|my drive|マイドライブ",
    "iCloud": r"icloud ?drive|mobile documents|com~apple~clouddocs",
    "Box": r"box|box sync|box-box",
    "Nextcloud": r"nextcloud",
}
"""Programs that synchronise a folder, and what a folder of theirs is called. They copy a database in pieces while it
is written, and put old pieces back."""

WHY_NOT = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "no_folder",
    errno.EACCES: "rights",
    errno.EPERM: "rights",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
}
"""Why a place takes no file, by the number of the system's refusal."""

_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""What Windows says of its own."""


def cloud(folder: Path) -> str:
    """The program that synchronises this folder with a place outside; empty where none is known."""
    here = folder.absolute()
    known = [Path(os.environ[name]) for name in _ONEDRIVE if os.environ.get(name)]
    if any(here.is_relative_to(path) for path in known):
        return "OneDrive"
    parts = [part.casefold() for part in here.parts]
    return next((name for name, like in CLOUDS.items() if any(re.fullmatch(like, part) for part in parts)), "")


def why_not(refusal: OSError) -> str:
    """The text key of why a place takes no file."""
    return f"place.{WHY_NOT.get(refusal.errno or 0, 'other')}"


def free(folder: Path) -> int:
    """Bytes free where a folder lies or would lie."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return shutil.disk_usage(there).free
