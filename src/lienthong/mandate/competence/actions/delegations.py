"""Delegating and revoking: what the rules ask for is fetched here."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Now

from lienthong.core.journal.actions import begin_command, finish_command
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence import rules
from lienthong.mandate.competence.actions.step import alone, day_of_act, journal, refuse
from lienthong.mandate.competence.models import Delegation, DelegationSide
from lienthong.mandate.competence.queries import owning_post
from lienthong.mandate.competence.rules import delegating
from lienthong.mandate.competence.rules.delegating import Delegable, Norm, Side

# Who holds the post on the first day; the grantor must have held it without a break since it was signed.
_SIDE = """
SELECT p.id, p.unit_id, p.kind, CASE WHEN %(signed)s::date IS NULL OR (
    SELECT range_agg(held.valid_during) @> daterange(least(%(signed)s::date, %(on)s::date), %(on)s::date, '[]')
    FROM organisation_appointment held WHERE held.post_id = p.id AND held.person_id = a.person_id
  ) THEN a.person_id END, coalesce(per.degree, '')
FROM organisation_post p
LEFT JOIN organisation_appointment a ON a.post_id = p.id AND a.valid_during @> %(on)s::date
LEFT JOIN organisation_person per ON per.id = a.person_id
WHERE p.id = %(post)s AND p.valid_during @> %(on)s::date
"""
_TASKS = """
SELECT id, code, field FROM competence_task
WHERE code = ANY (%(codes)s) AND (valid_during IS NULL OR valid_during @> %(on)s::date) ORDER BY code
"""
_NORMS = """
SELECT n.id, n.kind, n.subject_key, n.grantor_kind, n.grantee_kind,
       concat_ws(' ', i.number, nullif(n.article, ''))
FROM competence_delegationnorm n JOIN instruments_instrument i ON i.id = n.instrument_id
WHERE n.valid_during @> %(on)s::date AND (i.valid_during IS NULL OR i.valid_during @> %(on)s::date)
ORDER BY n.id
"""


@transaction.atomic
def delegate(
    *,
    actor: Actor,
    key: UUID,
    unit_id: int,
    grantor_post_id: int,
    grantee_post_id: int,
    task_codes: Sequence[str],
    acts: Sequence[str],
    valid_from: date,
    valid_to: date | None,
    number: str,
    signed_on: date,
    conditions: Sequence[Mapping[str, Any]] = (),
    report_months: int | None = None,
    at: datetime | None = None,
) -> int:
    """Let another post of the unit exercise a competence for a term. Returns its id.

    Raises Refused where the grantor lacks the competence, no norm permits it, or it would be passed on.
    """
    codes, words = sorted(set(task_codes)), sorted({str(act) for act in acts})
    told = {"number": number, "grantor": grantor_post_id, "grantee": grantee_post_id, "tasks": codes}
    told |= {"acts": words, "valid_from": valid_from.isoformat(), "valid_to": str(valid_to)}
    more = {"unit": unit_id, "signed_on": signed_on, "report_months": report_months}
    body = {**told, **more, "conditions": [dict(condition) for condition in conditions]}
    former = begin_command(key, "competence.delegated", body, actor)
    if former is not None:
        return int(former)
    refuse(rules.why_not_delegate_in(actor, unit_id))
    refuse(delegating.why_not_term(valid_from, valid_to, signed_on, day_of_act(at), number))
    row = Delegation(unit_id=unit_id, number=number.strip(), signed_on=signed_on, report_months=report_months)
    row.valid_during = DateRange(valid_from, valid_to)
    row.grantor_post_id, row.grantee_post_id = grantor_post_id, grantee_post_id
    tasks = _checked(row, codes, words, conditions)
    _store(row, tasks, words)
    journal("competence.delegated", Subject("delegation", row.pk), actor, at, told, valid_from)
    finish_command(key, actor, row.pk)
    return row.pk


@transaction.atomic
def revoke_delegation(
    *, actor: Actor, key: UUID, delegation_id: int, from_day: date, reason: str, at: datetime | None = None
) -> None:
    """End a delegation early: `from_day` is the first day without it."""
    body = {"delegation": delegation_id, "from": from_day, "reason": reason}
    if begin_command(key, "competence.delegation_revoked", body, actor) is not None:
        return
    row = Delegation.objects.select_for_update().filter(pk=delegation_id).first()
    if row is None:
        raise NotFound
    refuse(rules.why_not_delegate_in(actor, row.unit_id))
    refuse(rules.why_not_revoke(row.valid_during.upper, row.revoked_on, from_day, reason))
    start = row.valid_during.lower
    left = DateRange(start, from_day) if start < from_day else DateRange(empty=True)
    Delegation.objects.filter(pk=row.pk).update(
        revoked_on=from_day, revoked_at=Now(), revoke_reason=reason.strip()
    )
    DelegationSide.objects.filter(delegation_id=row.pk).update(valid_during=left)
    told = {"number": row.number, "from_day": from_day.isoformat(), "grantee": row.grantee_post_id}
    journal("competence.delegation_revoked", Subject("delegation", row.pk), actor, at, told, from_day)
    finish_command(key, actor, row.pk)


def _checked(
    row: Delegation, codes: Sequence[str], acts: Sequence[str], conditions: Sequence[Mapping[str, Any]]
) -> list[Delegable]:
    """Ask every rule; put both persons, the norm and the conditions into the row. The tasks."""
    on = row.valid_during.lower
    tasks = _delegable(row.unit_id, codes, on)
    refuse(delegating.why_not_what(codes, [task.code for task in tasks], acts, row.report_months))
    grantor = _side(row.grantor_post_id, on, row.signed_on)
    grantee = _side(row.grantee_post_id, on, None)
    refuse(delegating.why_not_sides(grantor, grantee, row.unit_id))
    if grantor is None or grantee is None:  # what the rule has just refused
        raise NotFound
    refuse(delegating.why_not_holder(grantor, tasks))
    norms = [Norm(*found) for found in _rows(_NORMS, on=on)]
    refuse(delegating.why_not_permitted(grantor, grantee, tasks, norms))
    row.conditions = delegating.settled(conditions, grantee.degree)
    refuse(delegating.why_not_conditions(row.conditions))
    norm = delegating.permitting(grantor, grantee, tasks[0], norms)
    row.norm_id = norm.id if norm else 0
    row.grantor_person_id, row.grantee_person_id = grantor.person_id or 0, grantee.person_id or 0
    return tasks


def _delegable(unit_id: int, codes: Sequence[str], on: date) -> list[Delegable]:
    """The tasks in force, each with the post whose own it is: as the answer has it, so that both say the same."""
    return [
        Delegable(pk, code, field, owning_post(code, unit_id, on))
        for pk, code, field in _rows(_TASKS, codes=list(codes), on=on)
    ]


def _store(row: Delegation, tasks: Sequence[Delegable], acts: Sequence[str]) -> None:
    row.save(force_insert=True)
    with alone("never_passed_on", delegating.passed_on):
        DelegationSide.objects.bulk_create(_sides(row, tasks, acts))


def _sides(row: Delegation, tasks: Sequence[Delegable], acts: Sequence[str]) -> list[DelegationSide]:
    posts = (("grantor", row.grantor_post_id), ("grantee", row.grantee_post_id))
    return [
        DelegationSide(
            delegation=row, side=side, post_id=post, task_id=task.id, act=act, valid_during=row.valid_during
        )
        for side, post in posts
        for task in tasks
        for act in acts
    ]


def _side(post_id: int, on: date, signed_on: date | None) -> Side | None:
    rows = _rows(_SIDE, post=post_id, on=on, signed=signed_on)
    return Side(*rows[0]) if rows else None


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
