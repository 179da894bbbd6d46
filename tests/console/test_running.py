"""One run per var/; what a killed one left behind is ended, and nothing else."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from lienthong.console import liveness, ports, running
from lienthong.console.errors import ConsoleError

SLEEP = "import time; time.sleep(60)"


def test_a_second_run_does_not_get_the_lock(var: Path):
    first = running.take_lock()
    assert first is not None
    assert running.take_lock() is None
    first.close()
    again = running.take_lock()
    assert again is not None
    again.close()


def test_what_a_dead_run_left_is_ended_but_not_a_foreign_process(var: Path):
    ours = subprocess.Popen([sys.executable, "-c", SLEEP], start_new_session=True)
    foreign = subprocess.Popen(["sleep", "60"], start_new_session=True)
    running.Run(pid=1, children=[ours.pid, foreign.pid]).write()
    try:
        assert running.clean_dead() == [ours.pid]
        assert not liveness.alive(ours.pid)
        assert liveness.alive(foreign.pid)
        assert running.read() is None
    finally:
        os.killpg(foreign.pid, signal.SIGKILL)
        foreign.wait()
        ours.wait()


def test_a_broken_record_counts_as_none(var: Path):
    (var / "run.json").write_text('{"pid": ')
    assert running.read() is None
    assert running.clean_dead() == []


def test_a_run_for_another_province_is_said(var: Path, monkeypatch: pytest.MonkeyPatch):
    lock = running.take_lock()
    assert lock is not None
    running.Run(pid=os.getpid(), host="127.0.0.1", port=1, province="79").write()
    monkeypatch.setenv("LIENTHONG_PROVINCE", "01")
    with pytest.raises(ConsoleError) as refusal:
        running.join(patience=5)
    assert refusal.value.code == "already-running-elsewhere"
    lock.close()


def test_a_run_that_never_answers_is_said_and_its_place_is_taken_when_it_ends(var: Path):
    lock = running.take_lock()
    assert lock is not None
    with pytest.raises(ConsoleError) as refusal:
        running.join(patience=0.6)
    assert refusal.value.code == "already-starting"
    lock.close()
    freed = running.join(patience=5)
    assert not isinstance(freed, running.Run)
    freed.close()


def test_a_taken_port_gives_the_next_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not ports.is_free("127.0.0.1", port)
        assert port < ports.choose("127.0.0.1", port) < port + ports.TRIES


def test_no_free_port_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ports, "is_free", lambda host, port: False)
    with pytest.raises(ConsoleError) as refusal:
        ports.choose("127.0.0.1", 8000)
    assert refusal.value.code == "port-taken"
