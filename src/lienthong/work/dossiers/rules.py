"""The dossier's lifecycle as a table, and why an act is not possible: sentence and article, before the success."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lienthong.core.lifecycle.values import Lifecycle, Transition
from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.facilities.fees.queries import due_of
from lienthong.facilities.fees.values import NewCharge, Tariff
from lienthong.lib.calendar import LimitUnit, TimeLimit, WorkCalendar, add_working_days, working_days_between
from lienthong.lib.money import format_dong
from lienthong.mandate.procedures.values import FeeRule, Limit
from lienthong.people.identity.enums import Duty
from lienthong.people.organisation.values import UnitCard
from lienthong.work.dossiers.enums import Channel, NationalStatus
from lienthong.work.dossiers.enums import DossierState as S
from lienthong.work.dossiers.values import Intake

KIND = "dossier"
DECREE = "NĐ 118/2025/NĐ-CP"
FORMS = "NĐ 118/2025/NĐ-CP, Phụ lục I"

CORRECTABLE = {
    "subject_name": _("họ tên người nộp"),
    "address": _("địa chỉ"),
    "phone": _("số điện thoại"),
    "email": _("thư điện tử"),
    "note": _("ghi chú"),
}

WITH_CLERK = (S.SUBMITTED, S.RECEIVED)
WITH_UNIT = (S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS, S.PROPOSED, S.AWAITING_APPROVAL, S.APPROVED)
WAITING = (S.SUPPLEMENT_REQUESTED, S.PAYMENT_REQUESTED)
ENDED = (S.RETURNED, S.REFUSED, S.HALTED, S.WITHDRAWN)

LIFECYCLE = Lifecycle(
    kind=KIND,
    states=S.choices,
    duties=Duty.choices,
    transitions=(
        Transition(
            "receive", ("", S.SUBMITTED), S.RECEIVED, Duty.RECEPTION, f"{FORMS}, mẫu 01", _("Tiếp nhận")
        ),
        Transition(
            "answer_at_once", (S.RECEIVED,), S.RETURNED, Duty.RECEPTION, DECREE, _("Giải quyết và trả ngay")
        ),
        Transition(
            "assign",
            (S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS),
            S.ASSIGNED,
            Duty.DISPATCH,
            DECREE,
            _("Phân công"),
        ),
        Transition(
            "take_up", (S.RECEIVED, S.ASSIGNED), S.IN_PROGRESS, Duty.PROCESSING, DECREE, _("Nhận xử lý")
        ),
        Transition("propose", (S.IN_PROGRESS,), S.PROPOSED, Duty.PROCESSING, DECREE, _("Đề xuất")),
        Transition(
            "submit", (S.PROPOSED,), S.AWAITING_APPROVAL, Duty.PROCESSING, DECREE, _("Trình phê duyệt")
        ),
        # The same person's consecutive states, walked in one act.
        Transition(
            "propose_and_submit",
            (S.IN_PROGRESS,),
            S.AWAITING_APPROVAL,
            Duty.PROCESSING,
            DECREE,
            _("Đề xuất và trình"),
        ),
        Transition("approve", (S.AWAITING_APPROVAL,), S.APPROVED, Duty.APPROVAL, DECREE, _("Phê duyệt")),
        Transition(
            "send_back", (S.AWAITING_APPROVAL,), S.IN_PROGRESS, Duty.APPROVAL, DECREE, _("Trả lại để làm lại")
        ),
        Transition("complete", (S.APPROVED,), S.COMPLETED, "", DECREE, _("Hoàn thành")),
        Transition("return_result", (S.COMPLETED,), S.RETURNED, Duty.RECEPTION, DECREE, _("Trả kết quả")),
        Transition(
            "request_supplement",
            (S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS),
            S.SUPPLEMENT_REQUESTED,
            "",
            f"{FORMS}, mẫu 02",
            _("Yêu cầu bổ sung"),
        ),
        *(
            Transition(
                "receive_supplement",
                (S.SUPPLEMENT_REQUESTED,),
                state,
                Duty.RECEPTION,
                DECREE,
                _("Tiếp nhận bổ sung"),
            )
            for state in (S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS)
        ),
        Transition(
            "request_payment",
            (S.IN_PROGRESS,),
            S.PAYMENT_REQUESTED,
            Duty.PROCESSING,
            DECREE,
            _("Yêu cầu nộp phí"),
        ),
        Transition(
            "settle_payment", (S.PAYMENT_REQUESTED,), S.IN_PROGRESS, Duty.FEES, DECREE, _("Đã nộp phí")
        ),
        Transition(
            "refuse",
            ("", S.SUBMITTED, S.RECEIVED, S.SUPPLEMENT_REQUESTED),
            S.REFUSED,
            Duty.RECEPTION,
            f"{FORMS}, mẫu 03",
            _("Từ chối tiếp nhận"),
        ),
        Transition(
            "halt", (*WITH_UNIT, *WAITING), S.HALTED, Duty.APPROVAL, f"{FORMS}, mẫu 05", _("Dừng giải quyết")
        ),
        Transition(
            "withdraw", (*WITH_UNIT, *WAITING), S.WITHDRAWN, Duty.RECEPTION, DECREE, _("Người nộp rút hồ sơ")
        ),
    ),
)

# What the national portal calls the states (data: ten words of Cổng Dịch vụ công quốc gia).
NATIONAL: dict[str, NationalStatus] = {
    S.SUBMITTED: NationalStatus.SUBMITTED,
    S.RECEIVED: NationalStatus.ACCEPTED,
    S.ASSIGNED: NationalStatus.IN_PROGRESS,
    S.IN_PROGRESS: NationalStatus.IN_PROGRESS,
    S.PROPOSED: NationalStatus.IN_PROGRESS,
    S.AWAITING_APPROVAL: NationalStatus.IN_PROGRESS,
    S.APPROVED: NationalStatus.IN_PROGRESS,
    S.SUPPLEMENT_REQUESTED: NationalStatus.SUPPLEMENT_REQUESTED,
    S.PAYMENT_REQUESTED: NationalStatus.PAYMENT_REQUESTED,
    S.COMPLETED: NationalStatus.COMPLETED,
    S.RETURNED: NationalStatus.RETURNED,
    S.REFUSED: NationalStatus.REJECTED,
    S.HALTED: NationalStatus.HALTED,
    S.WITHDRAWN: NationalStatus.WITHDRAWN,
}

# Acts of the counter: the unit that received, or that hands the result over, may do them too.
COUNTER_VERBS = frozenset(
    {"receive_supplement", "refuse", "withdraw", "return_result", "settle_payment", "correct"}
)
# Acts of several duties, or that change no state and so stand in no row of the table.
SHARED_DUTIES: dict[str, tuple[str, ...]] = {
    "request_supplement": (Duty.RECEPTION, Duty.PROCESSING),
    "complete": (Duty.PROCESSING, Duty.RECORDS),
    "extend": (Duty.APPROVAL, Duty.DISPATCH),
    "correct": (Duty.RECEPTION, Duty.PROCESSING),
}
# Acts of whoever holds the matter (or sits in the same department): not of any colleague of the unit.
HOLDER_VERBS = frozenset({"take_up", "propose", "propose_and_submit", "submit", "request_payment"})


def why_not_duty(verb: str, actor: Actor) -> Refusal | None:
    """Why a post may not do an act of several duties, or None."""
    duties = SHARED_DUTIES.get(verb, ())
    if not duties or actor.reach == "system" or any(actor.may(duty) for duty in duties):
        return None
    names = " hoặc ".join(f"“{Duty(duty).label}”" for duty in duties)
    return Refusal("lifecycle.duty", f"Việc này thuộc vị trí có nhiệm vụ {names}.")


def why_not_here(
    verb: str, *, acting_unit: int | None, responsible: int, receiving: int, returning: int
) -> Refusal | None:
    """Why the acting unit may not do this verb, or None: only the responsible unit works on the matter."""
    if acting_unit == responsible:
        return None
    if verb in COUNTER_VERBS and acting_unit in (receiving, returning):
        return None
    return Refusal(
        "dossier.other_unit",
        "Hồ sơ thuộc trách nhiệm giải quyết của đơn vị khác; bạn xem được nhưng không thao tác được.",
    )


def why_not_holder(
    verb: str, *, post_id: int | None, body_id: int | None, holder_id: int | None, case_body_id: int | None
) -> Refusal | None:
    """Why a colleague may not act on somebody else's matter, or None."""
    if verb not in HOLDER_VERBS or post_id == holder_id:
        return None
    if verb == "take_up" and body_id is not None and body_id == case_body_id:
        return None
    return Refusal(
        "dossier.other_holder",
        "Hồ sơ đang do người khác giữ. Nhờ lãnh đạo phòng phân công lại nếu bạn cần xử lý.",
    )


def why_not_stale(page_version: int | None, version: int, told: str) -> Refusal | None:
    """Two officers at once: the second is told who was first and when."""
    if page_version is None or page_version == version:
        return None
    return Refusal(
        "dossier.changed",
        f"Hồ sơ vừa thay đổi: {told}. Nội dung bạn nhập chưa được lưu; hãy xem lại rồi thao tác tiếp.",
    )


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


def why_not_approve(
    *, actor_post: int | None, leader_post: int | None, chair_post: int | None
) -> Refusal | None:
    """Whoever approves must be competent at this moment: the leader in charge by assignment, or the Chair."""
    if actor_post is not None and actor_post in (leader_post, chair_post):
        return None
    return Refusal(
        "approve.not_competent",
        "Theo phân công hiện hành, bạn không phụ trách lĩnh vực này nên không phê duyệt được."
        " Hồ sơ cần Chủ tịch hoặc Phó Chủ tịch được phân công.",
        "Luật 72/2025/QH15; quyết định phân công của đơn vị",
    )


def why_not_reason(text: str, what: str) -> Refusal | None:
    """An act that needs a written reason and did not get one."""
    if text.strip():
        return None
    return Refusal("reason.missing", f"Hãy ghi rõ {what}.")


def counts_as_late(supplements: int) -> bool:
    """QĐ 766/QĐ-TTg, tiến độ giải quyết: more than one supplement request makes the dossier count as late."""
    return supplements > 1


def why_not_assign(*, known: bool) -> Refusal | None:
    """A matter is assigned to an officer of the responsible unit who processes."""
    if known:
        return None
    return Refusal(
        "assign.not_assignable",
        "Vị trí được chọn không thuộc đơn vị đang giải quyết, hoặc không xử lý hồ sơ.",
    )


def why_not_receive(intake: Intake) -> Refusal | None:
    """What a counter's intake lacks, or None."""
    if intake.channel not in (Channel.COUNTER, Channel.POST, Channel.ONLINE):
        return Refusal("dossier.channel", "Kênh nộp không hợp lệ.")
    if not 1 <= intake.quantity <= 999:
        return Refusal("dossier.quantity", "Số lượng phải từ 1 đến 999.")
    if any(p.given_originals < 0 or p.given_copies < 0 for p in intake.papers):
        return Refusal("dossier.papers", "Số bản giấy tờ không thể âm.")
    return None


def why_not_place(*, here: UnitCard, place: UnitCard, boundary_free: bool | None) -> Refusal | None:
    """Any counter in the province takes any dossier (NĐ 118/2025); nothing is taken for another province.

    `boundary_free` False is a procedure that the law ties to its place: it is still received here and worked
    on there, so it refuses nothing; it only forbids that this unit decides it.
    """
    if place.province_code != here.province_code:
        return Refusal(
            "dossier.other_province",
            f"{place.name} thuộc {place.province_name}. Chỉ tiếp nhận hồ sơ của các xã, phường trong cùng tỉnh, thành phố;"
            " hướng dẫn người dân nộp trên Cổng Dịch vụ công quốc gia hoặc tại địa phương đó.",
            DECREE,
        )
    if not here.agency_code:
        return Refusal(
            "unit.no_agency_code",
            "Đơn vị chưa có mã định danh cơ quan nên chưa cấp được mã hồ sơ."
            " Báo người vận hành nhập mã (lienthong agency_code) rồi làm lại.",
        )
    return None


def limit_at(limits: Sequence[Limit], index: int) -> tuple[TimeLimit, str]:
    """The time limit that the dossier takes, and the cut-off hour of a same-day rule ("" where none).

    `limits` are those that the channel leaves (procedures.limits_for); the index chooses among them. None at
    all (an at-once procedure): due the day it is received. `why_not_usable` has stopped every other case.
    """
    if not limits:
        return TimeLimit(0, LimitUnit.WORKING_DAY), ""
    chosen = limits[index if 0 <= index < len(limits) else 0]
    return TimeLimit(chosen.amount or 0, LimitUnit(chosen.unit)), chosen.cutoff


def chargeable(fees: Sequence[FeeRule], channel: str) -> list[FeeRule]:
    """The fee rules that may be chosen among: those with an amount, for this channel, that nobody doubts.

    `Intake.fee_choices` counts by this list, in this order.
    """
    return [fee for fee in fees if fee.amount and fee.channel in ("", channel) and not fee.doubt]


def charges_for(fees: Sequence[FeeRule], intake: Intake) -> list[NewCharge]:
    """What the intake owes by the procedure's fee rules.

    The clerk's choice among the rules counts; without one, a rule is charged by itself only where the channel
    leaves exactly one that states an amount and that nobody doubts. Otherwise nothing is charged yet, and the
    clerk adds the charge with its citation.
    """
    usable = chargeable(fees, intake.channel)
    if intake.fee_choices is None:
        chosen = usable if len(usable) == 1 else []
    else:
        chosen = [usable[index] for index in intake.fee_choices if 0 <= index < len(usable)]
    return [
        NewCharge(fee.label or fee.text, due_of(_tariff(fee), intake.quantity), fee.citation)
        for fee in chosen
    ]


def _tariff(fee: FeeRule) -> Tariff:
    return Tariff.of(fee, tier_from=fee.tier_from, tier_amount=fee.tier_amount, most=fee.max_amount)


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


def why_not_at_once(*, at_once: bool, signer: int, leader: int | None) -> Refusal | None:
    """Only an at-once procedure is answered in one sitting, and only by who may sign it."""
    if not at_once:
        return Refusal("at_once.not", "Thủ tục này không thuộc diện giải quyết ngay.")
    if signer != leader:
        return Refusal(
            "at_once.signer", "Người ký không phải người có thẩm quyền lúc này theo phân công của đơn vị."
        )
    return None
