"""What the city sets: the texts, the hours; and one message to oneself, to see that a channel works."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.facilities.notifications import actions
from lienthong.facilities.notifications.enums import Placeholder, TemplateName, Verdict
from lienthong.facilities.notifications.forms import RuleForm, TemplateForm, TestForm
from lienthong.facilities.notifications.models import LONGEST
from lienthong.facilities.notifications.queries import (
    former_wordings,
    present_rule,
    shown,
    wording_of,
    wordings,
)
from lienthong.facilities.notifications.rules import why_not_steer
from lienthong.facilities.notifications.values import Answer
from lienthong.facilities.notifications.views.messages import SEES, actor_of
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import unit_by_code, unit_by_id, units_of_province

Refusals = Sequence[Refusal]


@needs(*SEES)
@require_safe
@never_cache
def message_templates(request: HttpRequest) -> HttpResponse:
    """Every template as it would arrive, with its length: the unit's own, or the city's choice of place."""
    actor, place = actor_of(request), _place(request)
    context = {
        "rows": wordings(place),
        "place": place,
        "place_name": _name_of(place),
        "units": _units(actor),
        "rule": present_rule(),
        "steers": why_not_steer(actor) is None,
        "most": LONGEST,
    }
    return render(request, "notifications/templates.html", context)


@needs("city")
@refusals_as_page
def message_template(request: HttpRequest, template: str, refusals: Refusals = ()) -> HttpResponse:
    """GET shows the text that applies, to be changed, and its history; POST sets it from a day on."""
    if template not in TemplateName.values:
        raise NotFound
    name, place = TemplateName(template), _place(request)
    present = wording_of(name, place, today())
    first = {"text": present.text, "provider_template": present.provider_template}
    form = TemplateForm(request.POST or None, initial=first)
    if form.is_bound and not refusals and form.is_valid():
        actions.set_template(actor=actor_of(request), name=name, place=place, **form.cleaned_data)
        messages.success(request, _("Đã đặt mẫu tin “%(what)s”.") % {"what": name.label})
        return redirect(f"{reverse('message_templates')}?{urlencode({'place': place})}")
    context = {
        "form": form,
        "name": name,
        "place_name": _name_of(place),
        "place": place,
        "shown": shown(present),
        "former": former_wordings(name, place),
        "placeholders": [(f"{{{word}}}", label) for word, label in Placeholder.choices],
        "most": LONGEST,
    }
    return _form_page(request, "notifications/template.html", form, context, refusals)


@needs("city")
@refusals_as_page
def message_rule(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET shows the quiet hours, to be changed; POST sets them from now on."""
    rule = present_rule()
    first = {name: getattr(rule, name) for name in ("quiet_from", "quiet_to", "mail_at_night", "keep_days")}
    form = RuleForm(request.POST or None, initial=first)
    if form.is_bound and not refusals and form.is_valid():
        actions.set_rule(actor=actor_of(request), key=form.cleaned_data["key"], rule=form.rule())
        messages.success(request, _("Đã đặt giờ gửi tin."))
        return redirect("message_templates")
    return _form_page(request, "notifications/rule.html", form, {"form": form}, refusals)


@needs("city")
@refusals_as_page
def message_test(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET asks for an address of one's own; POST sends one message to it and says what became of it."""
    form = TestForm(request.POST or None)
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        answer = actions.send_test(
            actor=actor_of(request),
            key=given["key"],
            channel=given["channel"],
            address=given["address"].strip(),
            name=TemplateName(given["template"]),
        )
        _say(request, answer)
        return redirect("message_test")
    return _form_page(request, "notifications/test.html", form, {"form": form}, refusals)


def _say(request: HttpRequest, answer: Answer) -> None:
    if answer.verdict == Verdict.ACCEPTED:
        messages.success(request, _("Bên chuyển đã nhận tin thử. Hãy xem hộp thư hoặc điện thoại của bạn."))
    else:
        messages.error(request, answer.reason or _("Bên chuyển chưa nhận tin thử."))


def _place(request: HttpRequest) -> str:
    """The city names a place; a unit looks at its own."""
    actor = actor_of(request)
    if actor.reach == "province":
        return request.GET.get("place", "")[:12]
    return unit_by_id(actor.unit_id or 0, today()).code


def _name_of(place: str) -> str:
    return unit_by_code(place, today()).name if place else _("toàn tỉnh, thành phố")


def _units(actor: Actor) -> list[tuple[str, str]]:
    """The places for which the city may set a text."""
    if actor.reach != "province":
        return []
    here = unit_by_id(actor.unit_id or 0, today())
    return [(unit.code, unit.name) for unit in units_of_province(here.code, today())]


def _form_page(
    request: HttpRequest, template: str, form: Any, context: dict[str, Any], refusals: Refusals
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    more = {"refusals": refusals, "key_value": request.POST.get("key", "")}
    return render(request, template, context | more, status=status)
