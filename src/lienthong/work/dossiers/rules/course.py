"""Why an act on the way is not possible: sentence and article, before the success."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lienthong.core.registry.values import Refusal
from lienthong.lib.calendar import WorkCalendar, add_working_days, working_days_between
from lienthong.lib.money import format_dong
from lienthong.work.dossiers.rules.acting import why_not_reason
from lienthong.work.dossiers.rules.lifecycle import CORRECTABLE, FORMS


def why_not_request_supplement(lacks: Sequence[Any]) -> Refusal | None:
    """One sheet lists every lack, each with its legal basis."""
    if not lacks:
        return Refusal("supplement.empty", "Hãy nêu ít nhất một giấy tờ hoặc nội dung cần bổ sung.", FORMS)
    if any(not lack["what"].strip() or not lack["basis"].strip() for lack in lacks):
        return Refusal(
            "supplement.no_basis", "Mỗi nội dung cần bổ sung phải ghi rõ nội dung và căn cứ pháp lý.", FORMS
        )
    return None


def why_not_return(*, returned_to: str, open_dues: int) -> Refusal | None:
    """The result goes to a named taker, and not before the fees are settled."""
    if open_dues > 0:
        return Refusal(
            "return.unpaid",
            f"Còn {format_dong(open_dues)} phí, lệ phí chưa thu."
            " Thu phí (hoặc ghi miễn giảm kèm lý do) rồi trả kết quả.",
        )
    if not returned_to.strip():
        return Refusal("return.no_taker", "Hãy ghi người nhận kết quả (hoặc số vận đơn bưu chính).")
    return None


def counts_as_late(supplements: int) -> bool:
    """QĐ 766/QĐ-TTg, tiến độ giải quyết: more than one supplement request makes the dossier count as late."""
    return supplements > 1


def why_not_extend(*, days: int, paused: bool, closed: bool, cause: str) -> Refusal | None:
    """An apology names its cause and a new date; a paused or ended matter has nothing to extend."""
    if closed:
        return Refusal("case.closed", "Hồ sơ đã kết thúc, không gia hạn nữa.")
    if paused:
        return Refusal("clock.paused", "Thời hạn đang tạm dừng; tiếp nhận bổ sung trước rồi mới gia hạn.")
    if not 1 <= days <= 90:
        return Refusal("extend.days", "Số ngày làm việc gia hạn phải từ 1 đến 90.")
    return why_not_reason(cause, "lý do chậm và lời xin lỗi gửi người nộp")


def why_not_promise(due: datetime, at: datetime, days: int, calendar: WorkCalendar) -> Refusal | None:
    """A new date is a promise: it lies ahead. An overdue matter needs at least the days already lost."""
    lost = working_days_between(due.date(), calendar.local(at).date(), calendar)
    new_due = calendar.closing(add_working_days(calendar.local(due).date(), days, calendar))
    if new_due > at:
        return None
    return Refusal(
        "extend.past",
        f"Ngày hẹn mới rơi vào quá khứ: hồ sơ đã trễ {lost} ngày làm việc."
        f" Hãy gia hạn từ {lost + 1} ngày làm việc trở lên.",
    )


def why_not_correct(name: str, reason: str) -> Refusal | None:
    """Only what was typed at intake is corrected; dates, numbers and decisions are not typing errors."""
    if name not in CORRECTABLE:
        return Refusal("correct.field", "Mục này không đính chính được; chỉ sửa lỗi nhập liệu khi tiếp nhận.")
    return why_not_reason(reason, "lý do đính chính")


def why_not_request_payment(open_dues: int) -> Refusal | None:
    """Nothing to ask for where nothing is open."""
    if open_dues > 0:
        return None
    return Refusal("payment.nothing_due", "Hồ sơ không còn khoản phí, lệ phí nào phải nộp.")


def why_not_settle_payment(open_dues: int) -> Refusal | None:
    """The clock runs on when everything is paid."""
    if open_dues <= 0:
        return None
    return Refusal("payment.open", f"Còn {format_dong(open_dues)} chưa thu. Thu phí trước rồi tiếp tục.")


def why_not_at_once(*, at_once: bool) -> Refusal | None:
    """Only an at-once procedure is answered in one sitting."""
    return None if at_once else Refusal("at_once.not", "Thủ tục này không thuộc diện giải quyết ngay.")


NOT_THE_SIGNER = Refusal(
    "at_once.signer", "Người ký không phải người có thẩm quyền lúc này theo phân công của đơn vị."
)
