"""`python -m bench [--tablets 60] [--runs 3] [--quick] [--database URL]`: sixty tablets through an evening, measured.
`python -m bench hints`: how much the hints on personal data find (`hints.py`).
`python -m bench many [--conferences 100,1000,10000]`: a house with very many conferences (`many.py`).
`python -m bench steady | stores`: rooms that write steadily, on one or several servers; a card's cost (`steady.py`).
`python -m bench conference`: what a whole conference costs a server (`conference.py`).
`python -m bench alive`: all of them, small (`alive.py`).

Starts a server of its own for every run, speaks to it as browsers do (Streamlit's messages, our posts, the change
stream), beside floors of the same run. Prints a table, keeps the whole as JSON under `bench/results/`. No test: times
are a matter of the machine, which is named.
"""

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import hints
from bench.alive import alive
from bench.conference import conference
from bench.evening import Evening, Samples, Size
from bench.figures import joined, judged, table
from bench.floors import buttons, commits
from bench.many import many
from bench.own import own_place
from bench.steady import steady, stores

OTHERS = {"many": many, "steady": steady, "stores": stores, "conference": conference}
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """One of them, or all of them small."""
    asked = sys.argv[1:]
    raise SystemExit(alive(bench) if asked[:1] == ["alive"] else bench(asked))


def bench(arguments: Sequence[str]) -> int:
    """Run, print, keep; 1 where something that was acknowledged was lost or doubled."""
    asked = _parser().parse_args(arguments)
    if asked.what == "hints":
        hints.main()
        return 0
    begun = {"at": time.strftime("%Y-%m-%dT%H:%M:%S"), "machine": machine(), "load": _load()}
    result = begun | OTHERS[asked.what](asked) if asked.what in OTHERS else _evening(asked, begun)
    print(f"\n{_keep(result)}")
    return int(result.get("lost", 0) + result.get("doubled", 0) > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("evening", "hints", *OTHERS), default="evening")
    parser.add_argument("--tablets", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--series", type=int, default=1, help="so many times the runs: how far figures lie apart")
    parser.add_argument("--quick", action="store_true", help="short, to see that everything still works")
    parser.add_argument("--database", default="", help="postgresql://…; without it SQLite in a folder of its own")
    parser.add_argument("--conferences", default="100,1000", help="many: sizes of the store, one after another")
    more = parser.add_argument_group("steady, stores")
    more.add_argument("--servers", type=int, default=1)
    more.add_argument("--scattered", action="store_true", help="a room's visitors on all servers in turn")
    more.add_argument("--rooms", type=int, default=2, help="rooms that the tablets are spread over")
    more.add_argument("--rates", default="5,10,15,20,30", help="cards a second, one after another")
    more.add_argument("--seconds", type=float, default=10.0, help="how long each rate lasts")
    more.add_argument("--pairs", type=int, default=5, help="stores: runs on each store, in turn")
    return parser


def _evening(asked: argparse.Namespace, begun: dict[str, Any]) -> dict[str, Any]:
    """So many series of so many runs."""
    short = {"idle": 2.0, "steady": 2.0, "singles": 2, "scenes": 1} if asked.quick else {}
    size, of = Size(asked.tablets, **short), asked.series * asked.runs
    runs = [_run(size, asked.database, n + 1, of) for n in range(of)]
    evenings = [[run[0] for run in runs[n : n + asked.runs]] for n in range(0, of, asked.runs)]
    grounds = joined([run[1] for run in runs])
    result = begun | {
        "tablets": asked.tablets,
        "series": asked.series,
        "runs": asked.runs,
        "store": asked.database.partition(":")[0] or "sqlite",
        "figures": judged(evenings, grounds),
        "floors": grounds,
    }
    print(table(result))
    return result | {name: result["figures"][name]["p50"] for name in ("lost", "doubled")}


def _run(size: Size, database: str, n: int, of: int) -> tuple[Samples, Samples]:
    """One run: the floors, then the evening."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as ground:
        floors = {"commit": commits(Path(ground))} | asyncio.run(buttons(Path(ground), size))
    with tempfile.TemporaryDirectory() as folder, own_place(database) as place:
        evening = asyncio.run(Evening(Path(folder), size, place).held())
    print(f"run {n} of {of}: {time.perf_counter() - begun:.0f} s, load {_load()}", flush=True)
    return evening, floors


def _keep(result: dict[str, Any]) -> Path:
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{result['at'].replace(':', '')}.json"
    file.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    return file


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"


def machine() -> str:
    """What the times are a matter of."""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{system}, Python {platform.python_version()}, Streamlit {version('streamlit')}"


if __name__ == "__main__":
    main()
