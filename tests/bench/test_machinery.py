"""The bench's own machinery: what the load sends, what it counts, how a row is reckoned, whose processor counts."""

import ast
import asyncio
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from bench import load, server
from bench.__main__ import _row, compared, refuse_unsafe, report
from bench.ground import counted
from bench.limits import NONE, Limit, Limits, kind_of
from tests.architecture.house import ROOT, tree


class Echo(BaseHTTPRequestHandler):
    """Answers 201 to what is well formed, 400 to every fifth."""

    protocol_version = "HTTP/1.1"
    seen: list[dict[str, str]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append({**body, "key": self.headers["Idempotency-Key"]})
        self.send_response(400 if len(self.seen) % 5 == 0 else 201)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Echo.seen.clear()
    echo = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=echo.serve_forever, daemon=True).start()
    yield echo.server_port
    echo.shutdown()
    echo.server_close()


def test_every_request_is_a_new_one_and_what_is_refused_is_counted_apart(port: int) -> None:
    one = {
        "method": "POST",
        "path": "/",
        "headers": {"Idempotency-Key": "@KEY@"},
        "body": '{"number": "@NUMBER@", "code": "@CODE@"}',
    }
    seen = asyncio.run(load.run({"port": port, "seconds": 0.3, "clients": [{"requests": [one]}] * 2}))
    assert seen["count"] == len(Echo.seen) > 5
    assert seen["wrong"] == len(Echo.seen) // 5 and seen["examples"][0].startswith("400")
    for name in ("key", "number", "code"):
        assert len({body[name] for body in Echo.seen}) == len(Echo.seen)
    assert 0 < seen["p50_ms"] <= seen["p95_ms"] and seen["rate"] > 0


SEEN = {
    "rate": 50.0,
    "p50_ms": 8.0,
    "p95_ms": 9.0,
    "cpu_ms": 30.0,
    "own_cpu_ms": 1.0,
    "asked": 7,
    "wrong": 0,
    "examples": [],
}


def row(name: str, limit: Limit) -> dict[str, object]:
    return _row({"name": name, "statements": 1, "entering": 2}, "10k", SEEN, limit, 10_100, 1_100)


def test_a_rate_stands_beside_rates_and_a_time_beside_times() -> None:
    batch = row("batch", (5_000.0, 2_000.0))
    assert (batch["figure"], batch["ratio_to_raw"], batch["ratio_to_floor"]) == (5_000.0, 1.0, 2.5)
    assert batch["cpu_ms"] == 0.3
    listed = row("worklist (JSON)", (0.4, 4.0))
    assert (listed["figure"], listed["unit"], listed["ratio_to_raw"]) == (8.0, "ms p50", 20.0)
    assert row("city", NONE)["raw"] is None


class Steady(Limits):
    """Limits that were measured already: slower each time they are asked for."""

    def of(self, kind: str) -> tuple[float, float]:
        order.append(kind)
        return 400.0 / len(order), 40.0 / len(order)


order: list[str] = []


def test_limits_are_taken_on_both_sides_of_a_figure() -> None:
    order.clear()
    limits = Steady("", 8, 2, 0, [], lambda one, port, pids: {})

    def measure() -> dict[str, object]:
        order.append("figure")
        return SEEN

    # The first answer halves by the third: (400 + 400/3) / 2.
    assert limits.around(kind_of("batch of six units"), measure) == ((800 / 3, 80 / 3), SEEN)
    assert order == ["create", "figure", "create"]
    assert limits.around(kind_of("city"), measure) == (NONE, SEEN)


def test_the_table_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIENTHONG_VAR", str(tmp_path))
    report([row("create", (500.0, 100.0))])
    (kept,) = json.loads((tmp_path / "bench" / "latest.json").read_text())
    assert (kept["figure"], kept["ratio_to_raw"], kept["size"]) == (50.0, 0.1, "10k")
    assert (kept["statements"], kept["entering"], kept["cases"], kept["open_cases"]) == (1, 2, 10_100, 1_100)
    assert "ratio_to_floor" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "stored", "missing"),
    [
        ("batch", 700, 0),
        ("batch", 600, 100),
        ("create", 7, 0),
        ("create", 8, 1),
        ("search", 0, 0),
        ("step", 1, 1),
    ],
)
def test_what_was_counted_and_not_stored_is_wrong(name: str, stored: int, missing: int) -> None:
    """A batch of which every item is refused answers 200."""
    seen = compared(dict(SEEN), name, stored)
    assert (seen["wrong"], len(seen["examples"])) == (missing, int(bool(missing)))


def test_entering_a_scope_is_counted_apart_and_a_transaction_not_at_all() -> None:
    said = ["BEGIN", "SELECT set_config('x', '1', true)", "SELECT 1", " UPDATE t SET a = 1", "COMMIT"]
    assert counted(said) == (2, 1)


def test_reading_is_measured_before_anything_is_written() -> None:
    """What the writing figures store would make a small database a large one, all of it open."""
    laid = list(dict.fromkeys(_order(tree(ROOT / "bench" / "ground.py"))))
    assert laid[-4:] == ["step", "create", "batch", "batch of six units"] and len(laid) == 10


def _order(module: ast.Module) -> Iterator[str]:
    """The names of the figures in the order in which they are handed out."""
    found = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(found["_figures"]):
        if isinstance(node, ast.YieldFrom) and isinstance(node.value, ast.Call):
            for one in ast.walk(found[ast.unparse(node.value.func)]):
                if isinstance(one, ast.Yield) and isinstance(one.value, ast.Tuple):
                    yield str(ast.literal_eval(one.value.elts[0]))


def test_a_server_that_forgets_is_not_measured(db: None) -> None:
    place = connection.get_connection_params()
    address = psycopg.conninfo.make_conninfo(
        "",
        **{name: place[name] for name in ("host", "port", "user", "password", "dbname") if place.get(name)},
    )
    refuse_unsafe(address)
    with pytest.raises(SystemExit, match="synchronous_commit"):
        refuse_unsafe(address, psycopg.conninfo.make_conninfo(address, options="-c synchronous_commit=off"))


def test_the_processor_time_of_a_process_is_read() -> None:
    before = server.processor_ms([os.getpid()], "no_such_database")
    sum(number * number for number in range(2_000_000))
    assert server.processor_ms([os.getpid()], "no_such_database") > before
