"""The whole way: from nothing to a served page, a second start beside it, and all of it down again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from lienthong.console import places, running

COMMAND = [sys.executable, "-m", "lienthong.console"]
FIRST_START = 170


@pytest.fixture
def environment(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A deployment of its own: nothing of the test's database or settings reaches it."""
    monkeypatch.setenv("LIENTHONG_VAR", str(scratch / "var"))
    monkeypatch.setenv("LIENTHONG_PROVINCE", "79")
    made = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
    for name in ("DATABASE_URL", "LIENTHONG_OWNER_URL", "LIENTHONG_ROLE", "LIENTHONG_SECRET_KEY"):
        made.pop(name, None)
    made["LIENTHONG_HOSTS"] = (
        "lienthong.example"  # as an office sets it; it is asked at its loopback all the same
    )
    return made | {"PYTHONPATH": f"{places.ROOT / 'src'}{os.pathsep}{places.ROOT}"}


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def call(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=60)


def served(up: subprocess.Popen[str]) -> running.Run:
    until = time.monotonic() + FIRST_START
    while time.monotonic() < until and up.poll() is None:
        run = running.read()
        if run and run.port and running.healthy(run.address):
            return run
        time.sleep(0.2)
    up.kill()
    raise AssertionError(up.communicate()[0])


def test_up_serves_once_and_ctrl_c_twice_stops_everything(environment: dict[str, str], taken_port: int):
    up = subprocess.Popen(
        [*COMMAND, "up", "--port", str(taken_port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    run = served(up)
    assert run.port != taken_port
    with urllib.request.urlopen(f"{run.address}/healthz", timeout=5) as answer:
        assert answer.status == 200
    second = call(environment, "up", "--port", str(taken_port))
    assert (second.returncode, "đang chạy sẵn" in second.stdout) == (0, True)
    up.send_signal(signal.SIGINT)
    time.sleep(0.2)
    up.send_signal(signal.SIGINT)
    said = up.communicate(timeout=60)[0]
    assert up.returncode == 0, said
    assert f"cổng {taken_port} đang có chương trình khác dùng" in said
    assert "Đã dừng, cả PostgreSQL riêng." in said
    assert not running.healthy(run.address)
    assert running.read() is None
    assert call(environment, "db", "status").returncode == 3
