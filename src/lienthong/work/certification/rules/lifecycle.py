"""The lifecycle as a table. Who signs is no duty of a post: the register of competence names them (NĐ 280/2025)."""

from django.utils.translation import gettext_lazy as _

from lienthong.core.lifecycle.values import Lifecycle, Transition
from lienthong.people.identity.enums import Duty
from lienthong.work.certification.enums import CertificationState as S

KIND = "certification"
DECREE = "NĐ 23/2015/NĐ-CP"
COMPETENCE = "NĐ 280/2025/NĐ-CP"

LIFECYCLE = Lifecycle(
    kind=KIND,
    states=S.choices,
    duties=Duty.choices,
    transitions=(
        Transition("receive", ("",), S.RECEIVED, Duty.RECEPTION, f"{DECREE} Đ.7", _("Tiếp nhận")),
        # The same person's consecutive states, walked in one act.
        Transition(
            "attest_at_once",
            ("", S.RECEIVED),
            S.RETURNED,
            Duty.RECEPTION,
            COMPETENCE,
            _("Chứng thực và trả ngay"),
        ),
        Transition("sign", (S.RECEIVED,), S.SIGNED, "", COMPETENCE, _("Ký chứng thực")),
        Transition("refuse", (S.RECEIVED,), S.REFUSED, "", DECREE, _("Từ chối chứng thực")),
        Transition("withdraw", (S.RECEIVED,), S.WITHDRAWN, Duty.RECEPTION, DECREE, _("Người yêu cầu rút")),
        Transition("return", (S.SIGNED,), S.RETURNED, Duty.RECEPTION, DECREE, _("Trả giấy tờ")),
    ),
)
