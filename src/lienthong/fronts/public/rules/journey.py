"""A dossier's state in the words of whoever waits for it: where it is, what next, what to bring."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lienthong.core.shell.rules import due_words, vn_datetime
from lienthong.core.shell.values import Due
from lienthong.fronts.public.values import Sight, Stage
from lienthong.lib.calendar import WorkCalendar, working_minutes_between
from lienthong.work.dossiers.enums import DossierState as S
from lienthong.work.dossiers.enums import NationalStatus, ReturnMode
from lienthong.work.dossiers.queries import Found

WAITING = (S.SUPPLEMENT_REQUESTED, S.PAYMENT_REQUESTED)
READY = (S.COMPLETED, S.RETURNED)
STOPPED = (S.REFUSED, S.HALTED, S.WITHDRAWN)


def sight_of(found: Found, at: datetime, calendar: WorkCalendar) -> Sight:
    """Everything the page says of a found dossier."""
    lacks = tuple((lack.get("what", ""), lack.get("basis", "")) for lack in found.lacks or ())
    next_act, note = _next(found.state)
    return Sight(
        heading=_heading(found.state, len(lacks)),
        code=found.code,
        procedure=found.procedure,
        unit=found.unit,
        status=str(NationalStatus(found.national_status).label),
        due=due_of(found, at, calendar),
        due_note=_due_note(found),
        next=next_act,
        next_note=note,
        stages=_stages(found),
        lacks=lacks,
        collect=() if found.state in (*STOPPED, S.RETURNED) else _collect(found),
    )


def due_of(found: Found, at: datetime, calendar: WorkCalendar) -> Due:
    """What is left, counted in the unit's own working hours."""
    left = working_minutes_between(at, found.due_at, calendar) if found.due_at else None
    return due_words(
        due_at=found.due_at,
        now=at,
        remaining_minutes=left,
        closed_at=found.closed_at,
        paused=found.due_at is None and found.closed_at is None,
    )


def _heading(state: str, lacks: int) -> str:
    if state == S.SUPPLEMENT_REQUESTED and lacks:
        many = ngettext("Cần bổ sung %(count)s nội dung", "Cần bổ sung %(count)s nội dung", lacks)
        return many % {"count": lacks}
    words = {
        S.SUBMITTED: _("Hồ sơ đã gửi, đang chờ tiếp nhận"),
        S.SUPPLEMENT_REQUESTED: _("Hồ sơ cần bổ sung"),
        S.PAYMENT_REQUESTED: _("Hồ sơ đang chờ nộp phí, lệ phí"),
        S.COMPLETED: _("Đã có kết quả"),
        S.RETURNED: _("Đã trả kết quả"),
        S.REFUSED: _("Hồ sơ không được tiếp nhận"),
        S.HALTED: _("Hồ sơ đã dừng giải quyết"),
        S.WITHDRAWN: _("Hồ sơ đã được rút"),
    }
    return words.get(S(state), _("Hồ sơ đang được giải quyết"))


def _next(state: str) -> tuple[str, str]:
    """The next act, and what the applicant has to do about it."""
    nothing = _("Bạn chưa phải làm gì thêm.")
    words = {
        S.SUBMITTED: (_("Quầy xem và tiếp nhận hồ sơ"), nothing),
        S.RECEIVED: (_("Giao công chức giải quyết"), nothing),
        S.ASSIGNED: (_("Công chức giải quyết"), nothing),
        S.IN_PROGRESS: (_("Công chức giải quyết rồi trình lãnh đạo"), nothing),
        S.PROPOSED: (_("Trình lãnh đạo phê duyệt"), nothing),
        S.AWAITING_APPROVAL: (_("Lãnh đạo phê duyệt"), nothing),
        S.APPROVED: (_("Chuyển kết quả ra quầy"), nothing),
        S.SUPPLEMENT_REQUESTED: (
            _("Bạn nộp phần còn thiếu"),
            _("Nộp tại quầy hoặc cách đã chọn; đủ rồi thời hạn tính tiếp."),
        ),
        S.PAYMENT_REQUESTED: (
            _("Bạn nộp phí, lệ phí"),
            _("Nộp tại quầy đã nhận hồ sơ; nộp xong thời hạn tính tiếp."),
        ),
        S.COMPLETED: (_("Bạn nhận kết quả"), _("Mang giấy hẹn và giấy tờ tùy thân.")),
        S.RETURNED: (_("Không còn việc gì"), _("Nếu kết quả có sai sót, hãy báo quầy đã trả.")),
        S.REFUSED: (_("Xem phiếu từ chối đã giao cho bạn"), _("Phiếu ghi lý do và cách làm lại hồ sơ.")),
        S.HALTED: (_("Xem thông báo dừng giải quyết đã gửi bạn"), _("Thông báo ghi lý do và căn cứ.")),
        S.WITHDRAWN: (_("Không còn việc gì"), _("Bạn có thể nộp lại hồ sơ mới.")),
    }
    return words[S(state)]


def _due_note(found: Found) -> str:
    """The first promise, and how often it was excused: told where the date is another one now."""
    if not found.extensions:
        return ""
    words = ngettext(
        "Hẹn lần đầu %(day)s; đã xin lỗi và hẹn lại %(count)s lần.",
        "Hẹn lần đầu %(day)s; đã xin lỗi và hẹn lại %(count)s lần.",
        found.extensions,
    )
    return words % {"day": vn_datetime(found.promised_at), "count": found.extensions}


def _stages(found: Found) -> tuple[Stage, ...]:
    received = Stage(_("Đã tiếp nhận"), vn_datetime(found.received_at), "done")
    if found.state in STOPPED:
        return (received, Stage(str(S(found.state).label), vn_datetime(found.closed_at), "now"))
    ready, returned = found.state in READY, found.returned_at is not None
    middle = Stage(_("Đã giải quyết"), "", "done") if ready else Stage(_working(found.state), "", "now")
    if ready:
        result = Stage(_("Có kết quả"), vn_datetime(found.closed_at), "done" if returned else "now")
    else:
        result = Stage(_("Có kết quả"), _promise(found))
    last = Stage(_("Trả kết quả"), vn_datetime(found.returned_at), "now" if returned else "")
    return (received, middle, result, last)


def _working(state: str) -> str:
    """Who has it on which desk is the office's own affair: to the applicant it is being worked on."""
    if state in (S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS, S.PROPOSED):
        return _("Đang giải quyết")
    return str(S(state).label)


def _promise(found: Found) -> str:
    if found.due_at is None:
        return _("hẹn lại khi hồ sơ đủ")
    return _("hẹn %(day)s") % {"day": vn_datetime(found.due_at)}


def _collect(found: Found) -> tuple[str, ...]:
    """Where the result is handed over, as far as the dossier says it."""
    where = {
        ReturnMode.POST: _("Kết quả được gửi qua bưu chính công ích đến địa chỉ đã đăng ký."),
        ReturnMode.ONLINE: _("Kết quả là bản điện tử, gửi qua kênh đã đăng ký."),
    }
    if found.return_mode in where:
        return (where[ReturnMode(found.return_mode)],)
    unit = found.returning_unit or found.unit
    return (
        _("Nhận tại Trung tâm Phục vụ hành chính công %(unit)s.") % {"unit": unit},
        _("Mang giấy hẹn và giấy tờ tùy thân."),
    )
