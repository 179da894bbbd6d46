"""`make bench`: the acts beside the raw limit of the same PostgreSQL, in one run.

Prints a table and writes var/bench/latest.json: rows of name, figure, raw, ratio_to_raw, statements, cpu_ms.
Measured are the actions in processes of their own (no HTTP yet), 8 clients for rates, one for times.
"""

import json
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

SECONDS = int(os.environ.get("BENCH_SECONDS", "6"))
CLIENTS = 8
DATABASE = "lienthong_bench"


def main() -> None:
    """Make a database of its own, measure, drop it; no other database is written to."""
    server = _database()
    try:
        _report(_measured())
    finally:
        _drop(server)


def _measured() -> list[dict[str, float | str]]:
    import django

    os.environ["LIENTHONG_ROLE"] = "owner"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench import acts, raw

    call_command("migrate", verbosity=0)
    acts.lay()
    with connection.cursor() as cursor:
        cursor.execute(raw.SCHEMA)
    connection.close()
    os.environ.pop("LIENTHONG_ROLE")
    owner = os.environ["LIENTHONG_OWNER_URL"]
    rows = []
    limit, _ = raw.run(owner, raw.CREATE, clients=CLIENTS, seconds=SECONDS)
    rows.append(_row("create", acts.rates("create", clients=CLIENTS, seconds=SECONDS), limit))
    limit, _ = raw.run(owner, raw.STEP, clients=CLIENTS, seconds=SECONDS, n=1000)
    rows.append(_row("step", acts.rates("step", clients=CLIENTS, seconds=SECONDS), limit))
    _, mean = raw.run(owner, raw.LIST, clients=1, seconds=SECONDS)
    rows.append(_row("worklist p50", acts.rates("worklist", clients=1, seconds=SECONDS), mean, times=True))
    return rows


def _row(
    name: str, found: tuple[float, float, int, float], limit: float, *, times: bool = False
) -> dict[str, float | str]:
    rate, middle, statements, cpu = found
    figure = middle if times else rate
    return {
        "name": name,
        "unit": "ms" if times else "/s",
        "figure": round(figure, 2),
        "raw": round(limit, 2),
        "ratio_to_raw": round(figure / limit, 3),
        "statements": statements,
        "cpu_ms": round(cpu, 2),
    }


def _report(rows: list[dict[str, float | str]]) -> None:
    names = ("name", "figure", "unit", "raw", "ratio_to_raw", "statements", "cpu_ms")
    for line in (dict(zip(names, names, strict=True)), *rows):
        print("  ".join(f"{line[name]!s:>14}" for name in names))
    target = Path(os.environ.get("LIENTHONG_VAR", "var")) / "bench" / "latest.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


def _database() -> str:
    """Make the database beside the others; both addresses point to it from here on. Returns the former one."""
    owner = os.environ.get("LIENTHONG_OWNER_URL")
    if not owner:
        sys.exit("Hãy chạy qua `make bench` (cần LIENTHONG_OWNER_URL).")
    _drop(owner)
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {DATABASE}")
    for name in ("LIENTHONG_OWNER_URL", "DATABASE_URL"):
        os.environ[name] = urlunsplit(urlsplit(os.environ[name])._replace(path=f"/{DATABASE}"))
    return owner


def _drop(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


if __name__ == "__main__":
    main()
