"""The counter refuses what was lodged online (mẫu 03), or asks for what lacks before accepting."""

from uuid import uuid4

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.work.dossiers.actions.ending import refuse_dossier
from lienthong.work.dossiers.actions.waiting import request_supplement
from lienthong.work.dossiers.enums import DossierState, NationalStatus
from lienthong.work.dossiers.queries import NATIONAL
from lienthong.work.dossiers.values import Lack
from tests.cast import Cast
from tests.work.dossiers.online_stage import client_at, lodged, read

pytestmark = pytest.mark.django_db
WHY = (Lack("Không thuộc thẩm quyền", "NĐ 118/2025/NĐ-CP"),)


def test_it_ends_with_its_slip_and_the_portal_reads_three(cast: Cast) -> None:
    got = lodged(client_at(cast))
    with entered(cast.clerk):
        assert refuse_dossier(actor=cast.clerk, dossier_id=got.dossier_id, key=uuid4(), reasons=WHY)
        assert timeline(got.dossier_id)[-1].verb == "dossier.refused"
    case = read(cast, got.dossier_id).case
    assert case.closed_at and NATIONAL[case.state] == NationalStatus.REJECTED


def test_a_reason_without_a_basis_is_not_enough(cast: Cast) -> None:
    got = lodged(client_at(cast))
    with entered(cast.clerk), pytest.raises(Refused) as refused:
        refuse_dossier(
            actor=cast.clerk, dossier_id=got.dossier_id, key=uuid4(), reasons=(Lack("Thiếu", " "),)
        )
    assert refused.value.refusal.code == "supplement.no_basis"


def test_another_unit_cannot(cast: Cast) -> None:
    got = lodged(client_at(cast))
    with entered(cast.stranger), pytest.raises(NotFound):
        refuse_dossier(actor=cast.stranger, dossier_id=got.dossier_id, key=uuid4(), reasons=WHY)


def test_what_lacks_can_be_asked_for_before_it_is_accepted(cast: Cast) -> None:
    got = lodged(client_at(cast))
    with entered(cast.clerk):
        request_supplement(actor=cast.clerk, dossier_id=got.dossier_id, key=uuid4(), lacks=WHY)
    dossier = read(cast, got.dossier_id)
    assert dossier.case.state == DossierState.SUPPLEMENT_REQUESTED and dossier.case.due_at is None
    assert dossier.resume_state == DossierState.SUBMITTED
