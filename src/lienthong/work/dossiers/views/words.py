"""Words of the dossier's pages: the tone of a state, what comes next, the days of a due date, the timeline."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.core.shell.rules import due_words
from lienthong.core.shell.values import CalendarDay, Due
from lienthong.core.workdays.queries import calendar_for
from lienthong.facilities.casework.values import ClockLine
from lienthong.lib.calendar import DayKind, DayLine, DayReason, working_minutes_between
from lienthong.lib.dates import format_time
from lienthong.work.dossiers.enums import DossierState as S

TONES: dict[str, str] = {
    S.SUBMITTED: "new",
    S.RECEIVED: "new",
    S.ASSIGNED: "working",
    S.IN_PROGRESS: "working",
    S.PROPOSED: "working",
    S.SUPPLEMENT_REQUESTED: "waiting",
    S.PAYMENT_REQUESTED: "waiting",
    S.AWAITING_APPROVAL: "approval",
    S.APPROVED: "done",
    S.COMPLETED: "done",
    S.RETURNED: "ended",
    S.REFUSED: "stopped",
    S.HALTED: "stopped",
    S.WITHDRAWN: "stopped",
}
# What comes next, and who does it.
NEXT: dict[str, tuple[Any, Any]] = {
    S.SUBMITTED: (
        gettext_lazy("Tiếp nhận, yêu cầu bổ sung, hoặc từ chối"),
        gettext_lazy("cán bộ một cửa"),
    ),
    S.RECEIVED: (gettext_lazy("Phân công, hoặc nhận xử lý"), gettext_lazy("phòng chuyên môn")),
    S.ASSIGNED: (gettext_lazy("Nhận xử lý"), gettext_lazy("người được giao")),
    S.IN_PROGRESS: (gettext_lazy("Đề xuất và trình"), gettext_lazy("người đang giữ")),
    S.PROPOSED: (gettext_lazy("Trình phê duyệt"), gettext_lazy("người đã đề xuất")),
    S.AWAITING_APPROVAL: (gettext_lazy("Phê duyệt, hoặc trả lại"), gettext_lazy("lãnh đạo đang giữ")),
    S.APPROVED: (gettext_lazy("Ghi số kết quả, hoàn thành"), gettext_lazy("người đang giữ")),
    S.COMPLETED: (gettext_lazy("Trả kết quả cho người nộp"), gettext_lazy("cán bộ một cửa")),
    S.SUPPLEMENT_REQUESTED: (
        gettext_lazy("Nhận giấy tờ bổ sung"),
        gettext_lazy("người nộp, rồi cán bộ một cửa"),
    ),
    S.PAYMENT_REQUESTED: (gettext_lazy("Thu phí, lệ phí"), gettext_lazy("người nộp, rồi cán bộ một cửa")),
}
WEEKDAYS = (
    gettext_lazy("thứ Hai"), gettext_lazy("thứ Ba"), gettext_lazy("thứ Tư"), gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"), gettext_lazy("thứ Bảy"), gettext_lazy("Chủ nhật"),
)  # fmt: skip
DAY_WORDS = {
    DayKind.RECEIVED: "start",
    DayKind.COUNTED: "work",
    DayKind.OFF: "off",
    DayKind.PAUSED: "paused",
    DayKind.DUE: "due",
}
ENTRY_TONES = {
    "dossier.supplement_requested": "paused",
    "dossier.payment_requested": "paused",
    "dossier.refused": "late",
    "dossier.halted": "late",
    "dossier.withdrawn": "late",
    "dossier.extended": "late",
    "dossier.sent_back": "late",
    "case.offer_refused": "late",
    "dossier.approved": "done",
    "dossier.completed": "done",
    "dossier.returned": "done",
    "dossier.answered_at_once": "done",
}
# What of an entry's particulars is shown, in this order, with its word ("" = the text speaks for itself).
DETAILS: tuple[tuple[str, Any], ...] = (
    ("text", ""),
    ("reason", gettext_lazy("Lý do: ")),
    ("cause", gettext_lazy("Lý do: ")),
    ("basis", gettext_lazy("Căn cứ: ")),
    ("question", gettext_lazy("Nội dung: ")),
    ("answer", ""),
    ("note", gettext_lazy("Ghi chú: ")),
    ("summary", gettext_lazy("Trích yếu: ")),
    ("returned_to", gettext_lazy("Người nhận: ")),
    ("label", ""),
    ("paper", ""),
    ("citation", gettext_lazy("Theo: ")),
)


def due_of(case: Any, at: datetime) -> Due:
    """What is left of a case's time (a Case or a WorkRow), in working time."""
    left = case.remaining
    if case.due_at is not None and case.closed_at is None:
        calendar = calendar_for()
        early, late = sorted((at, case.due_at))
        left = working_minutes_between(early, late, calendar) * (1 if at <= case.due_at else -1)
    paused = case.due_at is None and case.closed_at is None
    return due_words(
        due_at=case.due_at, now=at, remaining_minutes=left, closed_at=case.closed_at, paused=paused
    )


def details(particulars: Mapping[str, Any]) -> str:
    """The personal part of an entry as one line: reasons, words, takers."""
    found = [f"{word}{particulars[name]}" for name, word in DETAILS if particulars.get(name)]
    return ". ".join(part.rstrip(".") for part in found)


def story_days(
    stretches: Sequence[Sequence[DayLine]], ledger: Sequence[ClockLine], case: Any, at: datetime
) -> list[CalendarDay]:
    """How the due date came about, day by day; each extension follows the date that it moved."""
    today = at.date()
    found = [
        CalendarDay(line.day, _kind(line, last), _note(line, last, ledger, case), line.day == today)
        for number, stretch in enumerate(stretches)
        for last in [number == len(stretches) - 1]
        for line in stretch
    ]
    if case.closed_at is None and case.due_at is not None and today > found[-1].on:
        found.append(CalendarDay(today, "late", _("đã quá hạn"), True))
    return found


def _kind(line: DayLine, last: bool) -> str:
    """An extended stretch's last day is an ordinary one: the date that was promised first."""
    return "start" if line.kind is DayKind.DUE and not last else DAY_WORDS[line.kind]


def _note(line: DayLine, last: bool, ledger: Sequence[ClockLine], case: Any) -> str:
    if line.kind is DayKind.RECEIVED:
        return _received(line, case)
    if line.kind is DayKind.OFF:
        return line.label or str(WEEKDAYS[line.day.weekday()])
    if line.kind is DayKind.PAUSED:
        return _paused(line.day, ledger)
    number = _("ngày %(number)s") % {"number": line.number} if line.number else ""
    if line.kind is DayKind.DUE:
        word = _("hẹn trả %(time)s") if last else _("hẹn cũ, được gia hạn")
        hour = format_time(case.due_at or case.promised_at)
        return ", ".join(part for part in (number, word % {"time": hour} if last else word) if part)
    extra = _("làm bù") if line.reason is DayReason.MAKE_UP_DAY else ""
    return ", ".join(part for part in (number, extra) if part)


def _received(line: DayLine, case: Any) -> str:
    if line.reason is DayReason.COUNTS_AS_RECEIVED:
        return _("tính là ngày tiếp nhận")
    return _("tiếp nhận %(time)s") % {"time": format_time(case.opened_at)}


def _paused(day: date, ledger: Sequence[ClockLine]) -> str:
    reasons = [row.reason for row in ledger if row.kind == "pause" and row.from_at.date() <= day]
    return _("chờ nộp phí") if reasons[-1:] == ["payment"] else _("chờ bổ sung")
