"""Entering a rule: by the city or the system, once, single by construction; a refused second lead is kept."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered, flush_apart
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence.enums import RuleRole
from lienthong.mandate.competence.models import CompetenceRule, RefusedLead
from tests.cast import Cast
from tests.core.apart import elsewhere, swept
from tests.mandate.competence.entering import FIELD, FIELD_KEY, FROM, rule, told

pytestmark = pytest.mark.django_db


def test_the_city_enters_a_rule_and_the_journal_says_so(cast: Cast) -> None:
    with entered(cast.city):
        made = rule(actor=cast.city, post_kind="department_head", division="devolution", note="thử")
        row = CompetenceRule.objects.get(pk=made)
        assert (row.reach, row.post_kind, row.division) == ("country", "department_head", "devolution")
        assert (row.superseded_at, row.valid_during.lower) == (None, FROM)
        assert told("competence.rule_added")["subject"] == FIELD_KEY


def test_a_unit_enters_none(cast: Cast) -> None:
    with entered(cast.administrator), pytest.raises(Refused) as refused:
        rule(actor=cast.administrator)
    assert refused.value.refusal.code == "competence.rule_not_allowed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"subject_key": "task:"}, "competence.subject_malformed"),
        ({"reach_key": "province"}, "competence.reach_malformed"),
        ({"body_kind": "ministry"}, "competence.body_unknown"),
        ({"post_kind": "king"}, "competence.body_unknown"),
        ({"confidence": "sure"}, "competence.confidence_unknown"),
        ({"valid_to": FROM}, "competence.dates_reversed"),
        ({"valid_to": FROM - timedelta(days=1)}, "competence.dates_reversed"),
        ({"instrument_id": 2**40}, "competence.instrument_unknown"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_sentence(changes: dict[str, object], code: str) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        rule(**changes)
    assert refused.value.refusal.code == code
    assert refused.value.refusal.sentence.endswith(".")


def test_a_rule_of_the_past_is_flagged_and_one_of_today_is_not() -> None:
    with entered(SYSTEM):
        rule()
        assert told("competence.rule_added")["backdated"] is True
        rule(reach_key="province:79", valid_from=today())
        assert "backdated" not in told("competence.rule_added")


def test_a_second_lead_is_refused_and_that_it_was_tried_is_kept(cast: Cast) -> None:
    with entered(cast.city):
        standing = rule()
        with pytest.raises(Refused) as refused:
            rule(actor=cast.city, body_kind="office")
        assert refused.value.refusal.code == "competence.second_lead"
        assert FIELD in refused.value.refusal.sentence
        assert CompetenceRule.objects.filter(subject_key=FIELD_KEY).count() == 1
        assert flush_apart() == 1
        kept = RefusedLead.objects.get(subject_key=FIELD_KEY)
    assert (kept.standing_id, kept.body_kind, kept.post_id) == (standing, "office", cast.city.post_id)
    assert (kept.unit_id, kept.valid_during.lower) == (cast.city.unit_id, FROM)


def test_two_coordinating_rules_stand_beside_a_lead() -> None:
    with entered(SYSTEM):
        rule()
        rule(role=RuleRole.COORDINATING, body_kind="office")
        rule(role=RuleRole.COORDINATING, body_kind="culture_social")
        assert CompetenceRule.objects.filter(subject_key=FIELD_KEY).count() == 3
        assert flush_apart() == 0


def test_the_same_key_adds_one_rule_and_another_body_is_refused() -> None:
    key = uuid4()
    with entered(SYSTEM):
        assert rule(key=key) == rule(key=key)
        with pytest.raises(Refused) as refused:
            rule(key=key, body_kind="office")
    assert refused.value.refusal.code == "key.reused"


def test_from_a_command_line_too_what_was_refused_outlives_the_undone_act() -> None:
    def try_it() -> tuple[str, int]:
        try:
            with entered(SYSTEM):
                rule(subject_key="field:Hộ tịch", body_kind="economy", valid_from=FROM)
        except Refused as refused:
            return refused.refusal.code, RefusedLead.objects.filter(subject_key="field:Hộ tịch").count()
        return "", 0

    with swept("DELETE FROM competence_refusedlead WHERE subject_key = 'field:Hộ tịch'"):
        assert elsewhere(try_it) == ("competence.second_lead", 1)
