"""The register's reference data: loaded once, cited, and said with its confidence."""

from datetime import date

import pgtrigger
import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.actions.seeds import LAPSE_DRAFT
from lienthong.mandate.competence.models import (
    CompetenceRule,
    DelegationNorm,
    Draft,
    DraftChange,
    Task,
    TaskBasis,
)
from lienthong.mandate.competence.queries import responsible_for
from tests.cast import ON, TAN_HUNG, Cast

pytestmark = pytest.mark.django_db


def test_a_second_load_brings_nothing() -> None:
    with entered(SYSTEM):
        assert not any(actions.load_seeds().values())


def test_every_standing_duty_has_somebody_in_a_staffed_unit(cast: Cast) -> None:
    with entered(SYSTEM):
        codes = list(
            Task.objects.filter(kind="standing", code__startswith="TX.").values_list("code", flat=True)
        )
        assert len(codes) >= 7
        answers = {code: responsible_for(code, cast.unit_id(TAN_HUNG), ON) for code in codes}
    assert {code: answer.finding for code, answer in answers.items() if answer.finding} == {}


def test_the_chair_receives_citizens_in_person(cast: Cast) -> None:
    with entered(SYSTEM):
        rule = CompetenceRule.objects.get(subject_key="field:Tiếp công dân")
        assert (rule.body_kind, rule.post_kind, rule.confidence) == ("committee", "chair", "press")
        answer = responsible_for("TX.03", cast.unit_id(TAN_HUNG), ON)
    assert answer.post_id == cast.chair.post_id


def test_certification_rests_on_its_decrees_and_says_how_sure_it_is() -> None:
    with entered(SYSTEM):
        rows = TaskBasis.objects.filter(subject_key="task:2.000815").select_related("instrument")
        assert {row.instrument.number for row in rows} == {"23/2015/NĐ-CP", "280/2025/NĐ-CP"}
        assert {row.confidence for row in rows} == {"press"}
        codes = set(Task.objects.filter(field="Chứng thực").values_list("code", flat=True))
        known = set(TaskBasis.objects.values_list("subject_key", flat=True))
        assert {f"task:{code}" for code in codes} <= known


def test_the_chair_may_delegate_to_civil_servants_and_not_to_a_vice_chair() -> None:
    with entered(SYSTEM):
        permitted = set(
            DelegationNorm.objects.filter(kind="permits").values_list("grantor_kind", "grantee_kind")
        )
        forbidden = DelegationNorm.objects.get(kind="forbids")
    assert ("chair", "specialist") in permitted and ("chair", "vice_chair") not in permitted
    assert {grantor for grantor, _grantee in permitted} == {"chair"}
    assert (forbidden.subject_key, forbidden.valid_during.lower) == ("field:Tiếp công dân", date(2026, 7, 1))


def test_the_draft_of_1_march_2027_supposes_and_says_so() -> None:
    with entered(SYSTEM):
        draft = Draft.objects.get(name=LAPSE_DRAFT)
        changes = list(DraftChange.objects.filter(draft=draft))
        ends = [row for row in changes if row.kind == "instrument_ends"]
        bases = [row for row in changes if row.kind == "basis_added"]
        fields = {row.data["subject_key"].partition(":")[2] for row in bases}
        assert fields <= set(Task.objects.values_list("field", flat=True))
    assert len(ends) == 30 and {row.data["on"] for row in ends} == {"2027-03-01"}
    assert sum(row.confidence == "press" for row in ends) == 17
    assert len(bases) > 30 and {row.confidence for row in bases} == {"assumption"}
    assert all("Giả định" in row.note for row in bases)
    assert "Đất đai" in fields and "Đăng ký, quản lý cư trú" not in fields


def test_where_an_office_has_entered_another_lead_the_seed_gives_way() -> None:
    with entered(SYSTEM):
        seeded = CompetenceRule.objects.get(subject_key="field:Bảo trợ xã hội", superseded_at=None)
        # As it would be with a release that seeds a field for which the office had entered a rule before.
        with pgtrigger.ignore("competence.CompetenceRule:no_rule_is_edited"):
            CompetenceRule.objects.filter(pk=seeded.pk).update(body_kind="front")
        assert actions.load_seeds()["competence_rules"] == 0
        left = CompetenceRule.objects.filter(subject_key="field:Bảo trợ xã hội", superseded_at=None)
        assert [row.body_kind for row in left] == ["front"]
