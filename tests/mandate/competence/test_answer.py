"""What the answer rests on beyond the rule: the basis, the instrument's own end, whose it is in person, who helps."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence.queries import explain, responsible_for
from lienthong.mandate.competence.values import Answer
from tests.cast import ON, TAN_HUNG, Cast

pytestmark = pytest.mark.django_db

CODE, FIELD = "9.000201", "Lĩnh vực hỏi thử"
LAST, AFTER = date(2027, 2, 28), date(2027, 3, 1)


@pytest.fixture
def cast() -> Cast:
    with entered(SYSTEM):
        run("INSERT INTO competence_task (code, kind, name, field, level)"
            " VALUES (%s, 'standing', 'thử', %s, 'commune')", CODE, FIELD)  # fmt: skip
    return Cast()


def run(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def instrument(number: str, until: date | None = None) -> int:
    return int(run("INSERT INTO instruments_instrument (slug, number, title, kind, valid_during, confidence, source_note)"
                   " VALUES (%s, %s, 'thử', 'decree', daterange('2025-07-01', %s), 'assumption', '') RETURNING id",
                   f"thu-{number[:2]}", number, until)[0][0])  # fmt: skip


def lead(by: int, body: str = "economy", post_kind: str = "", role: str = "lead") -> None:
    run("INSERT INTO competence_competencerule (subject_key, reach, reach_key, role, division, body_kind, post_kind,"
        " valid_during, instrument_id, article, confidence, note)"
        " VALUES (%s, 'country', 'country', %s, 'by_law', %s, %s, '[2025-07-01,)', %s, 'Điều 3', 'press', '')",
        f"field:{FIELD}", role, body, post_kind, by)  # fmt: skip


def base(by: int, subject: str = f"field:{FIELD}", during: str = "[2025-07-01,)") -> None:
    run("INSERT INTO competence_taskbasis (subject_key, instrument_id, article, division, confidence, valid_during, note)"
        " VALUES (%s, %s, 'Điều 9', 'decentralisation', 'assumption', %s, '')", subject, by, during)  # fmt: skip


def assign(cast: Cast, duty: str, post_id: int | None) -> None:
    run("INSERT INTO competence_workassignment (unit_id, subject_key, duty, post_id, valid_during, instrument_text)"
        " VALUES (%s, %s, %s, %s, '[2026-01-01,)', 'QĐ 12/QĐ-UBND')",
        cast.unit_id(TAN_HUNG), f"field:{FIELD}", duty, post_id)  # fmt: skip


def asked(cast: Cast, on: date = ON) -> Answer:
    return responsible_for(CODE, cast.unit_id(TAN_HUNG), on)


def test_a_task_whose_basis_has_lapsed_goes_to_the_chair_and_says_which(cast: Cast) -> None:
    with entered(SYSTEM):
        lead(instrument("88/2025/NĐ-CP"))
        base(instrument("77/2025/NĐ-CP", until=AFTER))
        before, after = asked(cast, LAST), asked(cast, AFTER)
    assert (before.finding, before.post_id) == ("", cast.head.post_id)
    assert (after.finding, after.post_id) == ("no_basis", cast.chair.post_id)
    for answer in (before, after):
        assert [link.text[:2] for link in answer.chain] == ["77", "88"]
        assert (answer.chain[0].article, answer.chain[0].valid_to) == ("Điều 9", "2027-03-01")


def test_a_tasks_own_bases_stand_before_its_fields(cast: Cast) -> None:
    with entered(SYSTEM):
        lead(instrument("88/2025/NĐ-CP"))
        base(instrument("77/2025/NĐ-CP"))
        base(instrument("66/2025/NĐ-CP", until=ON), subject=f"task:{CODE}")
        assert asked(cast).finding == "no_basis"


def test_one_basis_that_holds_is_enough_and_an_empty_one_says_nothing(cast: Cast) -> None:
    with entered(SYSTEM):
        lead(instrument("88/2025/NĐ-CP"))
        base(instrument("66/2025/NĐ-CP"), subject=f"task:{CODE}", during="empty")
        assert asked(cast).finding == ""
        base(instrument("77/2025/NĐ-CP", until=ON))
        assert asked(cast).finding == "no_basis"
        base(instrument("55/2025/NĐ-CP"))
        answer = asked(cast)
    assert answer.finding == ""
    assert [link.text[:2] for link in answer.chain] == ["55", "88"]


def test_a_rule_ends_with_its_instrument(cast: Cast) -> None:
    with entered(SYSTEM):
        lead(instrument("88/2025/NĐ-CP", until=AFTER))
        assert asked(cast, LAST).chain[0].valid_to == "2027-03-01"
        assert asked(cast, AFTER).finding == "no_rule"


def test_what_the_chair_has_in_person_is_the_chairs(cast: Cast) -> None:
    with entered(SYSTEM):
        lead(instrument("88/2025/NĐ-CP"), "committee", "chair")
        assign(cast, "approval", cast.vice_chair.post_id)
        answer = asked(cast)
    assert (answer.finding, answer.post_id, answer.person_id) == (
        "",
        cast.chair.post_id,
        cast.chair.person_id,
    )
    assert answer.leader_post_id == cast.vice_chair.post_id


@pytest.mark.parametrize("body", ["economy", "office", "culture_social"])
def test_what_another_post_has_in_person_is_approved_by_it(cast: Cast, body: str) -> None:
    with entered(SYSTEM):
        lead(instrument("88/2025/NĐ-CP"), body, "department_head")
        assign(cast, "processing", cast.specialist_in(body).post_id)
        assign(cast, "approval", cast.vice_chair.post_id)
        answer = asked(cast)
    assert answer.post_id == answer.leader_post_id == cast.head_of(body).post_id
    assert [link.kind for link in answer.chain] == ["decree"]


def test_a_post_that_has_it_in_person_and_is_not_there_is_a_gap(cast: Cast) -> None:
    with entered(SYSTEM):
        lead(instrument("88/2025/NĐ-CP"), "economy", "centre_deputy")
        answer = asked(cast)
    assert (answer.finding, answer.post_id) == ("no_post", cast.chair.post_id)


def test_the_bodies_that_coordinate_are_named(cast: Cast) -> None:
    with entered(SYSTEM):
        lead(instrument("88/2025/NĐ-CP"))
        lead(instrument("77/2025/NĐ-CP"), "office", role="coordinating")
        lead(instrument("66/2025/NĐ-CP"), "city_department", role="coordinating")
        answer = asked(cast)
        lines = explain(answer)
    named = {one.body_kind: one.body_id for one in answer.coordinating}
    assert named == {"office": cast.head_of("office").body_id, "city_department": None}
    assert any(line.startswith("Phối hợp: ") and "Văn phòng" in line for line in lines)
    assert answer.as_json()["coordinating"][0]["body_kind"] in named


def test_a_link_is_told_with_its_paper_its_days_and_how_sure_it_is(cast: Cast) -> None:
    with entered(SYSTEM):
        lead(instrument("88/2025/NĐ-CP", until=AFTER))
        assign(cast, "processing", cast.specialist.post_id)
        said = explain(asked(cast))
    assert (
        "Căn cứ: 88/2025/NĐ-CP thử, Điều 3, từ 01/07/2025, đến trước 01/03/2027, theo báo chí, trang thứ cấp"
        in said
    )
    assert "Căn cứ: Phân công thụ lý QĐ 12/QĐ-UBND, từ 01/01/2026" in said
