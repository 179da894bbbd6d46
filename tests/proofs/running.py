"""The product as it runs: granian's workers and the background worker, in processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

READY_WITHIN = 180.0  # a busy machine takes its time to import


@contextmanager
def product(workers: int = 2) -> Iterator[str]:
    """The web server and the worker over the test's own database; gives the address."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application"]
    where = ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "warning"]
    web = [*granian, *where, "--workers", str(workers), "--blocking-threads", "4"]
    children = [_started(web), _started([sys.executable, "-m", "django", "worker"])]
    try:
        _wait(address, children)
        yield address
    finally:
        for child in children:
            child.terminate()
        for child in children:
            _ended(child)


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    log = settings.VAR / "log" / f"proof-{command[2]}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            env=_environment(),
            stdout=output,
            stderr=output,
            start_new_session=True,
            cwd=settings.ROOT,
        )


def _environment() -> dict[str, str]:
    """Ours, but as the application's role on the database that this test works on."""
    parts = urlsplit(settings.APP_URL)
    database = urlunsplit(parts._replace(path="/" + str(connection.settings_dict["NAME"])))
    made = {name: value for name, value in os.environ.items() if name != "LIENTHONG_ROLE"}
    return made | {"DATABASE_URL": database, "LIENTHONG_SECRET_KEY": settings.SECRET_KEY}


def _wait(address: str, children: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if dead := [child.args for child in children if child.poll() is not None]:
            raise RuntimeError(f"ended by itself: {dead}; see var/log/proof-*.log")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the product does not answer; see var/log/proof-*.log")


def _ended(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)  # its workers too: they share its session
        child.wait(5)


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])
