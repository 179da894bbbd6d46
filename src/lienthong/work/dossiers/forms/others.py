"""Hand-over and consultation: which unit, which department, why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.workdays.queries import today
from lienthong.people.organisation.queries import bodies_of, unit_by_id, units_of_province
from lienthong.work.dossiers.forms.acting import ActForm, wording

# As people write a day, and as links carry it.
DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


def unit_choices(unit_id: int) -> list[tuple[int, str]]:
    """The other units of the province, by name."""
    here = unit_by_id(unit_id, today())
    return [(u.id, u.name) for u in units_of_province(here.province_code, today()) if u.id != unit_id]


class OfferForm(ActForm):
    """To which unit the matter is offered, and why it is theirs."""

    to_unit_id = forms.TypedChoiceField(label=_("Đơn vị nhận"), coerce=int)
    reason = wording(_("Lý do chuyển"), rows=4, hint=_("Vì sao đơn vị đó có thẩm quyền; nêu căn cứ nếu có."))

    def choose(self) -> None:
        """The other units of the province."""
        units = unit_choices(self.dossier.case.responsible_unit_id)
        self.fields["to_unit_id"].choices = [("", _("Chọn đơn vị")), *units]  # type: ignore[attr-defined]


class RefuseOfferForm(ActForm):
    """Why the matter is not taken, and who should have it instead."""

    reason = wording(_("Lý do không nhận"), rows=4)
    proposed_unit_id = forms.TypedChoiceField(
        label=_("Đơn vị theo bạn có thẩm quyền"), coerce=int, required=False, empty_value=None
    )

    def choose(self) -> None:
        """The other units of the province."""
        units = unit_choices(self.actor.unit_id or self.dossier.case.responsible_unit_id)
        self.fields["proposed_unit_id"].choices = [("", _("Không nêu")), *units]  # type: ignore[attr-defined]


class AskOpinionForm(ActForm):
    """Of whom, what, and within how many working days."""

    of = forms.ChoiceField(label=_("Lấy ý kiến của"))
    question = wording(_("Nội dung cần ý kiến"), rows=4)
    within_days = forms.IntegerField(
        label=_("Trả lời trong (ngày làm việc)"), min_value=1, max_value=30, initial=2
    )

    def choose(self) -> None:
        """The departments of the own unit first, then the other units of the province."""
        unit_id = self.dossier.case.responsible_unit_id
        bodies = [(f"b{body.id}", body.name) for body in bodies_of(unit_id, today())]
        units = [(f"u{unit}", name) for unit, name in unit_choices(unit_id)]
        self.fields["of"].choices = [  # type: ignore[attr-defined]
            ("", _("Chọn phòng hoặc đơn vị")),
            (_("Trong đơn vị"), bodies),
            (_("Đơn vị khác"), units),
        ]

    def given(self) -> dict[str, Any]:
        """Unit and body of who is asked."""
        known, chosen = super().given(), self.cleaned_data["of"]
        del known["of"]
        if chosen.startswith("b"):
            return {**known, "unit_id": self.dossier.case.responsible_unit_id, "body_id": int(chosen[1:])}
        return {**known, "unit_id": int(chosen[1:])}


class GiveOpinionForm(ActForm):
    """The opinion."""

    answer = wording(_("Ý kiến"), rows=6)


class PeriodForm(forms.Form):
    """From which day to which: the register's period."""

    first_on = forms.DateField(label=_("Từ ngày"), input_formats=DAYS, widget=forms.DateInput(format=DAYS[0]))
    last_on = forms.DateField(label=_("Đến ngày"), input_formats=DAYS, widget=forms.DateInput(format=DAYS[0]))

    def clean(self) -> dict[str, Any]:
        """The end is not before the beginning; a register is made for a year at most."""
        known = super().clean() or {}
        first, last = known.get("first_on"), known.get("last_on")
        if first and last and first > last:
            self.add_error("last_on", _("Ngày cuối phải từ ngày đầu trở đi."))
        if first and last and (last - first).days > 366:
            self.add_error("last_on", _("Mỗi lần lập sổ không quá một năm. Hãy chia thành nhiều kỳ."))
        return known
