"""Plain values of messages: what a carrier is handed and answers, what pages show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Protocol
from uuid import UUID

from lienthong.facilities.notifications.enums import AlertKind, AlertTo, TemplateName, Verdict


@dataclass(frozen=True, slots=True)
class Parcel:
    """Một tin trao cho bên chuyển: `filling` are the placeholders' values, for providers that fill themselves.

    `reference` is the message's own number for ever: the same in every attempt.
    """

    reference: UUID
    address: str
    subject: str
    text: str
    provider_template: str = ""
    filling: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """Bên chuyển trả lời: `reason` is for the page and never holds an address."""

    verdict: Verdict
    reason: str = ""


class Carrier(Protocol):
    """Cổng gửi tin: a mail server, an SMS provider, Zalo ZNS."""

    @property
    def repeatable(self) -> bool:
        """Whether a message whose fate is unknown may be handed over again."""

    def send(self, parcel: Parcel) -> Answer:
        """Hand one message over. Raises nothing: every failure is an answer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Quy định gửi tin của tỉnh, thành phố: quiet hours, whether mail may go in them, how long addresses stay."""

    quiet_from: time = time(21)
    quiet_to: time = time(7)
    mail_at_night: bool = False
    keep_days: int = 30


@dataclass(frozen=True, slots=True)
class Wording:
    """Mẫu tin đang dùng ở một nơi: the office's own row, or the product's text (`valid_from` None)."""

    name: TemplateName
    text: str
    place: str = ""
    provider_template: str = ""
    valid_from: str = ""
    set_by: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Mẫu tin trên trang: its text, an example as it would arrive, and how long that is."""

    wording: Wording
    example: str
    length: int


@dataclass(frozen=True, slots=True)
class MessageLine:
    """Một tin trên trang tin nhắn; `mask` is the address with all but its ends hidden, "" for who may not see."""

    id: int
    case_id: int | None
    case_kind: str
    code: str
    template: str
    channel: str
    state: str
    reason: str
    tries: int
    created_at: datetime
    sent_at: datetime | None
    next_try_at: datetime
    unit_id: int
    mask: str = ""


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """Tình trạng một kênh: whether it is connected, since when it does not answer, how many wait."""

    channel: str
    is_connected: bool
    waiting: int
    down_since: datetime | None = None
    reason: str = ""
    last_sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AlertLine:
    """Một tin mới của cán bộ: the matter by its code and procedure, no person."""

    id: int
    kind: str
    case_id: int | None
    case_kind: str
    code: str
    title: str
    happened_at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Tin cho một vị trí về một việc không phải vụ việc: in words, no person."""

    post_id: int
    unit_id: int
    title: str


@dataclass(frozen=True, slots=True)
class DigestPlace:
    """Thư nhận bản tin của một vị trí: the rest tells of its last letter, if there was one."""

    email: str = ""
    state: str = ""
    reason: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Sự việc nào báo cho cán bộ nào."""

    kind: AlertKind
    to: AlertTo


# What the rooms have told when they were loaded: event -> template, event -> alarm.
TEMPLATES: dict[str, TemplateName] = {}
ALARMS: dict[str, Alarm] = {}
