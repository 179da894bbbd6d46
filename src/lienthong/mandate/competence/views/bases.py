"""By which instrument a task, or a field, is the commune level's: adding and ending a basis."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lienthong.core.registry.values import NotFound
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.forms.entering import BasisForm, EndForm
from lienthong.mandate.competence.queries.entries import basis_line
from lienthong.mandate.competence.queries.lists import field_names
from lienthong.mandate.competence.views.frame import Refusals, actor_of, paper_choices, posted, told
from lienthong.people.identity.middleware import needs


@needs("city")
@refusals_as_page
def competence_basis_add(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET asks for a basis; POST adds it."""
    first = {name: request.GET.get(name, "") for name in ("task", "field")}
    form = BasisForm(posted(request), initial=first, fields=field_names(today()), papers=paper_choices())
    if form.is_bound and not refusals and form.is_valid():
        actions.add_basis(actor=actor_of(request), **form.cited())
        messages.success(request, _("Đã thêm căn cứ giao thẩm quyền."))
        return _onward(form.cleaned_data["subject_key"])
    context = {
        "heading": _("Thêm căn cứ giao thẩm quyền"),
        "back": "competence_tasks",
        "submit": _("Thêm căn cứ"),
    }
    return told(request, "competence/entry_form.html", context, form, refusals)


@needs("city")
@refusals_as_page
def competence_basis_end(request: HttpRequest, basis_id: int, refusals: Refusals = ()) -> HttpResponse:
    """GET asks from which day; POST ends the basis, the former record stays."""
    basis, form = basis_line(basis_id), EndForm(posted(request))
    if basis is None:
        raise NotFound
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        actions.end_basis(
            actor=actor_of(request), key=given["key"], basis_id=basis_id, valid_to=given["valid_to"]
        )
        messages.success(request, _("Đã chấm dứt căn cứ."))
        return _onward(basis.subject_key)
    note = f"{basis.subject_key.partition(':')[2]}: {basis.paper.number} ({basis.days})"
    context = {
        "heading": _("Chấm dứt căn cứ"),
        "note": note,
        "back": "competence_tasks",
        "submit": _("Chấm dứt"),
    }
    return told(request, "competence/entry_form.html", context, form, refusals)


def _onward(subject_key: str) -> HttpResponse:
    kind, _colon, name = subject_key.partition(":")
    return redirect("competence_task", name) if kind == "task" else redirect("competence_tasks")
