"""Names of files: brought to a form that no screen, disk or reader can be fooled with."""

import re
import unicodedata

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.facilities.documents.rules.limits import (
    DANGEROUS_EXTENSIONS,
    KINDS,
    LONGEST_NAME,
    LONGEST_PAPER,
    FileKind,
)
from lienthong.lib.text import nfc

# Control, direction and invisible marks, half pairs, private signs: they show another name than they are.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = frozenset({"Zl", "Zp", "Zs"})
_FORBIDDEN_ON_DISK = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_UNNAMED = "tep"
_BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}


def cleaned_name(name: str) -> str:
    """The last part of the path, one line, no hidden marks, at most 120 characters with its extension."""
    last = re.split(r"[/\\]", _visible(name))[-1]
    stem, dot, extension = _FORBIDDEN_ON_DISK.sub("_", last).rstrip(" .").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    stem = stem.strip(" .") or _UNNAMED
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem[: LONGEST_NAME - len(dot) - len(extension[:20])].rstrip(' .')}{dot}{extension[:20]}"


def cleaned_paper(paper: str) -> str:
    """The name of the paper (thành phần hồ sơ) as one visible line."""
    return _visible(paper)


def why_not_paper(paper: str) -> Refusal | None:
    """A paper needs a name that fits."""
    if not paper:
        return Refusal(
            "document.paper_unnamed",
            _("Chưa chọn giấy tờ này là thành phần nào của hồ sơ. Hãy chọn rồi gửi lại."),
        )
    if len(paper) > LONGEST_PAPER:
        return Refusal(
            "document.paper_too_long",
            _("Tên giấy tờ dài quá %(most)s ký tự. Hãy viết gọn lại; tệp vẫn còn trên máy của bạn.")
            % {"most": LONGEST_PAPER},
        )
    return None


def why_not_named(name: str) -> Refusal | None:
    """Why a file of this (cleaned) name is not taken, whatever it holds."""
    *before, last = name.lower().split(".")
    if not before or last not in _BY_EXTENSION:
        return Refusal(
            "file.type_forbidden",
            _(
                "Không nhận tệp “%(name)s”. Chỉ nhận: %(kinds)s. Hãy chụp, quét hoặc lưu thành một "
                "trong các loại này."
            )
            % {"name": name, "kinds": ", ".join(f".{e}" for e in _BY_EXTENSION)},
        )
    if DANGEROUS_EXTENSIONS & set(before[1:]):
        return Refusal(
            "file.name_double",
            _(
                "Tên tệp “%(name)s” có hai đuôi nên không nhận. Hãy đổi tên tệp, chỉ giữ một đuôi, "
                "rồi gửi lại."
            )
            % {"name": name},
        )
    return None


def kind_named(name: str) -> FileKind | None:
    """The kind that the extension promises."""
    return _BY_EXTENSION.get(name.lower().rpartition(".")[2])


def _visible(text: str) -> str:
    kept = (
        " " if unicodedata.category(c) in _SPACES or c in "\t\r\n" else c
        for c in nfc(text)
        if c in "\t\r\n" or unicodedata.category(c) not in _HIDDEN
    )
    return " ".join("".join(kept).split())
