"""The processes that a run looks after: the web server and the worker."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lienthong.console import places
from lienthong.console.errors import ConsoleError


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path


@dataclass
class Children:
    """Started in sessions of their own, so that Ctrl-C reaches only us and we stop them in order."""

    changed: Callable[[list[int]], None]
    running: list[Child] = field(default_factory=list)

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> Child:
        log = places.var() / "log" / f"{name}.log"
        log.parent.mkdir(exist_ok=True)
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=places.ROOT,
                start_new_session=True,
            )
        child = Child(name, process, log)
        self.running.append(child)
        self.changed([each.process.pid for each in self.running])
        return child

    def refuse_dead(self) -> None:
        """Refuse to go on when one of them has ended by itself."""
        for child in self.running:
            if child.process.poll() is not None:
                raise ConsoleError(
                    "process-ended",
                    f"Tiến trình “{child.name}” đã tự dừng (mã {child.process.returncode}); nhật ký đầy đủ ở "
                    f"{child.log}:\n{tail(child.log)}",
                )

    def stop(self, patience: float = 10) -> None:
        """Ask all, wait, then insist; the last started is asked first."""
        for child in reversed(self.running):
            _signal(child, signal.SIGTERM)
        until = time.monotonic() + patience
        for child in self.running:
            try:
                child.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(child, signal.SIGKILL)
                child.process.wait(5)
        self.running.clear()


def tail(log: Path, lines: int = 20) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _signal(child: Child, kind: signal.Signals) -> None:
    if child.process.poll() is None:
        os.killpg(child.process.pid, kind)
