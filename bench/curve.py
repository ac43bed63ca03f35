"""The figures of very many conferences: what each is called, its goal, and how sizes become one table."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.evening import Samples
from bench.figures import number

GOALS = {1_000: 1000.0, 10_000: 2000.0}
"""Conferences -> milliseconds a page may take, warm; fewer conferences have the goal of the next size."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `judged` where the goal of the size holds for it."""

    name: str
    says: str
    unit: str = "ms"
    judged: bool = False


ROWS = (
    Row("entries", "entries, surveys included", ""),
    Row("bytes", "on the disk, an entry", "byte"),
    Row("row", "floor: one row of the store"),
    Row("log", "floor: the words of one conference, read and left as they are"),
    Row("new_start", "server started, nothing counted yet → first page"),
    Row("new_list", "… → the organisers' list, with what is counted by then"),
    Row("counted", "… → everything counted, in the background", "s"),
    Row("worked_out", "… → the results of a year of surveys can be had", "s"),
    Row("ready", "server started → ready"),
    Row("start", "server started → first page"),
    Row("list_first", "the organisers' list, first time"),
    Row("list", "the organisers' list", judged=True),
    Row("search", "a search in it", judged=True),
    Row("year_first", "results of a survey → of its whole year, first time"),
    Row("year", "results of a survey → of its whole year", judged=True),
    Row("regions", "a year of conferences, region by region", judged=True),
    Row("desk_first", "the desk of a conference that nobody has open, first time"),
    Row("desk", "the desk of a conference that nobody has open", judged=True),
    Row("wall", "its wall", judged=True),
    Row("along", "its page for taking it along", judged=True),
    Row("bring", "conferences that were deleted or are brought", judged=True),
    Row("keeping", "the page of copies", judged=True),
    Row("audit", "who did what", judged=True),
    Row("memory_start", "memory of the server at the start", "MB"),
    Row("memory", "memory after all of these pages", "MB"),
    Row("copy", "a whole copy of the file (vacuum into)", "s"),
)


def curve(sizes: Sequence[int], found: Sequence[Samples]) -> dict[str, dict[str, Any]]:
    """Row -> size -> its median, and for judged rows the goal and whether it is met."""
    return {
        row.name: {
            str(size): _judged(row, size, statistics.median(each[row.name]))
            for size, each in zip(sizes, found, strict=True)
            if row.name in each
        }
        for row in ROWS
    }


def _judged(row: Row, size: int, median: float) -> dict[str, Any]:
    goal = next((goal for most, goal in GOALS.items() if size <= most), None) if row.judged else None
    return {"p50": median, "goal": goal, "met": None if goal is None else median <= goal}


def table(result: Mapping[str, Any]) -> str:
    """The curve as Markdown; a figure that misses its goal is marked."""
    sizes = list(map(str, result["conferences"]))
    lines = [
        f"| | {' | '.join(f'{int(size):,}' for size in sizes)} | |",
        f"|---|{'---|' * len(sizes)}---|",
    ]
    for row in ROWS:
        if of_size := result["figures"][row.name]:
            shown = " | ".join(_cell(of_size.get(size)) for size in sizes)
            lines.append(f"| {row.says} | {shown} | {row.unit} |")
    return "\n".join(lines)


def _cell(figure: Mapping[str, Any] | None) -> str:
    if figure is None:
        return ""
    return number(figure["p50"]) + (" (missed)" if figure["met"] is False else "")
