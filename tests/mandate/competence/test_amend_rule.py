"""Amending a rule: said otherwise from now on; what the register said before can still be asked."""

from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered, flush_apart
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.models import CompetenceRule, RefusedLead
from tests.cast import ON, Cast
from tests.mandate.competence.entering import FIELD_KEY, FROM, instrument, rule, told

pytestmark = pytest.mark.django_db


def amend(rule_id: int, **changes: Any) -> int:
    stated: dict[str, Any] = {
        "rule_id": rule_id,
        "body_kind": "office",
        "instrument_id": instrument(),
        "confidence": "verified",
        "valid_from": FROM,
        "article": "Đ.1",
    }
    return actions.amend_rule(**{"actor": SYSTEM, "key": uuid4(), **stated, **changes})


def test_the_new_row_replaces_the_former() -> None:
    with entered(SYSTEM):
        first = rule()
        second = CompetenceRule.objects.get(pk=amend(first, valid_to=ON, post_kind="chair"))
        former = CompetenceRule.objects.get(pk=first)
        assert (former.body_kind, former.confidence, former.superseded_at is None) == (
            "economy",
            "assumption",
            False,
        )
        assert (second.body_kind, second.post_kind, second.article) == ("office", "chair", "Đ.1")
        assert (second.replaces_id, second.superseded_at, second.reach_key) == (first, None, "country")
        assert told("competence.rule_amended")["rule"] == first


def test_only_what_the_register_still_says_is_amended() -> None:
    with entered(SYSTEM):
        first = rule()
        amend(first)
        with pytest.raises(Refused) as refused:
            amend(first)
    assert refused.value.refusal.code == "competence.row_replaced"


def test_an_amendment_into_the_time_of_another_lead_is_refused_and_kept() -> None:
    with entered(SYSTEM):
        first = rule(valid_to=ON)
        follower = rule(body_kind="office", valid_from=ON)
        with pytest.raises(Refused) as refused:
            amend(first, body_kind="culture_social")
        assert refused.value.refusal.code == "competence.second_lead"
        assert CompetenceRule.objects.get(pk=first).superseded_at is None
        flush_apart()
        assert RefusedLead.objects.get(subject_key=FIELD_KEY).standing_id == follower


def test_a_unit_amends_none(cast: Cast) -> None:
    with entered(SYSTEM):
        first = rule()
        with pytest.raises(Refused) as refused:
            amend(first, actor=cast.chair)
    assert refused.value.refusal.code == "competence.rule_not_allowed"


def test_what_cannot_be_stored_is_refused() -> None:
    with entered(SYSTEM):
        first = rule()
        for changes, code in (
            ({"body_kind": "x"}, "competence.body_unknown"),
            ({"valid_to": FROM}, "competence.dates_reversed"),
            ({"instrument_id": 2**40}, "competence.instrument_unknown"),
        ):
            with pytest.raises(Refused) as refused:
                amend(first, **changes)
            assert refused.value.refusal.code == code
