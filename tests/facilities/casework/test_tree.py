"""One obligation each: the parent ends when its children have ended, or the lead has released them."""

from uuid import uuid4

import pytest

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered, open_case_to
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.casework.actions.opening import end_case
from lienthong.facilities.casework.actions.tree import release_child
from lienthong.facilities.casework.enums import Outcome
from lienthong.facilities.casework.models import Case
from tests.cast import Cast
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db


def family(cast: Cast) -> tuple[int, int]:
    """A parent in Tân Hưng and its child in Tân Thuận."""
    parent, child = received(cast.clerk), received(cast.neighbour_clerk, number="079190000456")
    with entered(SYSTEM):
        Case.objects.filter(pk=child.dossier_id).update(parent_id=parent.dossier_id)
        open_case_to(child.dossier_id, [cast.head.unit_id or 0], "lead")
    return parent.dossier_id, child.dossier_id


def test_a_parent_with_an_open_child_does_not_end(cast: Cast) -> None:
    parent, child = family(cast)
    with entered(SYSTEM):
        case = Case.objects.get(pk=parent)
        with pytest.raises(Refused) as refused:
            end_case(case, outcome=Outcome.DONE, at=case.opened_at)
        assert refused.value.refusal.code == "case.open_children"
    with entered(cast.head):
        release_child(actor=cast.head, case_id=child, key=uuid4(), reason="Đã có kết quả từ nguồn khác")
    with entered(SYSTEM):
        end_case(case, outcome=Outcome.DONE, at=case.opened_at)
        assert case.on_time is True
        released = Case.objects.get(pk=child)
    assert (released.outcome, released.holder_id is not None) == ("released", True)


def test_only_the_lead_releases_and_only_in_writing(cast: Cast) -> None:
    parent, child = family(cast)
    with entered(cast.neighbour), pytest.raises(Refused) as refused:
        release_child(actor=cast.neighbour, case_id=child, key=uuid4(), reason="Không muốn làm")
    assert refused.value.refusal.code in {"release.not_lead", "not_found"}
    with entered(cast.head), pytest.raises(Refused) as refused:
        release_child(actor=cast.head, case_id=child, key=uuid4(), reason=" ")
    assert refused.value.refusal.code == "reason.missing"
    with entered(cast.head), pytest.raises(Refused) as refused:
        release_child(actor=cast.head, case_id=parent, key=uuid4(), reason="Nhầm")
    assert refused.value.refusal.code == "release.no_parent"
