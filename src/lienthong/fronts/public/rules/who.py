"""The register's answer in a citizen's words: posts and offices, never a person."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.core.shell.rules import vn_date
from lienthong.fronts.public.rules.terms import confidence_words
from lienthong.fronts.public.values import Ground, MaySign, Who
from lienthong.mandate.competence.enums import Capacity, Finding
from lienthong.mandate.competence.values import Link, OfficeAnswer, Signatory

KINDS: Mapping[str, object] = {
    "law": gettext_lazy("Luật"),
    "decree": gettext_lazy("Nghị định"),
    "circular": gettext_lazy("Thông tư"),
    "decision": gettext_lazy("Quyết định"),
    "resolution": gettext_lazy("Nghị quyết"),
    "assignment": gettext_lazy("Phân công người thụ lý"),
    "approval_assignment": gettext_lazy("Phân công lãnh đạo phụ trách"),
    "by_order_assignment": gettext_lazy("Phân công ký thừa lệnh"),
    "delegation": gettext_lazy("Ủy quyền"),
}
RIGHTS: Mapping[str, object] = {
    Capacity.OWN: gettext_lazy("ký theo thẩm quyền của mình"),
    Capacity.DEPUTY: gettext_lazy("ký thay (KT.)"),
    Capacity.BY_ORDER: gettext_lazy("ký thừa lệnh (TL.)"),
    Capacity.DELEGATED: gettext_lazy("ký thừa ủy quyền (TUQ.)"),
}
# What the register lacks, told to who only wants to know where to go.
FINDINGS: Mapping[str, object] = {
    Finding.NO_TASK: gettext_lazy("Việc này chưa có trong sổ thẩm quyền."),
    Finding.NO_BASIS: gettext_lazy("Văn bản giao việc này cho cấp xã đã hết hiệu lực vào ngày này."),
    Finding.NO_RULE: gettext_lazy("Chưa có quy định giao việc này cho bộ phận nào."),
    Finding.NO_BODY: gettext_lazy("Đơn vị chưa có bộ phận được giao việc này."),
    Finding.NO_POST: gettext_lazy("Bộ phận được giao chưa có vị trí nào được phân công."),
    Finding.NO_HOLDER: gettext_lazy("Vị trí được giao đang trống."),
    Finding.NO_CHAIR: gettext_lazy("Đơn vị chưa có vị trí Chủ tịch Ủy ban nhân dân trong hệ thống."),
}
HELD: Mapping[str, object] = {
    "holder": gettext_lazy("đang có người giữ"),
    "substitute": gettext_lazy("có người thay"),
    "": gettext_lazy("đang trống"),
}


def who_of(answer: OfficeAnswer) -> Who:
    """The answer as its page shows it."""
    return Who(
        unit=answer.unit,
        body=answer.body,
        post=answer.post,
        held=str(HELD[answer.held]) if answer.post else "",
        leader=answer.leader,
        leader_held=str(HELD[answer.leader_held]) if answer.leader else "",
        signatories=tuple(_may_sign(row) for row in answer.signatories if row.post),
        chain=tuple(_ground(link) for link in answer.chain),
        finding=str(FINDINGS.get(answer.finding, "")),
    )


def _may_sign(row: Signatory) -> MaySign:
    return MaySign(row.post, str(RIGHTS.get(row.capacity, "")), row.for_post, row.number)


def _ground(link: Link) -> Ground:
    return Ground(
        kind=str(KINDS.get(link.kind, _("Văn bản"))),
        text=link.text,
        article=link.article,
        days=_days(link),
        doubt=confidence_words(link.confidence),
    )


def _days(link: Link) -> str:
    """From and until, both inclusive, as papers say it."""
    parts = []
    if link.valid_from:
        parts.append(_("từ %(day)s") % {"day": vn_date(date.fromisoformat(link.valid_from))})
    if link.valid_to:
        last = date.fromisoformat(link.valid_to) - timedelta(days=1)
        parts.append(_("đến hết %(day)s") % {"day": vn_date(last)})
    return " ".join(parts) or _("không nêu thời hạn")
