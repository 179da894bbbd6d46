"""The dossier's lifecycle as a table, its ten national words, and which duties an act takes."""

from django.utils.translation import gettext_lazy as _

from lienthong.core.lifecycle.values import Lifecycle, Transition
from lienthong.people.identity.enums import Duty
from lienthong.work.dossiers.enums import DossierState as S
from lienthong.work.dossiers.enums import NationalStatus

KIND = "dossier"
# The right of a client of the API (facilities/exchange), where an officer's post has a duty.
LODGING = "dossiers:lodge"
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
LODGED = (S.SUBMITTED, *WITH_UNIT)
WAITING = (S.SUPPLEMENT_REQUESTED, S.PAYMENT_REQUESTED)
ENDED = (S.RETURNED, S.REFUSED, S.HALTED, S.WITHDRAWN)

LIFECYCLE = Lifecycle(
    kind=KIND,
    states=S.choices,
    duties=(*Duty.choices, (LODGING, _("nộp hồ sơ trực tuyến"))),
    transitions=(
        Transition("lodge", ("",), S.SUBMITTED, LODGING, DECREE, _("Nộp trực tuyến")),
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
            (S.SUBMITTED, S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS),
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
            for state in (S.SUBMITTED, S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS)
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
            "withdraw", (*LODGED, *WAITING), S.WITHDRAWN, Duty.RECEPTION, DECREE, _("Người nộp rút hồ sơ")
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
    {"receive", "receive_supplement", "refuse", "withdraw", "return_result", "settle_payment", "correct"}
)
# Acts of several duties, or that change no state and so stand in no row of the table.
SHARED_DUTIES: dict[str, tuple[str, ...]] = {
    "request_supplement": (Duty.RECEPTION, Duty.PROCESSING),
    "complete": (Duty.PROCESSING, Duty.RECORDS),
    "extend": (Duty.APPROVAL, Duty.DISPATCH),
    "correct": (Duty.RECEPTION, Duty.PROCESSING),
}
# Acts of whoever the register gives a warrant, also where their post has not the duty: a delegate.
WARRANTED_VERBS = frozenset({"approve", "send_back"})
# Acts of whoever holds the matter (or sits in the same department): not of any colleague of the unit.
HOLDER_VERBS = frozenset({"take_up", "propose", "propose_and_submit", "submit", "request_payment"})
