"""A disk that loses its power: what a process wrote, recorded system call by system call, and the files as a disk may
hold them when the power goes at any moment.

The disk promises only what was synced. Of everything written since, each sector may hold what stood there after any of
the writes, or before all of them: writes that are dropped, overtake each other or are torn are all among these.
"""

import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename"
_LINE = re.compile(r"(\d+) +(\w+)\((.*?)(?:\) += (-?\d+).*| <unfinished \.\.\.>)")
_RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>.*\) += (-?\d+)")
_PATH = re.compile(r'<((?:\\x[0-9a-f]{2})+)>|"((?:\\x[0-9a-f]{2})*)"')


def recorder() -> str | None:
    """The recording program, where it is there and may be used."""
    found = shutil.which("strace")
    works = found and subprocess.run([found, "-f", "-e", "trace=fsync", "true"], capture_output=True).returncode == 0
    return found if works else None


@dataclass
class Call:
    """One system call on a file of the folder: when it began and ended (lines of the record)."""

    name: str
    file: str
    data: bytes = b""
    at: int = 0
    began: int = 0
    ended: int = 0


def recorded(command: Sequence[str], folder: Path, printed: Path) -> list[Call]:
    """Run `command`, its output in `printed`; everything it did to the files of `folder` and to its output."""
    record = printed.with_suffix(".strace")
    strace = ["strace", "-f", "-y", "-xx", "-s", "70000", "-e", f"trace={CALLS}", "-o", str(record)]
    with printed.open("wb") as out:
        subprocess.run([*strace, *command], stdout=out, check=True)
    with record.open() as lines:
        return list(_calls(lines, str(folder), str(printed)))


def _calls(lines: Iterator[str], folder: str, printed: str) -> Iterator[Call]:
    open_calls: dict[str, Call] = {}
    for number, line in enumerate(lines, 1):
        if resumed := _RESUMED.match(line):
            if call := open_calls.pop(resumed[1], None):
                call.ended = number
                yield call
        elif found := _LINE.match(line):
            call = _call(found[2], found[3], folder, printed)
            if call is None or found[4] == "-1":
                continue
            call.began = number
            if found[4] is None:
                open_calls[found[1]] = call
            else:
                call.ended = number
                yield call


def _call(name: str, given: str, folder: str, printed: str) -> Call | None:
    texts = [bytes.fromhex((a or b).replace("\\x", "")) for a, b in _PATH.findall(given)]
    if name == "openat":
        return Call("create", texts[-1].decode()) if "O_CREAT" in given and _in(texts[-1], folder) else None
    if not texts or not (_in(texts[0], folder) or texts[0].decode() == printed):
        return None
    if name == "rename" or (name == "write" and texts[0].decode() != printed):
        raise NotImplementedError("SQLite neither renames nor writes without a place; this disk does not know how")
    numbers = [int(each) for each in re.findall(r", (\d+)(?=,|$)", given)]
    data = texts[1] if name in ("pwrite64", "write") else b""
    at = numbers[-1] if name in ("pwrite64", "ftruncate") else 0
    return Call(name, texts[0].decode(), data, at)


def _in(path: bytes, folder: str) -> bool:
    name = path.decode()
    return name == folder or name.startswith(f"{folder}/")


@dataclass
class File:
    """What the disk has promised of a file, and what was done to it since."""

    sure: bytearray = field(default_factory=bytearray)
    exists: bool = False
    since: list[Call] = field(default_factory=list)

    def sync(self, before: int) -> None:
        """All that had ended before a sync began is promised when that sync has ended."""
        self.exists = True
        promised = [call for call in self.since if call.ended < before]
        self.since = [call for call in self.since if call.ended >= before]
        for call in promised:
            if call.name == "unlink":
                self.sure, self.exists = bytearray(), False
            elif call.name != "create":
                apply(call, self.sure)

    def perhaps(self, chance: random.Random) -> bytes | None:
        """The file as the disk may hold it; None where it may not be there."""
        gone = any(call.name == "unlink" for call in self.since) and chance.random() < 0.5
        if gone or not (self.exists or chance.random() < 0.5):
            return None
        writes = [call for call in self.since if call.name in ("pwrite64", "ftruncate")]
        if chance.random() < 0.25:  # in the order they came, up to one of them
            content = bytearray(self.sure)
            for call in writes[: chance.randint(0, len(writes))]:
                apply(call, content)
            return bytes(content)
        return _mixed(bytes(self.sure), writes, chance)


def apply(call: Call, content: bytearray) -> None:
    """What a write or a cut does to a file's content."""
    if call.name == "ftruncate":
        content[:] = content[: call.at].ljust(call.at, b"\0")
    else:
        content.extend(b"\0" * (call.at + len(call.data) - len(content)))
        content[call.at : call.at + len(call.data)] = call.data


def _mixed(sure: bytes, writes: Sequence[Call], chance: random.Random) -> bytes:
    """Each sector as it stood after one of the writes, or before them; in some mixtures mostly after the last."""
    sector, newest = chance.choice((512, 4096)), chance.random()
    content, sizes = bytearray(sure), [len(sure)]
    stood: dict[int, list[bytes]] = {}
    for call in writes:
        end = max(len(content), call.at + len(call.data)) if call.name == "ftruncate" else call.at + len(call.data)
        for start in range(call.at // sector * sector, end, sector):
            stood.setdefault(start, [bytes(content[start : start + sector])])
        apply(call, content)
        sizes.append(len(content))
        for start in range(call.at // sector * sector, end, sector):
            stood[start].append(bytes(content[start : start + sector]))
    size = chance.choice(sizes)
    content.extend(b"\0" * (max(sizes) - len(content)))
    for start, versions in stood.items():
        version = versions[-1] if chance.random() < newest else chance.choice(versions)
        content[start : start + sector] = version.ljust(min(sector, len(content) - start), b"\0")
    return bytes(content[:size])


def cuts(calls: Sequence[Call], printed: Path, count: int, chance: random.Random) -> Iterator[tuple[dict, list[str]]]:
    """`count` moments at which the power goes, after the first acknowledgement: the files as the disk may hold them
    then (by name), and what had been acknowledged."""
    events = sorted([(call.began, 0, call) for call in calls] + [(call.ended, 1, call) for call in calls], key=_moment)
    answers = [call.began for call in calls if call.file == str(printed)]
    moments = sorted(chance.randrange(answers[0] + 1, events[-1][0]) for _ in range(count))
    files: dict[str, File] = {}
    acknowledged: list[str] = []
    for moment, ended, call in events:
        while moments and moments[0] < moment:
            moments.pop(0)
            found = {Path(path).name: file.perhaps(chance) for path, file in files.items()}
            yield {name: content for name, content in found.items() if content is not None}, list(acknowledged)
        _happen(call, bool(ended), files, acknowledged, str(printed))


def _moment(event: tuple[int, int, Call]) -> tuple[int, int]:
    return event[:2]


def _happen(call: Call, ended: bool, files: dict[str, File], acknowledged: list[str], printed: str) -> None:
    if call.file == printed:
        if not ended:
            acknowledged += call.data.decode().split("\n")[:-1]
    elif call.name in ("fsync", "fdatasync"):
        if ended:
            below = [path for path in files if path.startswith(f"{call.file}/")]  # a folder: the names in it
            for path in below:
                _names_are_sure(files[path], call.began)
            if not below:
                files.setdefault(call.file, File()).sync(call.began)
    elif not ended and not call.file.endswith("-shm"):
        files.setdefault(call.file, File()).since.append(call)


def _names_are_sure(file: File, before: int) -> None:
    """A synced folder promises that files are there or gone, not what is in them."""
    for call in [call for call in file.since if call.ended < before and call.name in ("create", "unlink")]:
        file.exists = call.name == "create"
        file.since.remove(call)
        if call.name == "unlink":
            file.sure = bytearray()
            file.since = [each for each in file.since if each.began > call.began]
