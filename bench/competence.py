"""What the competence register costs: one answer over the database, and a province's answers over a snapshot.

`measured(size)` runs `python -m bench.competence` in the environment of the size's own database. Nothing stands beside
these figures: they are of one process, without HTTP. Later rows of the proof come from `figures` too.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median, quantiles
from typing import Any

ASKED, BATCH = 400, 200_000
Figure = dict[str, Any]


def main() -> None:
    """Print a line of JSON a figure."""
    import django

    django.setup()
    from lienthong.core.scope.actions import entered
    from lienthong.core.scope.values import SYSTEM

    with entered(SYSTEM):
        for figure in figures():
            print(json.dumps(figure), flush=True)


def measured(size: str, environment: dict[str, str], columns: tuple[str, ...]) -> list[Figure]:
    """The figures as rows of the table; what does not apply stays empty."""
    command = [sys.executable, "-m", "bench.competence"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    empty = dict.fromkeys(columns) | {"size": size, "wrong": 0, "examples": []}
    return [empty | json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def figures() -> Iterator[Figure]:
    """`who`: one answer, in ms. `answers`: a batch over every task and unit of the province, a second."""
    from lienthong.core.workdays.queries import today
    from lienthong.mandate.competence.queries import answers, responsible_for, take_snapshot

    taken = take_snapshot(province=os.environ.get("LIENTHONG_PROVINCE", "79"))
    pairs = [(task.code, unit.id) for task in taken.tasks for unit in taken.units]
    step = max(1, len(pairs) // ASKED)
    day = today()
    yield _timed("who", [_asking(responsible_for, *pair, day) for pair in pairs[::step]])
    began = time.perf_counter()
    count = sum(1 for _answer in answers(taken, pairs[:BATCH], day))
    rate = count / (time.perf_counter() - began)
    yield {"name": "answers", "figure": round(rate), "unit": "/s", "memory_mb": peak_mb(), "count": count}


def peak_mb() -> int:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _asking(ask: Callable[..., Any], *values: Any) -> Callable[[], Any]:
    return lambda: ask(*values)


def _timed(name: str, asks: list[Callable[[], Any]]) -> Figure:
    times = []
    for ask in [*asks[:20], *asks]:
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1_000)
    p95 = quantiles(times[20:], n=20)[-1]
    return {
        "name": name,
        "figure": round(median(times[20:]), 2),
        "unit": "ms p50",
        "p95": round(p95, 2),
        "statements": 1,
    }


if __name__ == "__main__":
    main()
