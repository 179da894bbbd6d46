"""The catalogue as the office keeps it: the list, and the page of a procedure."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.workdays.queries import today
from lienthong.mandate.procedures.enums import ExecutingBody, OnlineServiceLevel, TermName
from lienthong.mandate.procedures.forms import SearchForm
from lienthong.mandate.procedures.queries import office_list, office_page
from lienthong.mandate.procedures.rules import why_not_set_term
from lienthong.mandate.procedures.values import OfficeRow
from lienthong.mandate.procedures.views.words import (
    channel_labels,
    limit_words,
    not_stated,
    sections_of,
)
from lienthong.people.identity.middleware import needs

READERS = ("reception", "processing", "dispatch", "approval", "administration", "overview", "city")
PAGE = 30


@needs(*READERS)
@require_safe
def office_procedures(request: HttpRequest) -> HttpResponse:
    """The list: found without accents, all or those for which something must be set first."""
    form = SearchForm(request.GET if request.GET.get("q") else None, use_required_attribute=False)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    lacking, after = request.GET.get("list") == "lacking", request.GET.get("after", "")
    found = office_list(text, today(), place_of(request), lacking=lacking, after=after, limit=PAGE)
    context = {
        "form": form,
        "searched": text,
        "lacking": lacking,
        "lines": [(row, limit_words(row.terms), lack_words(row)) for row in found.rows],
        "after": found.after,
        "first": not after,
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở")), KeyHint("n", _("Trang tiếp"))],
    }
    return render(request, "procedures/office_procedures.html", context)


@needs(*READERS)
@require_safe
def office_procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Everything stated, everything set, and what the counter would be told."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    office = office_page(code, today(), place_of(request))
    context = {
        "office": office,
        "terms": office.page.terms,
        "sections": sections_of(office),
        "body": office.page.executing_text or ExecutingBody(office.page.terms.executing_body).label,
        "channels": channel_labels(office.page.terms.channels),
        "online": OnlineServiceLevel(office.page.online_level).label,
        "versions": [
            (version, _day(version.valid_from), _day(version.valid_to)) for version in office.page.versions
        ],
        "not_stated": not_stated(),
        "stopped": why_not_set_term(actor, own_code(request), place_of(request)),
    }
    return render(request, "procedures/office_procedure.html", context)


def place_of(request: HttpRequest) -> str:
    """Whose terms the acting post sees and sets: the whole province ("") for the city, else its own unit's."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return "" if actor.may("city") else own_code(request)


def own_code(request: HttpRequest) -> str:
    """The place code of the acting unit."""
    return str(request.acting.unit_code)  # type: ignore[attr-defined]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def lack_words(row: OfficeRow) -> str:
    """What must be set before the first dossier."""
    return ", ".join(str(TermName(term).label) for term in row.lacks)
