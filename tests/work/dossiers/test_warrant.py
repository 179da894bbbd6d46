"""By what right somebody approves: asked at that moment, refused with the paper that ended, frozen into the act."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents.access import find_form
from lienthong.mandate.competence.actions import assign_work, delegate, revoke_delegation
from lienthong.mandate.competence.enums import AssignedDuty, DelegableAct
from lienthong.people.organisation.enums import BodyKind
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.amending import extend_dossier
from lienthong.work.dossiers.actions.ending import halt_dossier
from lienthong.work.dossiers.actions.process import (
    approve_dossier,
    propose_dossier,
    send_back_dossier,
    take_up_dossier,
)
from lienthong.work.dossiers.models import Decision
from lienthong.work.dossiers.queries import queue_to_approve
from tests.cast import TAN_HUNG, Cast
from tests.work.dossiers.stage import PROCEDURE, received

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NUMBER = "07/GUQ-UBND (thử)"
FIRST, END = date(2026, 11, 1), date(2026, 11, 11)
NOON = datetime(2026, 11, 3, 12, tzinfo=HANOI)
LAST_MINUTE = datetime(2026, 11, 10, 23, 59, 59, tzinfo=HANOI)
MIDNIGHT = datetime(2026, 11, 11, tzinfo=HANOI)


def submitted(cast: Cast) -> int:
    """A dossier that waits for approval."""
    worker = cast.specialist_in(BodyKind.OFFICE)
    got = received(cast.clerk)
    with entered(worker):
        take_up_dossier(actor=worker, dossier_id=got.dossier_id, key=uuid4())
        propose_dossier(
            actor=worker,
            dossier_id=got.dossier_id,
            key=uuid4(),
            grants=True,
            text="Đủ điều kiện",
            basis="Luật Hộ tịch",
            submit=True,
        )
    return got.dossier_id


def delegated(cast: Cast, to: Actor, acts: tuple[str, ...] = (DelegableAct.APPROVE,)) -> int:
    """The Chair delegates from the first to the tenth of November."""
    with entered(SYSTEM):
        return delegate(
            actor=SYSTEM,
            key=uuid4(),
            unit_id=cast.unit_id(TAN_HUNG),
            grantor_post_id=cast.chair.acting_post,
            grantee_post_id=to.acting_post,
            task_codes=[PROCEDURE],
            acts=acts,
            valid_from=FIRST,
            valid_to=END,
            number=NUMBER,
            signed_on=date(2026, 10, 30),
        )


def approve(actor: Actor, dossier_id: int) -> Decision:
    with entered(actor):
        approve_dossier(actor=actor, dossier_id=dossier_id, key=uuid4())
        return Decision.objects.filter(dossier_id=dossier_id).latest("id")


def refused(actor: Actor, dossier_id: int, act: Any = approve_dossier, **words: Any) -> Refused:
    with entered(actor), pytest.raises(Refused) as told:
        act(actor=actor, dossier_id=dossier_id, key=uuid4(), **words)
    return told.value


def waiting(actor: Actor) -> list[int]:
    with entered(actor):
        return [row.id for row in queue_to_approve(actor, now())]


@pytest.fixture
def delegate_of_chair(cast: Cast) -> Actor:
    return cast.head_of(BodyKind.OFFICE)


def test_the_delegate_approves_until_the_last_minute_and_is_refused_at_midnight(
    cast: Cast, delegate_of_chair: Actor
) -> None:
    with acting_at(NOON):
        first, second = submitted(cast), submitted(cast)
        assert waiting(delegate_of_chair) == []
        paper = delegated(cast, delegate_of_chair)
    with acting_at(LAST_MINUTE):
        assert set(waiting(delegate_of_chair)) == {first, second}
        decision = approve(delegate_of_chair, first)
    warrant = decision.answer["warrant"]
    assert (warrant["capacity"], warrant["delegation_id"]) == ("delegated", paper)
    assert warrant["for_post_id"] == cast.chair.post_id
    assert warrant["chain"][-1]["text"] == NUMBER and decision.answer["leader_post_id"] == cast.chair.post_id
    assert (decision.post_id, decision.person_id) == (delegate_of_chair.post_id, delegate_of_chair.person_id)
    entry = next(line for line in timeline(first) if line.verb == "dossier.approved")
    assert entry.data["delegation_id"] == paper
    with acting_at(MIDNIGHT):
        told = refused(delegate_of_chair, second)
        assert waiting(delegate_of_chair) == []
        assert (told.refusal.code, told.status) == ("competence.no_warrant", 403)
        assert NUMBER in told.refusal.sentence and "11/11/2026" in told.refusal.sentence
        assert approve(cast.chair, second).answer["warrant"]["capacity"] == "own"
    with entered(cast.clerk):
        assert find_dossier(cast.clerk, second).case.state == "approved"


def test_a_revoked_paper_gives_no_right_from_its_day(cast: Cast, delegate_of_chair: Actor) -> None:
    with acting_at(NOON):
        dossier_id = submitted(cast)
        paper = delegated(cast, delegate_of_chair)
        with entered(SYSTEM):
            revoke_delegation(
                actor=SYSTEM,
                key=uuid4(),
                delegation_id=paper,
                from_day=date(2026, 11, 5),
                reason="Thay đổi phân công",
            )
    with acting_at(NOON + timedelta(days=2)):
        told = refused(delegate_of_chair, dossier_id)
        assert NUMBER in told.refusal.sentence and "thu hồi" in told.refusal.sentence
        assert waiting(delegate_of_chair) == []


def test_a_delegate_may_send_back_too(cast: Cast, delegate_of_chair: Actor) -> None:
    with acting_at(NOON):
        dossier_id, paper = submitted(cast), delegated(cast, delegate_of_chair)
        with entered(delegate_of_chair):
            send_back_dossier(
                actor=delegate_of_chair, dossier_id=dossier_id, key=uuid4(), reason="Thiếu căn cứ"
            )
            decision = Decision.objects.filter(dossier_id=dossier_id).latest("id")
    assert decision.answer["warrant"]["delegation_id"] == paper
    assert timeline(dossier_id)[-1].data["delegation_id"] == paper


def test_a_delegation_to_sign_is_none_to_approve(cast: Cast, delegate_of_chair: Actor) -> None:
    with acting_at(NOON):
        dossier_id = submitted(cast)
        delegated(cast, delegate_of_chair, (DelegableAct.SIGN,))
        assert refused(delegate_of_chair, dossier_id).refusal.code == "competence.no_warrant"


def test_the_vice_chair_in_charge_signs_for_the_chair_and_the_other_does_not(cast: Cast) -> None:
    with acting_at(NOON):
        dossier_id, other = submitted(cast), submitted(cast)
        told = refused(cast.vice_chair, dossier_id)
        assert told.refusal.code == "competence.no_warrant" and "Chủ tịch" in told.refusal.sentence
        with entered(SYSTEM):
            assign_work(
                actor=SYSTEM,
                key=uuid4(),
                unit_id=cast.unit_id(TAN_HUNG),
                subject_key=f"task:{PROCEDURE}",
                duty=AssignedDuty.APPROVAL,
                post_id=cast.vice_chair.acting_post,
                valid_from=FIRST,
                instrument_text="Thông báo 01/TB-UBND (thử)",
            )
        warrant = approve(cast.vice_chair, dossier_id).answer["warrant"]
        assert (warrant["capacity"], warrant["delegation_id"]) == ("deputy", None)
        assert approve(cast.chair, other).answer["warrant"]["capacity"] == "own"


def test_what_the_vice_chair_signs_is_signed_for_the_chair(cast: Cast) -> None:
    """NĐ 30/2020/NĐ-CP Đ.13: KT. above the title, on the paper that goes out."""
    with acting_at(NOON):
        dossier_id = submitted(cast)
        with entered(SYSTEM):
            assign_work(
                actor=SYSTEM,
                key=uuid4(),
                unit_id=cast.unit_id(TAN_HUNG),
                subject_key=f"task:{PROCEDURE}",
                duty=AssignedDuty.APPROVAL,
                post_id=cast.vice_chair.acting_post,
                valid_from=FIRST,
                instrument_text="Thông báo 01/TB-UBND (thử)",
            )
        deputy, key = cast.vice_chair, uuid4()
        with entered(deputy):
            letter = extend_dossier(
                actor=deputy, dossier_id=dossier_id, key=key, days=3, cause="Chờ xác minh"
            )
            notice = halt_dossier(
                actor=deputy,
                dossier_id=dossier_id,
                key=uuid4(),
                reason="Không đủ điều kiện",
                basis="NĐ 118/2025/NĐ-CP",
            )
            signatures = [find_form(deputy, form).content["signature"] for form in (letter, notice)]
    for signature in signatures:
        assert signature["on_behalf"].startswith("KT. Chủ tịch")
        assert signature["title"].startswith("Phó Chủ tịch")


def test_strangers_are_refused(cast: Cast) -> None:
    with acting_at(NOON):
        dossier_id = submitted(cast)
        delegated(cast, cast.head_of(BodyKind.OFFICE))
        for stranger in (cast.specialist, cast.clerk, cast.head_of(BodyKind.ECONOMY)):
            told = refused(stranger, dossier_id)
            assert told.refusal.code == "competence.no_warrant"
            assert NUMBER not in told.refusal.sentence


def test_a_leader_without_the_field_neither_halts_nor_apologises(cast: Cast) -> None:
    reason = {"reason": "Không đủ điều kiện", "basis": "NĐ 118/2025/NĐ-CP"}
    with acting_at(NOON):
        dossier_id = submitted(cast)
        told = refused(cast.vice_chair, dossier_id, halt_dossier, **reason)
        assert told.refusal.code == "competence.no_warrant"
        late = refused(cast.vice_chair, dossier_id, extend_dossier, days=3, cause="Chờ xác minh")
        assert late.refusal.code == "competence.no_warrant"
        head = cast.head_of(BodyKind.OFFICE)
        with entered(head):  # by the duty of the post
            extend_dossier(actor=head, dossier_id=dossier_id, key=uuid4(), days=3, cause="Chờ xác minh")
        with entered(cast.chair):
            halt_dossier(actor=cast.chair, dossier_id=dossier_id, key=uuid4(), **reason)
    assert timeline(dossier_id)[-1].data["capacity"] == "own"
