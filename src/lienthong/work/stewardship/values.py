"""Plain values of the register's steward."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Noted:
    """Một phát hiện sắp ghi: as the proof told it, with the fields that its tasks are of."""

    mark: str
    kind: str
    code: str
    unit_id: int | None
    subject: str
    tasks: tuple[str, ...]
    fields: tuple[str, ...]
    since_on: date | None
    until_on: date | None
    mend: str
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changed:
    """Khác gì so với lần trước: how many findings are new and gone, by unit (None: of every unit)."""

    found: int
    appeared: Mapping[int | None, int]
    vanished: Mapping[int | None, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings a list shows: of a kind, a unit (its code), a task field ("" every one).

    `when`: "now", "ahead" or "" for both; `gone`: those that are no more.
    """

    kind: str = ""
    unit: str = ""
    field: str = ""
    when: str = ""
    gone: bool = False
    after: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Một phát hiện trên trang: in words, with the act that mends it (`mend_url` "" where the reader may not)."""

    id: int
    kind: str
    kind_label: str
    words: str
    about: str
    unit: str
    unit_code: str
    tasks: int
    fields: tuple[str, ...]
    since_on: date | None
    until_on: date | None
    cases_open: int
    mend_label: str
    mend_url: str
    first_seen_at: datetime
    gone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rank:
    """Một ô của ma trận: the worst kind found there ("" = nothing), how many findings."""

    kind: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Ma trận lĩnh vực × đơn vị: `cells[(field, unit id)]`; `general[field]` what concerns every unit."""

    fields: tuple[tuple[str, int], ...]
    units: tuple[tuple[int, str, str], ...]
    cells: Mapping[tuple[str, int], Rank]
    general: Mapping[str, Rank]


@dataclass(frozen=True, slots=True)
class Work:
    """Một dòng của “Việc của ai”: tasks of a field that one body, post and leader answer for."""

    field: str
    tasks: tuple[tuple[str, str], ...]
    body: str
    post: str
    holder: str
    leader: str
    finding: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """Một báo cáo ủy quyền trên trang."""

    id: int
    number: str
    grantor: str
    grantee: str
    first_on: date
    last_on: date
    acts: int
    produced_at: datetime


@dataclass(frozen=True, slots=True)
class Entrusted:
    """Một ủy quyền có kỳ báo cáo, as the nightly production reads it; `first_on`, `until_on`: its term."""

    id: int
    unit_id: int
    grantee_post: int
    number: str
    months: int
    first_on: date
    until_on: date
    reported_to: date | None


@dataclass(frozen=True, slots=True)
class Delegated:
    """Một ủy quyền đang chạy, bằng lời."""

    id: int
    number: str
    signed_on: date
    grantor_post: str
    grantor: str
    grantee_post: str
    grantee: str
    first_on: date
    until_on: date
    report_months: int | None
    tasks: tuple[str, ...]
    acts: tuple[str, ...]

    @property
    def last_on(self) -> date:
        """The last day of it."""
        return self.until_on - timedelta(days=1)
