"""Plain values a page hands to the shell's parts. Any object or dict with the same names serves as well."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

DueTone = Literal["ok", "soon", "late", "paused", "closed", "none"]


@dataclass(frozen=True)
class NavItem:
    """Mục điều hướng: one entry of the officer's navigation."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
    key: str = ""


@dataclass(frozen=True)
class KeyHint:
    """Phím tắt: a key and what it does, shown in the strip at the bottom."""

    key: str
    label: str


@dataclass(frozen=True)
class Act:
    """Việc làm được: one act on a case; `reason` is the refusal's sentence when it is not possible now."""

    name: str
    label: str
    url: str = ""
    reason: str = ""
    article: str = ""
    key: str = ""
    post: bool = False
    danger: bool = False

    @property
    def enabled(self) -> bool:
        return not self.reason


@dataclass(frozen=True)
class TimelineEntry:
    """Diễn biến: one sentence of the timeline."""

    at: datetime
    sentence: str
    actor: str = ""
    detail: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class CalendarDay:
    """Một ngày trong cách tính hạn: `kind` is work, off, paused, start, due or late."""

    on: date
    kind: str
    note: str = ""
    today: bool = False


@dataclass(frozen=True)
class Due:
    """Hạn bằng lời: the words, their tone and the moment they speak of."""

    tone: DueTone
    words: str
    at: datetime | None = None
    share: int | None = None
