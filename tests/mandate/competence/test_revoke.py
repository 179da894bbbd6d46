"""Revoking a delegation: from a day, with a reason; what it was stays written."""

from datetime import date
from uuid import uuid4

import pytest

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.models import Delegation, DelegationSide
from tests.cast import Cast
from tests.mandate.competence import entering
from tests.mandate.competence.entering import days, delegation, rule, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    with entered(SYSTEM):
        entering.task()
        rule()
    return Cast()


def revoke(delegation_id: int, from_day: date, actor: Actor = SYSTEM, reason: str = "QĐ 20/QĐ-UBND") -> None:
    actions.revoke_delegation(
        actor=actor, key=uuid4(), delegation_id=delegation_id, from_day=from_day, reason=reason
    )


def test_the_chair_revokes_from_a_day(cast: Cast) -> None:
    with entered(cast.chair):
        made = delegation(cast)
        revoke(made, days(3), cast.chair)
        row = Delegation.objects.get(pk=made)
        assert (row.revoked_on, row.revoke_reason) == (days(3), "QĐ 20/QĐ-UBND")
        assert row.revoked_at is not None and row.valid_during.upper == days(30)
        sides = DelegationSide.objects.filter(delegation=made)
        assert {side.valid_during.upper for side in sides} == {days(3)}
        assert told("competence.delegation_revoked")["from_day"] == days(3).isoformat()


def test_revoked_before_it_began_it_never_was_and_makes_room(cast: Cast) -> None:
    with entered(SYSTEM):
        made = delegation(cast, valid_from=days(5))
        revoke(made, days(2))
        assert all(side.valid_during.isempty for side in DelegationSide.objects.filter(delegation=made))
        delegation(cast, number="13/QĐ-UBND")


def test_it_is_revoked_earlier_but_never_later(cast: Cast) -> None:
    with entered(SYSTEM):
        made = delegation(cast)
        for day in (days(30), days(31)):
            with pytest.raises(Refused) as late:
                revoke(made, day)
            assert late.value.refusal.code == "competence.delegation_over"
        revoke(made, days(9))
        with pytest.raises(Refused) as again:
            revoke(made, days(9))
        assert again.value.refusal.code == "competence.delegation_over"
        revoke(made, days(4))
        assert Delegation.objects.get(pk=made).revoked_on == days(4)


def test_without_a_reason_or_from_another_unit_it_is_refused(cast: Cast) -> None:
    with entered(SYSTEM):
        made = delegation(cast)
        with pytest.raises(Refused) as silent:
            revoke(made, days(1), reason=" ")
        assert silent.value.refusal.code == "competence.revocation_without_reason"
        with pytest.raises(Refused) as foreign:
            revoke(made, days(1), cast.neighbour)
        assert foreign.value.refusal.code == "competence.delegate_not_allowed"
        with pytest.raises(NotFound):
            revoke(-1, days(1))
