"""Who may sign, by what right and in what order; and which paper ended, where it is refused."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.mandate.competence.queries import signers, warrant_of, warrants_for
from lienthong.mandate.competence.values import Warrant
from tests.cast import ON, TAN_HUNG, TAN_THUAN, Cast

pytestmark = pytest.mark.django_db

CODE, FIELD = "9.000101", "Lĩnh vực ký thử"
FROM, UNTIL = date(2026, 10, 1), date(2026, 12, 1)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    with entered(SYSTEM):
        run("INSERT INTO competence_task (code, kind, name, field, level) VALUES (%s, 'standing', 'thử', %s, 'commune')",
            CODE, FIELD)  # fmt: skip
        lead("committee", "chair")
    return cast


def run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def lead(body: str, post_kind: str) -> None:
    run("INSERT INTO competence_competencerule (subject_key, reach, reach_key, role, division, body_kind, post_kind,"
        " valid_during, instrument_id, article, confidence, note) SELECT %s, 'country', 'country', 'lead', 'by_law', %s, %s,"
        " '[2025-07-01,)', id, 'Đ.3', 'press', '' FROM instruments_instrument WHERE slug = 'nd-150-2025-nd-cp'",
        f"task:{CODE}", body, post_kind)  # fmt: skip


def assign(cast: Cast, to: Actor, duty: str, until: date | None = None) -> None:
    run("INSERT INTO competence_workassignment (unit_id, subject_key, duty, post_id, valid_during, instrument_text)"
        " VALUES (%s, %s, %s, %s, daterange('2026-01-01', %s), 'QĐ 12/QĐ-UBND')",
        cast.unit_id(TAN_HUNG), f"field:{FIELD}", duty, to.post_id, until)  # fmt: skip


def delegate(cast: Cast, to: Actor, *, by: Actor | None = None, number: str = "7/UQ-UBND", conditions: str = "[]",
             start: date = FROM, end: date = UNTIL, act: str = "sign") -> int:  # fmt: skip
    grantor = by or cast.chair
    norm = run("INSERT INTO competence_delegationnorm (kind, subject_key, grantor_kind, grantee_kind, instrument_id, article,"
               " confidence, valid_during) SELECT 'permits', %s, 'chair', 'other', id, 'Đ.14', 'press',"
               " '[2025-07-01,)' FROM instruments_instrument WHERE slug = 'nd-150-2025-nd-cp' RETURNING id",
               f"task:{number}")[0][0]  # fmt: skip
    ((paper,),) = run(
        "INSERT INTO competence_delegation (unit_id, grantor_post_id, grantor_person_id, grantee_post_id,"
        " grantee_person_id, valid_during, number, signed_on, norm_id, conditions, revoke_reason)"
        " VALUES (%s, %s, %s, %s, %s, daterange(%s, %s), %s, %s, %s, %s::jsonb, '') RETURNING id",
        cast.unit_id(TAN_HUNG), grantor.post_id, grantor.person_id, to.post_id, to.person_id, start, end, number,
        start, norm, conditions)  # fmt: skip
    for side, post in (("grantor", grantor.post_id), ("grantee", to.post_id)):
        run("INSERT INTO competence_delegationside (delegation_id, side, post_id, task_id, act, valid_during)"
            " SELECT %s, %s, %s, id, %s, daterange(%s, %s) FROM competence_task WHERE code = %s",
            paper, side, post, act, start, end, CODE)  # fmt: skip
    return int(paper)


def leave(actor: Actor, day: date) -> None:
    run("UPDATE organisation_appointment SET valid_during = daterange(lower(valid_during), %s)"
        " WHERE post_id = %s AND person_id = %s AND valid_during @> %s::date",
        day, actor.post_id, actor.person_id, day)  # fmt: skip


def who(cast: Cast, at: Any = ON, act: str = "sign") -> list[tuple[str, int | None, int | None]]:
    found = warrants_for(CODE, cast.unit_id(TAN_HUNG), act, at)
    return [(one.capacity, one.post_id, one.for_post_id) for one in found]


def asked(cast: Cast, actor: Actor, at: Any = ON, act: str = "sign") -> Warrant | Refusal:
    return warrant_of(actor.post_id, actor.person_id, CODE, cast.unit_id(TAN_HUNG), act, at)


def refusal(cast: Cast, actor: Actor, at: Any = ON) -> str:
    found = asked(cast, actor, at)
    assert isinstance(found, Refusal) and found.code == "competence.no_warrant"
    return found.sentence


def test_the_chair_then_the_deputy_then_by_order_then_delegates(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    with entered(SYSTEM):
        assign(cast, cast.vice_chair, "approval")
        assign(cast, cast.head, "by_order")
        delegate(cast, cast.specialist)
        unit, chair = cast.unit_id(TAN_HUNG), cast.chair.post_id
        with django_assert_num_queries(1):
            found = warrants_for(CODE, unit, "sign", ON)
    assert [(one.capacity, one.post_id, one.for_post_id) for one in found] == [
        ("own", chair, None),
        ("deputy", cast.vice_chair.post_id, chair),
        ("by_order", cast.head.post_id, chair),
        ("delegated", cast.specialist.post_id, chair),
    ]
    assert [one.chain[-1].kind for one in found] == [
        *("decree", "approval_assignment", "by_order_assignment", "delegation"),
    ]
    last = found[-1].chain[-1]
    assert (last.text, last.article, last.valid_from, last.valid_to) == (
        *("7/UQ-UBND", "Đ.14"),
        *(FROM.isoformat(), UNTIL.isoformat()),
    )


def test_the_post_that_has_it_by_rule_signs_and_not_the_chair(cast: Cast) -> None:
    with entered(SYSTEM):
        run(
            "UPDATE competence_competencerule SET superseded_at = clock_timestamp() WHERE subject_key = %s",
            f"task:{CODE}",
        )
        lead("economy", "department_head")
        assign(cast, cast.vice_chair, "approval")
        delegate(cast, cast.specialist)
        assert who(cast) == [("own", cast.head.post_id, None)]
        assert "bên ủy quyền không có thẩm quyền" in refusal(cast, cast.specialist)
        assert "Trưởng Phòng Kinh tế" in refusal(cast, cast.chair)


def test_a_delegate_is_refused_at_midnight_with_the_paper_that_ended(cast: Cast) -> None:
    with entered(SYSTEM):
        paper = delegate(cast, cast.specialist)
        last = asked(cast, cast.specialist, datetime(2026, 11, 30, 23, 59, 59, tzinfo=HANOI))
        assert isinstance(last, Warrant) and last.delegation_id == paper
        said = refusal(cast, cast.specialist, datetime(2026, 12, 1, 0, 0, tzinfo=HANOI))
    assert said.startswith("Ủy quyền số 7/UQ-UBND hết hiệu lực từ ngày 01/12/2026.")
    assert "Chủ tịch" in said


def test_a_revoked_paper_is_named_with_its_day(cast: Cast) -> None:
    with entered(SYSTEM):
        paper = delegate(cast, cast.specialist)
        run(
            "UPDATE competence_delegation SET revoked_on = '2026-11-02', revoked_at = now() WHERE id = %s",
            paper,
        )
        assert isinstance(asked(cast, cast.specialist, date(2026, 11, 1)), Warrant)
        assert "7/UQ-UBND đã bị thu hồi, hết hiệu lực từ ngày 02/11/2026" in refusal(cast, cast.specialist)


@pytest.mark.parametrize(("side", "sentence"), [
    ("chair", "khi người ủy quyền thôi giữ vị trí"),
    ("specialist", "khi người được ủy quyền thôi giữ vị trí"),
])  # fmt: skip
def test_it_ends_with_either_sides_appointment(cast: Cast, side: str, sentence: str) -> None:
    with entered(SYSTEM):
        delegate(cast, cast.specialist)
        leave(getattr(cast, side), ON)
        said = refusal(cast, cast.specialist)
    assert f"hết hiệu lực từ ngày 02/11/2026, {sentence}" in said


def test_what_ended_first_is_what_is_named(cast: Cast) -> None:
    with entered(SYSTEM):
        delegate(cast, cast.specialist)
        leave(cast.chair, date(2026, 11, 1))
        assert "từ ngày 01/11/2026" in refusal(cast, cast.specialist, date(2027, 1, 1))


def test_a_paper_not_yet_begun_or_with_an_unproven_condition_gives_no_right(cast: Cast) -> None:
    unmet = '[{"kind": "practice", "text": "3 năm công tác", "amount": 3, "evidence": ""}]'
    with entered(SYSTEM):
        delegate(cast, cast.specialist, conditions=unmet)
        delegate(cast, cast.second_specialist, number="8/UQ-UBND", start=date(2026, 11, 20))
        assert "điều kiện chưa có minh chứng (3 năm công tác)" in refusal(cast, cast.specialist)
        assert "8/UQ-UBND chỉ có hiệu lực từ ngày 20/11/2026" in refusal(cast, cast.second_specialist)


def test_a_delegation_of_signing_does_not_approve(cast: Cast) -> None:
    with entered(SYSTEM):
        delegate(cast, cast.specialist)
        assert isinstance(asked(cast, cast.specialist), Warrant)
        assert isinstance(asked(cast, cast.specialist, act="approve"), Refusal)


def test_the_deputy_whose_assignment_ended_is_told_which(cast: Cast) -> None:
    with entered(SYSTEM):
        assign(cast, cast.vice_chair, "approval", until=ON)
        assert isinstance(asked(cast, cast.vice_chair, date(2026, 11, 1)), Warrant)
        assert "Phân công QĐ 12/QĐ-UBND hết hiệu lực từ ngày 02/11/2026" in refusal(cast, cast.vice_chair)


def test_who_left_the_post_is_told_since_when(cast: Cast) -> None:
    with entered(SYSTEM):
        leave(cast.chair, ON)
        assert "thôi giữ vị trí này từ ngày 02/11/2026" in refusal(cast, cast.chair)
        assert who(cast) == []


def test_a_substitute_signs_and_the_one_away_may_too(cast: Cast) -> None:
    with entered(SYSTEM):
        run("INSERT INTO organisation_absence (post_id, substitute_id, valid_during, reason)"
            " VALUES (%s, %s, '[2026-11-01,2026-11-10)', '')", cast.chair.post_id, cast.vice_chair.person_id)  # fmt: skip
        (one,) = warrants_for(CODE, cast.unit_id(TAN_HUNG), "sign", ON)
        assert (one.post_id, one.person_id) == (cast.chair.post_id, cast.vice_chair.person_id)
        # Never as the Chair: KT., for the Chair's post.
        assert (one.capacity, one.for_post_id) == ("deputy", cast.chair.post_id)
        own = asked(cast, cast.chair)
        assert isinstance(own, Warrant) and (own.capacity, own.for_post_id) == ("own", None)


def test_only_a_vice_chair_signs_in_the_chairs_place(cast: Cast) -> None:
    with entered(SYSTEM):
        run("INSERT INTO organisation_absence (post_id, substitute_id, valid_during, reason)"
            " VALUES (%s, %s, '[2026-11-01,2026-11-10)', '')", cast.chair.post_id, cast.specialist.person_id)  # fmt: skip
        (one,) = warrants_for(CODE, cast.unit_id(TAN_HUNG), "sign", ON)
        assert (one.person_id, one.capacity) == (cast.chair.person_id, "own")
        stands_in = warrant_of(
            cast.chair.post_id, cast.specialist.person_id, CODE, cast.unit_id(TAN_HUNG), "sign", ON
        )
        assert isinstance(stands_in, Refusal)


def test_where_the_register_is_silent_the_chair_still_may(cast: Cast) -> None:
    with entered(SYSTEM):
        (one,) = warrants_for("9.404", cast.unit_id(TAN_HUNG), "approve", ON)
        assert (one.post_id, one.capacity, one.chain) == (cast.chair.post_id, "own", ())


def test_another_units_officer_and_nobody_are_refused(cast: Cast) -> None:
    with entered(SYSTEM):
        delegate(cast, cast.specialist)
        assert "không có thẩm quyền ký" in refusal(cast, cast.neighbour)
        nobody = warrant_of(None, None, CODE, cast.unit_id(TAN_THUAN), "sign", ON)
        assert isinstance(nobody, Refusal)
        with pytest.raises(NotFound):
            warrants_for(CODE, -1, "sign", ON)


def test_what_was_known_then_is_told_then(cast: Cast) -> None:
    with entered(SYSTEM):
        delegate(cast, cast.specialist)
        before = datetime(2026, 1, 1, tzinfo=HANOI)
        unit = cast.unit_id(TAN_HUNG)
        assert [one.capacity for one in warrants_for(CODE, unit, "sign", ON, known_at=before)] == ["own"]


def test_the_signers_are_said_with_their_marks(cast: Cast) -> None:
    with entered(SYSTEM):
        assign(cast, cast.vice_chair, "approval")
        delegate(cast, cast.specialist)
        lines = signers(warrants_for(CODE, cast.unit_id(TAN_HUNG), "sign", ON))
    assert "Chủ tịch" in lines[0] and "thẩm quyền của mình" in lines[0]
    assert "KT." in lines[1] and "QĐ 12/QĐ-UBND" in lines[1]
    assert "TUQ." in lines[2] and "số 7/UQ-UBND" in lines[2] and "đến trước 01/12/2026" in lines[2]
    assert signers(()) == ["Ai được ký: chưa có ai"]
