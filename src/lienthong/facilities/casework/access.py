"""Fetching is the permission check: missing and forbidden look alike.

A unit sees a case for which it has a row in core/scope Sight: it received it, is or was responsible, was
offered it, was asked for an opinion, or will return the result. The city's officers see every case of the
province (and no party's row). The database's row-level security says the same once more.
"""

from django.db.models import Exists, Q, QuerySet

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.queries import sights_of
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.models import Case


def cases_open_to(actor: Actor) -> "QuerySet[Case]":
    """The one authorised query: list, search, count, export and notification all start here."""
    if actor.reach in ("system", "province"):
        return Case.objects.all()
    if actor.unit_id is None:
        return Case.objects.none()
    seen = sights_of(actor.unit_id)
    return Case.objects.filter(Q(responsible_unit_id=actor.unit_id) | Exists(seen))


def find_case(actor: Actor, case_id: int) -> Case:
    """The case, if the actor may see it. Raises NotFound (missing and forbidden look alike)."""
    case = cases_open_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def lock_case(actor: Actor, case_id: int) -> Case:
    """The case, locked to the end of the act. Raises NotFound. One statement."""
    case = cases_open_to(actor).select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case
