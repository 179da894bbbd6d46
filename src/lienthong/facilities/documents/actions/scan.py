"""Scanning by ClamAV's daemon (its INSTREAM command, over a local or TCP socket)."""

import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents.actions.store import quarantine
from lienthong.facilities.documents.enums import ScanState
from lienthong.facilities.documents.models import StoredFile
from lienthong.facilities.documents.queries import stored_path
from lienthong.facilities.documents.rules import SCAN_CHUNK, SCAN_CONNECT_SECONDS, SCAN_SECONDS

_LONGEST_ANSWER = 4_096
_NOT_WHOLLY_SCANNED = "Heuristics.Limits.Exceeded"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kết quả quét: the state, and what the scanner said."""

    state: ScanState
    note: str = ""


def scan(path: Path, *, seconds: float = SCAN_SECONDS) -> Verdict:
    """Ask the scanner about a file. Never raises: no answer means "not scanned", with the reason."""
    if not settings.CLAMAV_SOCKET:
        return Verdict(ScanState.NOT_SCANNED, _("Chưa cấu hình phần mềm quét"))
    try:
        return _verdict(_asked(path, monotonic() + seconds))
    except TimeoutError:
        return Verdict(ScanState.NOT_SCANNED, _("Phần mềm quét không trả lời kịp"))
    except OSError:
        return Verdict(ScanState.NOT_SCANNED, _("Không liên lạc được với phần mềm quét"))


def scan_waiting(*, actor: Actor, at: datetime | None = None, limit: int = 50) -> dict[str, int]:
    """Scan files that came while there was no scanner; returns how many of each state.

    The scanner is asked outside any transaction of this act; what it finds is quarantined and journalled.
    """
    counts = dict.fromkeys(ScanState.values, 0)
    waiting = StoredFile.objects.filter(scan_state=ScanState.NOT_SCANNED).order_by("id")
    for file in waiting[:limit]:
        verdict = scan(stored_path(file.sha256))
        counts[verdict.state] += 1
        _write_down(file, verdict, actor, at or now())
    return counts


def _write_down(file: StoredFile, verdict: Verdict, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(scan_state=verdict.state, scan_note=verdict.note[:200])
        if verdict.state == ScanState.INFECTED:
            record("document.infected", subject=Subject("file", file.pk), actor=actor, at=at)
            quarantine(stored_path(file.sha256), file.sha256)


def _asked(path: Path, deadline: float) -> str:
    """The daemon's answer to one INSTREAM. Raises OSError, TimeoutError among them."""
    with _connected() as link, path.open("rb") as file:
        try:
            for part in _parts(file):
                link.settimeout(_left(deadline))
                link.sendall(part)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it stopped listening (too large): what it said is still to be read
        return _answer(link, deadline)


def _parts(file: BinaryIO) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    while chunk := file.read(SCAN_CHUNK):
        yield struct.pack("!L", len(chunk)) + chunk
    yield struct.pack("!L", 0)


def _answer(link: socket.socket, deadline: float) -> str:
    said = b""
    while b"\0" not in said and len(said) < _LONGEST_ANSWER:
        link.settimeout(_left(deadline))
        more = link.recv(1_024)
        if not more:
            break
        said += more
    return said.partition(b"\0")[0].decode("ascii", "replace").strip()


def _verdict(answer: str) -> Verdict:
    """What an answer means; only the plain OK is clean."""
    said = answer.removeprefix("stream:").strip()
    if said == "OK":
        return Verdict(ScanState.CLEAN)
    if said.endswith("FOUND") and not said.startswith(_NOT_WHOLLY_SCANNED):
        return Verdict(ScanState.INFECTED, said.removesuffix("FOUND").strip()[:200])
    return Verdict(ScanState.NOT_SCANNED, _("Phần mềm quét trả lời: %(said)s") % {"said": said[:120] or "-"})


def _connected() -> socket.socket:
    """A socket to "/run/…/clamd.ctl" or "tcp://host:port"."""
    place = settings.CLAMAV_SOCKET
    if place.startswith("tcp://"):
        parts = urlsplit(place)
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SCAN_CONNECT_SECONDS)
    link = socket.socket(socket.AF_UNIX)
    try:
        link.settimeout(SCAN_CONNECT_SECONDS)
        link.connect(place)
    except OSError:
        link.close()
        raise
    return link


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
