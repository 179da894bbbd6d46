"""The bench's own machinery: what the load sends, what it counts, how a row is reckoned, whose processor counts."""

import asyncio
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench import load, server
from bench.__main__ import _row, report


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


def test_a_rate_stands_beside_rates_and_a_time_beside_times() -> None:
    seen = {
        "rate": 50.0,
        "p50_ms": 8.0,
        "p95_ms": 9.0,
        "cpu_ms": 30.0,
        "own_cpu_ms": 1.0,
        "wrong": 0,
        "examples": [],
    }
    limits = {"create": (5_000.0, 2_000.0), "list": (0.4, 4.0)}
    batch = _row("batch", "10k", seen, 1, limits)
    assert (batch["figure"], batch["ratio_to_raw"], batch["ratio_to_floor"]) == (5_000.0, 1.0, 2.5)
    assert batch["cpu_ms"] == 0.3
    listed = _row("worklist (JSON)", "10k", seen, 1, limits)
    assert (listed["figure"], listed["unit"], listed["ratio_to_raw"]) == (8.0, "ms p50", 20.0)
    assert _row("city", "10k", seen, 9, limits)["raw"] is None


def test_the_table_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIENTHONG_VAR", str(tmp_path))
    seen = {
        "rate": 50.0,
        "p50_ms": 8.0,
        "p95_ms": 9.0,
        "cpu_ms": 3.0,
        "own_cpu_ms": 1.0,
        "wrong": 0,
        "examples": [],
    }
    report([_row("create", "10k", seen, 1, {"create": (500.0, 100.0)})])
    (row,) = json.loads((tmp_path / "bench" / "latest.json").read_text())
    assert (row["figure"], row["ratio_to_raw"], row["statements"], row["size"]) == (50.0, 0.1, 1, "10k")
    assert "ratio_to_floor" in capsys.readouterr().out


def test_the_processor_time_of_a_process_is_read() -> None:
    before = server.processor_ms([os.getpid()], "no_such_database")
    sum(number * number for number in range(2_000_000))
    assert server.processor_ms([os.getpid()], "no_such_database") > before
