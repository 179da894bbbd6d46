"""The instruments that the register rests on, which end when, and an extension or an earlier end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.instruments.actions import set_instrument_end
from lienthong.core.registry.values import NotFound
from lienthong.core.shell.rules import vn_date
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence.forms.entering import InstrumentEndForm
from lienthong.mandate.competence.queries.lists import paper_of, papers
from lienthong.mandate.competence.views.frame import READERS, Refusals, actor_of, posted, told
from lienthong.people.identity.middleware import needs


@needs(*READERS)
@require_safe
def competence_instruments(request: HttpRequest) -> HttpResponse:
    """What the register rests on, that ends soonest first."""
    text = request.GET.get("q", "")
    context = {
        "papers": papers(used=True, text=text),
        "text": text,
        "on": today(),
        "is_city": actor_of(request).may("city"),
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở"))],
    }
    return render(request, "competence/instruments.html", context)


@needs("city")
@refusals_as_page
def competence_instrument_end(
    request: HttpRequest, instrument_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """GET asks until when, by which instrument; POST records it."""
    paper = paper_of(instrument_id)
    if paper is None:
        raise NotFound
    form = InstrumentEndForm(posted(request), initial={"ends_on": vn_date(paper.ends_on)})
    if form.is_bound and not refusals and form.is_valid():
        set_instrument_end(actor=actor_of(request), instrument_id=instrument_id, **form.cleaned_data)
        messages.success(request, _("Đã ghi thời hạn của %(number)s.") % {"number": paper.number})
        return redirect("competence_instruments")
    note = f"{paper.number}, {paper.title} ({paper.days})"
    context = {
        "heading": _("Kéo dài, chấm dứt hiệu lực văn bản"),
        "note": note,
        "back": "competence_instruments",
    }
    return told(
        request, "competence/entry_form.html", {**context, "submit": _("Ghi thời hạn")}, form, refusals
    )
