"""`python -m bench alive`: every benchmark once and small, to see that all of them still work; no time is judged.

Starts the PostgreSQL it needs as the tests do: in a temporary folder, and without the safety of a real one.
"""

import os
import traceback
from collections.abc import Callable, Sequence

from tests.database import Postgres, programs

ALONE = (
    "evening --tablets 5 --runs 1 --quick",
    "many --conferences 40",
    "hints",
)
ON_POSTGRESQL = (
    "steady --servers 2 --scattered --tablets 4 --rooms 2 --rates 4 --seconds 2",
    "stores --pairs 1 --tablets 4 --rooms 1 --rates 4 --seconds 1",
    "conference --tablets 3 --seconds 1",
)


def alive(bench: Callable[[Sequence[str]], int]) -> int:
    """0 where every benchmark came to its end and nothing was lost; one that fails takes no other down."""
    failed = [line for line in ALONE if _failed(bench, line)]
    found = programs()
    if found is None:
        print("no PostgreSQL on this machine: those that need one are left out")
        return int(bool(failed) or "CI" in os.environ)
    server = Postgres(found).start()
    try:
        failed += [line for line in ON_POSTGRESQL if _failed(bench, f"{line} --database {server.url()}")]
    finally:
        server.remove()
    print(f"failed: {'; '.join(failed)}" if failed else "all benchmarks work")
    return int(bool(failed))


def _failed(bench: Callable[[Sequence[str]], int], line: str) -> bool:
    print(f"\n== bench {line}", flush=True)
    try:
        return bench(line.split()) != 0
    except (Exception, SystemExit):
        traceback.print_exc()
        return True
