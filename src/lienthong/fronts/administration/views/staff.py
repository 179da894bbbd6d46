"""The staff of a unit: its posts by body, one post, the city's table of units."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.shell.values import Act, KeyHint
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.access import open_by_post
from lienthong.fronts.administration.queries.staff import answers_instead, line_of, roll_of
from lienthong.fronts.administration.views.frame import DUTIES, actor_of, is_own, list_query
from lienthong.fronts.administration.views.staff_acts import ACTS
from lienthong.people.identity.access import find_administered_post, find_administered_unit
from lienthong.people.identity.middleware import needs
from lienthong.people.identity.queries import places_of_person, seats_of, staffing_of_province, why_not_seat
from lienthong.people.organisation.queries import sittings_of, unit_by_id


@needs(*DUTIES)
@require_safe
def staff_list(request: HttpRequest) -> HttpResponse:
    """The posts of a unit; for the city, where no unit is named, the table of its units."""
    actor, at, code = actor_of(request), now(), request.GET.get("unit", "")[:5]
    hints = [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở")), KeyHint("e", _("Tải XLSX"))]
    if actor.may("city") and not code:
        units = staffing_of_province(actor.unit_id or 0, at.date())
        return render(request, "administration/staff/units.html", {"units": units, "key_hints": hints})
    wanted = request.GET.get("list", "")
    roll = roll_of(find_administered_unit(actor, code, at.date()), at, wanted)
    context = {"roll": roll, "wanted": wanted, "key_hints": hints, "is_own": is_own(actor, roll.unit)}
    return render(request, "administration/staff/list.html", context)


@needs(*DUTIES)
@require_safe
def staff_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """One post: who sits in it, who stands in, the account, and what can be done."""
    actor, at = actor_of(request), now()
    seat = find_administered_post(actor, post_id, at.date())
    cases = open_by_post([seat.unit_id])
    unit = unit_by_id(seat.unit_id, at.date())
    places = places_of_person(seat.person_id or 0, at.date())
    context = {
        "line": line_of(seat, cases, at),
        "unit": unit,
        "instead": answers_instead(seats_of([seat.unit_id], at.date()), seat),
        "sittings": sittings_of(post_id),
        "acts": [
            Act(name, str(act.label), reverse(name, args=[post_id]), told.sentence if told else "")
            for name, act in ACTS.items()
            for told in [why_not_seat(act.verb, actor, seat, cases.get(post_id, 0), places)]
        ],
        "list_query": list_query(actor, unit),
    }
    return render(request, "administration/staff/post.html", context)
