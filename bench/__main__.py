"""`make bench`: the product over HTTP beside the raw limit of the same PostgreSQL and a bare server, side by side.

Prints a table and writes var/bench/latest.json: rows of name, size, figure, unit, raw, floor, ratio_to_raw,
ratio_to_floor, statements, cpu_ms, and the cases, all and open, that were stored when the figure was taken. Statements
are those of a request without BEGIN, COMMIT and the `entering` calls of set_config that say whose rows are seen (a round
trip each). BENCH_SIZES (10k,1m), BENCH_SECONDS, BENCH_WORKERS, BENCH_THREADS, BENCH_KEEP=1 (keep the databases; what a
former run wrote is in them then). Each size has a database of its own, filled by `lienthong generate`; no other is
written to. A server that could lose an acknowledged act is refused: its figures would stand beside nothing.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench import competence, proving, server
from bench.limits import Limit, Limits, beside, kind_of
from lienthong.console import safety
from lienthong.console.cluster import SUPERUSER
from lienthong.console.errors import ConsoleError

SECONDS = int(os.environ.get("BENCH_SECONDS", "6"))
SIZES = os.environ.get("BENCH_SIZES", "10k,1m").split(",")
WORKERS = int(os.environ.get("BENCH_WORKERS", "2"))
THREADS = int(os.environ.get("BENCH_THREADS", "4"))
CLIENTS = 8
HALF = max(2, SECONDS // 2)  # of the limits, before a figure and again after it
# Closed and open dossiers of a size; a small one for trying the bench itself.
ROWS = {"try": (150, 50), "10k": (9_000, 1_000), "100k": (90_000, 10_000), "1m": (1_000_000, 66_000)}
PATIENCE = 1_800
Row = dict[str, Any]
COLUMNS = (
    *("name", "size", "figure", "unit", "p95", "raw", "floor", "ratio_to_raw", "ratio_to_floor"),
    *("statements", "entering", "cpu_ms", "load_cpu_ms", "cases", "open_cases"),
)


def main() -> None:
    """Each size in turn; the table at the end, and a failure where the promise was broken or a request refused."""
    if "LIENTHONG_OWNER_URL" not in os.environ:
        sys.exit("Hãy chạy qua `make bench` (cần LIENTHONG_OWNER_URL).")
    rows: list[Row] = []
    for size in SIZES:
        rows += measured(size)
        report(rows)
    if wrong := [row for row in rows if row["wrong"]]:
        sys.exit(
            f"Có yêu cầu bị từ chối, hoặc hồ sơ được đếm mà không được lưu: {wrong[0]['name']} {wrong[0]['examples']}"
        )


def measured(size: str) -> list[Row]:
    """All figures of one size, in a database made for it."""
    name = f"lienthong_bench_{size}"
    owner, app = (_named(os.environ[key], name) for key in ("LIENTHONG_OWNER_URL", "DATABASE_URL"))
    keep = os.environ.get("BENCH_KEEP") == "1"
    _filled(size, name, owner)
    try:
        return _figures(size, name, owner, app)
    finally:
        if not keep:
            _drop(name)


def _figures(size: str, name: str, owner: str, app: str) -> list[Row]:
    environment = os.environ | {"LIENTHONG_OWNER_URL": owner, "DATABASE_URL": app}
    refuse_unsafe(owner, app)
    os.environ.update(environment)
    # Pages name their style sheets by content; what a checkout has not collected yet would be an error.
    collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, check=True, env=environment)
    log = Path(os.environ.get("LIENTHONG_VAR", "var")) / "log" / "bench.log"
    rows = []
    with _served(owner, name, log) as (limits, ask):
        for one in _grounds(environment):
            cases, still = _stored(owner)
            limit, seen = limits.around(kind_of(one["name"]), partial(ask, one))
            seen = compared(seen, one["name"], _stored(owner)[0] - cases)
            rows.append(_row(one, size, seen, limit, cases, still))
            _say(rows[-1])
    for room in (competence, proving):
        for row in room.measured(size, environment, COLUMNS):
            rows.append(row)
            _say(row)
    _checked(environment)
    return rows


@contextmanager
def _served(
    owner: str, name: str, log: Path
) -> Iterator[tuple[Limits, Callable[[dict[str, Any]], dict[str, Any]]]]:
    """The limits and the product, both up: what is asked of the product is asked within the limits."""

    def shorter(one: dict[str, Any], port: int, pids: list[int]) -> dict[str, Any]:
        return _load(one, port, pids, name, HALF)

    port = server.free_port()
    with (
        beside(owner, clients=CLIENTS, seconds=HALF, load=shorter, log=log) as limits,
        server.product(port, workers=WORKERS, threads=THREADS, log=log) as pids,
    ):
        yield limits, lambda one: _load(one, port, pids, name, SECONDS)


def refuse_unsafe(*urls: str) -> None:
    """No speed by a server that forgets: asked at every address that is measured. Raises SystemExit."""
    for url in urls:
        try:
            with psycopg.connect(url) as connection:
                safety.refuse_unsafe(connection)
        except ConsoleError as error:
            sys.exit(error.sentence)


def _grounds(environment: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What to measure, one after the other; the ground of the next is laid when the former was measured."""
    command = [sys.executable, "-m", "bench.ground"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as ground:
        assert ground.stdin and ground.stdout
        for line in ground.stdout:
            yield json.loads(line)
            ground.stdin.write("\n")
            ground.stdin.flush()
    if ground.returncode:
        sys.exit(f"bench.ground: {ground.returncode}")


def _stored(owner: str) -> tuple[int, int]:
    """How many cases there are, and how many of them are open."""
    with psycopg.connect(owner) as connection:
        asked = "SELECT count(*), count(*) FILTER (WHERE closed_at IS NULL) FROM casework_case"
        found = connection.execute(asked).fetchone()
    assert found
    return found[0], found[1]


def compared(seen: dict[str, Any], name: str, stored: int) -> dict[str, Any]:
    """A batch whose items were refused answers 200: what was counted must have been stored, and nothing else."""
    wanted = seen["asked"] * (_each(name) if name.startswith(("create", "batch")) else 0)
    if stored == wanted:
        return seen
    said = f"{wanted} hồ sơ được đếm, {stored} được lưu"
    return seen | {"wrong": seen["wrong"] + abs(wanted - stored), "examples": [*seen["examples"], said]}


def _each(name: str) -> int:
    """Dossiers of one request."""
    return 100 if name.startswith("batch") else 1


def _load(one: dict[str, Any], port: int, pids: list[int], database: str, seconds: int) -> dict[str, Any]:
    """One figure: a short warming up, then the measured seconds with the processor's time beside them."""
    warm = _run_load(one, port, min(2, seconds))
    before = server.processor_ms(pids, database)
    seen = _run_load(one, port, seconds)
    seen["cpu_ms"] = (server.processor_ms(pids, database) - before) / max(seen["count"], 1)
    both = {"asked": warm["count"] + seen["count"], "wrong": warm["wrong"] + seen["wrong"]}
    return seen | both | {"examples": [*warm["examples"], *seen["examples"]]}


def _run_load(one: dict[str, Any], port: int, seconds: int) -> dict[str, Any]:
    spec = {"port": port, "seconds": seconds, "clients": one["clients"]}
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(spec),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _row(
    one: dict[str, Any],
    size: str,
    seen: dict[str, Any],
    limit: Limit,
    cases: int,
    still: int,
) -> Row:
    """A rate beside rates (higher is better), or a time beside times (lower is better); a batch counts dossiers."""
    name, each = one["name"], _each(one["name"])
    bound, bare = limit
    is_rate = kind_of(name) in ("create", "step")
    figure = seen["rate"] * each if is_rate else seen["p50_ms"]
    return {
        "name": name,
        "size": size,
        "figure": round(figure, 2),
        "unit": "/s" if is_rate else "ms p50",
        "p95": round(seen["p95_ms"], 2),
        "raw": _rounded(bound),
        "floor": _rounded(bare),
        "ratio_to_raw": _rounded(bound and figure / bound),
        "ratio_to_floor": _rounded(bare and figure / bare),
        "statements": one["statements"],
        "entering": one["entering"],
        "cpu_ms": round(seen["cpu_ms"] / each, 3),
        "load_cpu_ms": round(seen["own_cpu_ms"] / each, 3),
        "cases": cases,
        "open_cases": still,
        "wrong": seen["wrong"],
        "examples": seen["examples"],
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def report(rows: list[Row]) -> None:
    """The table, and var/bench/latest.json."""
    print("\n" + "  ".join(f"{name:>14}" for name in COLUMNS))
    for row in rows:
        print("  ".join(f"{'' if row[name] is None else row[name]!s:>14}" for name in COLUMNS))
    target = Path(os.environ.get("LIENTHONG_VAR", "var")) / "bench" / "latest.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


def _say(row: Row) -> None:
    print(f"  @{row['size']} {row['name']}: {row['figure']} {row['unit']}", flush=True)


def _filled(size: str, name: str, owner: str) -> None:
    """The database of a size, made by `lienthong generate` (which goes on where it was interrupted)."""
    closed, still = ROWS[size]
    if os.environ.get("BENCH_KEEP") != "1":
        _drop(name)
    began = time.monotonic()
    line = [sys.executable, "-m", "lienthong.console", "generate", "--database", name]
    line += ["--closed", str(closed), "--open", str(still), *(["--units", "8"] if size == "try" else [])]
    subprocess.run(line, check=True, timeout=PATIENCE, env=_environment(), stdout=sys.stderr)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    _checkpointed(owner)
    print(f"  @{size}: {closed + still} hồ sơ sau {time.monotonic() - began:.0f} giây", flush=True)


def _checkpointed(owner: str) -> None:
    """What the filling left to be written is written before anything is measured, where we may ask for it."""
    for user in ({}, {"user": SUPERUSER}):
        try:
            with psycopg.connect(owner, autocommit=True, **user) as connection:
                connection.execute("CHECKPOINT")
                return
        except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege):
            continue
    print("  không có quyền CHECKPOINT: số đo đầu có thể gồm cả việc ghi nốt dữ liệu vừa nạp", flush=True)


def _checked(environment: dict[str, str]) -> None:
    """No speed by a short cut: the same checker that every database passes."""
    line = [sys.executable, "-m", "lienthong.console", "check"]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    print("  kiểm tra bất biến:", (done.stdout.strip().splitlines() or [done.stderr])[-1], flush=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def _environment() -> dict[str, str]:
    return {"LIENTHONG_PROVINCE": "79", **os.environ}


def _drop(name: str) -> None:
    """Drop the database; a server that has just ended may hold it for a moment still."""
    until = time.monotonic() + 20
    with psycopg.connect(
        _named(os.environ["LIENTHONG_OWNER_URL"], "postgres"), autocommit=True
    ) as connection:
        while True:
            try:
                connection.execute(f"DROP DATABASE IF EXISTS {name}")
                return
            except psycopg.errors.ObjectInUse:
                if time.monotonic() > until:
                    raise
            time.sleep(0.5)


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


if __name__ == "__main__":
    main()
