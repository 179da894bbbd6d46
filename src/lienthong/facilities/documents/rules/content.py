"""What a file truly is, by its bytes; its name is only a promise."""

import mmap
import re
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.facilities.documents.rules.limits import (
    HEAD_READ,
    KINDS,
    LARGEST_FILE,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_PARTS,
    TAIL_READ,
    FileKind,
)
from lienthong.facilities.documents.rules.names import kind_named, why_not_named

_OLD_OR_LOCKED_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")  # also the envelope of an encrypted .docx, .xlsx
_ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
_PAGE_IN_DISGUISE = re.compile(rb"<\s*(!doctype\s+html|html|script|svg|iframe|body)\b|<\?php", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"
_LOCKED_ODT = b"encryption-data"
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml)$|^(Basic|Scripts)/.", re.IGNORECASE)


def why_not_keep(file: BinaryIO, size: int, name: str) -> Refusal | None:
    """Why this file may not be kept under this (cleaned) name; None where it may."""
    if size == 0:
        return Refusal(
            "file.empty",
            _("Tệp “%(name)s” trống (0 byte). Hãy quét hoặc lưu lại rồi gửi lại.") % {"name": name},
        )
    if size > LARGEST_FILE:
        return too_large(name)
    return why_not_named(name) or _why_not_content(file, name)


def too_large(name: str) -> Refusal:
    """The refusal of a file over the limit."""
    return Refusal(
        "file.too_large",
        _("Tệp “%(name)s” lớn hơn %(most)s MB. Hãy quét ở độ phân giải thấp hơn hoặc chia thành nhiều tệp.")
        % {"name": name, "most": LARGEST_FILE // MEGABYTE},
    )


def read_kind(file: BinaryIO) -> FileKind | None:
    """The kind that the bytes show, None for any other."""
    file.seek(0)
    head = file.read(16)
    found = [kind for kind in KINDS if head.startswith(kind.starts)]
    if found and found[0].must_hold:
        return _packed_kind(file, found)
    return found[0] if found else None


def _why_not_content(file: BinaryIO, name: str) -> Refusal | None:
    file.seek(0)
    promised = kind_named(name)
    if promised and promised.must_hold and file.read(8) == _OLD_OR_LOCKED_OFFICE:
        return _locked(name)
    kind = read_kind(file)
    if kind != promised or kind is None:
        return _not_what_it_says(name, kind)
    if kind.must_hold:
        return _why_not_packed(file, name)
    if kind.name == "pdf" and _holds(file, _ENCRYPTED_PDF):
        return _locked(name)
    return _two_in_one(name) if _is_two_in_one(file) else None


def _packed_kind(file: BinaryIO, kinds: list[FileKind]) -> FileKind | None:
    try:
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    return next((kind for kind in kinds if kind.must_hold in names), None)


def _why_not_packed(file: BinaryIO, name: str) -> Refusal | None:
    """Encrypted parts, programs inside, or an unpacked size out of all proportion."""
    with zipfile.ZipFile(file) as packed:
        parts = packed.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            return _locked(name)
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            return Refusal(
                "file.unpacks_too_large",
                _("Tệp “%(name)s” bung ra quá lớn nên không nhận. Hãy in thành PDF rồi gửi lại.")
                % {"name": name},
            )
        if any(_MACROS.search(part.filename) for part in parts):
            return Refusal(
                "file.macro",
                _("Tệp “%(name)s” có chứa chương trình (macro) nên không nhận. Hãy in thành PDF rồi gửi lại.")
                % {"name": name},
            )
        if "META-INF/manifest.xml" in packed.NameToInfo:
            with packed.open("META-INF/manifest.xml") as manifest:
                if _LOCKED_ODT in manifest.read(MEGABYTE):
                    return _locked(name)
    return None


def _holds(file: BinaryIO, pattern: re.Pattern[bytes]) -> bool:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        return pattern.search(whole) is not None


def _is_two_in_one(file: BinaryIO) -> bool:
    """A picture or PDF that another program would take for a page or an archive."""
    file.seek(0)
    if _PAGE_IN_DISGUISE.search(file.read(HEAD_READ)):
        return True
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL_READ))
    tail = file.read()
    return _ZIP_END in tail or bool(_PAGE_IN_DISGUISE.search(tail[-HEAD_READ:]))


def _locked(name: str) -> Refusal:
    return Refusal(
        "file.encrypted",
        _("Tệp “%(name)s” có mật khẩu nên cán bộ không mở được. Hãy bỏ mật khẩu, lưu lại rồi gửi lại.")
        % {"name": name},
    )


def _two_in_one(name: str) -> Refusal:
    return Refusal(
        "file.two_in_one",
        _(
            "Tệp “%(name)s” có lẫn nội dung thuộc loại khác nên không nhận. Hãy quét lại giấy tờ "
            "hoặc in lại thành PDF."
        )
        % {"name": name},
    )


def _not_what_it_says(name: str, kind: FileKind | None) -> Refusal:
    if kind is None:
        return Refusal(
            "file.damaged_or_other",
            _(
                "Nội dung tệp “%(name)s” bị hỏng hoặc không đúng với đuôi của nó. Hãy mở tệp, lưu lại "
                "rồi gửi lại."
            )
            % {"name": name},
        )
    return Refusal(
        "file.type_mismatch",
        _("Tệp “%(name)s” thực ra là tệp %(kind)s. Hãy đổi đuôi thành .%(extension)s rồi gửi lại.")
        % {"name": name, "kind": kind.label, "extension": kind.extensions[0]},
    )
