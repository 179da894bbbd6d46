"""The apology promises a day to come; a corrected contact is the person's, in every later search and look-up."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.workdays.actions import acting_at
from lienthong.people.parties.queries import find_by_phone
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.amending import correct_dossier, extend_dossier
from lienthong.work.dossiers.models import Correction
from lienthong.work.dossiers.queries import look_up
from tests.cast import Cast
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_a_new_date_in_the_past_is_no_promise(cast: Cast) -> None:
    with acting_at(MONDAY):
        got = received(cast.clerk)
    with acting_at(MONDAY + timedelta(days=14)), entered(cast.chair):
        with pytest.raises(Refused) as refused:
            extend_dossier(
                actor=cast.chair, dossier_id=got.dossier_id, key=uuid4(), days=2, cause="Chờ xác minh"
            )
        assert refused.value.refusal.code == "extend.past"
        assert "10 ngày làm việc" in refused.value.refusal.sentence
        extend_dossier(
            actor=cast.chair, dossier_id=got.dossier_id, key=uuid4(), days=12, cause="Chờ xác minh"
        )
        case = find_dossier(cast.chair, got.dossier_id).case
    assert case.due_at and case.due_at > MONDAY + timedelta(days=14)
    assert case.promised_at == got.due_at and case.extensions == 1


def test_a_corrected_telephone_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.clerk):
        correct_dossier(
            actor=cast.clerk,
            dossier_id=got.dossier_id,
            key=uuid4(),
            name="phone",
            value="0900000888",
            reason="Gõ nhầm",
        )
        assert [card.name for card in find_by_phone("0900000888")] == ["Công dân 0123"]
        assert find_by_phone("0900000123") == []
        kept = Correction.objects.get(dossier_id=got.dossier_id)
    assert (kept.old, kept.new) == ("0900000123", "0900000888")
    assert look_up(code=got.code, second_fact="0888") is not None
