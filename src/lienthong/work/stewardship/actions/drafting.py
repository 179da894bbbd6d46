"""Checking a draft before it takes effect: what would appear and vanish, which cases would move."""

from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.mandate.competence.access import find_draft
from lienthong.mandate.competence.queries import take_snapshot
from lienthong.mandate.competence.queries.proof import compare, moved, prove, supposed
from lienthong.mandate.competence.values import Snapshot
from lienthong.people.organisation.queries import unit_by_id
from lienthong.work.stewardship.actions.proving import AHEAD_DAYS, YEARS_AHEAD
from lienthong.work.stewardship.models import DraftProof
from lienthong.work.stewardship.queries.cases import open_pairs
from lienthong.work.stewardship.queries.drafts import changes_of
from lienthong.work.stewardship.rules.drafting import (
    by_field,
    decisive_day,
    grouped,
    lost_tasks,
    units_on,
)
from lienthong.work.stewardship.rules.rights import why_not_prove_draft


@transaction.atomic
def prove_draft(*, actor: Actor, key: UUID, draft_id: int) -> int:
    """Check a draft over two years ahead and keep the result; the former one is replaced. The result's id.

    Raises NotFound, Refused.
    """
    begun, at = monotonic(), now()
    former = begin_command(key, "stewardship.draft_proved", {"draft": draft_id}, actor)
    if former is not None:
        return int(former)
    draft = find_draft(actor, draft_id)
    if refusal := why_not_prove_draft(actor, draft.unit_id):
        raise Refused.because(refusal, status=403)
    changes = changes_of(draft_id)
    content = _content(draft.unit_id, [(kind, data) for _id, kind, data in changes], at)
    row, _is_new = DraftProof.objects.update_or_create(
        draft_id=draft_id,
        defaults={
            "unit_id": draft.unit_id,
            "content": content,
            "changes": [change_id for change_id, _kind, _data in changes],
            "proved_at": at,
            "took_ms": round((monotonic() - begun) * 1000),
        },
    )
    told = {"draft": draft_id, "appeared": len(content["appeared"]), "vanished": len(content["vanished"])}
    record(
        "stewardship.draft_proved",
        subject=Subject("draft", draft_id),
        actor=actor,
        at=at,
        data=told,
        closes=(key, row.pk),
    )
    return row.pk


def _content(unit_id: int | None, changes: list[tuple[str, dict[str, Any]]], at: datetime) -> dict[str, Any]:
    codes = [unit_by_id(unit_id, at.date()).code] if unit_id else None
    before = take_snapshot(province=settings.PROVINCE, unit_codes=codes)
    after = supposed(before, changes)
    start, end = at.date().toordinal(), (at.date() + YEARS_AHEAD).toordinal()
    found = [prove(each, start, end, ahead_days=AHEAD_DAYS) for each in (before, after)]
    appeared, vanished = compare(*found)
    day, pairs = decisive_day([data for _kind, data in changes], at.date()), open_pairs(unit_id)
    known = _known(before, pairs)
    moving = moved(before, after, known, day.toordinal())
    lost = lost_tasks(before, after, day)
    return {
        "day": day.isoformat(),
        "units": len(before.units),
        "tasks": len(before.tasks),
        "appeared": grouped(appeared, pairs),
        "vanished": grouped(vanished, pairs),
        "lost": lost,
        "units_losing": units_on(after, day) if lost else [],
        "moved": [[code, unit, pairs[code, unit]] for code, unit in moving],
        "cases_moved": sum(pairs[pair] for pair in moving),
        "cases_open": sum(pairs[pair] for pair in known),
        "by_field": by_field(lost, moving, pairs, before),
    }


def _known(snapshot: Snapshot, pairs: dict[tuple[str, int], int]) -> list[tuple[str, int]]:
    """The pairs of open cases that the snapshot can answer for."""
    tasks = {task.code for task in snapshot.tasks}
    units = {unit.id for unit in snapshot.units}
    return sorted((code, unit) for code, unit in pairs if code in tasks and unit in units)
