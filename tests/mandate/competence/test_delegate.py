"""Delegating: by who holds the competence, to whom a norm permits it, in writing, for a term, never passed on."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import today
from lienthong.lib.dates import format_date
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.models import Delegation, DelegationNorm, DelegationSide
from lienthong.mandate.competence.queries import owning_post, prove, take_snapshot, warrant_of, warrants_for
from lienthong.mandate.competence.queries.delegated import tasks_delegated_to
from lienthong.mandate.competence.rules.resolve import Resolver
from lienthong.people.organisation.actions import appoint, end_appointment
from tests.cast import TAN_HUNG, Cast
from tests.mandate.competence import entering
from tests.mandate.competence.entering import CODE, TASK_KEY, days, delegation, rule, told

pytestmark = pytest.mark.django_db
DEGREE = {"kind": "degree", "text": "Cử nhân Luật", "amount": None, "evidence": ""}
PRACTICE = {"kind": "practice", "text": "3 năm công tác tư pháp", "amount": 3, "evidence": "QĐ 5/QĐ-UBND"}


@pytest.fixture
def cast() -> Cast:
    with entered(SYSTEM):
        entering.task()
        rule()
    return Cast()


def test_the_chair_lets_a_civil_servant_sign_for_a_term(cast: Cast) -> None:
    with entered(cast.chair):
        made = Delegation.objects.get(pk=delegation(cast, conditions=[PRACTICE], report_months=1))
        assert (made.grantor_person_id, made.grantee_person_id) == (
            cast.chair.person_id,
            cast.specialist.person_id,
        )
        assert (made.norm.grantee_kind, made.conditions, made.report_months) == ("specialist", [PRACTICE], 1)
        sides = DelegationSide.objects.filter(delegation=made).values_list("side", "post_id", "act")
        assert set(sides) == {
            ("grantor", cast.chair.post_id, "sign"),
            ("grantee", cast.specialist.post_id, "sign"),
        }
        assert told("competence.delegated")["number"] == "12/QĐ-UBND"
        assert "backdated" not in told("competence.delegated")


def test_a_term_that_began_before_it_was_entered_is_flagged(cast: Cast) -> None:
    with entered(cast.chair):
        delegation(cast, valid_from=days(-9), signed_on=days(-9))
        assert told("competence.delegated")["backdated"] is True


REFUSED: list[tuple[Callable[[Cast], dict[str, Any]], str]] = [
    (lambda cast: {"valid_to": None}, "competence.delegation_without_end"),
    (lambda cast: {"valid_to": days(0)}, "competence.dates_reversed"),
    (lambda cast: {"number": " "}, "competence.delegation_unsigned"),
    (lambda cast: {"signed_on": days(1)}, "competence.delegation_unsigned"),
    (lambda cast: {"valid_from": days(-1)}, "competence.delegation_before_signature"),
    (lambda cast: {"task_codes": ["9.9"]}, "competence.delegation_task_unknown"),
    (lambda cast: {"task_codes": []}, "competence.delegation_task_unknown"),
    (lambda cast: {"acts": []}, "competence.delegation_act_unknown"),
    (lambda cast: {"acts": ["rule"]}, "competence.delegation_act_unknown"),
    (lambda cast: {"report_months": 0}, "competence.delegation_report_period"),
    (lambda cast: {"grantee_post_id": cast.neighbour.post_id}, "competence.grantee_vacant"),
    (lambda cast: {"grantor_post_id": cast.neighbour.post_id}, "competence.grantor_vacant"),
    (lambda cast: {"grantee_post_id": cast.chair.post_id}, "competence.delegation_to_oneself"),
    (lambda cast: {"grantor_post_id": cast.vice_chair.post_id}, "competence.grantor_without_competence"),
    (lambda cast: {"grantor_post_id": cast.head.post_id}, "competence.grantor_without_competence"),
    (lambda cast: {"grantee_post_id": cast.vice_chair.post_id}, "competence.delegation_not_permitted"),
    (lambda cast: {"grantee_post_id": cast.administrator.post_id}, "competence.delegation_not_permitted"),
    (lambda cast: {"conditions": [DEGREE]}, "competence.condition_unmet"),
    (lambda cast: {"conditions": [{**DEGREE, "kind": "beauty"}]}, "competence.condition_malformed"),
    (lambda cast: {"conditions": [{**PRACTICE, "text": ""}]}, "competence.condition_malformed"),
    (lambda cast: {"actor": cast.neighbour}, "competence.delegate_not_allowed"),
    (lambda cast: {"actor": cast.specialist}, "competence.delegate_not_allowed"),
    (lambda cast: {"actor": cast.head}, "competence.delegate_not_allowed"),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED)
def test_what_the_law_does_not_allow_is_refused(
    cast: Cast, changes: Callable[[Cast], dict[str, Any]], code: str
) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        delegation(cast, **changes(cast))
    assert refused.value.refusal.code == code
    assert refused.value.refusal.sentence.endswith(".")


def test_the_condition_without_evidence_is_named(cast: Cast) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        delegation(cast, conditions=[PRACTICE, DEGREE])
    assert "Cử nhân Luật" in refused.value.refusal.sentence


def test_a_degree_on_record_is_its_own_evidence(cast: Cast) -> None:
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organisation_person SET degree = 'Cử nhân luật, cao học' WHERE id = %s",
            [cast.specialist.person_id],
        )
        made = Delegation.objects.get(pk=delegation(cast, conditions=[DEGREE]))
        assert made.conditions[0]["evidence"] == "Hồ sơ cán bộ: Cử nhân luật, cao học"


def test_the_post_that_has_it_by_rule_delegates_and_the_chair_does_not(cast: Cast) -> None:
    with entered(SYSTEM):
        rule(subject_key=TASK_KEY, body_kind="economy", post_kind="vice_chair")
        with pytest.raises(Refused) as refused:
            delegation(cast)
        assert refused.value.refusal.code == "competence.grantor_without_competence"
        with pytest.raises(Refused) as unpermitted:
            delegation(cast, grantor_post_id=cast.vice_chair.post_id)
        assert unpermitted.value.refusal.code == "competence.delegation_not_permitted"


def test_what_a_norm_forbids_is_not_delegated(cast: Cast) -> None:
    with entered(SYSTEM):
        with pytest.raises(Refused) as refused:
            delegation(cast, task_codes=[CODE, "TX.03"])
        assert refused.value.refusal.code == "competence.delegation_forbidden"
        assert "TX.03" in refused.value.refusal.sentence
        assert refused.value.refusal.article == "136/2025/QH15"


def test_a_norm_that_has_ended_permits_nothing(cast: Cast) -> None:
    with entered(SYSTEM):
        DelegationNorm.objects.filter(grantee_kind="specialist").update(
            valid_during="[2025-07-01,2026-01-01)"
        )
        with pytest.raises(Refused) as refused:
            delegation(cast)
    assert refused.value.refusal.code == "competence.delegation_not_permitted"


def test_what_was_delegated_is_never_passed_on(cast: Cast) -> None:
    with entered(SYSTEM):
        delegate = _holder("specialist", cast)
        delegation(cast, grantee_post_id=delegate)
        # A rule now gives the task to the delegate's own kind of post: still no chain of two.
        rule(subject_key=TASK_KEY, post_kind="specialist")
        _permit("specialist", "records_clerk")
        with pytest.raises(Refused) as refused:
            delegation(cast, grantor_post_id=delegate, grantee_post_id=cast.records.post_id)
        assert refused.value.refusal.code == "competence.delegation_passed_on"
        assert refused.value.refusal.article == "NĐ 30/2020/NĐ-CP Đ.13"
        assert Delegation.objects.filter(unit_id=cast.chair.unit_id).count() == 1
        after = {"valid_from": days(30), "valid_to": days(60)}
        assert delegation(cast, grantor_post_id=delegate, grantee_post_id=cast.records.post_id, **after)


def test_who_delegates_a_task_cannot_be_given_it_back(cast: Cast) -> None:
    with entered(SYSTEM):
        head = _holder("department_head", cast)
        _permit("chair", "department_head")
        _permit("department_head", "specialist")
        rule(subject_key=TASK_KEY, post_kind="department_head", valid_to=days(10))
        delegation(cast, grantor_post_id=head, valid_to=days(20))
        with pytest.raises(Refused) as refused:
            delegation(cast, grantee_post_id=head, valid_from=days(10))
        assert refused.value.refusal.code == "competence.delegation_passed_on"


def test_the_grantor_of_the_signing_day_must_still_be_there_on_the_first_day(cast: Cast) -> None:
    with entered(SYSTEM):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM organisation_appointment WHERE post_id = %s", [cast.chair.post_id])
            (appointment,) = cursor.fetchone()
        end_appointment(actor=SYSTEM, appointment_id=appointment, ends_on=days(5))
        delegation(cast, number="13/QĐ-UBND")
        with pytest.raises(Refused) as refused:
            delegation(cast, valid_from=days(6), number="14/QĐ-UBND")
    assert refused.value.refusal.code == "competence.grantor_vacant"


def test_who_left_and_came_back_since_the_signing_day_did_not_sign_it_now(cast: Cast) -> None:
    with entered(SYSTEM):
        seat = {"post_id": cast.chair.post_id, "person_id": cast.chair.person_id}
        _left_and_back(**seat)
        with pytest.raises(Refused) as refused:
            delegation(cast, valid_from=days(20))
    assert refused.value.refusal.code == "competence.grantor_vacant"


@pytest.mark.parametrize("side", ["chair", "specialist"])
def test_it_does_not_come_back_with_whoever_comes_back(cast: Cast, side: str) -> None:
    with entered(SYSTEM):
        made = delegation(cast)
        who: Actor = getattr(cast, side)
        _left_and_back(post_id=who.post_id, person_id=who.person_id)
        (paper,) = take_snapshot(province=None, unit_codes=[TAN_HUNG]).delegations
        resolver = Resolver(take_snapshot(province=None, unit_codes=[TAN_HUNG]))
        unit, day = cast.unit_id(TAN_HUNG), today()
        delegates = [
            [one.delegation_id for one in warrants_for(CODE, unit, "sign", days(by)) if one.delegation_id]
            for by in (4, 5, 9, 12)
        ]
        listed = [
            tasks_delegated_to(cast.specialist.acting_post, cast.specialist.acting_person, "sign", days(by))
            for by in (4, 12)
        ]
        refused = warrant_of(cast.specialist.post_id, cast.specialist.person_id, CODE, unit, "sign", days(12))
    assert delegates == [[made], [], [], []] and listed == [[CODE], []]
    assert resolver.effective(paper) == [(day.toordinal(), days(5).toordinal())]
    assert isinstance(refused, Refusal) and format_date(days(5)) in refused.sentence
    found = prove(resolver.snapshot, day.toordinal(), days(60).toordinal())
    ((since, until),) = [(one.since, one.until) for one in found if one.code.endswith("_left")]
    assert (since, until) == (days(5).toordinal(), days(30).toordinal())


def test_an_appointment_renewed_without_a_day_between_goes_on(cast: Cast) -> None:
    with entered(SYSTEM):
        made = delegation(cast)
        _left_and_back(post_id=cast.chair.post_id, person_id=cast.chair.person_id, back=5)
        found = warrants_for(CODE, cast.unit_id(TAN_HUNG), "sign", days(12))
        resolver = Resolver(take_snapshot(province=None, unit_codes=[TAN_HUNG]))
    assert found[-1].delegation_id == made
    assert resolver.effective(resolver.snapshot.delegations[0])[0][1] == days(30).toordinal()


def test_whoever_the_answer_says_has_it_delegates_it(cast: Cast) -> None:
    """A task that lost its basis is the Chair's, whatever a rule still says: here as in the answer."""
    with entered(SYSTEM):
        rule(subject_key=TASK_KEY, body_kind="economy", post_kind="vice_chair")
        assert owning_post(CODE, cast.unit_id(TAN_HUNG), today()) == cast.vice_chair.post_id
        stated = {"subject_key": TASK_KEY, "instrument_id": entering.instrument(), "confidence": "press"}
        days_of_it = {"valid_from": days(-90), "valid_to": days(-1)}
        actions.add_basis(actor=SYSTEM, key=uuid4(), **stated, **days_of_it)
        assert owning_post(CODE, cast.unit_id(TAN_HUNG), today()) == cast.chair.post_id
        assert delegation(cast)


def _left_and_back(*, post_id: int | None, person_id: int | None, back: int = 10) -> None:
    """Leaves in five days, and is appointed again to the same post."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM organisation_appointment WHERE post_id = %s", [post_id])
        (appointment,) = cursor.fetchone()
    end_appointment(actor=SYSTEM, appointment_id=appointment, ends_on=days(5))
    appoint(actor=SYSTEM, post_id=post_id or 0, person_id=person_id or 0, starts_on=days(back))


def test_the_same_key_delegates_once(cast: Cast) -> None:
    key = uuid4()
    with entered(cast.chair):
        assert delegation(cast, key=key) == delegation(cast, key=key)
        assert Delegation.objects.filter(number="12/QĐ-UBND").count() == 1


def _permit(grantor: str, grantee: str) -> None:
    known = DelegationNorm.objects.filter(kind="permits", grantor_kind=grantor, grantee_kind=grantee)
    if not known.exists():
        DelegationNorm.objects.create(
            kind="permits",
            grantor_kind=grantor,
            grantee_kind=grantee,
            instrument_id=entering.instrument(),
            confidence="illustrative",
            valid_during="[2025-07-01,)",
        )


def _holder(kind: str, cast: Cast) -> int:
    """Who has it by a rule that names the kind: the first such post of the rule's body, else of the unit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id FROM organisation_post p JOIN organisation_body b ON b.id = p.body_id"
            " WHERE p.unit_id = %s AND p.kind = %s ORDER BY b.kind <> 'economy', p.rank, p.id LIMIT 1",
            [cast.chair.unit_id, kind],
        )
        return int(cursor.fetchone()[0])
