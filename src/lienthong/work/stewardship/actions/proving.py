"""The nightly proof: what the register lacks, kept from night to night, with the cases it touches; changes are told."""

from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lienthong.core.journal.actions import begin_command, finish_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.notifications.actions import tell_posts
from lienthong.facilities.notifications.enums import AlertKind
from lienthong.facilities.notifications.values import Told
from lienthong.mandate.competence.queries import take_snapshot
from lienthong.mandate.competence.queries.proof import prove
from lienthong.work.stewardship.actions.keeping import keep_findings
from lienthong.work.stewardship.models import ProofRun
from lienthong.work.stewardship.queries.keeping import posts_told, reported_until
from lienthong.work.stewardship.queries.rechecking import done_meanwhile
from lienthong.work.stewardship.rules.noting import noted
from lienthong.work.stewardship.rules.rights import why_not_prove
from lienthong.work.stewardship.values import Changed

YEARS_AHEAD = timedelta(days=731)
AHEAD_DAYS = 120


def run_proof(*, actor: Actor, key: UUID | None = None) -> int:
    """Check the register over two years ahead and keep what is found. The run's id.

    Nightly by the system; with a key at the city's word. A finding that is there again was never gone.
    """
    with entered(actor), transaction.atomic():
        at = now()
        if key and (former := begin_command(key, "stewardship.proved", {}, actor)) is not None:
            return int(former)
        if refusal := why_not_prove(actor):
            raise Refused.because(refusal, status=403)
        run, changed = _proved(at)
        _tell(actor, run, changed, at)
        _journal(actor, run, at)
        if key:
            finish_command(key, actor, run.pk)
        return run.pk


def _proved(at: datetime) -> tuple[ProofRun, Changed]:
    begun, first = monotonic(), at.date()
    until = first + YEARS_AHEAD
    snapshot = take_snapshot(province=settings.PROVINCE)
    found = prove(
        snapshot,
        first.toordinal(),
        until.toordinal(),
        ahead_days=AHEAD_DAYS,
        reported_until=reported_until(),
    )
    fields_of = {task.code: task.field for task in snapshot.tasks}
    changed = keep_findings([*noted(found, fields_of), *done_meanwhile(snapshot)], at)
    run = ProofRun.objects.create(
        ran_at=at,
        from_on=first,
        until_on=until,
        units=len(snapshot.units),
        tasks=len(snapshot.tasks),
        found=changed.found,
        appeared=sum(changed.appeared.values()),
        vanished=sum(changed.vanished.values()),
        took_ms=round((monotonic() - begun) * 1000),
    )
    return run, changed


def _tell(actor: Actor, run: ProofRun, changed: Changed, at: datetime) -> None:
    """Each unit's Chair and administrator of its own changes, the city's officers of all. Two statements."""
    units = {unit for unit in (*changed.appeared, *changed.vanished) if unit is not None}
    if not run.appeared and not run.vanished:
        return
    told = [
        Told(post_id, unit_id, _words(changed, None if is_city else unit_id))
        for post_id, unit_id, is_city in posts_told(units, at.date())
    ]
    with entered(SYSTEM):  # the news of other units' posts is not the city's to read or write
        tell_posts(actor=actor, told=told, kind=AlertKind.REGISTER, mark=f"proof {run.pk}", at=at)


def _words(changed: Changed, unit_id: int | None) -> str:
    """What is new and gone, of one unit or of all."""
    new, gone = (
        sum(counted.values()) if unit_id is None else counted.get(unit_id, 0)
        for counted in (changed.appeared, changed.vanished)
    )
    parts = [(new, _("%(n)s phát hiện mới")), (gone, _("%(n)s phát hiện đã hết"))]
    return ", ".join(words % {"n": number} for number, words in parts if number)


def _journal(actor: Actor, run: ProofRun, at: datetime) -> None:
    told = {"found": run.found, "appeared": run.appeared, "vanished": run.vanished}
    record("stewardship.proved", subject=Subject("proof_run", run.pk), actor=actor, at=at, data=told)
