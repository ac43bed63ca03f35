"""Reads a QR code off a page, as a camera would: the tests join by what the picture says, not by what made it."""

import re
from urllib.parse import unquote

from segno import consts

FORMAT_PLACES = (
    *((8, col) for col in (0, 1, 2, 3, 4, 5, 7, 8)),
    *((row, 8) for row in (7, 5, 4, 3, 2, 1, 0)),
)
FORMAT_MASK = 0x5412
BYTES = 4
MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, c: r % 2,
    lambda r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)


def read(address: str) -> str:
    """The text of a QR code given as the `data:image/svg+xml` address of a clean, upright picture."""
    dark, size = _modules(unquote(address.split(",", 1)[1]))
    version = (size - 17) // 4
    form = FORMAT_MASK ^ sum(((row, col) in dark) << (14 - i) for i, (row, col) in enumerate(FORMAT_PLACES))
    level, mask = form >> 13, MASKS[form >> 10 & 7]  # segno numbers the levels as the format does
    bits = [((row, col) in dark) ^ (mask(row, col) == 0) for row, col in _walk(size, _fixed(version, size))]
    return _text(_data(bits, consts.ECC[version][level]), version)


def _modules(svg: str) -> tuple[set[tuple[int, int]], int]:
    """The dark modules as (row, column) without the quiet zone, and the modules of a side."""
    path = re.search(r"""class=['"]qrline['"][^>]*\bd=['"]([^'"]+)""", svg)
    assert path, f"no picture of a QR code: {svg[:80]}"
    dark, x, y = set(), 0.0, 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path[1]):
        if command == "h":
            dark |= {(int(y), int(x) + i) for i in range(int(first))}
            x += float(first)
        elif command == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    edge, end = min(col for _, col in dark), max(col for _, col in dark)
    return {(row - edge, col - edge) for row, col in dark}, end - edge + 1


def _fixed(version: int, size: int) -> set[tuple[int, int]]:
    """Modules that carry no data: finders with their formats, timing, alignment, version."""

    def block(top: int, left: int, rows: int, cols: int) -> set[tuple[int, int]]:
        return {(top + r, left + c) for r in range(rows) for c in range(cols)}

    corners = block(0, 0, 9, 9) | block(0, size - 8, 9, 8) | block(size - 8, 0, 8, 9)
    fixed = corners | block(6, 0, 1, size) | block(0, 6, size, 1)
    if version >= 7:
        fixed |= block(0, size - 11, 6, 3) | block(size - 11, 0, 3, 6)
    at = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    return fixed.union(*(block(r - 2, c - 2, 5, 5) for r in at for c in at if (r, c) not in corners))


def _walk(size: int, fixed: set[tuple[int, int]]):
    """Data modules in reading order: pairs of columns from the right, upwards first; the timing column is skipped."""
    pairs = [col if col > 6 else col - 1 for col in range(size - 1, 0, -2)]
    for i, right in enumerate(pairs):
        for row in range(size) if i % 2 else range(size - 1, -1, -1):
            yield from ((row, col) for col in (right, right - 1) if (row, col) not in fixed)


def _data(bits: list[bool], parts) -> bytes:
    """The data codewords, the blocks' interleaving undone; nothing is damaged, so nothing is corrected."""
    words = [sum(bit << (7 - i) for i, bit in enumerate(bits[at : at + 8])) for at in range(0, len(bits) - 7, 8)]
    lengths = [part.num_data for part in parts for _ in range(part.num_blocks)]
    blocks: list[list[int]] = [[] for _ in lengths]
    stream = iter(words)
    for place in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if place < length:
                block.append(next(stream))
    return bytes(word for block in blocks for word in block)


def _text(data: bytes, version: int) -> str:
    bits = "".join(f"{word:08b}" for word in data)
    assert int(bits[:4], 2) == BYTES, "only codes in byte mode are read"
    start = 4 + (8 if version < 10 else 16)
    length = int(bits[4:start], 2)
    return bytes(int(bits[start + 8 * i : start + 8 * i + 8], 2) for i in range(length)).decode()
