"""The portal tells of a payment: one reference is one receipt."""

from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.facilities.fees.actions import charge_fee
from lienthong.facilities.fees.models import Receipt
from lienthong.facilities.fees.queries import dues_of
from lienthong.facilities.fees.values import NewCharge
from lienthong.people.identity.enums import Duty
from lienthong.people.organisation.enums import BodyKind
from lienthong.work.dossiers.actions.online import accept_dossier, notify_payment
from lienthong.work.dossiers.actions.process import assign_dossier, take_up_dossier
from lienthong.work.dossiers.actions.waiting import request_payment
from lienthong.work.dossiers.enums import DossierState
from tests.cast import Cast
from tests.work.dossiers.online_stage import client_at, lodged, read

pytestmark = pytest.mark.django_db
DUE = 8_000


def owing(cast: Cast) -> tuple[Actor, int]:
    client = client_at(cast, Duty.FEES)
    dossier_id = lodged(client).dossier_id
    with entered(cast.clerk):
        accept_dossier(actor=cast.clerk, dossier_id=dossier_id, key=uuid4())
        open_already = dues_of(dossier_id).open
        charge_fee(
            actor=cast.clerk,
            key=uuid4(),
            case_id=dossier_id,
            unit_id=cast.clerk.unit_id or 0,
            charge=NewCharge("Lệ phí cấp bản sao", DUE - open_already, "NQ minh họa"),
        )
    return client, dossier_id


def paid(client: Actor, dossier_id: int, **words: Any) -> dict[str, Any]:
    with entered(client):
        return notify_payment(
            actor=client,
            dossier_id=dossier_id,
            **{"key": uuid4(), "reference": "TT-1", "amount": DUE, **words},
        )


def test_it_gives_a_numbered_receipt_and_nothing_is_open(cast: Cast) -> None:
    client, dossier_id = owing(cast)
    told = paid(client, dossier_id)
    with entered(cast.clerk):
        (receipt,) = Receipt.objects.filter(case_id=dossier_id)
        assert dues_of(dossier_id).open == 0
    assert (told["receipt_number"], receipt.amount) == (receipt.number, DUE)


def test_a_reference_told_twice_is_one_payment_whatever_its_key(cast: Cast) -> None:
    client, dossier_id = owing(cast)
    assert paid(client, dossier_id, amount=3_000) == paid(client, dossier_id, amount=3_000)
    with entered(cast.clerk):
        assert Receipt.objects.filter(case_id=dossier_id).count() == 1
    with pytest.raises(Refused) as refused:
        paid(client, dossier_id, amount=4_000)
    assert refused.value.refusal.code == "key.reused"


def test_more_than_is_open_is_refused(cast: Cast) -> None:
    client, dossier_id = owing(cast)
    with pytest.raises(Refused) as refused:
        paid(client, dossier_id, amount=DUE + 1)
    assert refused.value.refusal.code == "payment.too_much"


def test_a_dossier_that_waited_for_it_goes_on(cast: Cast) -> None:
    client, dossier_id = owing(cast)
    head, worker = cast.head_of(BodyKind.OFFICE), cast.specialist_in(BodyKind.OFFICE)
    with entered(head):
        assign_dossier(actor=head, dossier_id=dossier_id, key=uuid4(), to_post_id=worker.acting_post)
    with entered(worker):
        take_up_dossier(actor=worker, dossier_id=dossier_id, key=uuid4())
        request_payment(actor=worker, dossier_id=dossier_id, key=uuid4())
    paid(client, dossier_id)
    case = read(cast, dossier_id).case
    assert case.state == DossierState.IN_PROGRESS and case.due_at is not None


def test_a_client_at_another_unit_cannot(cast: Cast) -> None:
    client, dossier_id = owing(cast)
    with pytest.raises(NotFound):
        paid(Actor(account_id=-999, unit_id=cast.stranger.unit_id, duties=client.duties), dossier_id)


def test_the_journal_says_so(cast: Cast) -> None:
    client, dossier_id = owing(cast)
    told = paid(client, dossier_id)
    with entered(cast.clerk):
        lines = [line for line in timeline(dossier_id) if line.verb == "dossier.payment_notified"]
    assert len(lines) == 1 and told["receipt_number"] in lines[0].sentence and "TT-1" in lines[0].sentence
    assert lines[0].account_id == client.account_id
