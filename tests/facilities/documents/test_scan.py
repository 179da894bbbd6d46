"""The scanner, spoken to over real sockets: what it says, and what becomes of a file when it says nothing."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.documents import access, queries
from lienthong.facilities.documents.actions import reuse_attachment, scan_waiting
from lienthong.facilities.documents.actions.scan import scan
from lienthong.facilities.documents.enums import ScanState
from lienthong.facilities.documents.models import StoredFile
from tests.facilities.documents.conftest import PDF, PERSON, SECOND_CASE

MARK = b"EICAR-LIKE-TEST-MARK"
INFECTED = PDF + MARK


class Daemon:
    """A scanner that speaks INSTREAM: `limit` bytes at most, then its refusal, as clamd does."""

    def __init__(
        self, listening: socket.socket, *, limit: int = 1_000_000, says: bytes | None = None
    ) -> None:
        self.listening, self.limit, self.says = listening, limit, says
        self.seen: list[bytes] = []
        self.over = threading.Event()

    def serve(self) -> None:
        while not self.over.is_set():
            try:
                link, _ = self.listening.accept()
            except OSError:
                return
            with link:
                self.answer(link)

    def answer(self, link: socket.socket) -> None:
        assert self.read(link, 10) == b"zINSTREAM\0"
        whole = b""
        while size := struct.unpack("!L", self.read(link, 4))[0]:
            whole += self.read(link, size)
            if len(whole) > self.limit:
                link.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.seen.append(whole)
        if self.says == b"hang":
            self.over.wait(20)
            return
        verdict = b"stream: Test.Mark FOUND\0" if MARK in whole else b"stream: OK\0"
        link.sendall(verdict if self.says is None else self.says)

    def read(self, link: socket.socket, size: int) -> bytes:
        got = b""
        while len(got) < size:
            more = link.recv(size - len(got))
            if not more:
                return got.ljust(size, b"\0")
            got += more
        return got


@contextmanager
def running(listening: socket.socket, **manner) -> Iterator[Daemon]:
    daemon = Daemon(listening, **manner)
    thread = threading.Thread(target=daemon.serve)
    thread.start()
    try:
        yield daemon
    finally:
        daemon.over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


@pytest.fixture
def daemon(settings, tmp_path) -> Callable:
    def start(kind: str = "unix", **manner):
        if kind == "tcp":
            listening = socket.create_server(("127.0.0.1", 0))
            settings.CLAMAV_SOCKET = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        else:
            place = str(tmp_path / "clamd.ctl")
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(place)
            listening.listen()
            settings.CLAMAV_SOCKET = place
        return running(listening, **manner)

    return start


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(PDF * 2_000)
    return path


@pytest.mark.parametrize("kind", ["unix", "tcp"])
def test_the_whole_file_is_sent_and_ok_is_clean(daemon, file, kind: str) -> None:
    with daemon(kind) as scanner:
        assert scan(file).state == ScanState.CLEAN
    assert scanner.seen == [file.read_bytes()]


def test_a_finding_is_named(daemon, file) -> None:
    file.write_bytes(INFECTED)
    with daemon():
        verdict = scan(file)
    assert (verdict.state, verdict.note) == (ScanState.INFECTED, "Test.Mark")


@pytest.mark.parametrize(
    ("manner", "note"),
    [
        ({"limit": 1_000}, "size limit exceeded"),
        ({"says": b"UNKNOWN COMMAND\0"}, "UNKNOWN COMMAND"),
        ({"says": b"stream: Can't allocate memory ERROR\0"}, "ERROR"),
        ({"says": b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0"}, "Limits.Exceeded"),
        ({"says": b""}, "-"),
    ],
)
def test_anything_but_ok_is_not_clean(daemon, file, manner, note: str) -> None:
    with daemon(**manner):
        verdict = scan(file)
    assert verdict.state == ScanState.NOT_SCANNED
    assert note in verdict.note


def test_a_scanner_that_hangs_is_left(daemon, file) -> None:
    with daemon(says=b"hang"):
        verdict = scan(file, seconds=0.3)
    assert verdict.state == ScanState.NOT_SCANNED
    assert "không trả lời kịp" in verdict.note


@pytest.mark.parametrize("place", ["/nowhere/clamd.ctl", "tcp://127.0.0.1:9"])
def test_a_scanner_that_is_down_leaves_the_file_not_scanned(settings, file, place: str) -> None:
    settings.CLAMAV_SOCKET = place
    verdict = scan(file)
    assert verdict.state == ScanState.NOT_SCANNED
    assert verdict.note


def test_a_clean_upload_is_marked_clean(attach, officers, daemon) -> None:
    with daemon():
        paper_id = attach()
    with entered(officers.clerk):
        assert access.find_attachment(officers.clerk, paper_id).file.scan_state == ScanState.CLEAN


def test_an_infected_upload_is_refused_and_quarantined(attach, officers, daemon, tmp_path, settings) -> None:
    with daemon(), pytest.raises(Refused) as refused:
        attach(INFECTED)
    assert refused.value.refusal.code == "file.infected"
    assert StoredFile.objects.count() == 0
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept.parent.name == "quarantine"
    settings.CLAMAV_SOCKET = "/nowhere"  # what was once found is not taken later because nobody looks
    with pytest.raises(Refused):
        attach(INFECTED)


def test_what_came_unscanned_is_scanned_later(attach, officers, daemon) -> None:
    good, bad = attach(), attach(INFECTED)
    with daemon(), entered(SYSTEM):
        counts = scan_waiting(actor=SYSTEM)
    assert (counts["clean"], counts["infected"], counts["not_scanned"]) == (1, 1, 0)
    with entered(officers.clerk):
        assert access.find_attachment(officers.clerk, good).file.scan_state == ScanState.CLEAN
        found = access.find_attachment(officers.clerk, bad).file
        assert (found.scan_state, found.scan_note) == (ScanState.INFECTED, "Test.Mark")
        assert not queries.stored_path(found.sha256).exists()
        assert queries.quarantine_path(found.sha256).exists()
        assert [
            r.attachment_id for r in queries.reusable_for(officers.clerk, PERSON, ["giay chung sinh"])
        ] == [good]
        with pytest.raises(Refused) as refused:
            reuse_attachment(
                actor=officers.clerk,
                key=uuid4(),
                attachment_id=bad,
                case_id=SECOND_CASE,
                party_id=PERSON,
                paper="Giấy chứng sinh",
            )
        assert refused.value.refusal.code == "file.infected"
