"""Setting one term of a procedure, with what it rests on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.mandate.procedures import actions
from lienthong.mandate.procedures.enums import TermName
from lienthong.mandate.procedures.forms import FORMS, MORE_ROWS, TermForm
from lienthong.mandate.procedures.queries import office_page
from lienthong.mandate.procedures.rules import why_not_set_term
from lienthong.mandate.procedures.values import OfficePage
from lienthong.mandate.procedures.views.catalogue import own_code, place_of
from lienthong.people.identity.middleware import needs

SETTERS = ("administration", "approval", "city")


@needs(*SETTERS)
@refusals_as_page
def set_local_term(
    request: HttpRequest, code: str, term: str, refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    """GET shows what applies now, to be changed; POST sets it, adds empty rows, or says why not."""
    if term not in TermName.values:
        raise NotFound
    form = _form(request, TermName(term), code)
    if request.method == "POST" and "more" not in request.POST and not refusals and form.is_valid():
        _set(request, form, code, TermName(term))
        messages.success(request, _("Đã ấn định %(term)s.") % {"term": TermName(term).label})
        return redirect("office_procedure", code)
    return _shown(request, form, TermName(term), office_page(code, today(), place_of(request)), refusals)


def _set(request: HttpRequest, form: TermForm, code: str, term: TermName) -> None:
    given = form.cleaned_data
    actions.set_local_term(
        actor=request.actor,  # type: ignore[attr-defined]
        key=given["key"],
        procedure_code=code,
        place=place_of(request),
        term=term,
        value=form.value(),
        citation=given["citation"],
        confidence=given["confidence"],
        valid_from=given["valid_from"],
    )


def _form(request: HttpRequest, term: TermName, code: str) -> TermForm:
    """Bound to what was typed; with more rows where more were asked for, and then without complaints."""
    kind = FORMS[term]
    if request.method != "POST":
        return kind(value=_present(term, code, place_of(request), today()))
    count = int(typed) if (typed := request.POST.get("count", "")).isdecimal() else 0
    if "more" in request.POST:
        return kind(initial=request.POST.dict(), count=count + MORE_ROWS)
    return kind(request.POST, count=count)


def _present(term: TermName, code: str, place: str, on: date) -> Any:
    """What the office set last, else what the source states; rows as the form names their cells."""
    office = office_page(code, on, place)
    applied = office.applied(term)
    if applied:
        return applied.value
    terms = office.page.terms
    return {
        TermName.PAPERS: _cells(terms.papers, "name", "originals", "copies"),
        TermName.TIME_LIMIT: _cells(terms.limits, "amount", "unit", "cutoff"),
        TermName.FEES: _cells(terms.fees, "label", "amount", "per"),
        TermName.STEPS: _cells(terms.steps, "state", "who", "share"),
        TermName.AT_ONCE: terms.at_once,
    }[term]


def _cells(rows: Sequence[Any] | None, *names: str) -> list[dict[str, Any]]:
    """The rows' cells, each different row once: the source says the same of several channels."""
    told = [tuple(getattr(row, name) for name in names) for row in rows or ()]
    return [
        {name: "" if cell is None else cell for name, cell in zip(names, cells, strict=True)}
        for cells in dict.fromkeys(told)
    ]


def _shown(
    request: HttpRequest, form: TermForm, term: TermName, office: OfficePage, refusals: Sequence[Refusal]
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    stopped = why_not_set_term(actor, own_code(request), place_of(request))
    context = {
        "form": form,
        "term": term,
        "terms": office.page.terms,
        "told": office.row.refusal,
        "province": not place_of(request),
        "refusals": refusals,
        "stopped": stopped,
        "key_value": request.POST.get("key", "") if not refusals else "",
    }
    status = 422 if form.is_bound and form.errors else 409 if stopped and not refusals else 200
    return render(request, "procedures/set_local_term.html", context, status=status)
