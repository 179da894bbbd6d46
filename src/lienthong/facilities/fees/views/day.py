"""The day's money: what was taken, voiding a receipt, closing the day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now, today
from lienthong.facilities.fees import access, actions, rules
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.facilities.fees.forms import CloseForm, DayForm, VoidForm
from lienthong.facilities.fees.models import Receipt
from lienthong.facilities.fees.queries import day_sheet, lines
from lienthong.facilities.fees.values import ClosedDay, DaySheet
from lienthong.lib.dates import format_date
from lienthong.lib.money import format_dong
from lienthong.people.identity.middleware import needs

Refusals = Sequence[Refusal]


@needs("fees")
@require_safe
@never_cache
def fee_day(request: HttpRequest) -> HttpResponse:
    """The receipts of a day and their sums; a closed day has its paper."""
    form = DayForm(request.GET if request.GET.get("day") else None)
    day = (form.cleaned_data["day"] if form.is_valid() else None) or today()
    sheet = day_sheet(actor_of(request), day)
    shown = form if form.errors else DayForm(initial={"day": format_date(day)})
    context = {
        "form": shown,
        "sheet": sheet,
        "methods": methods_of(sheet),
        "difference": difference_of(sheet),
        "day_before": day - timedelta(days=1),
        "day_after": day + timedelta(days=1) if day < today() else None,
        "may_close": rules.why_not_close(day, today(), sheet.is_closed) is None,
        "is_today": day == today(),
        "prints": sheet.is_closed and "print" in request.GET,
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở biên lai"))],
    }
    return render(request, "fees/fee_day.html", context, status=422 if form.errors else 200)


@needs("fees")
@refusals_as_page
@never_cache
def close_day(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET shows what will be closed and asks for the cash; POST closes, and the paper opens to print."""
    asked = DayForm(request.GET)
    day = (asked.cleaned_data["day"] if asked.is_valid() else None) or today()
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        seen = (given["seen_count"], given["seen_total"])
        cash = given["counted_cash"]
        done = actions.close_day(
            actor=actor_of(request), key=given["key"], day=day, counted_cash=cash, seen=seen
        )
        messages.success(request, told(done, cash))
        return redirect(f"{reverse('fee_day')}?{urlencode({'day': day.isoformat(), 'print': 1})}")
    return _close_page(request, form, day, refusals)


@needs("fees")
@refusals_as_page
@never_cache
def void_receipt(request: HttpRequest, receipt_id: int, refusals: Refusals = ()) -> HttpResponse:
    """GET asks for the reason; POST voids the receipt, whose number stays."""
    form = VoidForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        actions.void_receipt(
            actor=actor_of(request), key=given["key"], receipt_id=receipt_id, reason=given["reason"]
        )
        found = access.find_receipt(actor_of(request), receipt_id)
        messages.success(request, _("Đã hủy biên lai %(number)s.") % {"number": found.number})
        return redirect(f"{reverse('fee_day')}?{urlencode({'day': rules.day_of(found.paid_at).isoformat()})}")
    return _void_page(request, form, access.find_receipt(actor_of(request), receipt_id), refusals)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def methods_of(sheet: DaySheet) -> list[tuple[str, int]]:
    """The sums by way of payment."""
    return [(str(PaymentMethod(word).label), sheet.totals.by_method[word]) for word in PaymentMethod.values]


def difference_of(sheet: DaySheet) -> int | None:
    """Cash counted less cash receipted; None where nobody counted."""
    cash = sheet.totals.by_method[PaymentMethod.CASH]
    return None if sheet.counted_cash is None else sheet.counted_cash - cash


def told(done: ClosedDay, cash: int) -> str:
    """What the close found."""
    difference = cash - done.totals.by_method[PaymentMethod.CASH]
    more = _("Tiền mặt kiểm đếm khớp sổ.")
    if difference:
        word = _("thừa") if difference > 0 else _("thiếu")
        more = _("Tiền mặt %(word)s %(amount)s so với sổ.") % {
            "word": word,
            "amount": format_dong(abs(difference)),
        }
    return _("Đã chốt sổ thu ngày %(day)s.") % {"day": format_date(done.day)} + " " + more


def _close_page(request: HttpRequest, form: CloseForm, day: date, refusals: Refusals) -> HttpResponse:
    sheet = day_sheet(actor_of(request), day)
    stopped = rules.why_not_close(day, rules.day_of(now()), sheet.is_closed)
    context = {"form": form, "sheet": sheet, "methods": methods_of(sheet), "stopped": stopped}
    return _page(request, "fees/close_day.html", form, context, refusals)


def _void_page(request: HttpRequest, form: VoidForm, receipt: Receipt, refusals: Refusals) -> HttpResponse:
    (line,) = lines(Receipt.objects.filter(pk=receipt.pk))
    stopped = rules.why_not_void(actor_of(request), line, receipt.unit_id, _("lý do sẽ ghi"))
    context = {"form": form, "receipt": line, "day": rules.day_of(line.paid_at), "stopped": stopped}
    return _page(request, "fees/void_receipt.html", form, context, refusals)


def _page(
    request: HttpRequest, template: str, form: Any, context: dict[str, Any], refusals: Refusals
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 409 if context["stopped"] and not refusals else 200
    # A refused command was undone with its key; the same key may be sent again.
    more = {"refusals": refusals, "key_value": request.POST.get("key", "")}
    return render(request, template, context | more, status=status)
