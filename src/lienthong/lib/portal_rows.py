"""Các dòng đã đọc từ bản xuất của Cổng Dịch vụ công quốc gia: typed, frozen, and nothing added."""

from dataclasses import dataclass
from enum import StrEnum

from lienthong.lib.portal_channels import Channel


class TimeUnit(StrEnum):
    """Đơn vị của thời hạn giải quyết, as the export writes it."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"
    MONTH = "month"
    NOT_STATED = "not_stated"


class FeeKind(StrEnum):
    """Cách quy định phí, lệ phí: what may be charged, or why no amount may be taken from the export."""

    FREE = "free"
    FIXED = "fixed"
    SET_LOCALLY = "set_locally"
    DOUBTFUL = "doubtful"
    NOT_STATED = "not_stated"


class Body(StrEnum):
    """Cơ quan thực hiện ở cấp xã."""

    COMMITTEE = "commune_committee"
    POLICE = "commune_police"
    VERTICAL = "vertical_agency"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TimeLimitRow:
    """Thời hạn giải quyết of one or more channels; several rows of one are stages or cases, unsaid which."""

    channels: tuple[Channel, ...]
    amount: int | None
    unit: TimeUnit
    text: str
    description: str


@dataclass(frozen=True, slots=True)
class FeeRow:
    """Phí, lệ phí of one or more channels; `doubt` says why the office must look before charging."""

    channels: tuple[Channel, ...]
    kind: FeeKind
    amount: int | None
    currency: str
    per: str
    tier_from: int | None
    tier_amount: int | None
    max_amount: int | None
    text: str
    description: str
    doubt: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Kết quả thực hiện và mã kết quả."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """Thủ tục hành chính (TTHC) as one row of the export states it."""

    row_number: int
    code: str
    name: str
    field: str
    levels: tuple[str, ...]
    ministry: str
    decision: str
    kind: str
    subjects: tuple[str, ...]
    body: Body
    body_named: bool
    executing_text: str
    channels: tuple[Channel, ...]
    time_limits: tuple[TimeLimitRow, ...]
    fees: tuple[FeeRow, ...]
    results: tuple[ResultRow, ...]
    url: str
    detail_truncated: bool


@dataclass(frozen=True, slots=True)
class Rejected:
    """Dòng không nhập được, with the row's number in the file and the reason in a sentence."""

    row_number: int
    code: str
    reason_code: str
    reason: str
