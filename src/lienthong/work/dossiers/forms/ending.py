"""Halt, withdraw, return the result, answer at once; extend and correct."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.workdays.queries import now, today
from lienthong.mandate.competence.enums import Capacity, DelegableAct
from lienthong.mandate.competence.queries import warrants_for
from lienthong.people.organisation.enums import PostKind
from lienthong.people.organisation.queries import posts_of_unit
from lienthong.work.dossiers.enums import ReturnMode
from lienthong.work.dossiers.forms.acting import ActForm, wording
from lienthong.work.dossiers.rules import CORRECTABLE

SIGNERS = [PostKind.CHAIR.value, PostKind.VICE_CHAIR.value]


class HaltForm(ActForm):
    """Why it stops, on which law."""

    reason = wording(_("Lý do dừng giải quyết"), rows=4, hint=_("In nguyên văn trên thông báo mẫu 05."))
    basis = wording(_("Căn cứ dừng giải quyết"), most=400)


class WithdrawForm(ActForm):
    """Why the applicant takes it back."""

    reason = wording(_("Lý do người nộp rút hồ sơ"), rows=3)


class ReturnForm(ActForm):
    """Who collected the result, and how."""

    mode = forms.ChoiceField(label=_("Trả kết quả"), choices=ReturnMode.choices, widget=forms.RadioSelect)
    returned_to = wording(
        _("Người nhận, hoặc số vận đơn bưu chính"), most=200, hint=_("Người đến nhận ký vào sổ.")
    )

    def choose(self) -> None:
        """The way the applicant chose at intake, and the applicant."""
        self.initial.setdefault("mode", self.dossier.return_mode)
        self.initial.setdefault("returned_to", self.dossier.case.subject_name)


class AnswerAtOnceForm(ActForm):
    """Who signed, the result's number, who took it: one sitting."""

    signer_post_id = forms.TypedChoiceField(label=_("Người ký"), coerce=int, widget=forms.RadioSelect)
    result_number = wording(_("Số, ký hiệu kết quả"), most=100)
    result_summary = wording(_("Trích yếu kết quả"), rows=2, required=False, most=1000)
    returned_to = wording(_("Người nhận kết quả"), most=200)

    def choose(self) -> None:
        """The leaders of the unit and whoever may sign; who has it by assignment is chosen first, else the Chair."""
        unit_id = self.dossier.case.responsible_unit_id
        warrants = warrants_for(self.dossier.terms["procedure_code"], unit_id, DelegableAct.APPROVE, now())
        signers = [one.post_id for one in warrants]
        self.fields["signer_post_id"].choices = [  # type: ignore[attr-defined]
            (card.id, f"{card.person_name or _('(đang trống)')} – {card.title}")
            for card in posts_of_unit(unit_id, today())
            if card.kind in SIGNERS or card.id in signers
        ]
        deputies = [
            one.post_id
            for one in warrants
            if one.capacity == Capacity.DEPUTY and one.post_id != one.for_post_id
        ]
        self.initial.setdefault("signer_post_id", next(iter([*deputies, *signers]), None))
        self.initial.setdefault("returned_to", self.dossier.case.subject_name)


class ExtendForm(ActForm):
    """How many working days more, and the cause with the apology."""

    days = forms.IntegerField(label=_("Gia hạn thêm (ngày làm việc)"), min_value=1, max_value=90)
    cause = wording(_("Lý do chậm và lời xin lỗi"), rows=4, hint=_("In nguyên văn trên văn bản mẫu 04."))


class CorrectForm(ActForm):
    """Which typing error, the right value and why."""

    name = forms.ChoiceField(
        label=_("Mục cần sửa"), choices=list(CORRECTABLE.items()), widget=forms.RadioSelect
    )
    value = wording(_("Giá trị đúng"), required=False, most=400)
    reason = wording(_("Lý do đính chính"), most=300, hint=_("Giá trị cũ vẫn được giữ trong hồ sơ."))
