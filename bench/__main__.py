"""`python -m bench [--tablets 60] [--runs 3] [--quick] [--database URL]`: sixty tablets through an evening, measured.
`python -m bench hints`: how much the hints on personal data find (`hints.py`).
`python -m bench many [--conferences 100,1000,10000]`: a house with very many conferences (`many.py`).
`python -m bench steady | stores`: rooms that write steadily, on one or several servers; a card's cost (`steady.py`).
`python -m bench conference`: what a whole conference costs a server (`conference.py`).

Starts a server of its own for every run, speaks to it as browsers do (Streamlit's messages, our posts, the change
stream), beside floors of the same run. Prints a table, keeps the whole as JSON under `bench/results/`. No test: times
are a matter of the machine, which is named.
"""

import argparse
import asyncio
import json
import os
import platform
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import hints
from bench.conference import conference
from bench.evening import Evening, Samples, Size
from bench.figures import judged, medians, table
from bench.floors import buttons, commits
from bench.many import many
from bench.steady import steady, stores

OTHERS = {"many": many, "steady": steady, "stores": stores, "conference": conference}
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("evening", "hints", *OTHERS), default="evening")
    parser.add_argument("--tablets", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
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
    asked = parser.parse_args()
    if asked.what == "hints":
        hints.main()
        return
    if asked.what in OTHERS:
        found = OTHERS[asked.what](asked)
        print(_keep({"at": time.strftime("%Y-%m-%dT%H:%M:%S"), "machine": machine(), "load": _load(), **found}))
        return
    short = {"idle": 2.0, "steady": 2.0, "singles": 2, "scenes": 1} if asked.quick else {}
    load = _load()
    runs = [_run(Size(asked.tablets, **short), asked.database, n + 1, asked.runs) for n in range(asked.runs)]
    evenings, grounds = medians([run[0] for run in runs]), medians([run[1] for run in runs])
    result = {
        "machine": machine(),
        "load": load,
        "tablets": asked.tablets,
        "runs": asked.runs,
        "store": asked.database.partition(":")[0] or "sqlite",
        "at": time.strftime("%Y-%m-%dT%H:%M:%S"),
        "figures": judged(evenings, grounds),
        "floors": grounds,
    }
    print(table(result))
    print(f"\n{_keep(result)}")


def _run(size: Size, database: str, n: int, of: int) -> tuple[Samples, Samples]:
    """One run: the floors, then the evening."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as ground, tempfile.TemporaryDirectory() as folder:
        floors = {"commit": commits(Path(ground))} | asyncio.run(buttons(Path(ground), size))
        evening = asyncio.run(Evening(Path(folder), size, database).held())
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
