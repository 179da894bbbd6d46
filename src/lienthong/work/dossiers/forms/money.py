"""Charges, payments, waivers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.facilities.fees.queries import dues_of
from lienthong.facilities.fees.values import ChargeLine
from lienthong.lib.money import format_dong
from lienthong.work.dossiers.forms.acting import ActForm, wording


class PayForm(ActForm):
    """How much came in, and how. The open sum stands there at first."""

    amount = forms.IntegerField(label=_("Số tiền thu (đồng)"), min_value=0)
    method = forms.ChoiceField(
        label=_("Hình thức"),
        choices=PaymentMethod.choices,
        widget=forms.RadioSelect,
        initial=PaymentMethod.CASH.value,
    )

    def choose(self) -> None:
        """What is still open."""
        self.open = dues_of(self.dossier.pk).open
        self.initial.setdefault("amount", self.open)


class ChargeForm(ActForm):
    """A charge that no rule states: name, amount and the instrument that sets it."""

    label = wording(_("Tên khoản thu"), most=300)
    amount = forms.IntegerField(label=_("Số tiền (đồng)"), min_value=0)
    citation = wording(_("Văn bản quy định mức thu"), most=300, hint=_("Số, ký hiệu, điều khoản."))


class WaiveForm(ActForm):
    """Which open charge is waived, and why."""

    charge_id = forms.TypedChoiceField(label=_("Khoản được miễn"), coerce=int, widget=forms.RadioSelect)
    reason = wording(_("Lý do miễn, giảm"), most=300)

    def __init__(self, *args: Any, charges: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["charge_id"].choices = [  # type: ignore[attr-defined]
            (charge.id, _named(charge)) for charge in charges
        ]


def _named(charge: ChargeLine) -> str:
    words = f"{charge.label}: {format_dong(charge.amount)}"
    return f"{words} ({_('đã miễn')})" if charge.waived_reason else words
