"""Reports on what was done by delegation, produced by themselves when their period is over."""

from datetime import date

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.work.stewardship.models import DelegationReport
from lienthong.work.stewardship.queries.keeping import acts_under, entrusted
from lienthong.work.stewardship.rules.reporting import due_periods
from lienthong.work.stewardship.values import Entrusted


def produce_reports(*, actor: Actor, day: date | None = None) -> int:
    """Produce every report whose period is over on the day; returns how many. Harmless when repeated."""
    with entered(actor):
        on = day or now().date()
        due = [
            (one, first, last)
            for one in entrusted(on)
            for first, last in due_periods(one.first_on, one.until_on, one.months, one.reported_to, on)
        ]
        for one, first, last in due:
            _produce(actor, one, first, last)
        return len(due)


def _produce(actor: Actor, one: Entrusted, first: date, last: date) -> None:
    rows = acts_under(one.id, first, last)
    at = now()
    report = DelegationReport.objects.create(
        delegation_id=one.id,
        unit_id=one.unit_id,
        first_on=first,
        last_on=last,
        acts=len(rows),
        rows=rows,
        produced_at=at,
    )
    told = {
        "report": report.pk,
        "of_delegation": one.id,
        "first_on": first.isoformat(),
        "last_on": last.isoformat(),
        "acts": len(rows),
    }
    record(
        "stewardship.reported", subject=Subject("delegation_report", report.pk), actor=actor, at=at, data=told
    )
