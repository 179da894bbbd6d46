"""The statement over the database and the resolver over a snapshot say the same, however damaged the register is."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence.enums import Finding
from lienthong.mandate.competence.queries import responsible_for, take_snapshot, warrants_for
from lienthong.mandate.competence.rules.conclude import own_post
from lienthong.mandate.competence.rules.resolve import Resolver
from tests.cast import TAN_HUNG, TAN_THUAN, Cast

pytestmark = pytest.mark.django_db

TRIES = int(os.environ.get("AGREEMENT_TRIES", "6"))  # more of them: AGREEMENT_TRIES=300
TASKS = {"9.1": "Lĩnh vực A", "9.2": "Lĩnh vực A", "9.3": "Lĩnh vực B"}
SUBJECTS = ("task:9.1", "task:9.2", "task:9.3", "field:Lĩnh vực A", "field:Lĩnh vực B")
REACHES = (
    *("country", "type:ward", "type:commune", "province:79", "province:01", "type_in_province:ward:79"),
    *(f"unit:{TAN_HUNG}", f"unit:{TAN_HUNG}", f"unit:{TAN_THUAN}"),
)
BODIES = ("economy", "economy", "office", "office", "committee", "service_centre", "party_committee", "front")
DAYS = [
    *(date(2025, 7, 1), date(2026, 1, 1), date(2026, 3, 1), date(2026, 11, 2), date(2027, 3, 1)),
    *(date(2028, 2, 29), date(2028, 3, 1)),
]
LOOKED = sorted({day + timedelta(days=by) for day in DAYS for by in (-1, 0, 1)})
LONG_AGO, ONCE, LATELY = (datetime(2026, month, 5, tzinfo=UTC) for month in (1, 4, 7))
EARLIER = st.sampled_from([*DAYS[:2], *DAYS[:5], None])
LATER = st.sampled_from([*DAYS[3:], None, None, None])
Ids = dict[str, list[int]]


@st.composite
def spans(draw: Callable[[Any], Any]) -> tuple[date | None, date | None]:
    """A range of days: open ends, 29 February, never empty."""
    start, end = draw(EARLIER), draw(LATER)
    return (start, None) if start and end and end <= start else (start, end)


known = st.sampled_from(
    [(LATELY, None), (LONG_AGO, None), (LONG_AGO, ONCE), (LONG_AGO, LATELY), (ONCE, LATELY)]
)
any_of = st.sampled_from(range(48))
rule = st.tuples(
    *(st.sampled_from(SUBJECTS), st.sampled_from(REACHES), st.sampled_from(["lead", "lead", "coordinating"])),
    *(st.sampled_from(BODIES), st.sampled_from(["", "", "", "chair", "department_head"])),
    *(any_of, spans(), known),
)
basis = st.tuples(st.sampled_from(SUBJECTS), any_of, spans(), known)
assignment = st.tuples(
    *(st.sampled_from(SUBJECTS), st.sampled_from(["processing", "approval", "by_order"])),
    *(any_of, spans(), known),
)
away = st.tuples(any_of, st.none() | any_of, spans())
paper = st.tuples(any_of, any_of, spans(), st.sampled_from([None, None, *DAYS]), known)
ends = st.tuples(any_of, st.sampled_from(DAYS))
registers = st.fixed_dictionaries(
    {
        "instruments": st.lists(st.none() | spans(), min_size=2, max_size=4),
        "rules": st.lists(rule, min_size=6, max_size=16),
        "bases": st.lists(basis, max_size=2),
        "assignments": st.lists(assignment, min_size=3, max_size=12),
        "away": st.lists(away, min_size=1, max_size=6),
        "posts": st.lists(ends, max_size=3),
        "bodies": st.lists(ends, max_size=2),
        "seats": st.lists(ends, max_size=4),
        "twice": st.lists(st.tuples(any_of, any_of, spans()), max_size=2),
        "back": st.lists(st.tuples(any_of, st.sampled_from(DAYS), st.integers(0, 40)), max_size=3),
        "papers": st.lists(paper, max_size=3),
        "usual": st.booleans(),
        "merged": st.none() | st.sampled_from(DAYS),
        "known_at": st.sampled_from([None, None, ONCE, datetime(2026, 5, 1, tzinfo=UTC)]),
    }
)


@given(register=registers)
@settings(
    max_examples=TRIES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_both_ways_of_asking_say_the_same(register: dict[str, Any], cast: Cast) -> None:
    with entered(SYSTEM):
        sid = transaction.savepoint()
        units = [cast.unit_id(code) for code in (TAN_HUNG, TAN_THUAN)]
        damage(register, units)
        agree(units, register["known_at"])
        agree_on_delegates(units, register["known_at"])
        transaction.savepoint_rollback(sid)


def agree(units: list[int], known_at: datetime | None) -> None:
    """Every answer the same; and it changes on no day that `breaks` does not name."""
    resolver = Resolver(take_snapshot(province="79", unit_codes=[TAN_HUNG, TAN_THUAN], known_at=known_at))
    for unit in units:
        for task in (*TASKS, "9.404"):
            breaks = resolver.breaks(task, unit, 1, LOOKED[-1].toordinal() + 1)
            former = None
            for day in LOOKED:
                stated = responsible_for(task, unit, day, known_at=known_at)
                found = resolver.answer(task, unit, day.toordinal())
                assert found == stated, (task, unit, day, known_at)
                if former and not any(former[0] < on <= day.toordinal() for on in breaks):
                    assert former[1] == found, (task, unit, day, breaks)
                former = (day.toordinal(), found)


def agree_on_delegates(units: list[int], known_at: datetime | None) -> None:
    """Who acts under a paper on a day: by the warrants, and by the resolver."""
    resolver = Resolver(take_snapshot(province="79", unit_codes=[TAN_HUNG, TAN_THUAN], known_at=known_at))
    for unit in units:
        papers = [row for row in resolver.snapshot.delegations if row.unit_id == unit]
        for day in LOOKED if papers else ():
            own = own_post(resolver.standing("9.1", unit, day.toordinal()))
            found = {
                row.id
                for row in papers
                if own
                and own.post_id == row.grantor_post
                and any(start <= day.toordinal() < end for start, end in resolver.effective(row))
            }
            stated = warrants_for("9.1", unit, "sign", day, known_at=known_at)
            assert {one.delegation_id for one in stated} - {None} == found, (unit, day, known_at)


def damage(register: dict[str, Any], units: list[int]) -> None:
    """Write a register as drawn; what the database's own guards refuse is left out."""
    instruments = [
        one("INSERT INTO instruments_instrument (slug, number, title, kind, valid_during, confidence, source_note)"
            " VALUES (%s, %s, 'thử', 'decree', daterange(%s::date, %s::date), 'assumption', '') RETURNING id",
            f"thu-{n}", f"{n}/2026/NĐ-CP", *(span or (None, None)))
        for n, span in enumerate(register["instruments"])
    ]  # fmt: skip
    for code, field in TASKS.items():
        run("INSERT INTO competence_task (code, kind, name, field, level, instrument_id)"
            " VALUES (%s, 'standing', 'thử', %s, 'commune', %s)", code, field, instruments[0])  # fmt: skip
    posts, bodies, people = ids("post", units), ids("body", units), persons(units)
    if register["usual"]:
        _usual(register, units)
    for subject, reach, role, body, post_kind, by, span, told in register["rules"]:
        run("INSERT INTO competence_competencerule (subject_key, reach, reach_key, role, division, body_kind,"
            " post_kind, valid_during, instrument_id, article, confidence, note, recorded_at, superseded_at)"
            " VALUES (%s, %s, %s, %s, 'not_stated', %s, %s, daterange(%s, %s), %s, 'Đ.1', 'press', '', %s, %s)"
            " ON CONFLICT DO NOTHING",
            subject, reach.partition(":")[0], reach, role, body, post_kind, *span, pick(instruments, by), *told)  # fmt: skip
    for subject, by, span, told in register["bases"]:
        run("INSERT INTO competence_taskbasis (subject_key, instrument_id, article, division, confidence,"
            " valid_during, note, recorded_at, superseded_at)"
            " VALUES (%s, %s, 'Đ.2', 'not_stated', 'press', daterange(%s, %s), '', %s, %s)",
            subject, pick(instruments, by), *span, *told)  # fmt: skip
    for subject, duty, post, span, told in register["assignments"]:
        post_id = pick(posts, post)
        run("INSERT INTO competence_workassignment (unit_id, subject_key, duty, post_id, valid_during,"
            " instrument_text, recorded_at, superseded_at) SELECT unit_id, %s, %s, id, daterange(%s, %s),"
            " 'QĐ 1', %s, %s FROM organisation_post WHERE id = %s ON CONFLICT DO NOTHING",
            subject, duty, *span, *told, post_id)  # fmt: skip
    _papers(register, posts)
    _damage_people(register, posts, bodies, people, units)


def _usual(register: dict[str, Any], units: list[int]) -> None:
    """What a unit in order has: a body that leads a field, a specialist who has it and a deputy in charge."""
    register["rules"] = [_lead("field:Lĩnh vực A", "economy"), *register["rules"]]
    for duty, kind in (("processing", "specialist"), ("approval", "vice_chair")):
        run("INSERT INTO competence_workassignment (unit_id, subject_key, duty, post_id, valid_during,"
            " instrument_text, recorded_at) SELECT DISTINCT ON (p.unit_id) p.unit_id, 'field:Lĩnh vực A', %s, p.id,"
            " '[2025-07-01,)', 'QĐ 0', %s FROM organisation_post p JOIN organisation_body b ON b.id = p.body_id"
            " WHERE p.unit_id = ANY(%s) AND p.kind = %s AND b.kind IN ('economy', 'committee')"
            " ORDER BY p.unit_id, p.id",
            duty, LONG_AGO, units, kind)  # fmt: skip


def _damage_people(
    register: dict[str, Any], posts: list[int], bodies: list[int], people: list[int], units: list[int]
) -> None:
    for table, rows, known_ids in (
        ("post", register["posts"], posts),
        ("body", register["bodies"], bodies),
        ("appointment", register["seats"], ids("appointment", units)),
    ):
        for which, day in rows:
            run(f"UPDATE organisation_{table} SET valid_during = daterange(lower(valid_during), %s)"
                " WHERE id = %s AND (lower(valid_during) IS NULL OR lower(valid_during) < %s)",
                day, pick(known_ids, which), day)  # fmt: skip
    for which, left, after in register["back"]:
        _leave_and_come_back(pick(posts, which), left, left + timedelta(days=after))
    for which, person, span in register["twice"]:
        run("INSERT INTO organisation_appointment (post_id, person_id, valid_during, instrument_text)"
            " VALUES (%s, %s, daterange(%s, %s), '') ON CONFLICT DO NOTHING",
            pick(posts, which), pick(people, person), *span)  # fmt: skip
    for which, substitute, span in register["away"]:
        run("INSERT INTO organisation_absence (post_id, substitute_id, valid_during, reason)"
            " VALUES (%s, %s, daterange(%s, %s), '') ON CONFLICT DO NOTHING",
            pick(posts, which), None if substitute is None else pick(people, substitute), *span)  # fmt: skip
    if register["merged"] is not None:
        run("UPDATE organisation_unitfact SET valid_during = daterange(lower(valid_during), %s)"
            " WHERE unit_id = %s AND lower(valid_during) < %s", register["merged"], units[1], register["merged"])  # fmt: skip


def _leave_and_come_back(post: int, left: date, back: date) -> None:
    """Who sits there leaves, and is appointed again to the same post, at once or some days later."""
    gone = run("UPDATE organisation_appointment SET valid_during = daterange(lower(valid_during), %s) WHERE post_id = %s"
        " AND (lower(valid_during) IS NULL OR lower(valid_during) < %s) AND valid_during @> %s::date"
        " RETURNING person_id", left, post, left, left)  # fmt: skip
    for (person,) in gone:
        run("INSERT INTO organisation_appointment (post_id, person_id, valid_during, instrument_text)"
            " VALUES (%s, %s, daterange(%s, NULL), '') ON CONFLICT DO NOTHING", post, person, back)  # fmt: skip


def _papers(register: dict[str, Any], posts: list[int]) -> None:
    """Delegations of one task, whoever sits where on the day of the signature; no rule is asked."""
    for giver, taker, (start, end), revoked, (recorded, _gone) in register["papers"]:
        first, last = start or DAYS[0], end or DAYS[-1]
        run("WITH paper AS (INSERT INTO competence_delegation (unit_id, grantor_post_id, grantor_person_id,"
            " grantee_post_id, grantee_person_id, valid_during, number, signed_on, norm_id, conditions, revoke_reason,"
            " recorded_at, revoked_on, revoked_at)"
            " SELECT g.unit_id, g.id, ga.person_id, e.id, ea.person_id, daterange(%s, %s), '1/UQ', %s,"
            " (SELECT min(id) FROM competence_delegationnorm), '[]', '', %s, %s, %s"
            " FROM organisation_post g JOIN organisation_appointment ga ON ga.post_id = g.id AND ga.valid_during @> %s::date,"
            " organisation_post e JOIN organisation_appointment ea ON ea.post_id = e.id AND ea.valid_during @> %s::date"
            " WHERE g.id = coalesce((SELECT min(c.id) FROM organisation_post c WHERE c.kind = 'chair' AND c.unit_id ="
            " (SELECT unit_id FROM organisation_post WHERE id = %s)), %s) AND e.id = %s AND g.id <> e.id"
            " AND g.unit_id = e.unit_id RETURNING id, grantor_post_id, grantee_post_id, valid_during)"
            " INSERT INTO competence_delegationside (delegation_id, side, post_id, task_id, act, valid_during)"
            " SELECT paper.id, s.side, CASE s.side WHEN 'grantor' THEN grantor_post_id ELSE grantee_post_id END,"
            " t.id, 'sign', paper.valid_during FROM paper, (VALUES ('grantor'), ('grantee')) s (side),"
            " competence_task t WHERE t.code = '9.1' ON CONFLICT DO NOTHING",
            first, last, first, recorded, revoked, revoked and LATELY, first, first,
            pick(posts, giver), pick(posts, giver), pick(posts, taker))  # fmt: skip


def ids(table: str, units: list[int]) -> list[int]:
    joined = {
        "post": "SELECT p.id FROM organisation_post p JOIN organisation_body b ON b.id = p.body_id"
        " WHERE p.unit_id = ANY(%s) AND b.kind IN ('economy', 'office', 'committee') ORDER BY p.rank, p.id",
        "body": "SELECT id FROM organisation_body WHERE unit_id = ANY(%s) ORDER BY id",
        "appointment": "SELECT a.id FROM organisation_appointment a JOIN organisation_post p ON p.id = a.post_id"
        " WHERE p.unit_id = ANY(%s) ORDER BY a.id",
    }
    return [row[0] for row in run(joined[table], units)]


def persons(units: list[int]) -> list[int]:
    asked = (
        "SELECT DISTINCT a.person_id FROM organisation_appointment a JOIN organisation_post p ON p.id = a.post_id"
        " WHERE p.unit_id = ANY(%s) ORDER BY 1"
    )
    return [row[0] for row in run(asked, units)]


def pick(among: list[int], which: int) -> int:
    return among[which % len(among)]


def one(statement: str, *values: Any) -> int:
    return int(run(statement, *values)[0][0])


def run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def test_every_finding_is_among_those_that_are_compared(cast: Cast) -> None:
    """The drawn registers reach each finding: one of each here, said alike by both."""
    with entered(SYSTEM):
        unit = cast.unit_id(TAN_HUNG)
        damage(PLAIN | {"rules": [_lead("task:9.1", "front"), _lead("field:Lĩnh vực A", "economy")]}, [unit])
        seen = {said(unit, "9.404"), said(unit, "9.3"), said(unit, "9.1"), said(unit, "9.2")}
        run("UPDATE organisation_appointment SET valid_during = daterange(lower(valid_during), '2026-11-01')"
            " WHERE post_id = %s", cast.head.post_id)  # fmt: skip
        seen.add(said(unit, "9.2"))
        run("UPDATE organisation_post SET valid_during = daterange(lower(valid_during), '2026-11-01')"
            " WHERE id = %s", cast.head.post_id)  # fmt: skip
        seen.add(said(unit, "9.2"))
        run("UPDATE organisation_body SET valid_during = daterange(lower(valid_during), '2026-11-01')"
            " WHERE id = %s", cast.head.body_id)  # fmt: skip
        seen.add(said(unit, "9.2"))
        run("INSERT INTO competence_taskbasis (subject_key, instrument_id, article, division, confidence,"
            " valid_during, note) SELECT 'task:9.2', id, '', 'not_stated', 'press',"
            " daterange('2025-07-01', '2026-11-02'), '' FROM instruments_instrument LIMIT 1")  # fmt: skip
        seen.add(said(unit, "9.2"))
        run("UPDATE organisation_post SET valid_during = daterange(lower(valid_during), '2026-11-01')"
            " WHERE id = %s", cast.chair.post_id)  # fmt: skip
        seen.add(said(unit, "9.2"))
    assert seen == {"", *(finding.value for finding in Finding)}


PLAIN: dict[str, Any] = {
    name: []
    for name in ("bases", "assignments", "away", "posts", "bodies", "seats", "twice", "back", "papers")
} | {"instruments": [None], "merged": None, "usual": False}


def _lead(subject: str, body: str) -> tuple[Any, ...]:
    return (subject, "country", "lead", body, "", 0, (date(2025, 7, 1), None), (LONG_AGO, None))


def said(unit: int, task: str) -> str:
    """The finding of both ways, which must be one."""
    day = date(2026, 11, 2)
    answer = responsible_for(task, unit, day)
    resolver = Resolver(take_snapshot(province=None, unit_codes=[TAN_HUNG]))
    assert resolver.answer(task, unit, day.toordinal()) == answer
    return answer.finding
