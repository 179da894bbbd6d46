"""Plain values that the pages of administration show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Entry:
    """Mục của trang Quản trị: a page, what one does there, and the duties that open it (one is enough)."""

    url_name: str
    label: "StrOrPromise"
    sentence: "StrOrPromise"
    duties: tuple[str, ...]
