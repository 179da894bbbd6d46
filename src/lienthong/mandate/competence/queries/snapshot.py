"""The register in memory: everything that the answer and the proof rest on, of some units, as held at one moment."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from lienthong.core.scope.queries import ask
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence.rules.resolve import Resolver
from lienthong.mandate.competence.values import (
    Answer,
    AssignmentRow,
    AwayRow,
    BasisRow,
    BodyRow,
    DelegationRow,
    FactRow,
    InstrumentRow,
    PostRow,
    RefusedRow,
    RuleRow,
    SeatRow,
    Snapshot,
    TaskRow,
    UnitRow,
)

Row = TypeVar("Row")


def _from(during: str) -> str:
    """A range's first day and first day no longer covered as ordinals (DAWN, NEVER where open or not stated)."""
    return (
        f"CASE WHEN isempty({during}) THEN 1 ELSE coalesce(lower({during}) - DATE '0001-01-01' + 1, 1) END,"
        f" CASE WHEN isempty({during}) THEN 1"
        f" ELSE coalesce(upper({during}) - DATE '0001-01-01' + 1, 3652060) END"
    )


_KNOWN = (
    "x.recorded_at <= coalesce(%(known)s::timestamptz, 'infinity') AND (x.superseded_at IS NULL"
    " OR %(known)s::timestamptz IS NOT NULL AND x.superseded_at > %(known)s::timestamptz)"
)
_OF_UNIT = "x.unit_id = ANY (%(units)s::bigint[])"
_OF_POST = "x.post_id IN (SELECT id FROM organisation_post WHERE unit_id = ANY (%(units)s::bigint[]))"

# A commune-level unit of the two-level map or later; a named one whatever its level.
_UNITS = f"""
SELECT x.id, x.code, coalesce(p.code, ''), f.unit_type, f.name, {_from("f.valid_during")}
FROM organisation_adminunit x LEFT JOIN organisation_adminunit p ON p.id = x.parent_id
LEFT JOIN organisation_unitfact f ON f.unit_id = x.id
WHERE x.era >= '2025' AND (%(province)s::text IS NULL OR p.code = %(province)s::text OR x.code = %(province)s::text)
  AND CASE WHEN %(codes)s::text[] IS NULL THEN x.level = 'commune' ELSE x.code = ANY (%(codes)s::text[]) END
ORDER BY x.id, lower(f.valid_during)
"""
_TASKS = f"""
SELECT x.code, x.field, x.name, x.kind, x.instrument_id, {_from("x.valid_during")}
FROM competence_task x WHERE x.level = 'commune' ORDER BY x.code
"""
_INSTRUMENTS = f"""
SELECT x.id, x.number, x.title, x.kind, x.confidence, {_from("x.valid_during")}
FROM instruments_instrument x ORDER BY x.id
"""
_BASES = f"""
SELECT x.id, x.subject_key, x.instrument_id, x.article, x.confidence, {_from("x.valid_during")}
FROM competence_taskbasis x WHERE {_KNOWN} ORDER BY x.id
"""
_RULES = f"""
SELECT x.id, x.subject_key, x.reach_key, x.role, x.body_kind, x.post_kind, x.instrument_id, x.article, x.confidence,
       {_from("x.valid_during")}
FROM competence_competencerule x WHERE {_KNOWN} ORDER BY x.id
"""
_BODIES = f"""
SELECT x.id, x.unit_id, x.kind, x.name, {_from("x.valid_during")}
FROM organisation_body x WHERE {_OF_UNIT} ORDER BY x.id
"""
_POSTS = f"""
SELECT x.id, x.unit_id, x.body_id, x.kind, x.title, x.rank, {_from("x.valid_during")}
FROM organisation_post x WHERE {_OF_UNIT} ORDER BY x.id
"""
_SEATS = f"""
SELECT x.post_id, x.person_id, {_from("x.valid_during")}
FROM organisation_appointment x WHERE {_OF_POST} ORDER BY x.post_id, lower(x.valid_during)
"""
_AWAY = f"""
SELECT x.post_id, x.substitute_id, {_from("x.valid_during")}
FROM organisation_absence x WHERE {_OF_POST} ORDER BY x.post_id, lower(x.valid_during)
"""
_ASSIGNMENTS = f"""
SELECT x.id, x.unit_id, x.subject_key, x.duty, x.post_id, x.instrument_text, {_from("x.valid_during")}
FROM competence_workassignment x WHERE {_OF_UNIT} AND {_KNOWN} ORDER BY x.id
"""
_DELEGATIONS = f"""
SELECT x.id, x.unit_id, x.grantor_post_id, x.grantor_person_id, x.grantee_post_id, x.grantee_person_id, x.number,
  (SELECT json_agg(json_build_array(t.code, s.act) ORDER BY t.code, s.act) FROM competence_delegationside s
   JOIN competence_task t ON t.id = s.task_id WHERE s.delegation_id = x.id AND s.side = 'grantee'),
  x.conditions::json, x.report_months, {_from("x.valid_during")},
  CASE WHEN %(known)s::timestamptz IS NULL OR x.revoked_at <= %(known)s::timestamptz
       THEN x.revoked_on - DATE '0001-01-01' + 1 END,
  x.signed_on - DATE '0001-01-01' + 1
FROM competence_delegation x
WHERE {_OF_UNIT} AND x.recorded_at <= coalesce(%(known)s::timestamptz, 'infinity') ORDER BY x.id
"""
_REFUSED = f"""
SELECT x.id, x.subject_key, x.reach_key, x.body_kind, x.instrument_id, x.standing_id, {_from("x.valid_during")},
       (x.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - DATE '0001-01-01' + 1
FROM competence_refusedlead x
WHERE x.recorded_at <= coalesce(%(known)s::timestamptz, 'infinity') ORDER BY x.id
"""


def take_snapshot(
    *, province: str | None, unit_codes: Sequence[str] | None = None, known_at: datetime | None = None
) -> Snapshot:
    """The register of the commune-level units of a province (None: of the country), or of those named. 13 statements.

    With the tasks of the commune level. `known_at`: as the register's rules, bases, assignments and delegations were
    recorded at that moment; who holds a post is always as recorded now.
    """
    codes = None if unit_codes is None else list(unit_codes)
    units = _units({"province": province, "codes": codes})
    values = {"units": [unit.id for unit in units], "known": known_at}
    return Snapshot(
        taken_on=today().toordinal(),
        tasks=_rows(TaskRow, _TASKS, {}),
        instruments=_rows(InstrumentRow, _INSTRUMENTS, {}),
        bases=_rows(BasisRow, _BASES, values),
        rules=_rows(RuleRow, _RULES, values),
        units=units,
        bodies=_rows(BodyRow, _BODIES, values),
        posts=_rows(PostRow, _POSTS, values),
        seats=_rows(SeatRow, _SEATS, values),
        away=_rows(AwayRow, _AWAY, values),
        assignments=_rows(AssignmentRow, _ASSIGNMENTS, values),
        delegations=tuple(_delegation(row) for row in ask(_DELEGATIONS, values)),
        refused=_rows(RefusedRow, _REFUSED, values),
    )


def answers(snapshot: Snapshot, pairs: Iterable[tuple[str, int]], day: date | int) -> Iterator[Answer]:
    """The answer for each (task code, unit id) on one day, in the order of the pairs. No statement."""
    resolver = Resolver(snapshot)
    on = day.toordinal() if isinstance(day, date) else day
    return (resolver.answer(task_code, unit_id, on) for task_code, unit_id in pairs)


def _rows(kind: type[Row], statement: str, values: dict[str, Any]) -> tuple[Row, ...]:
    return tuple(kind(*row) for row in ask(statement, values))


def _units(values: dict[str, Any]) -> tuple[UnitRow, ...]:
    found: dict[int, tuple[str, str, list[FactRow]]] = {}
    for unit_id, code, province, *fact in ask(_UNITS, values):
        _code, _province, facts = found.setdefault(unit_id, (code, province, []))
        if fact[0] is not None:
            facts.append(FactRow(*fact))
    return tuple(
        UnitRow(unit_id, code, province, tuple(facts)) for unit_id, (code, province, facts) in found.items()
    )


def _delegation(row: tuple[Any, ...]) -> DelegationRow:
    own_id, unit_id, by, by_person, to, to_person, number, tasks, conditions, months, *days = row
    start, end, revoked, signed = days
    return DelegationRow(
        own_id,
        unit_id,
        by,
        by_person,
        to,
        to_person,
        number,
        tuple((code, act) for code, act in tasks or []),
        tuple(str(one.get("text") or "") for one in conditions if not one.get("evidence")),
        months,
        start,
        end if revoked is None else min(end, revoked),
        signed,
    )
