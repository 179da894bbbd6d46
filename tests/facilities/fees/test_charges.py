"""What a case owes: charged, typed with a citation, waived."""

from uuid import uuid4

import pytest

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.facilities.fees import actions, queries
from lienthong.facilities.fees.models import Charge
from lienthong.facilities.fees.values import Dues, NewCharge
from tests.facilities.documents.test_attach import journalled
from tests.facilities.fees.conftest import CASE, COPY_FEE, FOREIGN_CASE, FORM_FEE, NOW, OTHER_UNIT, UNIT


def test_many_charges_are_one_statement_and_keep_their_order(counter, statements) -> None:
    assert statements(lambda: counter.charge(COPY_FEE, FORM_FEE)) == 1
    with entered(counter.clerk):
        assert [line.label for line in queries.charges_of(CASE)] == [COPY_FEE.label, FORM_FEE.label]
        assert statements(lambda: queries.dues_of(CASE)) == 1
        dues = queries.dues_of(CASE)
    assert (dues.due, dues.paid, dues.open) == (56_000, 0, 56_000)


def test_no_charges_are_no_statement(counter, statements) -> None:
    act = {"actor": counter.clerk, "case_id": CASE, "unit_id": UNIT, "charges": []}
    assert statements(lambda: actions.add_charges(**act)) == 0


@pytest.mark.parametrize(
    ("charge", "code"),
    [
        (NewCharge("Phí", None), "fee.not_stated"),
        (NewCharge(" ", 1), "fee.label"),
        (NewCharge("x" * 301, 1), "fee.label"),
        (NewCharge("Phí", -1), "fee.amount_out_of_range"),
        (NewCharge("Phí", 10**10), "fee.amount_out_of_range"),
    ],
)
def test_a_wrong_charge_is_refused_and_none_is_written(counter, charge: NewCharge, code: str) -> None:
    with pytest.raises(Refused) as refused:
        counter.charge(COPY_FEE, charge)
    assert refused.value.refusal.code == code
    with entered(counter.clerk):
        assert queries.charges_of(CASE) == []


def test_charging_needs_the_duty_the_unit_and_the_case(counter) -> None:
    with pytest.raises(Refused) as refused:
        counter.charge(actor=counter.leader)
    assert (refused.value.refusal.code, refused.value.status) == ("fee.no_duty", 403)
    with pytest.raises(NotFound):
        counter.charge(actor=counter.stranger)
    with pytest.raises(NotFound):
        counter.charge(case_id=FOREIGN_CASE)
    with pytest.raises(Refused) as refused, entered(counter.clerk):
        actions.add_charges(actor=counter.clerk, case_id=CASE, unit_id=OTHER_UNIT, charges=[COPY_FEE])
    assert refused.value.refusal.code == "fee.other_unit"


def test_a_typed_amount_needs_its_citation_and_is_journalled(counter, statements) -> None:
    given = {"actor": counter.clerk, "case_id": CASE, "unit_id": UNIT, "at": NOW}
    key = uuid4()
    with entered(counter.clerk):
        with pytest.raises(Refused) as refused:
            actions.charge_fee(key=uuid4(), charge=NewCharge("Phí của Công dân 0123", 700), **given)
        assert refused.value.refusal.code == "fee.citation_missing"
        typed = NewCharge("Phí của Công dân 0123", 700, "VB 01")
        assert statements(lambda: actions.charge_fee(key=key, charge=typed, **given)) == 4
        again = actions.charge_fee(key=key, charge=typed, **given)
        assert [line.id for line in queries.charges_of(CASE)] == [again]
    ((case_id, subject_id, data, particulars),) = journalled("fee.charged")
    assert (case_id, subject_id, data) == (CASE, again, {"amount": "700 đ"})
    assert "0123" in particulars


def test_a_waived_charge_is_no_longer_due_and_says_why(counter, statements) -> None:
    first, _ = counter.charge()
    key = uuid4()
    assert statements(lambda: counter.waive(first, key=key)) == 7
    counter.waive(first, key=key)
    with entered(counter.clerk):
        assert queries.dues_of(CASE) == Dues(50_000, 0)
        assert queries.charges_of(CASE)[0].waived_reason == "Hộ nghèo 0123"
    ((_, _, data, particulars),) = journalled("fee.waived")
    assert data == {"amount": "6.000 đ"}
    assert "Hộ nghèo 0123" in particulars
    with pytest.raises(Refused) as refused:
        counter.waive(first)
    assert refused.value.refusal.code == "fee.already_waived"


def test_waiving_is_refused_where_it_would_undo_a_payment_or_right(counter) -> None:
    first, second = counter.charge()
    counter.pay(10_000)
    for actor, charge, reason, code in (
        (counter.clerk, second, "x", "fee.already_paid"),
        (counter.clerk, first, "  ", "fee.reason"),
        (counter.clerk, first, "x" * 301, "fee.reason"),
        (counter.leader, first, "x", "fee.no_duty"),
        (counter.stranger, first, "x", "not_found"),
    ):
        with pytest.raises(Refused) as refused:
            counter.waive(charge, actor=actor, reason=reason)
        assert refused.value.refusal.code == code


def test_another_unit_sees_no_charge(counter) -> None:
    counter.charge()
    with entered(counter.stranger):
        assert queries.charges_of(CASE) == []
        assert Charge.objects.count() == 0
        assert queries.dues_of(CASE) == Dues(0, 0)
