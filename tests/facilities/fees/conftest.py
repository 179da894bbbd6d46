"""Two units at their counters, two cases, and the acts with everything filled in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.core.scope.actions import entered, open_case_to
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.facilities.documents.values import Letterhead
from lienthong.facilities.fees import actions
from lienthong.facilities.fees.models import Receipt
from lienthong.facilities.fees.values import Heading, NewCharge

UNIT, OTHER_UNIT = 940_001, 940_002
CASE, FOREIGN_CASE, SHARED_CASE = 950_001, 950_002, 950_003
NOW = datetime(2026, 11, 4, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 4)
COPY_FEE = NewCharge("Phí chứng thực bản sao", 6_000, "Văn bản thử nghiệm 01")
FORM_FEE = NewCharge("Lệ phí đăng ký", 50_000, "Văn bản thử nghiệm 02")
LETTERHEAD = Letterhead(
    parent_name="Ủy ban nhân dân phường Tân Hưng",
    agency_name="Trung tâm Phục vụ hành chính công",
    place="Tân Hưng",
    number=None,
    issued_on=TODAY,
)
HEADING = Heading(letterhead=LETTERHEAD, payer_name="Công dân 0123", code="MH-261104-0001")


def officer(unit_id: int, *duties: str) -> Actor:
    return Actor(
        account_id=unit_id + 50,
        post_id=unit_id + 60,
        unit_id=unit_id,
        duties=frozenset(duties),
        label="Cán bộ",
    )


CLERK = officer(UNIT, "reception", "fees")
LEADER = officer(UNIT, "approval")
STRANGER = officer(OTHER_UNIT, "reception", "fees")


@dataclass
class Counter:
    """The acts at a counter, each in its actor's scope."""

    clerk: Actor = CLERK
    leader: Actor = LEADER
    stranger: Actor = STRANGER

    def charge(self, *charges: NewCharge, actor: Actor | None = None, case_id: int = CASE) -> list[int]:
        actor = actor or self.clerk
        with entered(actor):
            return actions.add_charges(
                actor=actor,
                case_id=case_id,
                unit_id=actor.unit_id or 0,
                charges=charges or (COPY_FEE, FORM_FEE),
                at=NOW,
            )

    def pay(self, amount: int, actor: Actor | None = None, **given: Any) -> Receipt:
        actor = actor or self.clerk
        given = {"key": uuid4(), "case_id": CASE, "method": "cash", "at": NOW} | given
        with entered(actor):
            return actions.take_payment(actor=actor, amount=amount, **given)

    def void(
        self, receipt_id: int, actor: Actor | None = None, reason: str = "Thu nhầm", **given: Any
    ) -> None:
        actor = actor or self.clerk
        given = {"key": uuid4(), "at": NOW} | given
        with entered(actor):
            actions.void_receipt(actor=actor, receipt_id=receipt_id, reason=reason, **given)

    def waive(
        self, charge_id: int, actor: Actor | None = None, reason: str = "Hộ nghèo 0123", **given: Any
    ) -> None:
        actor = actor or self.clerk
        given = {"key": uuid4(), "at": NOW} | given
        with entered(actor):
            actions.waive_charge(actor=actor, charge_id=charge_id, reason=reason, **given)

    def close(self, day: date = TODAY, actor: Actor | None = None, **given: Any) -> Any:
        actor = actor or self.clerk
        given = {"key": uuid4(), "at": NOW} | given
        with entered(actor):
            return actions.close_day(actor=actor, day=day, **given)


def open_cases() -> None:
    with entered(SYSTEM):
        open_case_to(CASE, [UNIT], "received")
        open_case_to(FOREIGN_CASE, [OTHER_UNIT], "received")
        open_case_to(SHARED_CASE, [UNIT, OTHER_UNIT], "received")


@pytest.fixture
def counter(db: None) -> Iterator[Counter]:
    open_cases()
    yield Counter()


@pytest.fixture
def statements() -> Callable[[Callable[[], Any]], int]:
    """How many statements an act takes, transaction control and the change of scope not counted."""

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as seen:
            act()
        control = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config", "SELECT lienthong_unit")
        return sum(1 for query in seen.captured_queries if not query["sql"].startswith(control))

    return count
