"""Whatever happens at the counter: never paid more than due, every number accounted for, closed is closed."""

import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.fees import queries
from lienthong.facilities.fees.models import Charge, DailyClose, Receipt
from lienthong.facilities.fees.values import NewCharge
from tests.core.apart import elsewhere, swept
from tests.facilities.fees.conftest import CASE, NOW, SHARED_CASE, TODAY, UNIT, Counter, open_cases

ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("charge"), st.integers(0, 5_000)),
        st.tuples(st.just("pay"), st.integers(-10, 6_000)),
        st.tuples(st.just("pay there"), st.integers(1, 6_000)),
        st.tuples(st.just("waive"), st.integers(0, 5)),
        st.tuples(st.just("void"), st.integers(0, 5)),
        st.tuples(st.just("close"), st.integers(0, 1)),
    ),
    max_size=14,
)


class Undone(Exception):
    """Rolls an example back."""


@given(ACTS)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_paid_never_exceeds_due_and_every_number_is_accounted_for(counter, acts: list[Any]) -> None:
    with suppress(Undone), transaction.atomic():
        for name, number in acts:
            with suppress(Refused):
                _act(counter, name, number)
            with entered(SYSTEM):
                _check()
        raise Undone


def _act(counter: Counter, name: str, number: int) -> None:
    day = TODAY + timedelta(days=number)
    match name:
        case "charge":
            counter.charge(NewCharge("Phí", number), case_id=SHARED_CASE)
        case "pay":
            counter.pay(number, case_id=SHARED_CASE)
        case "pay there":
            counter.pay(number, case_id=SHARED_CASE, actor=counter.stranger, at=NOW + timedelta(days=1))
        case "waive" if charges := list(_seen(Charge)):
            counter.waive(charges[number % len(charges)])
        case "void" if receipts := list(_seen(Receipt)):
            counter.void(receipts[number % len(receipts)])
        case "close":
            counter.close(day, at=NOW + timedelta(days=1))


def _seen(model: Any) -> list[int]:
    with entered(SYSTEM):
        return list(model.objects.order_by("id").values_list("id", flat=True))


def _check() -> None:
    dues = queries.dues_of(SHARED_CASE)
    assert 0 <= dues.paid <= dues.due
    receipts = queries.lines(Receipt.objects.filter(unit_id=UNIT).order_by("id"))
    assert [r.number for r in receipts] == [f"BL26-{n:06d}" for n in range(1, len(receipts) + 1)]
    assert all(r.void_reason for r in receipts if r.voided_at)
    for close in DailyClose.objects.all():
        totals = queries.totals(queries.lines(queries.of_day(close.unit_id, close.day)))
        assert (totals.count, totals.total) == (close.receipts_count, close.total)


def test_two_counters_at_once_do_not_take_the_same_money_twice(django_db_blocker, django_db_setup) -> None:
    """Real connections: one wins, the other is told that nothing is open any more."""
    cases = f"({CASE}, {SHARED_CASE}, 950002)"
    sweep = (
        f"DELETE FROM journal_particular WHERE case_id IN {cases}",
        f"DELETE FROM journal_entry WHERE case_id IN {cases}",
        "DELETE FROM journal_command WHERE account_id IN (940051, 940052)",
        f"DELETE FROM fees_receipt WHERE case_id IN {cases}",
        f"DELETE FROM fees_charge WHERE case_id IN {cases}",
        f"DELETE FROM scope_sight WHERE case_id IN {cases}",
        "DELETE FROM numbering_series WHERE unit_id IN (940001, 940002)",
    )
    counter, told, paid = Counter(), [], []
    ready = threading.Barrier(2, timeout=30)

    def pay(actor: Any) -> None:
        ready.wait()
        try:
            paid.append(counter.pay(5_000, case_id=SHARED_CASE, actor=actor).number)
        except Refused as refused:
            told.append(refused.refusal.code)

    with django_db_blocker.unblock(), swept(*sweep):
        elsewhere(open_cases)
        elsewhere(lambda: counter.charge(NewCharge("Phí", 5_000), case_id=SHARED_CASE))
        clerks = [
            threading.Thread(target=elsewhere, args=(lambda actor=actor: pay(actor),))
            for actor in (counter.clerk, counter.stranger)
        ]
        for clerk in clerks:
            clerk.start()
        for clerk in clerks:
            clerk.join(60)
    assert (paid, told) == (["BL26-000001"], ["payment.nothing_due"])
