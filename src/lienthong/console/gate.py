"""`lienthong gate`: everything that must hold before a change is taken in; `make test` runs it."""

import os
import subprocess
import sys
import time
from pathlib import Path

from lienthong.console import addresses, cluster, environment, messages, places
from lienthong.console.errors import ConsoleError

# Two at a time: the machine that judges has two cores, and each has a database of its own.
PARALLEL = "2"


def gate() -> int:
    """All steps, also after one has failed; stops the private cluster if it was not running before."""
    if environment.chromium() is None and not os.environ.get("LIENTHONG_CHROMIUM"):
        raise ConsoleError(
            "chromium-missing",
            "Không có Chromium nên không chạy được các hành trình trong trình duyệt. Hãy cài gói chromium "
            "(make test tự cài khi chạy bằng root), hoặc đặt LIENTHONG_CHROMIUM.",
        )
    started = addresses.is_private() and not cluster.private().answers()
    try:
        where = addresses.prepare()
        messages.compile_all()
        return _report([(name, *_timed(command, where)) for name, command in _steps()])
    finally:
        if started and not cluster.is_kept(cluster.private()):
            cluster.stop(cluster.private())


def test(arguments: list[str]) -> int:
    """pytest with the environment it needs; leaves the private cluster running for the next time."""
    where = addresses.prepare()
    messages.compile_all()
    return _run([sys.executable, "-m", "pytest", *arguments], where)


def anything(command: list[str]) -> int:
    """Any command, given the environment of the application."""
    return subprocess.run(command, env=environment.of(addresses.prepare()), check=False).returncode


def _steps() -> list[tuple[str, list[str]]]:
    tools = Path(sys.executable).parent
    return [
        ("ruff format", [str(tools / "ruff"), "format", "--check", "."]),
        ("ruff check", [str(tools / "ruff"), "check", "."]),
        ("mypy", [str(tools / "mypy")]),
        ("lint-imports", [str(tools / "lint-imports")]),
        ("makemigrations", [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]),
        ("pytest", [sys.executable, "-m", "pytest", "-n", PARALLEL, "--dist", "loadfile"]),
    ]


def _timed(command: list[str], where: addresses.Addresses) -> tuple[int, float]:
    began = time.monotonic()
    return _run(command, where), time.monotonic() - began


def _run(command: list[str], where: addresses.Addresses) -> int:
    # The test runner makes databases: that is the owner's right.
    made = environment.of(where, as_owner=True)
    return subprocess.run(command, env=made, cwd=places.ROOT, check=False).returncode


def _report(results: list[tuple[str, int, float]]) -> int:
    print("\nKết quả:")
    for name, code, seconds in results:
        print(f"  {'đạt  ' if code == 0 else 'HỎNG '} {name:<16} {seconds:6.1f} giây")
    print(f"  tổng cộng {sum(seconds for _, _, seconds in results):.0f} giây")
    return 1 if any(code for _, code, _ in results) else 0
