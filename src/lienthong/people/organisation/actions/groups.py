"""Residential groups: places below the unit."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.lib.text import fold, nfc
from lienthong.people.organisation.models import ResidentialGroup
from lienthong.people.organisation.rules import why_not_named

NAME_MAX = 120


@transaction.atomic
def add_residential_group(
    *, actor: Actor, unit_id: int, name: str, starts_on: date, at: datetime | None = None
) -> int:
    """Add a residential group (thôn, tổ dân phố, NĐ 185/2026) to a unit. Refused where the name is taken."""
    clean = " ".join(nfc(name).split())
    refusal = why_not_named(clean, NAME_MAX)
    same = ResidentialGroup.objects.filter(unit_id=unit_id, name=clean, valid_during__contains=starts_on)
    if refusal is None and same.exists():
        refusal = Refusal("group.exists", f"{clean} đã có trong đơn vị. Hãy chọn trong danh sách.")
    if refusal:
        raise Refused.because(refusal)
    row = ResidentialGroup.objects.create(
        unit_id=unit_id, name=clean, search_key=fold(clean), valid_during=DateRange(starts_on, None)
    )
    record(
        "organisation.group_added",
        subject=Subject("unit", unit_id),
        actor=actor,
        at=at or now(),
        data={"group_id": row.pk, "group": clean},
    )
    return row.pk
