"""Which cases are open to a unit: the part that every authorised query of a room above builds on."""

from django.db.models import OuterRef, QuerySet

from lienthong.core.scope.models import Sight


def sights_of(unit_id: int, case: str = "pk") -> QuerySet[Sight]:
    """The unit's sights of the outer row's case, for `Exists`; `case`: the outer column with its id."""
    return Sight.objects.filter(case_id=OuterRef(case), unit_id=unit_id)
