"""The figures: what each is called, its goal, the floor it stands on, and how runs become one table."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.evening import Samples


@dataclass(frozen=True, slots=True)
class Figure:
    """One row. `goal` is for p95 (for a figure with one value a run: for that value)."""

    name: str
    says: str
    goal: float | None = None
    floor: str = ""
    unit: str = "ms"
    counted: bool = False
    """Counted over all runs: one card lost in one of many is lost."""


FIGURES = (
    Figure("burst_ack", "{n} cards at once: sent → acknowledged", 150, "commit"),
    Figure("burst_wall", "{n} cards at once: sent → on the wall", 250, "click"),
    Figure("burst_tablets", "{n} cards at once: sent → on every tablet that shows it ({n} redraw)", 400, "clicks"),
    Figure("single_ack", "a single card: sent → acknowledged", None, "commit"),
    Figure("single_wall", "a single card: sent → on the wall", 100, "click"),
    Figure("single_tablets", "a single card: sent → on every tablet of its table"),
    Figure("all_tablets", "a single card: sent → on all {n} tablets (one table)", 400, "clicks"),
    Figure("all_burst_tablets", "{n} cards at once: sent → on all {n} tablets (one table)", 400, "clicks"),
    Figure("scene", "scene opened → on each of {n} tablets", 500, "clicks"),
    Figure("join", "{n} joins at once, the first after the start: QR → first usable page", 1000, "join"),
    Figure("join_again", "{n} joins at once, later that evening: QR → first usable page", 1000, "join"),
    Figure("steady_ack", "steady writing: sent → acknowledged", None, "commit"),
    Figure("steady_wall", "steady writing: sent → on the wall", None, "click"),
    Figure("survey", "{n} answers to a survey at once: sent → acknowledged", None, "commit"),
    Figure("list", "the list of 32 conferences, opened"),
    Figure("year", "the year's page over 30 of them, opened", 1000),
    Figure("cold", "cold start → first page", 3000, "cold"),
    Figure("idle", "{n} open tablets, nothing happens: of one core", 2, "idle", "%"),
    Figure("memory", "memory a tablet", 2, "memory", "MB"),
    Figure("cpu", "server time (CPU) a card, with every redraw (steady writing)"),
    Figure("bytes", "sent to a tablet from one scene to the next (two steps)", None, "", "byte"),
    Figure("lost", "acknowledged and lost", 0, "", "", counted=True),
    Figure("doubled", "doubled", 0, "", "", counted=True),
)

FLOORS = {
    "commit": "a bare SQLite commit (WAL, FULL)",
    "click": "one-button page: a click alone",
    "clicks": "one-button page: {n} clicks at once",
    "join": "one-button page: {n} visitors at once",
    "cold": "one-button page: cold start",
    "idle": "one-button page: {n} open, of one core, %",
    "memory": "one-button page: a visitor, MB",
}


def summary(samples: Sequence[float]) -> dict[str, float]:
    """Of one run."""
    ordered = sorted(samples)
    return {"p50": statistics.median(ordered), "p95": ordered[int(0.95 * (len(ordered) - 1) + 0.5)], "max": ordered[-1]}


COUNTED = frozenset(figure.name for figure in FIGURES if figure.counted)


def joined(runs: Sequence[Samples]) -> dict[str, dict[str, float]]:
    """p50 and p95 are medians of what the runs had, max is the largest of all; what is counted is added up."""
    return {name: _joined(name, [run[name] for run in runs if run.get(name)]) for name in runs[0]}


def _joined(name: str, runs: Sequence[Sequence[float]]) -> dict[str, float]:
    if name in COUNTED:
        return dict.fromkeys(("p50", "p95", "max"), sum(map(sum, runs)))
    each = [summary(run) for run in runs]
    found = {mark: statistics.median(one[mark] for one in each) for mark in ("p50", "p95")}
    return {**found, "max": max(one["max"] for one in each)}


def judged(series: Sequence[Sequence[Samples]], floors: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every figure with its goal, in how many of the series it is met, and how many times its floor it is. `series`:
    the runs of each; figures are of all runs, `series` of a figure is the p95 of each."""
    whole, apart = joined([run for runs in series for run in runs]), [joined(runs) for runs in series]
    rows: dict[str, dict[str, Any]] = {}
    for figure in FIGURES:
        if figure.name not in whole:
            continue
        row = {**whole[figure.name], "goal": figure.goal, "unit": figure.unit}
        row["series"] = [each[figure.name]["p95"] for each in apart]
        row["met"] = None if figure.goal is None else sum(p95 <= figure.goal for p95 in row["series"])
        row["floor"] = floors[figure.floor]["p50" if figure.floor == "commit" else "p95"] if figure.floor else None
        row["ratio"] = row["p95"] / row["floor"] if row["floor"] else None
        rows[figure.name] = row
    return rows


def table(result: Mapping[str, Any]) -> str:
    """The whole result as Markdown."""
    n, series = result["tablets"], result["series"]
    runs = f"{result['runs']} runs" if series == 1 else f"{series} series of {result['runs']} runs"
    lines = [
        f"{result['machine']}; {n} tablets, {runs}; load at the start {result['load']}",
        "",
        f"| | p50 | p95 | max | p95, lowest–highest of {series} series | goal (p95) | | times its floor |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for figure in FIGURES:
        if row := result["figures"].get(figure.name):
            marks = " | ".join(number(row[mark]) for mark in ("p50", "p95", "max"))
            goal = "" if figure.goal is None else f"{figure.goal:g}"
            times = f"{row['ratio']:.1f}" if row["ratio"] else ""
            unit = f", {figure.unit}" if figure.unit not in ("", "ms") else ""
            says = figure.says.format(n=n) + unit
            lines.append(f"| {says} | {marks} | {_range(row['series'])} | {goal} | {_met(row, series)} | {times} |")
    lines += ["", "| floor | p50 | p95 | max |", "|---|---|---|---|"]
    for name, says in FLOORS.items():
        marks = " | ".join(number(result["floors"][name][mark]) for mark in ("p50", "p95", "max"))
        lines.append(f"| {says.format(n=n)} | {marks} |")
    return "\n".join(lines)


def _range(series: Sequence[float]) -> str:
    return f"{number(min(series))}–{number(max(series))}" if len(series) > 1 else ""


def _met(row: Mapping[str, Any], series: int) -> str:
    """Only what every series met is met."""
    if row["met"] is None:
        return ""
    return "met" if row["met"] == series else f"in {row['met']} of {series}" if row["met"] else "missed"


def number(value: float) -> str:
    """As a table shows it."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2g}"
