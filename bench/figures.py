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
    Figure("join", "{n} joins at once: QR → first usable page", 1000, "join"),
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
    Figure("lost", "acknowledged and lost", 0, "", ""),
    Figure("doubled", "doubled", 0, "", ""),
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


def medians(runs: Sequence[Samples]) -> dict[str, dict[str, float]]:
    """Each of p50, p95 and max is the median of what the runs had."""
    found = {name: [summary(run[name]) for run in runs if run.get(name)] for name in runs[0]}
    return {
        name: {mark: statistics.median(each[mark] for each in each_run) for mark in ("p50", "p95", "max")}
        for name, each_run in found.items()
    }


def judged(ms: Mapping[str, Any], floors: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every figure with its goal, whether it is met, and how many times its floor it is."""
    rows: dict[str, dict[str, Any]] = {}
    for figure in FIGURES:
        if figure.name not in ms:
            continue
        row = {**ms[figure.name], "goal": figure.goal, "unit": figure.unit}
        row["met"] = None if figure.goal is None else row["p95"] <= figure.goal
        row["floor"] = floors[figure.floor]["p50" if figure.floor == "commit" else "p95"] if figure.floor else None
        row["ratio"] = row["p95"] / row["floor"] if row["floor"] else None
        rows[figure.name] = row
    return rows


def table(result: Mapping[str, Any]) -> str:
    """The whole result as Markdown."""
    n = result["tablets"]
    lines = [
        f"{result['machine']}; {n} tablets, {result['runs']} runs; load at the start {result['load']}",
        "",
        "| | p50 | p95 | max | goal (p95) | | times its floor |",
        "|---|---|---|---|---|---|---|",
    ]
    for figure in FIGURES:
        if row := result["figures"].get(figure.name):
            marks = " | ".join(number(row[mark]) for mark in ("p50", "p95", "max"))
            met = {None: "", True: "met", False: "missed"}[row["met"]]
            goal = "" if figure.goal is None else f"{figure.goal:g}"
            times = f"{row['ratio']:.1f}" if row["ratio"] else ""
            unit = f", {figure.unit}" if figure.unit not in ("", "ms") else ""
            lines.append(f"| {figure.says.format(n=n)}{unit} | {marks} | {goal} | {met} | {times} |")
    lines += ["", "| floor | p50 | p95 | max |", "|---|---|---|---|"]
    for name, says in FLOORS.items():
        marks = " | ".join(number(result["floors"][name][mark]) for mark in ("p50", "p95", "max"))
        lines.append(f"| {says.format(n=n)} | {marks} |")
    return "\n".join(lines)


def number(value: float) -> str:
    """As a table shows it."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2g}"
