"""Disputes of hand-over: what waits for the arbiter, and the page on which it is settled. No person is named."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lienthong.core.registry.values import Refused
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now, today
from lienthong.facilities.casework.actions.handing import arbitrate_case
from lienthong.facilities.casework.enums import Dispute
from lienthong.facilities.casework.queries import course_of, disputes, why_not_arbitrate_now
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import unit_names
from lienthong.work.dossiers.forms.disputes import ArbitrateForm
from lienthong.work.dossiers.views.acting import Page, Refusals, act_page, actor_of, found
from lienthong.work.dossiers.views.others import of_case
from lienthong.work.dossiers.views.words import due_of

PAGE = 50
ARBITRATE = Page(
    verb="arbitrate",
    by_others=True,
    title=_("Phân xử đơn vị giải quyết"),
    button=_("Quyết định"),
    done=_("Đã quyết định đơn vị giải quyết; thời hạn không tính lại."),
    action=of_case(arbitrate_case),
    form=ArbitrateForm,
    template="dossiers/arbitrate.html",
    hint=_("Đơn vị được giao chịu trách nhiệm ngay từ lúc này. Thời hạn không tính lại."),
)


@needs()
def dispute_list(request: HttpRequest) -> HttpResponse:
    """What waits for the acting unit's decision, the longest waiting first."""
    asked, at = request.GET.get("after", ""), now()
    after = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    rows = disputes(actor_of(request), at, after, PAGE)
    shown = rows[:PAGE]
    units = {one for row in shown for one in (row.from_unit_id, row.to_unit_id, row.proposed_unit_id or 0)}
    names = unit_names(sorted(units - {0}), today())
    context = {
        "rows": [
            {
                "row": row,
                "why": Dispute(row.dispute).label,
                "due": due_of(row, at),
                "from_name": names.get(row.from_unit_id, ""),
                "to_name": names.get(row.to_unit_id, ""),
                "proposed": names.get(row.proposed_unit_id or 0, ""),
            }
            for row in shown
        ],
        "after": str(shown[-1].offer_id) if len(rows) > PAGE else "",
        "first": not after,
    }
    return render(request, "dossiers/disputes.html", context)


@needs()
@refusals_as_page
def arbitrate(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Decide which unit answers for the matter, seeing every hop that it has made."""
    actor, dossier = actor_of(request), found(request, dossier_id)
    course = course_of(dossier_id)
    stopped = why_not_arbitrate_now(actor, dossier.case, course, now())
    if stopped and request.method != "POST":
        raise Refused.because(stopped)
    return act_page(request, dossier_id, ARBITRATE, refusals, course=course)
