"""The proof's figures: all tasks x all units x two years, for the 168 units of a city and for the whole country.

Run in a process of its own, so that its memory is its own: the register comes from the database, the staff of units
that have none is made in memory (bench/staffed.py).
"""

import json
import resource
import subprocess
import sys
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from bench.staffed import staffed

CITY, COUNTRY = "79", "country"
FOUNDED = date(2025, 7, 1)
TWO_YEARS = timedelta(days=731)


def measured(size: str, environment: dict[str, str], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """The two rows as rows of the table, each from a process of its own; what does not apply stays empty."""
    empty = dict.fromkeys(columns) | {"size": size, "wrong": 0, "examples": []}
    line = [sys.executable, "-m", "bench.proving"]
    made = [
        subprocess.run([*line, where], env=environment, stdout=subprocess.PIPE, text=True, check=True)
        for where in (CITY, COUNTRY)
    ]
    return [empty | json.loads(done.stdout) for done in made]


def main(province: str) -> None:
    """One proof, as a line of JSON: seconds, the processor's time, the peak of memory, how much was found."""
    import django

    django.setup()
    from lienthong.core.scope.actions import entered
    from lienthong.core.scope.values import SYSTEM
    from lienthong.mandate.competence.queries import prove, take_snapshot

    began = perf_counter()
    with entered(SYSTEM):
        taken = take_snapshot(province=None if province == COUNTRY else province)
    loaded = perf_counter()
    snapshot = staffed(taken, since=FOUNDED.toordinal())
    first = date.fromordinal(taken.taken_on)
    begun, processor = perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    found = prove(snapshot, first.toordinal(), (first + TWO_YEARS).toordinal())
    took, after = perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    row = {
        "name": f"prove@{len(snapshot.units)}",
        "units": len(snapshot.units),
        "tasks": len(snapshot.tasks),
        "posts": len(snapshot.posts),
        "figure": round(took, 2),
        "unit": "s",
        "cpu_ms": round(1000 * (after.ru_utime - processor.ru_utime)),
        "load_s": round(loaded - began, 2),
        "memory_mb": after.ru_maxrss // 1024,
        "found": len(found),
    }
    print(json.dumps(row))


if __name__ == "__main__":
    main(sys.argv[1])
