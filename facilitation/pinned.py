"""The packages this version was tested with, and those that are installed here."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

PINS = Path(__file__).resolve().parents[1] / "requirements.txt"


@dataclass(frozen=True, slots=True)
class Other:
    """A package that is not as it was tested; `found` is empty where it is missing."""

    name: str
    tested: str
    found: str


def others(pins: Path = PINS) -> tuple[Other, ...]:
    """The packages of the pinned set that are here in another version or not at all; none where there is no list."""
    try:
        lines = pins.read_text("utf-8").splitlines()
    except OSError:
        return ()
    return tuple(other for line in lines if (other := _other(line.partition("#")[0].strip())))


def _other(line: str) -> Other | None:
    try:
        wanted = Requirement(line)
    except InvalidRequirement:
        return None
    if wanted.marker and not wanted.marker.evaluate():
        return None
    tested = str(wanted.specifier).removeprefix("==")
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return Other(wanted.name, tested, "")
    return None if wanted.specifier.contains(found, prereleases=True) else Other(wanted.name, tested, found)
