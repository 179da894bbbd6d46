"""What the law's data says, corrected by the city for every unit: the tariff, and the originals not to be copied."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.instruments.enums import Confidence
from lienthong.core.instruments.queries import numbers_by_slug
from lienthong.core.registry.values import NotFound
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now, today
from lienthong.people.identity.middleware import needs
from lienthong.work.certification import actions
from lienthong.work.certification.enums import FeeBasis
from lienthong.work.certification.forms.law import BanForm, NewBanForm, RateForm, SourceForm
from lienthong.work.certification.queries import bans, rate_of, rates
from lienthong.work.certification.queries.desk import task_names
from lienthong.work.certification.views.acting import Refusals, actor_of


@needs()
@require_safe
def certification_rates(request: HttpRequest) -> HttpResponse:
    """What each act costs today, with its source and how sure it is."""
    names = task_names(now())
    listed = [
        (rate, names.get(rate.task_code, rate.task_code), FeeBasis(rate.basis).label, _sure(rate.confidence))
        for rate in rates(today())
    ]
    context = {"rates": listed, "may_correct": actor_of(request).may("city")}
    return render(request, "certification/rates.html", context)


@needs("city")
@refusals_as_page
def correct_certification_rate(request: HttpRequest, code: str, refusals: Refusals = ()) -> HttpResponse:
    """GET shows what holds today; POST says what holds from a day on."""
    rate = rate_of(code, today())
    if rate is None:
        raise NotFound
    shown = ("label", "basis", "amount", "tier_from", "tier_amount", "most", "confidence")
    form = RateForm(_posted(request), instruments=_instruments(), initial=_initial(rate, *shown))
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        source = {name: given[name] for name in ("key", "instrument", "article", "from_day")}
        actions.correct_rate(actor=actor_of(request), rate=form.rate(code), **source)
        messages.success(request, _("Đã sửa mức thu; việc đã tiếp nhận giữ mức cũ."))
        return redirect("certification_rates")
    title = task_names(now()).get(code, code)
    return _shown(request, form, _("Sửa mức thu"), title, "certification_rates", refusals)


@needs("city")
@refusals_as_page
def correct_refused_original(request: HttpRequest, code: str, refusals: Refusals = ()) -> HttpResponse:
    """GET shows the case as it is listed; POST says what holds from a day on."""
    ban = bans(today()).get(code)
    if ban is None:
        raise NotFound
    initial = _initial(ban, "text", "article", "confidence")
    form = BanForm(_posted(request), instruments=_instruments(), initial=initial)
    if form.is_bound and not refusals and form.is_valid():
        actions.correct_ban(actor=actor_of(request), code=code, **form.given())
        messages.success(request, _("Đã sửa danh mục bản chính không được chứng thực."))
        return redirect("refused_originals")
    return _shown(request, form, _("Sửa danh mục"), ban.text, "refused_originals", refusals)


@needs("city")
@refusals_as_page
def add_refused_original(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """A case that the list did not know."""
    form = NewBanForm(_posted(request), instruments=_instruments(), initial={"from_day": today()})
    if form.is_bound and not refusals and form.is_valid():
        actions.correct_ban(actor=actor_of(request), **form.given())
        messages.success(request, _("Đã thêm vào danh mục bản chính không được chứng thực."))
        return redirect("refused_originals")
    return _shown(request, form, _("Thêm vào danh mục"), "", "refused_originals", refusals)


def _shown(
    request: HttpRequest, form: SourceForm, title: str, about: str, back: str, refusals: Refusals
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "about": about,
        "back": back,
        "fields": form.visible_fields(),
        "key": form.carried(),
        "refusals": refusals,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "certification/correct.html", context, status=status)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _initial(row: Any, *names: str) -> dict[str, Any]:
    return {"from_day": today(), **{name: getattr(row, name) for name in names}}


def _instruments() -> list[tuple[str, str]]:
    return sorted(numbers_by_slug().items(), key=lambda one: one[1])


def _sure(word: str) -> Any:
    return Confidence(word).label
