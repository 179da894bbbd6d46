"""Bytes on disk: streamed to a private temporary file, hashed on the way, then put in place as one act."""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refused
from lienthong.facilities.documents import rules
from lienthong.facilities.documents.queries import quarantine_path, stored_path

CHUNK = 256 * 1024
log = logging.getLogger(__name__)


class Upload(Protocol):
    """Anything that gives bytes, such as an uploaded file."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """Tệp đang nhận: written whole to a temporary place, not yet kept."""

    file: BinaryIO
    path: Path
    sha256: str
    size: int


@contextmanager
def taken_in(upload: Upload, name: str) -> Iterator[Incoming]:
    """The upload as a temporary file (0600) under the files' root, gone at the end unless kept.

    Raises Refused as soon as more than the limit has come, or where the disk does not take it.
    """
    path = None
    try:
        folder = Path(settings.FILES_ROOT) / "incoming"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            path = Path(file.name)
            sha256, size = _copy(upload, file, name)
            yield Incoming(file, path, sha256, size)  # type: ignore[arg-type]
    except OSError as error:
        log.exception("a file could not be stored")
        raise Refused(
            code="file.not_stored",
            sentence=_("Máy chủ chưa lưu được tệp. Hãy gửi lại sau ít phút; tệp vẫn còn trên máy của bạn."),
            status=503,
        ) from error
    finally:
        if path:
            path.unlink(missing_ok=True)


def keep(incoming: Incoming) -> None:
    """Put the bytes at their digest's place: synced, renamed in one step, the folder synced too."""
    incoming.file.flush()
    os.fsync(incoming.file.fileno())
    _move(incoming.path, stored_path(incoming.sha256))


def quarantine(path: Path, sha256: str) -> None:
    """Move a file in which something was found to where nothing reads."""
    _move(path, quarantine_path(sha256))


def _copy(upload: Upload, file: object, name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := upload.read(CHUNK):
        size += len(chunk)
        if size > rules.LARGEST_FILE:
            raise Refused.because(rules.too_large(name), status=413)
        digest.update(chunk)
        file.write(chunk)  # type: ignore[attr-defined]
    file.flush()  # type: ignore[attr-defined]
    return digest.hexdigest(), size


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
