"""What-if drafts: a set of changes that is checked before it takes effect; none of these acts changes the register."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from lienthong.core.instruments.enums import Confidence
from lienthong.core.journal.actions import begin_command, finish_command
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence import rules
from lienthong.mandate.competence.actions.step import journal, refuse
from lienthong.mandate.competence.enums import DraftState
from lienthong.mandate.competence.models import Draft, DraftChange
from lienthong.mandate.competence.rules import drafting, entering

# Which table a name in a change's data speaks of.
_TABLES = {
    "instrument": "instruments_instrument",
    "rule": "competence_competencerule",
    "assignment": "competence_workassignment",
    "delegation": "competence_delegation",
    "post": "organisation_post",
    "into": "organisation_adminunit",
    "units": "organisation_adminunit",
}


@transaction.atomic
def open_draft(*, actor: Actor, key: UUID, name: str, note: str = "", at: datetime | None = None) -> int:
    """Begin a draft: the city's (seen as such), or of the administrator's own unit. Returns its id."""
    former = begin_command(key, "competence.draft_opened", {"name": name, "note": note}, actor)
    if former is not None:
        return int(former)
    unit_id = None if actor.reach == "system" or actor.may("city") else actor.unit_id
    refuse(rules.why_not_draft(actor, unit_id))
    refuse(drafting.why_not_named(name))
    row = Draft.objects.create(name=name.strip(), note=note.strip(), unit_id=unit_id, post_id=actor.post_id)
    journal("competence.draft_opened", Subject("draft", row.pk), actor, at, {"title": row.name})
    finish_command(key, actor, row.pk)
    return row.pk


@transaction.atomic
def add_change(
    *,
    actor: Actor,
    key: UUID,
    draft_id: int,
    kind: str,
    data: Mapping[str, Any],
    confidence: str = Confidence.ASSUMPTION,
    note: str = "",
    at: datetime | None = None,
) -> int:
    """Add a supposed change to an open draft (`data` by kind: DraftChange). Returns its id."""
    body = {"draft": draft_id, "kind": kind, "data": dict(data), "confidence": confidence, "note": note}
    former = begin_command(key, "competence.change_added", body, actor)
    if former is not None:
        return int(former)
    draft = _open(actor, draft_id)
    refuse(rules.why_not_change(kind, data))
    refuse(entering.why_not_sure(confidence))
    refuse(_why_not_there(data))
    row = DraftChange.objects.create(
        draft=draft, kind=kind, data=dict(data), confidence=confidence, note=note.strip()
    )
    told = {"title": draft.name, "change": row.pk, "kind": kind}
    journal("competence.change_added", Subject("draft", draft.pk), actor, at, told)
    finish_command(key, actor, row.pk)
    return row.pk


@transaction.atomic
def withdraw_change(*, actor: Actor, key: UUID, change_id: int, at: datetime | None = None) -> None:
    """Take a change out of an open draft; the row stays, with the moment it was withdrawn."""
    if begin_command(key, "competence.change_withdrawn", {"change": change_id}, actor) is not None:
        return
    row = DraftChange.objects.select_for_update().filter(pk=change_id).first()
    if row is None:
        raise NotFound
    draft = _open(actor, row.draft_id)
    refuse(drafting.closed_draft() if row.withdrawn_at else None)
    DraftChange.objects.filter(pk=change_id).update(withdrawn_at=Now())
    told = {"title": draft.name, "change": change_id, "kind": row.kind}
    journal("competence.change_withdrawn", Subject("draft", draft.pk), actor, at, told)
    finish_command(key, actor, change_id)


@transaction.atomic
def close_draft(*, actor: Actor, key: UUID, draft_id: int, at: datetime | None = None) -> None:
    """Close a draft: it stays as it was checked."""
    if begin_command(key, "competence.draft_closed", {"draft": draft_id}, actor) is not None:
        return
    draft = _open(actor, draft_id)
    Draft.objects.filter(pk=draft_id).update(state=DraftState.CLOSED)
    journal("competence.draft_closed", Subject("draft", draft_id), actor, at, {"title": draft.name})
    finish_command(key, actor, draft_id)


def _open(actor: Actor, draft_id: int) -> Draft:
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NotFound
    refuse(rules.why_not_draft(actor, draft.unit_id))
    refuse(drafting.closed_draft() if draft.state == DraftState.CLOSED else None)
    return draft


def _why_not_there(data: Mapping[str, Any]) -> Refusal | None:
    for name, table in _TABLES.items():
        found = data.get(name)
        wanted: set[int] = set(found) if isinstance(found, list) else {found} if found else set()
        if wanted and _count(table, wanted) != len(wanted):
            return drafting.missing_row()
    return None


def _count(table: str, ids: set[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE id = ANY (%s)", [list(ids)])
        return int(cursor.fetchone()[0])
