"""Fees of a dossier: charged by hand, paid, waived."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents.queries import forms_of_case
from lienthong.facilities.fees import actions as fees
from lienthong.facilities.fees.queries import charges_of, heading_at
from lienthong.facilities.fees.values import NewCharge
from lienthong.people.identity.middleware import needs
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.forms.money import ChargeForm, PayForm, WaiveForm
from lienthong.work.dossiers.views.acting import Page, Refusals, act_page, found


def take_payment(
    *, actor: Actor, dossier_id: int, key: UUID, amount: int, method: str, version: int | None = None
) -> int | None:
    """Take the money with the dossier's words on the receipt; the id of the paper that opens to print.

    A payment does not mind a stale page: the sum is checked against what is open at this moment.
    """
    at, dossier = now(), find_dossier(actor, dossier_id)
    case = dossier.case
    heading = heading_at(
        actor, at, payer_name=case.subject_name, code=case.code, procedure=dossier.terms["name"]
    )
    receipt = fees.take_payment(
        actor=actor, key=key, case_id=dossier_id, amount=amount, method=method, heading=heading, at=at
    )
    return next((row.id for row in forms_of_case(dossier_id) if row.number == receipt.number), None)


def charge_fee(*, actor: Actor, dossier_id: int, key: UUID, version: int | None = None, **words: Any) -> int:
    """Write down a charge that no rule states."""
    charge = NewCharge(words["label"], words["amount"], words["citation"])
    return fees.charge_fee(
        actor=actor, key=key, case_id=dossier_id, unit_id=actor.unit_id or 0, charge=charge
    )


def waive_charge(
    *, actor: Actor, dossier_id: int, key: UUID, charge_id: int, reason: str, version: int | None = None
) -> None:
    """Waive one of this dossier's charges. Raises NotFound for another's."""
    if charge_id not in {charge.id for charge in charges_of(dossier_id)}:
        raise NotFound
    fees.waive_charge(actor=actor, key=key, charge_id=charge_id, reason=reason)


PAY = Page(
    verb="pay",
    by_others=True,
    title=_("Thu phí, lệ phí"),
    button=_("Thu tiền, in biên lai"),
    done=_("Đã thu tiền."),
    action=take_payment,
    form=PayForm,
    prints=True,
)
CHARGE = Page(
    verb="charge",
    by_others=True,
    title=_("Ghi khoản phải thu"),
    button=_("Ghi khoản thu"),
    done=_("Đã ghi khoản phải thu."),
    action=charge_fee,
    form=ChargeForm,
    hint=_("Chỉ dùng khi danh mục không nêu mức thu; phải kèm văn bản quy định."),
)
WAIVE = Page(
    verb="waive",
    by_others=True,
    title=_("Miễn, giảm khoản thu"),
    button=_("Miễn khoản này"),
    done=_("Đã ghi miễn khoản thu."),
    action=waive_charge,
    form=WaiveForm,
)


@needs()
@refusals_as_page
def pay(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Take money and print the receipt."""
    return act_page(request, dossier_id, PAY, refusals)


@needs()
@refusals_as_page
def charge(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Type a charge with its citation."""
    return act_page(request, dossier_id, CHARGE, refusals)


@needs()
@refusals_as_page
def waive(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Waive an open charge."""
    found(request, dossier_id)
    return act_page(request, dossier_id, WAIVE, refusals, charges=charges_of(dossier_id))
