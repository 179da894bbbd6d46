"""Two workers on one channel, with real commits: each message is taken once, and marked before it is handed over."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.notifications.actions import send_waiting
from lienthong.facilities.notifications.enums import MessageState as S
from lienthong.facilities.notifications.enums import Verdict
from lienthong.facilities.notifications.models import Message, MessageAddress, MessageRule
from lienthong.facilities.notifications.values import Answer, Parcel
from tests.core.apart import as_owner, elsewhere, swept
from tests.facilities.notifications.conftest import NOON

CASES = range(-7100, -7060)
SWEEP = (
    "DELETE FROM notifications_messageaddress WHERE message_id IN"
    " (SELECT id FROM notifications_message WHERE case_id BETWEEN -7100 AND -7000)",
    "DELETE FROM notifications_message WHERE case_id BETWEEN -7100 AND -7000",
    "DELETE FROM notifications_channelhealth",
    "DELETE FROM notifications_messagerule",
    "DELETE FROM journal_entry WHERE case_id BETWEEN -7100 AND -7000",
)


def write() -> None:
    """Messages that wait, and no quiet hours whatever the time of this run."""
    with entered(SYSTEM):
        MessageRule.objects.create(quiet_from="00:00", quiet_to="00:00", keep_days=30, set_at=NOON)
        for case in CASES:
            row = Message.objects.create(
                case_id=case,
                entry_id=-case,
                unit_id=1,
                template="ready",
                channel="sms",
                text="Đã có kết quả",
                created_at=NOON - timedelta(days=30),
                next_try_at=NOON - timedelta(days=30),
            )
            MessageAddress.objects.create(message=row, unit_id=1, address="0900000123")


@pytest.fixture
def waiting(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), swept(*SWEEP):
        elsewhere(write)
        yield
        connection.close()


class Watching:
    """A carrier that looks, from outside the worker's transaction, at how its message is marked meanwhile."""

    repeatable = False

    def __init__(self) -> None:
        self.taken: list[UUID] = []
        self.marks: set[str] = set()

    def send(self, parcel: Parcel) -> Answer:
        with as_owner() as owner:
            seen = owner.execute(
                "SELECT state FROM notifications_message WHERE reference = %s", [parcel.reference]
            )
            self.marks |= {state for (state,) in seen}
        time.sleep(0.005)
        self.taken.append(parcel.reference)
        return Answer(Verdict.ACCEPTED)


def test_two_workers_send_each_message_once(waiting: None) -> None:
    carrier = Watching()

    def work() -> None:
        elsewhere(lambda: send_waiting(actor=SYSTEM, channel="sms", carrier=carrier))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(carrier.taken) == len(set(carrier.taken)) == len(CASES)
    assert carrier.marks == {S.SENDING}
    with as_owner() as owner:
        states = owner.execute("SELECT DISTINCT state FROM notifications_message WHERE case_id < -7000")
        assert [state for (state,) in states] == [S.SENT]


def test_a_worker_that_dies_leaves_one_message_marked_and_no_other_taken(waiting: None) -> None:
    class Dies(Watching):
        def send(self, parcel: Parcel) -> Answer:
            super().send(parcel)
            raise SystemExit

    carrier = Dies()
    with pytest.raises(SystemExit):
        elsewhere(lambda: send_waiting(actor=SYSTEM, channel="sms", carrier=carrier))
    assert len(carrier.taken) == 1
    later = Watching()
    elsewhere(lambda: send_waiting(actor=SYSTEM, channel="sms", carrier=later, limit=100))
    assert len(later.taken) == len(CASES) - 1 and carrier.taken[0] not in later.taken
