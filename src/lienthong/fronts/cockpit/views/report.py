"""The weekly report as PDF: of the acting unit, for the city's officers of any unit or of all."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents.queries import render
from lienthong.facilities.documents.values import WeeklyReport
from lienthong.facilities.statistics.queries import day_asked, word_asked
from lienthong.fronts.cockpit.queries.report import last_week, weekly_of_city, weekly_of_unit
from lienthong.fronts.cockpit.views.acting import actor_of
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import unit_by_code, unit_by_id


@needs("city", "overview")
@require_safe
def weekly_report(request: HttpRequest) -> HttpResponse:
    """The week that holds the day asked for; the last one that is over where none is."""
    actor, at = actor_of(request), now()
    report = _report(request, actor, at)
    note_reading(actor, Subject("city", 0), "weekly_report")
    response = HttpResponse(render(report), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bao-cao-tuan-{report.first_on}.pdf"'
    return response


def _report(request: HttpRequest, actor: Actor, at: datetime) -> WeeklyReport:
    """Of the unit that the address names, of all units for the city, else of the acting unit. Raises NotFound."""
    on = day_asked(request.GET["on"], at.date()) if "on" in request.GET else last_week(at)
    code = word_asked(request.GET.get("unit", ""))[:5]
    if actor.may("city") and not code:
        return weekly_of_city(actor, on, at)
    unit = unit_by_code(code, at.date()) if code else unit_by_id(actor.unit_id or 0, at.date())
    return weekly_of_unit(actor, unit, on, at)
