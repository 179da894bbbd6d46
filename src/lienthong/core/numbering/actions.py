"""Issuing and voiding numbers."""

from datetime import datetime

from django.db import connection, transaction

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.numbering.models import Series, Void
from lienthong.core.numbering.queries import issued_of
from lienthong.core.numbering.rules import why_not_void
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor


def issue_number(unit_id: int, kind: str, period: str) -> int:
    """The next number of a unit's series; the series' row stays locked to the end of the act. One statement.

    A rolled-back act gives its number back, so that the series has no hole that nobody can explain.
    """
    return issue_numbers(unit_id, kind, period, 1)[0]


def issue_numbers(unit_id: int, kind: str, period: str, count: int) -> range:
    """The next numbers of a unit's series, without a gap, under the same lock. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO numbering_series (unit_id, kind, period, last) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (unit_id, kind, period) DO UPDATE SET last = numbering_series.last + excluded.last"
            " RETURNING last",
            [unit_id, kind, period, count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)


def hold_series(unit_id: int, kind: str, period: str) -> None:
    """Wait for whoever is issuing a number of the series, and keep others from it to the end of the act. One statement."""
    issue_numbers(unit_id, kind, period, 0)


@transaction.atomic
def void_number(
    unit_id: int, kind: str, period: str, number: int, *, actor: Actor, reason: str, at: datetime
) -> None:
    """Account for a number that was issued and will not be used. Raises Refused, Series.DoesNotExist."""
    series = Series.objects.select_for_update().get(unit_id=unit_id, kind=kind, period=period)
    refusal = why_not_void(issued_of(unit_id, kind, period), number, reason)
    if refusal:
        raise Refused.because(refusal)
    Void.objects.create(
        series=series, number=number, reason=reason, voided_at=at, account_id=actor.account_id
    )
    record(
        "numbering.voided",
        subject=Subject("series", series.pk),
        actor=actor,
        at=at,
        data={"series": kind, "period": period, "number": number},
    )
