"""A process that is gone, one that is a zombie, one that lives."""

import os
import subprocess
import sys
import time
from pathlib import Path

from lienthong.console import liveness


def test_we_are_alive_and_known_by_our_command_line():
    assert liveness.alive(os.getpid())
    assert "pytest" in liveness.command_line(os.getpid()) or "python" in liveness.command_line(os.getpid())


def test_a_process_that_ended_is_gone():
    child = subprocess.Popen(["true"])
    child.wait()
    assert not liveness.alive(child.pid)
    assert liveness.command_line(child.pid) == ""


def test_a_zombie_counts_as_gone_though_its_number_still_answers():
    child = subprocess.Popen(["true"])
    until = time.monotonic() + 5
    while liveness.alive(child.pid) and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(child.pid, 0)
    assert not liveness.alive(child.pid)
    child.wait()


def test_processes_are_found_by_the_folder_they_sit_in(tmp_path: Path):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], cwd=tmp_path)
    try:
        assert liveness.working_in(tmp_path) == [child.pid]
    finally:
        child.kill()
        child.wait()
    assert liveness.working_in(tmp_path) == []
