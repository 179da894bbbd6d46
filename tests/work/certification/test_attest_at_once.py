"""At once: from scan to paper in one act of the delegate at the counter; it counts as at once in the figures."""

from uuid import uuid4

import pytest
from django.db import connection

from lienthong.core.journal.queries import last_act
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.models import Case
from lienthong.facilities.fees.queries import dues_of, receipts_of_case
from lienthong.facilities.statistics.queries import AT_ONCE
from lienthong.work.certification.access import find_certification
from lienthong.work.certification.actions import attest_at_once
from lienthong.work.certification.queries import attestation_of
from lienthong.work.certification.values import Attested, CertificationRequest, ItemDraft
from tests.cast import Cast
from tests.work.certification.stage import COPY, LAND, SIGNATURE, delegated, request

pytestmark = pytest.mark.django_db


def at_once(actor: Actor, wanted: CertificationRequest | None = None) -> Attested:
    with entered(actor):
        return attest_at_once(actor=actor, key=uuid4(), request=wanted or request())


def test_one_act_does_it_all(cast: Cast) -> None:
    delegated(cast.chair, cast.clerk)
    got = at_once(cast.clerk)
    with entered(cast.clerk):
        found = find_certification(cast.clerk, got.certification_id)
        (receipt,) = receipts_of_case(got.certification_id)
        kept, line = attestation_of(got.certification_id), last_act(got.certification_id)
        assert dues_of(got.certification_id).open == 0
    assert (found.case.state, found.case.outcome, found.is_at_once) == ("returned", "done", True)
    assert found.returned_to == "Công dân 0123" and found.returned_at == found.case.closed_at
    assert (receipt.id, receipt.amount) == (got.receipt_id, 14_000)
    assert got.capacity == "delegated" and kept is not None and kept.person_id == cast.clerk.person_id
    assert line is not None and line.sentence.startswith("Chứng thực và trả ngay")


def test_it_is_counted_as_at_once(cast: Cast) -> None:
    delegated(cast.chair, cast.clerk)
    got = at_once(cast.clerk)
    with entered(cast.clerk), connection.cursor() as cursor:
        cursor.execute(f"SELECT {AT_ONCE} FROM casework_case c WHERE c.id = %s", [got.certification_id])
        assert cursor.fetchone() == (True,)


def test_nothing_is_left_where_he_may_not_sign(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        at_once(cast.clerk)
    assert caught.value.status == 403
    with entered(cast.clerk):
        assert not Case.objects.filter(kind="certification").exists()


def test_a_transaction_is_no_at_once_matter(cast: Cast) -> None:
    delegated(cast.chair, cast.clerk, tasks=(COPY, LAND))
    deed = request(ItemDraft("Hợp đồng mua bán xe"), task=LAND, property_kind="movable")
    with pytest.raises(Refused) as caught:
        at_once(cast.clerk, deed)
    assert caught.value.refusal.code == "certification.not_at_once"


def test_the_same_key_certifies_once(cast: Cast) -> None:
    delegated(cast.chair, cast.clerk, tasks=(SIGNATURE,))
    key, wanted = uuid4(), request(ItemDraft("Giấy ủy quyền"), task=SIGNATURE)
    with entered(cast.clerk):
        first = attest_at_once(actor=cast.clerk, key=key, request=wanted)
        again = attest_at_once(actor=cast.clerk, key=key, request=wanted)
        assert first == again and Case.objects.filter(kind="certification").count() == 1


def test_another_units_delegate_cannot(cast: Cast) -> None:
    delegated(cast.chair, cast.clerk)
    with pytest.raises(Refused) as caught:
        at_once(cast.neighbour_clerk)
    assert caught.value.status == 403
