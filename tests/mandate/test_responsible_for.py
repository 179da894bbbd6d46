"""Who is responsible: one statement, one total order of rules, and a name in every case."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from lienthong.core.instruments.queries import by_slug
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.mandate.competence import actions, rules
from lienthong.mandate.competence.enums import AssignedDuty, RuleRole
from lienthong.mandate.competence.models import CompetenceRule, WorkAssignment
from lienthong.mandate.competence.queries import explain, responsible_for
from lienthong.people.organisation.enums import BodyKind
from tests.cast import ON, TAN_HUNG, TAN_THUAN, Cast

CODE, FIELD = "9.000001", "Lĩnh vực thử nghiệm"
TASK_KEY, FIELD_KEY = rules.subject_of_task(CODE), rules.subject_of_field(FIELD)
FROM = date(2026, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    with entered(SYSTEM):
        actions.register_task(actor=SYSTEM, key=uuid4(), code=CODE, name="Nhiệm vụ thử nghiệm", field=FIELD)
    return Cast()


def rule(subject: str, reach: str, body: str, **changes: Any) -> int:
    stated: dict[str, Any] = {
        "subject_key": subject,
        "reach_key": reach,
        "body_kind": body,
        "instrument_id": by_slug("nd-150-2025-nd-cp").pk,
        "confidence": "assumption",
        "valid_from": FROM,
    }
    return actions.add_rule(**{"actor": SYSTEM, "key": uuid4(), **stated, **changes})


def assign(cast: Cast, to: Actor, subject: str = FIELD_KEY, **changes: Any) -> int:
    stated: dict[str, Any] = {
        "unit_id": cast.unit_id(TAN_HUNG),
        "subject_key": subject,
        "duty": AssignedDuty.PROCESSING,
        "post_id": to.post_id,
        "valid_from": FROM,
    }
    return actions.assign_work(**{"actor": SYSTEM, "key": uuid4(), **stated, **changes})


def body_of(cast: Cast, subject_rules: list[tuple[str, str, str]]) -> str:
    """The kind of body that answers in Tân Hưng where these rules stand."""
    for subject, reach, body in subject_rules:
        rule(subject, reach, body)
    answer = responsible_for(CODE, cast.unit_id(TAN_HUNG), ON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM organisation_body WHERE id = %s", [answer.body_id])
        return str(cursor.fetchone()[0])


def test_the_answer_costs_one_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    unit = cast.unit_id(TAN_HUNG)
    with entered(SYSTEM):
        rule(FIELD_KEY, "country", BodyKind.ECONOMY)
        with django_assert_num_queries(1):
            responsible_for(CODE, unit, ON)


def test_a_task_that_nobody_registered_goes_to_the_chair_with_a_finding(cast: Cast) -> None:
    with entered(SYSTEM):
        answer = responsible_for("9.999999", cast.unit_id(TAN_HUNG), ON)
    assert (answer.post_id, answer.person_id) == (cast.chair.post_id, cast.chair.person_id)
    assert answer.finding == "no_task"


def test_without_a_rule_the_chair_answers_and_the_gap_is_named(cast: Cast) -> None:
    with entered(SYSTEM):
        answer = responsible_for(CODE, cast.unit_id(TAN_HUNG), ON)
    assert answer.post_id == answer.leader_post_id == cast.chair.post_id
    assert (answer.finding, answer.body_id, answer.chain) == ("no_rule", None, ())


def test_a_body_that_the_unit_lacks_is_named(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(FIELD_KEY, "country", BodyKind.CITY_DEPARTMENT)
        answer = responsible_for(CODE, cast.unit_id(TAN_HUNG), ON)
    assert (answer.finding, answer.post_id) == ("no_body", cast.chair.post_id)
    assert answer.chain[0].text.startswith("150/2025/NĐ-CP")


def test_a_unit_that_does_not_exist_is_not_found() -> None:
    with entered(SYSTEM), pytest.raises(NotFound):
        responsible_for(CODE, -1, ON)


def test_the_head_of_the_body_answers_until_work_is_assigned(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(FIELD_KEY, "country", BodyKind.ECONOMY)
        answer = responsible_for(CODE, cast.unit_id(TAN_HUNG), ON)
    assert (answer.post_id, answer.person_id) == (cast.head.post_id, cast.head.person_id)
    assert (answer.leader_post_id, answer.finding) == (cast.chair.post_id, "")


@pytest.mark.parametrize(
    ("subject_rules", "expected"),
    [
        ([(FIELD_KEY, "country", "economy"), (TASK_KEY, "country", "office")], "office"),
        ([(TASK_KEY, "country", "economy"), (FIELD_KEY, "type:ward", "office")], "office"),
        ([(TASK_KEY, "type:ward", "economy"), (FIELD_KEY, "province:79", "office")], "office"),
        ([(TASK_KEY, "province:79", "economy"), (FIELD_KEY, "type_in_province:ward:79", "office")], "office"),
        (
            [(TASK_KEY, "type_in_province:ward:79", "economy"), (FIELD_KEY, f"unit:{TAN_HUNG}", "office")],
            "office",
        ),
        ([(FIELD_KEY, f"unit:{TAN_HUNG}", "economy"), (TASK_KEY, f"unit:{TAN_HUNG}", "office")], "office"),
        ([(TASK_KEY, f"unit:{TAN_THUAN}", "economy"), (FIELD_KEY, "country", "office")], "office"),
        ([(TASK_KEY, "type:commune", "economy"), (FIELD_KEY, "country", "office")], "office"),
    ],
)
def test_the_narrower_reach_wins_then_the_task_before_its_field(
    cast: Cast, subject_rules: list[tuple[str, str, str]], expected: str
) -> None:
    with entered(SYSTEM):
        assert body_of(cast, subject_rules) == expected


def test_a_coordinating_rule_never_leads(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(TASK_KEY, f"unit:{TAN_HUNG}", BodyKind.OFFICE, role=RuleRole.COORDINATING)
        assert body_of(cast, [(FIELD_KEY, "country", "economy")]) == "economy"


def test_a_rule_that_has_ended_no_longer_counts(cast: Cast) -> None:
    with entered(SYSTEM):
        rule_id = rule(FIELD_KEY, "country", BodyKind.ECONOMY)
        actions.end_rule(actor=SYSTEM, key=uuid4(), rule_id=rule_id, valid_to=ON)
        assert responsible_for(CODE, cast.unit_id(TAN_HUNG), ON).finding == "no_rule"
        assert responsible_for(CODE, cast.unit_id(TAN_HUNG), date(2026, 11, 1)).finding == ""


def test_assigned_work_of_the_task_beats_that_of_its_field(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(FIELD_KEY, "country", BodyKind.ECONOMY)
        assign(cast, cast.specialist)
        unit = cast.unit_id(TAN_HUNG)
        assert responsible_for(CODE, unit, ON).post_id == cast.specialist.post_id
        assign(cast, cast.second_specialist, TASK_KEY, instrument_text="TB 3/TB-UBND")
        answer = responsible_for(CODE, unit, ON)
    assert (answer.post_id, answer.person_id) == (
        cast.second_specialist.post_id,
        cast.second_specialist.person_id,
    )
    assert [link.text for link in answer.chain if link.kind == "assignment"] == ["TB 3/TB-UBND"]


def test_work_assigned_outside_the_leading_body_does_not_answer(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(FIELD_KEY, "country", BodyKind.ECONOMY)
        assign(cast, cast.specialist_in(BodyKind.OFFICE))
        assert responsible_for(CODE, cast.unit_id(TAN_HUNG), ON).post_id == cast.head.post_id


def test_the_leader_in_charge_of_the_field_approves(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(FIELD_KEY, "country", BodyKind.ECONOMY)
        assign(cast, cast.vice_chair, duty=AssignedDuty.APPROVAL)
        answer = responsible_for(CODE, cast.unit_id(TAN_HUNG), ON)
    assert (answer.leader_post_id, answer.leader_person_id) == (
        cast.vice_chair.post_id,
        cast.vice_chair.person_id,
    )


def absence(post_id: int | None, substitute: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO organisation_absence (post_id, substitute_id, valid_during, reason)"
            " VALUES (%s, %s, '[2026-10-01,2026-12-01)', 'nghỉ phép')",
            [post_id, substitute],
        )


def test_a_substitute_stands_in_for_an_absent_holder(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(FIELD_KEY, "country", BodyKind.ECONOMY)
        assign(cast, cast.specialist)
        absence(cast.specialist.post_id, cast.second_specialist.person_id)
        answer = responsible_for(CODE, cast.unit_id(TAN_HUNG), ON)
    assert (answer.post_id, answer.person_id) == (cast.specialist.post_id, cast.second_specialist.person_id)
    assert answer.finding == ""


def test_without_a_substitute_the_head_answers_then_the_chair(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(FIELD_KEY, "country", BodyKind.ECONOMY)
        assign(cast, cast.specialist)
        absence(cast.specialist.post_id, None)
        answer = responsible_for(CODE, cast.unit_id(TAN_HUNG), ON)
        assert (answer.person_id, answer.finding) == (cast.head.person_id, "no_holder")
        assert answer.post_id == cast.specialist.post_id
        absence(cast.head.post_id, None)
        absence(cast.chair.post_id, None)
        assert responsible_for(CODE, cast.unit_id(TAN_HUNG), ON).person_id == cast.chair.person_id


def test_a_second_lead_of_equal_reach_is_refused_with_a_sentence(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(FIELD_KEY, "country", BodyKind.ECONOMY)
        with pytest.raises(Refused) as refused:
            rule(FIELD_KEY, "country", BodyKind.OFFICE)
        assert refused.value.refusal.code == "competence.second_lead"
        assert FIELD in refused.value.refusal.sentence
        assert CompetenceRule.objects.filter(subject_key=FIELD_KEY).count() == 1


def test_a_lead_that_follows_another_in_time_is_no_overlap(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(FIELD_KEY, "country", BodyKind.ECONOMY, valid_to=ON)
        rule(FIELD_KEY, "country", BodyKind.OFFICE, valid_from=ON)
        answer = responsible_for(CODE, cast.unit_id(TAN_HUNG), ON)
    assert answer.post_id == cast.head_of(BodyKind.OFFICE).post_id
    assert (answer.chain[0].valid_from, answer.chain[0].valid_to) == (ON.isoformat(), "")


def test_a_second_post_for_one_duty_is_refused(cast: Cast) -> None:
    with entered(SYSTEM):
        assignment = assign(cast, cast.specialist)
        with pytest.raises(Refused) as refused:
            assign(cast, cast.second_specialist)
        assert refused.value.refusal.code == "competence.second_assignment"
        actions.end_assignment(actor=SYSTEM, key=uuid4(), assignment_id=assignment, valid_to=ON)
        assign(cast, cast.second_specialist, valid_from=ON)
        present = WorkAssignment.objects.filter(subject_key=FIELD_KEY, superseded_at=None)
        assert present.count() == 2
        former = WorkAssignment.objects.get(pk=assignment)
        assert (
            former.superseded_at is not None and former.valid_during.upper is None
        )  # kept as it was entered


def test_a_post_of_another_unit_cannot_be_assigned(cast: Cast) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        assign(cast, cast.neighbour)
    assert refused.value.refusal.code == "competence.post_elsewhere"


def test_work_is_assigned_by_those_who_lead_or_administer_their_own_unit(cast: Cast) -> None:
    with entered(SYSTEM):
        for stranger in (cast.clerk, cast.neighbour):
            with pytest.raises(Refused) as refused:
                assign(cast, cast.specialist, actor=stranger)
            assert refused.value.refusal.code == "competence.assign_not_allowed"
    with entered(cast.administrator):
        assert assign(cast, cast.specialist, actor=cast.administrator)


def test_a_unit_cannot_divide_authority_itself(cast: Cast) -> None:
    with entered(cast.administrator), pytest.raises(Refused) as refused:
        rule(FIELD_KEY, "country", BodyKind.ECONOMY, actor=cast.administrator)
    assert refused.value.refusal.code == "competence.rule_not_allowed"


@pytest.mark.parametrize("reach", ["", "ward", "type", "unit:", "type_in_province:ward", "country:79"])
def test_a_malformed_reach_is_refused(cast: Cast, reach: str) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        rule(FIELD_KEY, reach, BodyKind.ECONOMY)
    assert refused.value.refusal.code == "competence.reach_malformed"


def test_a_code_names_one_task(cast: Cast) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        actions.register_task(actor=SYSTEM, key=uuid4(), code=CODE, name="Khác", field=FIELD)
    assert refused.value.refusal.code == "competence.code_taken"


def test_the_same_key_adds_one_rule(cast: Cast) -> None:
    key = uuid4()
    with entered(SYSTEM):
        first = rule(FIELD_KEY, "country", BodyKind.ECONOMY, key=key)
        assert rule(FIELD_KEY, "country", BodyKind.ECONOMY, key=key) == first


def test_the_seeds_load_once_and_answer_for_a_real_procedure(cast: Cast) -> None:
    with entered(SYSTEM):
        assert not any(actions.load_seeds().values())
        answer = responsible_for("1.001193", cast.unit_id(TAN_HUNG), ON)
    assert (answer.finding, answer.post_id) == ("", cast.head_of(BodyKind.OFFICE).post_id)
    assert answer.chain[0].confidence == "assumption"


def test_the_command_says_who_and_why(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("who", "1.001193", "tan hung", at="02/11/2026")
    said = capsys.readouterr().out
    assert "Phường Tân Hưng" in said
    assert "150/2025/NĐ-CP" in said
    assert "Ai được ký: " in said and "thẩm quyền của mình" in said


def test_the_command_answers_for_the_past_now_and_a_future_day(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    with entered(SYSTEM):
        rule(TASK_KEY, "country", BodyKind.ECONOMY, valid_to=ON, article="Điều 5")
        rule(TASK_KEY, "country", BodyKind.OFFICE, valid_from=ON, valid_to=date(2027, 3, 1))
    said = {}
    for at in ("01/11/2026", "02/11/2026", "01/03/2027"):
        call_command("who", CODE, TAN_HUNG, at=at)
        said[at] = capsys.readouterr().out
    assert "Phòng Kinh tế" in said["01/11/2026"] and "Điều 5" in said["01/11/2026"]
    assert "đến trước 02/11/2026" in said["01/11/2026"]
    assert "Phòng Kinh tế" not in said["02/11/2026"] and "đến trước 01/03/2027" in said["02/11/2026"]
    assert "Thiếu: chưa có quy định" in said["01/03/2027"] and "Chủ tịch UBND" in said["01/03/2027"]


def test_the_command_tells_a_program_and_what_was_known_then(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    with entered(SYSTEM):
        rule(TASK_KEY, "country", BodyKind.ECONOMY)
    call_command("who", CODE, TAN_HUNG, at="02/11/2026", as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["answer"]["finding"], told["day"]) == ("", "2026-11-02")
    assert told["warrants"]["approve"][0]["post_id"] == cast.chair.post_id
    call_command("who", CODE, TAN_HUNG, at="02/11/2026", known="01/01/2026", as_json=True)
    assert json.loads(capsys.readouterr().out)["answer"]["finding"] == "no_rule"


@pytest.mark.parametrize(
    ("place", "at", "sentence"),
    [
        ("nơi không có", "", "Không có đơn vị"),
        ("tan", "", "Có nhiều đơn vị"),
        (TAN_HUNG, "32/13/2026", "Ngày"),
    ],
)
def test_the_command_says_what_is_wrong(cast: Cast, place: str, at: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("who", "1.001193", place, at=at)


def test_a_finding_is_told_in_words(cast: Cast) -> None:
    with entered(SYSTEM):
        lines = explain(responsible_for("9.999999", cast.unit_id(TAN_HUNG), ON))
    assert lines[-1] == "Thiếu: nhiệm vụ chưa có trong sổ thẩm quyền"
