"""Nobody can push a case away: offered, accepted or refused with a reason, bounded, arbitrated; the clock runs on."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.access import find_case
from lienthong.facilities.casework.actions.handing import (
    accept_offer,
    arbitrate_case,
    offer_case,
    refuse_offer,
    withdraw_offer,
)
from lienthong.facilities.casework.models import Case, HandOver
from lienthong.people.parties.queries import names_of
from tests.cast import NHA_BE, TAN_THUAN, Cast
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db


def offered(cast: Cast, to: str = TAN_THUAN) -> tuple[int, int]:
    """A case of Tân Hưng, offered to another unit: (case id, offer id)."""
    got = received(cast.clerk)
    with entered(cast.head):
        offer = offer_case(
            actor=cast.head,
            case_id=got.dossier_id,
            key=uuid4(),
            to_unit_id=cast.unit_id(to),
            reason="Thửa đất nằm trên địa bàn phường bạn",
        )
    return got.dossier_id, offer


def case_of(case_id: int) -> Case:
    with entered(SYSTEM):
        return Case.objects.get(pk=case_id)


def test_until_it_is_accepted_the_offerer_stays_responsible(cast: Cast) -> None:
    case_id, _offer = offered(cast)
    case = case_of(case_id)
    assert case.responsible_unit_id == cast.head.unit_id
    with entered(cast.neighbour):
        assert find_case(cast.neighbour, case_id).hops == 0
        assert names_of([case.party_id or 0])


def test_accepting_moves_unit_and_holder_and_leaves_the_clock(cast: Cast) -> None:
    case_id, offer = offered(cast)
    before = case_of(case_id)
    with entered(cast.neighbour):
        accept_offer(actor=cast.neighbour, offer_id=offer, key=uuid4())
    after = case_of(case_id)
    assert after.responsible_unit_id == cast.neighbour.unit_id
    assert after.holder_id and after.holder_id != before.holder_id
    assert (after.due_at, after.promised_at, after.clock_start) == (
        before.due_at,
        before.promised_at,
        before.clock_start,
    )
    assert after.hops == 1
    assert "case.offer_accepted" in [line.verb for line in timeline(case_id)]


def test_the_former_unit_still_sees_where_the_case_is(cast: Cast) -> None:
    case_id, offer = offered(cast)
    with entered(cast.neighbour):
        accept_offer(actor=cast.neighbour, offer_id=offer, key=uuid4())
    with entered(cast.head):
        assert find_case(cast.head, case_id).responsible_unit_id == cast.neighbour.unit_id


def test_refusing_needs_a_reason_and_returns_it_to_the_offerer(cast: Cast) -> None:
    case_id, offer = offered(cast)
    with entered(cast.neighbour):
        with pytest.raises(Refused) as refused:
            refuse_offer(actor=cast.neighbour, offer_id=offer, key=uuid4(), reason="  ")
        assert refused.value.refusal.code == "handover.no_reason"
        refuse_offer(
            actor=cast.neighbour,
            offer_id=offer,
            key=uuid4(),
            reason="Thửa đất thuộc Nhà Bè",
            proposed_unit_id=cast.unit_id(NHA_BE),
        )
    assert case_of(case_id).responsible_unit_id == cast.head.unit_id
    with entered(cast.head):
        kept = HandOver.objects.get(pk=offer)
    assert (kept.state, kept.proposed_unit_id) == ("refused", cast.unit_id(NHA_BE))


def test_a_stranger_neither_sees_nor_answers_an_offer(cast: Cast) -> None:
    _case_id, offer = offered(cast)
    with entered(cast.stranger), pytest.raises(NotFound):
        accept_offer(actor=cast.stranger, offer_id=offer, key=uuid4())


def test_the_offerer_cannot_accept_for_the_other(cast: Cast) -> None:
    _case_id, offer = offered(cast)
    with entered(cast.head), pytest.raises(Refused) as refused:
        accept_offer(actor=cast.head, offer_id=offer, key=uuid4())
    assert refused.value.status == 403


def test_one_offer_at_a_time_and_none_to_oneself(cast: Cast) -> None:
    case_id, offer = offered(cast)
    with entered(cast.head):
        with pytest.raises(Refused) as refused:
            offer_to(cast.head, case_id, cast.unit_id(NHA_BE))
        assert refused.value.refusal.code == "handover.open"
        withdraw_offer(actor=cast.head, offer_id=offer, key=uuid4())
        with pytest.raises(Refused) as refused:
            offer_to(cast.head, case_id, cast.head.unit_id or 0)
        assert refused.value.refusal.code == "handover.same_unit"


def test_past_the_bound_only_the_arbiter_decides(cast: Cast) -> None:
    case_id, offer = offered(cast)
    neighbour, far = cast.of(f"chutich.{TAN_THUAN}"), cast.of(f"chutich.{NHA_BE}")
    with entered(neighbour):
        accept_offer(actor=neighbour, offer_id=offer, key=uuid4())
        back = offer_to(neighbour, case_id, cast.unit_id(NHA_BE))
    with entered(far):
        accept_offer(actor=far, offer_id=back, key=uuid4())
        with pytest.raises(Refused) as refused:
            offer_to(far, case_id, cast.head.unit_id or 0)
        assert refused.value.refusal.code == "handover.hops"
        with pytest.raises(Refused) as refused:
            arbitrate(far, case_id, cast.head.unit_id or 0)
        assert refused.value.refusal.code == "arbiter.not_you"
    with entered(cast.city):
        arbitrate(cast.city, case_id, cast.head.unit_id or 0)
    assert case_of(case_id).responsible_unit_id == cast.head.unit_id


def test_silence_past_its_time_goes_to_the_arbiter_and_is_never_acceptance(cast: Cast) -> None:
    case_id, _offer = offered(cast)
    with entered(cast.city):
        with pytest.raises(Refused) as refused:
            arbitrate(cast.city, case_id, cast.neighbour.unit_id or 0)
        assert refused.value.refusal.code == "arbiter.no_dispute"
    with acting_at(now() + timedelta(days=7)), entered(cast.city):
        arbitrate(cast.city, case_id, cast.neighbour.unit_id or 0)
    assert case_of(case_id).responsible_unit_id == cast.neighbour.unit_id


def test_the_same_key_gives_the_same_offer(cast: Cast) -> None:
    got, key = received(cast.clerk), uuid4()
    with entered(cast.head):
        values = {
            "actor": cast.head,
            "case_id": got.dossier_id,
            "key": key,
            "to_unit_id": cast.unit_id(NHA_BE),
            "reason": "Thuộc địa bàn Nhà Bè",
        }
        assert offer_case(**values) == offer_case(**values)  # type: ignore[arg-type]
        with pytest.raises(Refused) as refused:
            offer_case(**{**values, "reason": "khác"})  # type: ignore[arg-type]
    assert refused.value.refusal.code == "key.reused"


def offer_to(actor: Actor, case_id: int, unit_id: int) -> int:
    return offer_case(actor=actor, case_id=case_id, key=uuid4(), to_unit_id=unit_id, reason="Đúng địa bàn")


def arbitrate(actor: Actor, case_id: int, unit_id: int) -> int:
    return arbitrate_case(
        actor=actor, case_id=case_id, key=uuid4(), unit_id=unit_id, reason="Theo địa bàn của thửa đất"
    )


def test_a_colleague_who_has_nothing_to_do_with_it_moves_nothing(cast: Cast) -> None:
    case_id, offer = offered(cast)
    with entered(cast.specialist):
        with pytest.raises(Refused) as refused:
            withdraw_offer(actor=cast.specialist, offer_id=offer, key=uuid4())
        assert refused.value.refusal.code == "case.other_holder"
    with entered(cast.head):
        withdraw_offer(actor=cast.head, offer_id=offer, key=uuid4())
    with entered(cast.specialist), pytest.raises(Refused) as refused:
        offer_to(cast.specialist, case_id, cast.unit_id(NHA_BE))
    assert refused.value.refusal.code == "case.other_holder"
