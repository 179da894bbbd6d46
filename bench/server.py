"""The servers under load: started, waited for, their processor time read, ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
READY_WITHIN = 60.0


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def product(port: int, *, workers: int, threads: int, log: Path) -> Iterator[list[int]]:
    """The product as it is served: granian over config.wsgi. Gives the process."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--workers", str(workers)]
    command += ["--blocking-threads", str(threads), "--log-level", "warning"]
    with _running([command], port, log, {"LIENTHONG_PROCESSES": str(workers)}) as pids:
        yield pids


@contextmanager
def floor(port: int, *, raw_url: str, log: Path) -> Iterator[list[int]]:
    """The bare server, two processes on one port."""
    command = [sys.executable, "-m", "bench.floor", str(port)]
    with _running([command, command], port, log, {"BENCH_RAW_URL": raw_url}) as pids:
        yield pids


def processor_ms(pids: list[int], database: str) -> float:
    """Milliseconds of processor that these processes, their children and the database's backends have used."""
    parents = dict(_stats())
    ours = set(pids)
    for _ in range(4):
        ours |= {pid for pid, (parent, _used) in parents.items() if parent in ours}
    ours |= {pid for pid in parents if _serves(pid, database)}
    return sum(used for pid, (_parent, used) in parents.items() if pid in ours) * 1000 / TICK


def _stats() -> Iterator[tuple[int, tuple[int, int]]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        yield int(folder.name), (int(fields[1]), int(fields[11]) + int(fields[12]))


def _serves(pid: int, database: str) -> bool:
    try:
        line = Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False
    return line.startswith("postgres:") and f" {database} " in line


@contextmanager
def _running(commands: list[list[str]], port: int, log: Path, more: dict[str, str]) -> Iterator[list[int]]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        started = [
            subprocess.Popen(command, stdout=out, stderr=out, env=os.environ | more, start_new_session=True)
            for command in commands
        ]
    try:
        _wait(port, started, log)
        yield [one.pid for one in started]
    finally:
        for one in started:
            os.killpg(one.pid, signal.SIGTERM)
        for one in started:
            one.wait(20)


def _wait(port: int, started: list["subprocess.Popen[bytes]"], log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if any(one.poll() is not None for one in started):
            break
        with socket.socket() as tried:
            tried.settimeout(1)
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"Máy chủ không lên: {log.read_text(errors='replace')[-2000:]}")
