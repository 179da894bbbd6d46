"""Handing over, refusing, withdrawing, extending: each does it, refuses, and says so in the journal."""

from datetime import datetime
from uuid import uuid4

import pytest

from lienthong.core.journal.queries import last_act
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.fees.queries import charges_of, dues_of
from lienthong.lib.calendar.days import VIETNAM
from lienthong.work.certification.access import find_certification
from lienthong.work.certification.actions import (
    extend_certification,
    refuse_certification,
    return_certification,
    withdraw_certification,
)
from lienthong.work.certification.values import ItemDraft
from tests.cast import Cast
from tests.work.certification.stage import SIGNATURE, received, request, signed

pytestmark = pytest.mark.django_db


def extended(actor: Actor, certification_id: int, days: int, reason: str = "Nhiều trang") -> datetime:
    with entered(actor):
        return extend_certification(
            actor=actor, key=uuid4(), certification_id=certification_id, days=days, reason=reason
        )


def sentence(actor: Actor, certification_id: int) -> str:
    with entered(actor):
        line = last_act(certification_id)
    assert line is not None
    return line.sentence


def test_it_is_handed_over_when_it_is_paid(cast: Cast) -> None:
    got = received(cast.clerk)
    signed(cast.chair, got.certification_id)
    told = {"actor": cast.clerk, "certification_id": got.certification_id, "returned_to": "Công dân 0123"}
    with entered(cast.clerk):
        with pytest.raises(Refused) as caught:
            return_certification(key=uuid4(), **told)  # type: ignore[arg-type]
        assert caught.value.refusal.code == "certification.unpaid"
        return_certification(key=uuid4(), method="cash", **told)  # type: ignore[arg-type]
        found = find_certification(cast.clerk, got.certification_id)
    assert (found.case.state, found.returned_by_post_id) == ("returned", cast.clerk.post_id)
    assert sentence(cast.clerk, got.certification_id) == "Trả giấy tờ đã chứng thực"


def test_nothing_is_handed_over_unsigned_or_by_another_unit(cast: Cast) -> None:
    got = received(cast.clerk)
    for actor, code in ((cast.clerk, "lifecycle.state"), (cast.stranger, "not_found")):
        with entered(actor), pytest.raises(Refused) as caught:
            return_certification(
                actor=actor, key=uuid4(), certification_id=got.certification_id, returned_to="Công dân 0123"
            )
        assert caught.value.refusal.code == code


def test_a_refusal_names_its_article(cast: Cast) -> None:
    got = received(cast.clerk)
    told = {"actor": cast.clerk, "certification_id": got.certification_id, "reason": "Bị tẩy xóa"}
    with entered(cast.clerk):
        with pytest.raises(Refused) as caught:
            refuse_certification(key=uuid4(), article=" ", **told)  # type: ignore[arg-type]
        assert caught.value.refusal.code == "certification.no_reason"
        refuse_certification(key=uuid4(), article="NĐ 23/2015/NĐ-CP Đ.22", **told)  # type: ignore[arg-type]
        found = find_certification(cast.clerk, got.certification_id)
    assert (found.case.state, found.case.outcome) == ("refused", "refused")
    assert sentence(cast.clerk, got.certification_id) == "Từ chối chứng thực, căn cứ NĐ 23/2015/NĐ-CP Đ.22"


def test_another_unit_neither_refuses_nor_extends(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.stranger), pytest.raises(NotFound):
        refuse_certification(
            actor=cast.stranger,
            key=uuid4(),
            certification_id=got.certification_id,
            reason="x",
            article="y",
        )
    with pytest.raises(NotFound):
        extended(cast.stranger, got.certification_id, 1)


def test_it_may_be_withdrawn_before_it_is_signed(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.clerk):
        withdraw_certification(
            actor=cast.clerk, key=uuid4(), certification_id=got.certification_id, reason="Không cần nữa"
        )
        assert find_certification(cast.clerk, got.certification_id).case.outcome == "withdrawn"


def test_two_working_days_in_all_with_a_paper(cast: Cast) -> None:
    with acting_at(datetime(2026, 11, 18, 9, tzinfo=VIETNAM)):
        got = received(cast.clerk)
        assert extended(cast.clerk, got.certification_id, 1).day == 19
        assert extended(cast.clerk, got.certification_id, 1).day == 20
        with pytest.raises(Refused) as caught:
            extended(cast.clerk, got.certification_id, 1)
        assert caught.value.refusal.article == "NĐ 23/2015/NĐ-CP Đ.21"
        with entered(cast.clerk):
            case = find_certification(cast.clerk, got.certification_id).case
            papers = set(case.clock.values_list("document", flat=True))
    assert (case.extensions, case.promised_at.day, papers) == (2, 18, {f"Phiếu hẹn {got.code}"})
    assert "Kéo dài thời hạn chứng thực 1 ngày làm việc" in sentence(cast.clerk, got.certification_id)


def test_where_the_law_states_no_extension_there_is_none(cast: Cast) -> None:
    got = received(cast.clerk, request(ItemDraft("Giấy ủy quyền"), task=SIGNATURE))
    with pytest.raises(Refused) as caught:
        extended(cast.clerk, got.certification_id, 1)
    assert caught.value.refusal.code == "certification.extension_not_stated"


def test_what_is_signed_is_not_extended(cast: Cast) -> None:
    got = received(cast.clerk)
    signed(cast.chair, got.certification_id)
    with pytest.raises(Refused) as caught:
        extended(cast.clerk, got.certification_id, 1)
    assert caught.value.refusal.code == "certification.closed"


@pytest.mark.parametrize("verb", ["refuse", "withdraw"])
def test_what_came_to_nothing_owes_nothing(cast: Cast, verb: str) -> None:
    """The charge stays with its reason; nobody is asked for it. The leader who refuses needs no duty of fees."""
    got, key = received(cast.clerk), uuid4()
    actor = cast.chair if verb == "refuse" else cast.clerk
    with entered(actor):
        told = {"actor": actor, "key": key, "certification_id": got.certification_id}
        if verb == "refuse":
            refuse_certification(reason="Tẩy xóa", article="NĐ 23/2015/NĐ-CP Đ.22", **told)  # type: ignore[arg-type]
        else:
            withdraw_certification(reason="Đổi ý", **told)  # type: ignore[arg-type]
        (charge,) = charges_of(got.certification_id)
        assert dues_of(got.certification_id).open == 0
    assert (charge.amount, charge.waived_reason != "") == (14_000, True)
