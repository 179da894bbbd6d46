"""By which instrument a task is the commune level's: entering it and ending it."""

from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.models import TaskBasis
from tests.cast import ON, Cast
from tests.mandate.competence.entering import FROM, TASK_KEY, instrument, told

pytestmark = pytest.mark.django_db


def basis(**changes: Any) -> int:
    stated: dict[str, Any] = {
        "subject_key": TASK_KEY,
        "instrument_id": instrument("nd-120-2025-nd-cp"),
        "confidence": "assumption",
        "valid_from": FROM,
    }
    return actions.add_basis(**{"actor": SYSTEM, "key": uuid4(), **stated, **changes})


def test_the_city_states_a_basis_and_ends_it(cast: Cast) -> None:
    with entered(cast.city):
        made = basis(actor=cast.city, division="devolution", article="Đ.2")
        assert told("competence.basis_added")["backdated"] is True
        actions.end_basis(actor=cast.city, key=uuid4(), basis_id=made, valid_to=ON)
        former = TaskBasis.objects.get(pk=made)
        now = TaskBasis.objects.get(subject_key=TASK_KEY, superseded_at=None)
        assert (former.valid_during.upper, former.superseded_at is None) == (None, False)
        assert (now.valid_during.upper, now.division, now.article) == (ON, "devolution", "Đ.2")
        assert told("competence.basis_ended")["former"] == made


def test_a_task_may_rest_on_two_instruments() -> None:
    with entered(SYSTEM):
        basis()
        basis(instrument_id=instrument("nd-121-2025-nd-cp"))
        assert TaskBasis.objects.filter(subject_key=TASK_KEY).count() == 2


def test_the_same_key_states_one_basis() -> None:
    key = uuid4()
    with entered(SYSTEM):
        assert basis(key=key) == basis(key=key)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"subject_key": "decree"}, "competence.subject_malformed"),
        ({"confidence": ""}, "competence.confidence_unknown"),
        ({"valid_to": FROM}, "competence.dates_reversed"),
        ({"instrument_id": 2**40}, "competence.instrument_unknown"),
    ],
)
def test_what_cannot_be_stored_is_refused(changes: dict[str, object], code: str) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        basis(**changes)
    assert refused.value.refusal.code == code


def test_a_unit_neither_states_nor_ends_one(cast: Cast) -> None:
    with entered(SYSTEM):
        made = basis()
        with pytest.raises(Refused) as stated:
            basis(actor=cast.administrator)
        with pytest.raises(Refused) as ended:
            actions.end_basis(actor=cast.administrator, key=uuid4(), basis_id=made, valid_to=ON)
        assert {stated.value.refusal.code, ended.value.refusal.code} == {"competence.rule_not_allowed"}
        with pytest.raises(NotFound):
            actions.end_basis(actor=SYSTEM, key=uuid4(), basis_id=-1, valid_to=ON)
