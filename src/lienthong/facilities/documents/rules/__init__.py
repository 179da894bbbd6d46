"""What may be attached, under which name, by whom. Pure: no row is read or written here."""

from lienthong.facilities.documents.rules.content import read_kind, too_large, why_not_keep
from lienthong.facilities.documents.rules.limits import (
    KINDS,
    LARGEST_FILE,
    MOST_FILES_A_CASE,
    SCAN_CHUNK,
    SCAN_CONNECT_SECONDS,
    SCAN_SECONDS,
    SHOWN_INLINE,
    FileKind,
)
from lienthong.facilities.documents.rules.names import (
    cleaned_name,
    cleaned_paper,
    why_not_named,
    why_not_paper,
)
from lienthong.facilities.documents.rules.rights import (
    infected,
    why_not_attach,
    why_not_issue,
    why_not_one_more,
    why_not_reuse,
    why_not_withdraw,
)

__all__ = [
    "KINDS",
    "LARGEST_FILE",
    "MOST_FILES_A_CASE",
    "SCAN_CHUNK",
    "SCAN_CONNECT_SECONDS",
    "SCAN_SECONDS",
    "SHOWN_INLINE",
    "FileKind",
    "cleaned_name",
    "cleaned_paper",
    "infected",
    "read_kind",
    "too_large",
    "why_not_attach",
    "why_not_issue",
    "why_not_keep",
    "why_not_named",
    "why_not_one_more",
    "why_not_paper",
    "why_not_reuse",
    "why_not_withdraw",
]
