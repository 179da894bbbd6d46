"""Whether a process still lives, and whether it is the one we think of.

After SIGKILL without an init that reaps, a dead postmaster stays a zombie: its number answers to
signal 0 for ever, and PostgreSQL then refuses to start. A zombie is counted as gone here.
"""

import subprocess
from pathlib import Path

PROC = Path("/proc")


def alive(pid: int) -> bool:
    """True for a process that runs; False for none and for a zombie."""
    if (PROC / "self" / "stat").exists():
        return _state_from_proc(pid) not in ("", "Z", "X")
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(shown.stdout.strip()) and not shown.stdout.strip().startswith("Z")


def command_line(pid: int) -> str:
    """The words it was started with, blank when it is gone."""
    if (PROC / "self" / "stat").exists():
        try:
            return (
                (PROC / str(pid) / "cmdline")
                .read_bytes()
                .replace(b"\0", b" ")
                .decode(errors="replace")
                .strip()
            )
        except OSError:
            return ""
    shown = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()


def working_in(folder: Path) -> list[int]:
    """Processes whose working directory is this folder: PostgreSQL's children sit in its data."""
    found = []
    for entry in PROC.glob("[0-9]*"):
        try:
            here = (entry / "cwd").readlink()
        except OSError:
            continue
        if here == folder and alive(int(entry.name)):
            found.append(int(entry.name))
    return found


def _state_from_proc(pid: int) -> str:
    try:
        line = (PROC / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return ""
    # The name in brackets may itself hold brackets and blanks: read from the last one.
    return line.rpartition(")")[2].split()[0]
