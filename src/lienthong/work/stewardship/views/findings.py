"""The findings: list, one of them, the open cases it touches; the check at the city's word."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import unit_names
from lienthong.work.stewardship.access import find_finding
from lienthong.work.stewardship.actions.proving import run_proof
from lienthong.work.stewardship.enums import Kind
from lienthong.work.stewardship.forms import KeyForm
from lienthong.work.stewardship.models import ProofRun
from lienthong.work.stewardship.queries import listing
from lienthong.work.stewardship.queries.cases import cases_touched
from lienthong.work.stewardship.values import Wanted
from lienthong.work.stewardship.views.frame import DUTIES, actor_of, keys, number_of, word_of

WHENS = ("", "now", "ahead", "gone")
PAGE = 50


@needs(*DUTIES)
@require_safe
@never_cache
def finding_list(request: HttpRequest) -> HttpResponse:
    """What the register lacks, or will lack: of one's own unit, for the city of all."""
    return _list(request)


@needs("city")
@require_POST
@refusals_as_page
def finding_run(request: HttpRequest, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """Check the whole register now."""
    form = KeyForm(request.POST)
    if refusals or not form.is_valid():
        return _list(request, form=form, refusals=refusals, status=422)
    run = ProofRun.objects.get(pk=run_proof(actor=actor_of(request), key=form.cleaned_data["key"]))
    told = _(
        "Đã kiểm tra %(tasks)s nhiệm vụ ở %(units)s đơn vị: %(found)s phát hiện, %(new)s mới, %(gone)s đã hết."
    )
    values = {"tasks": run.tasks, "units": run.units, "found": run.found}
    messages.success(request, told % {**values, "new": run.appeared, "gone": run.vanished})
    return redirect("finding_list")


@needs(*DUTIES)
@require_safe
@never_cache
def finding_page(request: HttpRequest, finding_id: int) -> HttpResponse:
    """One finding: since when, until when, every task it touches, the act that mends it."""
    finding = find_finding(actor_of(request), finding_id)
    tasks = listing.tasks_of(finding)
    context = {
        "line": listing.one_line(actor_of(request), finding, today()),
        "tasks": tasks,
        "fields": listing.in_fields(tasks),
        "today": today(),
        "key_hints": keys(("j k", _("Dòng")), ("Enter", _("Mở"))),
    }
    return render(request, "stewardship/finding.html", context)


@needs(*DUTIES)
@require_safe
@never_cache
def finding_cases(request: HttpRequest, finding_id: int) -> HttpResponse:
    """The cases that a finding touches."""
    actor = actor_of(request)
    finding = find_finding(actor, finding_id)
    after = number_of(request.GET.get("after", ""))
    rows = cases_touched(actor, finding, after=after, limit=PAGE)
    note_reading(actor, Subject("finding", finding.pk), "finding_cases")
    context = {
        "line": listing.one_line(actor, finding, today()),
        "key_hints": keys(("j k", _("Dòng")), ("Enter", _("Mở"))),
        **paged(rows, after),
    }
    return render(request, "stewardship/cases.html", context)


def paged(rows: list[dict[str, Any]], after: int) -> dict[str, Any]:
    """A page of cases with their units' names, and the mark of the next one. One statement."""
    names = unit_names({row["responsible_unit_id"] for row in rows}, today())
    return {
        "rows": [{**row, "unit": names.get(row["responsible_unit_id"], "")} for row in rows[:PAGE]],
        "after": rows[PAGE - 1]["pk"] if len(rows) > PAGE else "",
        "first": not after,
    }


def _list(
    request: HttpRequest, *, form: KeyForm | None = None, refusals: Sequence[Refusal] = (), status: int = 200
) -> HttpResponse:
    actor, on = actor_of(request), today()
    wanted = _wanted(request)
    units = listing.units_seen(actor, on)
    lines, after = listing.findings(actor, wanted, units, on)
    context = {
        "lines": lines,
        "after": after,
        "first": not wanted.after,
        "wanted": wanted,
        "form": form,
        "refusals": refusals,
        "today": on,
        **_narrowing(actor, wanted, units, on),
    }
    return render(request, "stewardship/findings.html", context, status=status)


def _narrowing(
    actor: Actor, wanted: Wanted, units: Mapping[int, tuple[str, str]], on: date
) -> dict[str, Any]:
    """The tabs with their counts, the filters, the last run. Three statements."""
    by_kind = listing.counts(actor, wanted, units, on)
    return {
        "when": "gone" if wanted.gone else wanted.when,
        "whens": list(zip(WHENS, (_("tất cả"), _("đang có"), _("sắp tới"), _("đã hết")), strict=True)),
        "tabs": [(kind.value, kind.label, by_kind.get(kind.value, 0)) for kind in Kind],
        "all": sum(by_kind.values()),
        "units": sorted(units.values(), key=lambda one: one[1]) if actor.may("city") else [],
        "fields": listing.fields_present(actor),
        "run": listing.last_run(),
        "may_run": actor.may("city"),
        "key_hints": keys(("j k", _("Dòng")), ("Enter", _("Mở")), ("m", _("Ma trận"))),
    }


def _wanted(request: HttpRequest) -> Wanted:
    when = word_of(request, "when")
    return Wanted(
        kind=word_of(request, "kind"),
        unit=word_of(request, "unit"),
        field=word_of(request, "field"),
        when=when,
        gone=when == "gone",
        after=min(number_of(request.GET.get("after", "")), 100_000),
        limit=PAGE,
    )
