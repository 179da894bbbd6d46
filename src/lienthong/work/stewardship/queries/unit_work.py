"""Whose work is what in a unit on a day: by field, from the register in memory; delegations and their reports."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from lienthong.core.scope.values import Actor
from lienthong.lib.text import sort_key
from lienthong.mandate.competence.enums import DelegableAct, Finding
from lienthong.mandate.competence.queries import answers, take_snapshot
from lienthong.mandate.competence.values import Answer, Snapshot
from lienthong.people.organisation.values import UnitCard
from lienthong.work.stewardship.access import regulations_open_to, reports_open_to
from lienthong.work.stewardship.models import RegulationDraft
from lienthong.work.stewardship.values import Delegated, ReportLine, Work

_PEOPLE = "SELECT id, name FROM organisation_person WHERE id = ANY(%(ids)s)"
_DELEGATIONS = """
SELECT d.id, d.number, d.signed_on, gp.title, g.name, tp.title, t.name, lower(d.valid_during),
       least(upper(d.valid_during), d.revoked_on), d.report_months,
       (SELECT array_agg(DISTINCT k.name ORDER BY k.name) FROM competence_delegationside s
        JOIN competence_task k ON k.id = s.task_id WHERE s.delegation_id = d.id AND s.side = 'grantee'),
       (SELECT array_agg(DISTINCT s.act) FROM competence_delegationside s WHERE s.delegation_id = d.id)
FROM competence_delegation d
JOIN organisation_post gp ON gp.id = d.grantor_post_id JOIN organisation_person g ON g.id = d.grantor_person_id
JOIN organisation_post tp ON tp.id = d.grantee_post_id JOIN organisation_person t ON t.id = d.grantee_person_id
WHERE d.unit_id = %(unit)s AND d.valid_during @> %(on)s::date
  AND (d.revoked_on IS NULL OR d.revoked_on > %(on)s::date)
ORDER BY lower(d.valid_during), d.id
"""
_REPORTS = """
SELECT r.id, d.number, gp.title, tp.title, r.first_on, r.last_on, r.acts, r.produced_at
FROM stewardship_delegationreport r JOIN competence_delegation d ON d.id = r.delegation_id
JOIN organisation_post gp ON gp.id = d.grantor_post_id JOIN organisation_post tp ON tp.id = d.grantee_post_id
WHERE r.id = ANY(%(ids)s) ORDER BY r.last_on DESC, r.id DESC
"""
_SIDES = """
SELECT d.number, gp.title || ' ' || g.name, tp.title || ' ' || t.name FROM competence_delegation d
JOIN organisation_post gp ON gp.id = d.grantor_post_id JOIN organisation_person g ON g.id = d.grantor_person_id
JOIN organisation_post tp ON tp.id = d.grantee_post_id JOIN organisation_person t ON t.id = d.grantee_person_id
WHERE d.id = %(id)s
"""
MOST = 100


def work_of(unit: UnitCard, on: date) -> list[Work]:
    """Every field of the unit on a day: body, post, holder, leader, and what the register lacks.

    The snapshot of one unit and the names: at most fifteen statements, however many tasks.
    """
    snapshot = take_snapshot(province=settings.PROVINCE, unit_codes=[unit.code])
    standing = [task for task in snapshot.tasks if task.start <= on.toordinal() < task.end]
    pairs = [(task.code, unit.id) for task in standing]
    told = list(zip(standing, answers(snapshot, pairs, on.toordinal()), strict=True))
    grouped: dict[tuple[str, Any], list[tuple[str, str]]] = defaultdict(list)
    for task, answer in told:
        grouped[task.field, _key(answer)].append((task.code, task.name))
    names = _people(answer for _task, answer in told)
    return [
        _work(field, tasks, key, snapshot, names)
        for (field, key), tasks in sorted(
            grouped.items(), key=lambda one: (sort_key(one[0][0]), -len(one[1]))
        )
    ]


def delegations_of(unit_id: int, on: date) -> list[Delegated]:
    """The delegations that run in a unit on a day. One statement."""
    return [_delegated(row) for row in _rows(_DELEGATIONS, unit=unit_id, on=on)]


def sides_of(delegation_id: int) -> tuple[str, str, str]:
    """Number, grantor and grantee of a delegation, by post and name. One statement."""
    number, grantor, grantee = _rows(_SIDES, id=delegation_id)[0]
    return number, grantor, grantee


def reports_of(actor: Actor, unit_id: int) -> list[ReportLine]:
    """The newest reports on delegated acts of a unit. Two statements."""
    ids = (
        reports_open_to(actor)
        .filter(unit_id=unit_id)
        .order_by("-last_on")
        .values_list("pk", flat=True)[:MOST]
    )
    return [ReportLine(*row) for row in _rows(_REPORTS, ids=list(ids))]


def regulations_of(actor: Actor, unit_id: int) -> list[RegulationDraft]:
    """The draft regulations of a unit, the newest first. One statement."""
    found = regulations_open_to(actor).filter(unit_id=unit_id).defer("content").order_by("-pk")
    return list(found[:MOST])


def _key(answer: Answer) -> tuple[Any, ...]:
    return (
        answer.body_id,
        answer.post_id,
        answer.person_id,
        answer.leader_post_id,
        answer.leader_person_id,
        answer.finding,
    )


def _work(
    field: str,
    tasks: list[tuple[str, str]],
    key: tuple[Any, ...],
    snapshot: Snapshot,
    names: dict[int, str],
) -> Work:
    body_id, post_id, person_id, leader_post, leader_person, finding = key
    bodies = {body.id: body.name for body in snapshot.bodies}
    posts = {post.id: post.title for post in snapshot.posts}
    leader = posts.get(leader_post, "")
    return Work(
        field=field or _("chưa ghi lĩnh vực"),
        tasks=tuple(tasks),
        body=bodies.get(body_id, ""),
        post=posts.get(post_id, ""),
        holder=names.get(person_id, ""),
        leader=", ".join(part for part in (leader, names.get(leader_person, "")) if part),
        finding=str(Finding(finding).label) if finding else "",
    )


def _people(told: Iterable[Answer]) -> dict[int, str]:
    ids = {person for answer in told for person in (answer.person_id, answer.leader_person_id) if person}
    return dict(_rows(_PEOPLE, ids=list(ids)))


def _delegated(row: tuple[Any, ...]) -> Delegated:
    *told, tasks, acts = row
    labels = [str(DelegableAct(act).label) for act in acts or ()]
    return Delegated(*[*told, tuple(tasks or ()), tuple(sorted(labels))])


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
