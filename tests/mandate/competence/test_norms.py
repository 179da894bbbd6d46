"""Norms of delegating: the city states and ends them; what is delegated later goes by what stands then."""

from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.models import DelegationNorm
from tests.cast import Cast
from tests.mandate.competence import entering
from tests.mandate.competence.entering import FROM, TASK_KEY, days, delegation, instrument, rule, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    with entered(SYSTEM):
        entering.task()
        rule()
    return Cast()


def norm(**changes: Any) -> int:
    stated: dict[str, Any] = {
        "kind": "permits",
        "grantor_kind": "chair",
        "grantee_kind": "administrator",
        "instrument_id": instrument(),
        "confidence": "illustrative",
        "valid_from": FROM,
    }
    return actions.add_norm(**{"actor": SYSTEM, "key": uuid4(), **stated, **changes})


def test_what_a_new_norm_permits_is_delegated_and_no_longer_once_it_has_ended(cast: Cast) -> None:
    to = {"grantee_post_id": cast.administrator.post_id}
    with entered(SYSTEM):
        made = norm()
        assert told("competence.norm_added")["grantee"] == "administrator"
        assert told("competence.norm_added")["backdated"] is True
        assert delegation(cast, **to)
        actions.end_norm(actor=SYSTEM, key=uuid4(), norm_id=made, valid_to=days(10))
        assert told("competence.norm_ended")["valid_to"] == days(10).isoformat()
        with pytest.raises(Refused) as refused:
            delegation(cast, **to, valid_from=days(10), number="13/QĐ-UBND")
        assert refused.value.refusal.code == "competence.delegation_not_permitted"


def test_what_a_new_norm_forbids_is_not_delegated(cast: Cast) -> None:
    with entered(SYSTEM):
        norm(kind="forbids", grantee_kind="", subject_key=TASK_KEY)
        with pytest.raises(Refused) as refused:
            delegation(cast)
    assert refused.value.refusal.code == "competence.delegation_forbidden"


@pytest.mark.parametrize(("changes", "code"), [
    ({"kind": "likes"}, "competence.norm_unknown"),
    ({"grantor_kind": "king"}, "competence.norm_unknown"),
    ({"grantee_kind": "king"}, "competence.norm_unknown"),
    ({"grantee_kind": ""}, "competence.norm_without_grantee"),
    ({"subject_key": "anything"}, "competence.subject_malformed"),
    ({"confidence": "sure"}, "competence.confidence_unknown"),
    ({"valid_to": FROM}, "competence.dates_reversed"),
    ({"instrument_id": 0}, "competence.instrument_unknown"),
    ({"grantee_kind": "specialist"}, "competence.norm_stands"),
])  # fmt: skip
def test_a_norm_that_is_not_clear_is_refused(cast: Cast, changes: dict[str, Any], code: str) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        norm(**changes)
    assert refused.value.refusal.code == code


def test_a_unit_states_no_norms_and_ends_none(cast: Cast) -> None:
    with entered(SYSTEM):
        made = norm()
    with entered(cast.chair):
        with pytest.raises(Refused) as refused:
            norm(actor=cast.chair, grantee_kind="records_clerk")
        assert refused.value.refusal.code == "competence.rule_not_allowed"
        with pytest.raises(Refused):
            actions.end_norm(actor=cast.chair, key=uuid4(), norm_id=made, valid_to=days(1))


def test_the_same_key_states_it_once_and_an_ended_one_is_not_ended_later(cast: Cast) -> None:
    key = uuid4()
    with entered(SYSTEM):
        made = norm(key=key)
        assert norm(key=key) == made
        actions.end_norm(actor=SYSTEM, key=uuid4(), norm_id=made, valid_to=FROM)
        assert DelegationNorm.objects.get(pk=made).valid_during.isempty
        with pytest.raises(Refused) as refused:
            actions.end_norm(actor=SYSTEM, key=uuid4(), norm_id=made, valid_to=days(1))
        assert refused.value.refusal.code == "competence.already_ended"
