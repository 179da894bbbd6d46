"""Which run is under way: one `lienthong up` per var/, known by a lock that the kernel frees at death."""

import fcntl
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from lienthong.console import liveness, places
from lienthong.console.errors import ConsoleError

# Listening on every address; one asks there by the machine's own.
WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}
# No proxy of the office lies between us and this machine.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Run:
    """What a run writes down of itself (var/run.json)."""

    pid: int = 0
    host: str = ""
    port: int = 0
    province: str = ""
    children: list[int] = field(default_factory=list)

    @property
    def address(self) -> str:
        host = WILDCARDS.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def write(self) -> None:
        fresh = _file().with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self)))
        fresh.replace(_file())


def read() -> Run | None:
    """What the present or the last run wrote; nothing when it ended in order."""
    try:
        return Run(**json.loads(_file().read_text()))
    except (OSError, ValueError, TypeError):
        return None


def forget() -> None:
    _file().unlink(missing_ok=True)


def take_lock() -> IO[str] | None:
    """The lock of this var/, to be kept open; None while another run has it."""
    handle = (places.var() / "up.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def healthy(address: str) -> bool:
    """Whether our server answers there, asked by the name that the settings always allow."""
    asked = urllib.request.Request(f"{address}/healthz", headers={"Host": "localhost"})
    try:
        with _DIRECT.open(asked, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def join(patience: float = 240) -> Run | IO[str]:
    """The run that another process has started, once it answers; the lock, should that process end first.

    Refuses a run that serves another province.
    """
    until = time.monotonic() + patience
    while time.monotonic() < until:
        run = read()
        _refuse_other_province(run)
        if run and run.port and healthy(run.address):
            return run
        if lock := take_lock():
            return lock
        time.sleep(0.5)
    raise ConsoleError(
        "already-starting",
        "Một lần chạy khác đang giữ thư mục var/ nhưng chưa trả lời; hãy xem cửa sổ đang chạy nó.",
    )


def _refuse_other_province(run: Run | None) -> None:
    if run and run.province and run.province != places.province():
        raise ConsoleError(
            "already-running-elsewhere",
            f"Liên Thông đang chạy cho tỉnh, thành phố mã {run.province}; hãy dừng bản ấy (Ctrl-C) trước "
            f"khi chạy cho mã {places.province()}.",
        )


def clean_dead() -> list[int]:
    """End what a killed run left behind, and only that; returns the processes that were ended."""
    run = read()
    left = [pid for pid in (run.children if run else []) if _ours(pid)]
    for pid in left:
        _end(pid)
    forget()
    return left


def _ours(pid: int) -> bool:
    # A number may have gone to another program meanwhile: ours run this very Python.
    return liveness.alive(pid) and sys.executable in liveness.command_line(pid)


def _end(pid: int) -> None:
    for kind, patience in ((signal.SIGTERM, 8.0), (signal.SIGKILL, 3.0)):
        try:
            os.killpg(pid, kind)
        except ProcessLookupError:
            return
        until = time.monotonic() + patience
        while liveness.alive(pid) and time.monotonic() < until:
            time.sleep(0.1)
        if not liveness.alive(pid):
            return


def _file() -> Path:
    return places.var() / "run.json"
