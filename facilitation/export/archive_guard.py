"""From the bytes of an archive to its parts: what is hostile or broken is refused before anything is unpacked (F17).

The list of parts is looked at first, by its length alone: `zipfile` would read a hundred thousand names before it could
be asked. Then names, sizes and how far they would unpack; nothing is ever written to a disk under a name from the file.
"""

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping

from facilitation.export.archive import FREE, MANIFEST, MOST_RATIO, NOTE
from facilitation.export.archive_problem import WHOLE, BadArchive, Problem, problem
from facilitation.export.sealing import WrongPassphrase, sealed, unseal

MOST_BYTES = 20_000_000
MOST_UNPACKED = 16_000_000
"""Bytes; an evening of thirty people comes to less than one million."""
MOST_PARTS = 10

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_ENTRIES = re.compile(r"entries-[1-9]\.jsonl")
_LIST_BYTES = MOST_PARTS * 400
_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Parts = Mapping[str, bytes]


def parts(data: bytes, passphrase: str = "") -> Parts:
    """The parts of an archive by name. Raises `BadArchive`."""
    if len(data) > MOST_BYTES:
        raise BadArchive([problem(WHOLE, "too_big", most=MOST_BYTES // 1_000_000)])
    opened = _unsealed(data, passphrase)
    _count(opened)
    try:
        with zipfile.ZipFile(io.BytesIO(opened)) as packed:
            listed = packed.infolist()
            if wrong := list(_wrong(listed)):
                raise BadArchive(wrong)
            return {each.filename: _unpacked(packed, each) for each in listed}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error) as error:
        raise BadArchive([problem(WHOLE, "damaged")]) from error


def _unsealed(data: bytes, passphrase: str) -> bytes:
    if not sealed(data):
        return data
    if not passphrase:
        raise BadArchive([problem(WHOLE, "sealed")])
    try:
        return unseal(data, passphrase)
    except WrongPassphrase:
        raise BadArchive([problem(WHOLE, "passphrase")]) from None


def _count(data: bytes) -> None:
    """Refuse a file without a list of parts, or with a longer one than an archive has."""
    at = data.rfind(_END)
    if at < 0 or len(data) < at + 22:
        raise BadArchive([problem(WHOLE, "no_archive")])
    count, size = struct.unpack_from("<HI", data, at + 10)
    if count > MOST_PARTS or size > _LIST_BYTES or _END_64 in data[max(at - 20, 0) : at]:
        raise BadArchive([problem(WHOLE, "many_parts", most=MOST_PARTS)])


def _wrong(listed: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    """Every part that does not belong here, comes twice, or would unpack too far."""
    for name, times in Counter(each.filename for each in listed).items():
        if name not in (MANIFEST, NOTE) and not _ENTRIES.fullmatch(name):
            yield problem(WHOLE, "foreign", name=name)
        if times > 1:
            yield problem(WHOLE, "twice", name=name)
    for each in listed:
        if each.compress_type not in _WAYS or each.flag_bits & 1:
            yield problem(WHOLE, "packed", name=each.filename)
        if each.file_size > FREE + MOST_RATIO * each.compress_size:
            yield problem(WHOLE, "bomb", name=each.filename)
    if sum(each.file_size for each in listed) > MOST_UNPACKED:
        yield problem(WHOLE, "unpacked", most=MOST_UNPACKED // 1_000_000)


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The content, never more than was announced: what follows would be a lie about the size."""
    with packed.open(part) as file:
        return file.read(part.file_size)
