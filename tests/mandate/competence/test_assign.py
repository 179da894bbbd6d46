"""Assigning work inside a unit, and ending it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.models import WorkAssignment
from tests.cast import ON, Cast
from tests.mandate.competence.entering import FIELD_KEY, FROM, assign, days, told

pytestmark = pytest.mark.django_db


def test_the_administrator_assigns_and_ends(cast: Cast) -> None:
    with entered(cast.administrator):
        made = assign(cast, actor=cast.administrator, decision_on=FROM, instrument_text="TB 1")
        assert WorkAssignment.objects.get(pk=made).decision_on == FROM
        assert told("competence.work_assigned")["backdated"] is True
        actions.end_assignment(actor=cast.administrator, key=uuid4(), assignment_id=made, valid_to=ON)
        now = WorkAssignment.objects.get(subject_key=FIELD_KEY, superseded_at=None)
        assert (now.replaces_id, now.valid_during.upper) == (made, ON)
        assert told("competence.work_ended")["former"] == made


def test_work_of_the_days_to_come_is_not_flagged(cast: Cast) -> None:
    with entered(SYSTEM):
        assign(cast, valid_from=days(3))
        assert "backdated" not in told("competence.work_assigned")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"duty": "dancing"}, "competence.duty_unknown"),
        ({"valid_to": FROM}, "competence.dates_reversed"),
        ({"subject_key": "x"}, "competence.subject_malformed"),
        ({"post_id": 2**40}, "competence.post_elsewhere"),
    ],
)
def test_what_cannot_be_stored_is_refused(cast: Cast, changes: dict[str, object], code: str) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        assign(cast, **changes)
    assert refused.value.refusal.code == code


def test_another_unit_neither_assigns_nor_ends(cast: Cast) -> None:
    with entered(SYSTEM):
        made = assign(cast)
        with pytest.raises(Refused) as assigned:
            assign(cast, actor=cast.neighbour, subject_key="field:Khác")
        with pytest.raises(Refused) as ended:
            actions.end_assignment(actor=cast.neighbour, key=uuid4(), assignment_id=made, valid_to=ON)
        assert {assigned.value.refusal.code, ended.value.refusal.code} == {"competence.assign_not_allowed"}
        with pytest.raises(NotFound):
            actions.end_assignment(actor=SYSTEM, key=uuid4(), assignment_id=-1, valid_to=ON)


def test_an_end_is_not_put_off_by_ending_again(cast: Cast) -> None:
    with entered(SYSTEM):
        made = assign(cast, valid_to=ON)
        with pytest.raises(Refused) as refused:
            actions.end_assignment(
                actor=SYSTEM, key=uuid4(), assignment_id=made, valid_to=ON + timedelta(days=1)
            )
    assert refused.value.refusal.code == "competence.already_ended"
