"""`python -m bench hints`: how much of what may be personal data the hints find, on sentences the rules never saw.

Recall: of the sentences with a kind of personal data, those where it was found. Precision: of the findings of a kind,
those that were right. Once with the rules alone, once with the optional libraries where they are installed; and the
time for 200 characters. No test: a hint is no guarantee, and this says how far it goes.
"""

import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from facilitation.personal_data import KINDS, LONGEST, hits
from facilitation.personal_extra import installed

UNSEEN = Path(__file__).with_name("hints_unseen.txt")
Sample = tuple[str, frozenset[str]]


def main() -> None:
    """Measure, print a table and JSON."""
    samples = read(UNSEEN)
    ways = {"rules": False, **({"rules and libraries": True} if installed() else {})}
    results = {name: measured(samples, extra=extra) for name, extra in ways.items()}
    for name, result in results.items():
        print(f"{name}: {result['ms_200']:.2f} ms for 200 characters; {result['ms_worst']:.0f} ms for the worst 4,000")
        for kind, row in result["kinds"].items():
            print(f"  {kind:10} recall {row['found']:3}/{row['there']:3}   right {row['right']:3}/{row['said']:3}")
    print(json.dumps({"sentences": len(samples), **results}, ensure_ascii=False))


def read(file: Path) -> list[Sample]:
    """The sentences of a file with the kinds that stand in them."""
    lines = [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    parted = (line.rpartition("|") for line in lines)
    return [(text.strip(), frozenset(kinds.split())) for text, _, kinds in parted]


def measured(samples: Sequence[Sample], *, extra: bool) -> dict[str, object]:
    """Counts by kind and for all, and the time."""
    found = [(there, {hit.kind for hit in hits(text, extra=extra)}) for text, there in samples]
    kinds = {kind: _counted([(kind in there, kind in said) for there, said in found]) for kind in KINDS}
    kinds["any"] = _counted([(bool(there), bool(said)) for there, said in found])
    return {
        "kinds": kinds,
        "ms_200": _milliseconds("".join(text for text, _ in samples), extra=extra),
        "ms_worst": _worst(extra=extra),
    }


def _counted(pairs: Sequence[tuple[bool, bool]]) -> dict[str, int]:
    right = sum(there and said for there, said in pairs)
    return {
        "there": sum(there for there, _ in pairs),
        "found": right,
        "said": sum(said for _, said in pairs),
        "right": right,
    }


def _milliseconds(text: str, *, extra: bool) -> float:
    """The median for pieces of 200 characters."""
    spent = []
    for start in range(0, len(text) - 200, 200):
        begun = time.perf_counter()
        hits(text[start : start + 200], extra=extra)
        spent.append(1000 * (time.perf_counter() - begun))
    return statistics.median(spent)


def _worst(*, extra: bool) -> float:
    """The slowest of lines that repeat one piece: what a rule that tries every way would take very long for."""
    pieces = ("1", "1-", "山", "山田", "あ", "a.", "a@", "丁目", "A ", "0", "ア", "病院", "さん", "「", " ")
    spent = []
    for piece in pieces:
        begun = time.perf_counter()
        hits(piece * (LONGEST // len(piece)), extra=extra)
        spent.append(1000 * (time.perf_counter() - begun))
    return max(spent)
