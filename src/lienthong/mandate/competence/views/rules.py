"""The rules that divide authority: their list, one of them, adding, ending and amending."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import NotFound
from lienthong.core.shell.rules import vn_date
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.enums import RuleRole
from lienthong.mandate.competence.forms.entering import EndForm, RuleForm
from lienthong.mandate.competence.queries.entries import (
    RuleLine,
    rule_line,
    rule_page,
    rules_about,
    standing_lead,
)
from lienthong.mandate.competence.queries.lists import PAGE, field_names
from lienthong.mandate.competence.views.frame import (
    READERS,
    Refusals,
    actor_of,
    paper_choices,
    posted,
    told,
    unit_choices,
)
from lienthong.people.identity.middleware import needs

SHOWN = ("present", "ended", "superseded", "all")


@needs(*READERS)
@require_safe
def competence_rules(request: HttpRequest) -> HttpResponse:
    """The rules, those recorded last first."""
    on, shown = today(), request.GET.get("show", "present")
    text, after = request.GET.get("q", ""), request.GET.get("after", "")
    before = int(after) if after.isdecimal() and len(after) < 19 else 0
    lines = rule_page(on, shown=shown if shown in SHOWN else "present", text=text, before=before)
    page = lines[:PAGE]
    labels = (_("đang và sẽ có hiệu lực"), _("đã hết hiệu lực"), _("bản ghi đã thay"), _("tất cả"))
    context = {
        "lines": [(line, *line.state(on)) for line in page],
        "after": page[-1].id if len(lines) > PAGE else "",
        "is_first": not before,
        "shows": list(zip(SHOWN, labels, strict=True)),
        "show": shown,
        "text": text,
        "is_city": actor_of(request).may("city"),
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở"))],
    }
    return render(request, "competence/rules.html", context)


@needs(*READERS)
@require_safe
def competence_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """One rule as it was recorded, and what was said of the same subject and reach before and after."""
    on, rule = today(), _rule(rule_id)
    same = [one for one in rules_about([rule.subject_key], on) if one.reach_key == rule.reach_key]
    context = {
        "rule": rule,
        "state": rule.state(on),
        "others": [(one, *one.state(on)) for one in same if one.id != rule.id],
        "is_city": actor_of(request).may("city"),
    }
    return render(request, "competence/rule.html", context)


@needs("city")
@refusals_as_page
def competence_rule_add(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET asks for a rule; POST adds it. A second lead is refused, with the way to the rule that stands."""
    first = {name: request.GET.get(name, "") for name in ("task", "field", "unit")}
    form = _form(request, {**first, **({"reach": "unit"} if first["unit"] else {})})
    if form.is_bound and not refusals and form.is_valid():
        rule_id = actions.add_rule(actor=actor_of(request), **form.ruled())
        messages.success(request, _("Đã thêm quy định."))
        return redirect("competence_rule", rule_id)
    context = {
        "heading": _("Thêm quy định phân định thẩm quyền"),
        "submit": _("Thêm quy định"),
        "back": "competence_rules",
    }
    return told(request, "competence/entry_form.html", context | _standing(form, refusals), form, refusals)


@needs("city")
@refusals_as_page
def competence_rule_end(request: HttpRequest, rule_id: int, refusals: Refusals = ()) -> HttpResponse:
    """GET asks from which day; POST ends the rule, the former record stays."""
    rule, form = _rule(rule_id), EndForm(posted(request))
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        actions.end_rule(
            actor=actor_of(request), key=given["key"], rule_id=rule_id, valid_to=given["valid_to"]
        )
        day = vn_date(given["valid_to"])
        messages.success(request, _("Quy định hết hiệu lực từ %(day)s.") % {"day": day})
        return redirect("competence_rules")
    context = {"heading": _("Chấm dứt quy định"), "note": _note(rule), "back": "competence_rules"}
    return told(request, "competence/entry_form.html", {**context, "submit": _("Chấm dứt")}, form, refusals)


@needs("city")
@refusals_as_page
def competence_rule_amend(request: HttpRequest, rule_id: int, refusals: Refusals = ()) -> HttpResponse:
    """GET shows the rule as it stands; POST records it anew, the former record stays."""
    rule = _rule(rule_id)
    form = _form(request, _as_typed(rule))
    if form.is_bound and not refusals and form.is_valid():
        given = form.ruled()
        for fixed in ("subject_key", "reach_key", "role"):
            given.pop(fixed)
        amended = actions.amend_rule(actor=actor_of(request), rule_id=rule_id, **given)
        messages.success(request, _("Đã ghi bản sửa; bản cũ vẫn được giữ."))
        return redirect("competence_rule", amended)
    context = {
        "heading": _("Sửa quy định"),
        "note": _note(rule),
        "submit": _("Ghi bản sửa"),
        "back": "competence_rules",
    }
    return told(request, "competence/entry_form.html", context | _standing(form, refusals), form, refusals)


def _rule(rule_id: int) -> RuleLine:
    found = rule_line(rule_id, today())
    if found is None:
        raise NotFound
    return found


def _form(request: HttpRequest, first: dict[str, Any]) -> RuleForm:
    on = today()
    return RuleForm(
        posted(request),
        initial=first,
        fields=field_names(on),
        papers=paper_choices(),
        units=unit_choices(on),
        province=settings.PROVINCE,
    )


def _standing(form: RuleForm, refusals: Refusals) -> dict[str, Any]:
    """The rule that a refused second lead runs against."""
    if not any(refusal.code == "competence.second_lead" for refusal in refusals) or not form.is_valid():
        return {}
    given = form.ruled()
    found = standing_lead(given["subject_key"], given["reach_key"], given["valid_from"], given["valid_to"])
    return {"standing": found}


def _as_typed(rule: RuleLine) -> dict[str, Any]:
    """The rule as the form would have been filled in."""
    word, *parts = rule.reach_key.split(":")
    return {
        "task" if rule.is_task else "field": rule.subject,
        "reach": word,
        "unit": parts[0] if word == "unit" else "",
        "unit_type": parts[0] if word in ("type", "type_in_province") else "",
        "role": RuleRole(rule.role),
        "body_kind": rule.body_kind,
        "post_kind": rule.post_kind,
        "instrument": str(rule.paper.id),
        "article": rule.article,
        "confidence": rule.confidence,
        "division": rule.division,
        "valid_from": vn_date(rule.starts_on),
        "valid_to": vn_date(rule.ends_on),
        "note": rule.note,
    }


def _note(rule: RuleLine) -> str:
    return f"{rule.subject}: {rule.who}, {rule.reach} ({rule.days})"
