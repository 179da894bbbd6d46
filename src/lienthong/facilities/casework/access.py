"""Fetching is the permission check: missing and forbidden look alike.

A unit sees a case for which it has a row in core/scope Sight: it received it, is or was responsible, was
offered it, was asked for an opinion, or will return the result. The city's officers see every case of the
province (and no party's row). The database's row-level security says the same once more.
"""

from collections.abc import Sequence

from django.db.models import Count, Exists, Q, QuerySet

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.queries import sights_of
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.models import Case

# The same as `cases_open_to`, for statements that are prepared: the case's row is `c`, the values `open_to_values`.
OPEN_TO = """(%(all)s::boolean OR c.responsible_unit_id = %(unit)s::bigint
  OR EXISTS (SELECT 1 FROM scope_sight s WHERE s.case_id = c.id AND s.unit_id = %(unit)s::bigint))"""


def open_to_values(actor: Actor) -> dict[str, bool | int | None]:
    """What OPEN_TO asks of the actor."""
    return {"all": actor.reach in ("system", "province"), "unit": actor.unit_id}


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


def open_by_post(unit_ids: Sequence[int]) -> dict[int, int]:
    """How many open cases lie with each post of the units. One statement, bounded by what is open."""
    found = Case.objects.filter(responsible_unit_id__in=unit_ids, closed_at__isnull=True)
    return dict(found.order_by().values_list("holder_id").annotate(Count("pk")))


def open_by_unit(unit_ids: Sequence[int]) -> dict[int, int]:
    """How many open cases each unit answers for. One statement, bounded by what is open."""
    found = Case.objects.filter(responsible_unit_id__in=unit_ids, closed_at__isnull=True)
    return dict(found.order_by().values_list("responsible_unit_id").annotate(Count("pk")))
