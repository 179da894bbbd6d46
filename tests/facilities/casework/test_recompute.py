"""A new notice moves running due dates, never the first promise; what it does not touch stays."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.actions import acting_at, record_day_notice
from lienthong.core.workdays.enums import DayKind
from lienthong.core.workdays.queries import forget, now
from lienthong.facilities.casework.actions.recompute import recompute_due_dates
from lienthong.facilities.casework.models import Case
from tests.cast import Cast
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_a_day_off_moves_the_due_date_and_keeps_the_promise(cast: Cast) -> None:
    with acting_at(MONDAY):
        got = received(cast.clerk)
        with entered(SYSTEM):
            before = Case.objects.get(pk=got.dossier_id)
            off = before.due_at.date() if before.due_at else MONDAY.date()
            record_day_notice(
                actor=SYSTEM,
                key=uuid4(),
                day=off,
                kind=DayKind.OFF,
                name="Nghỉ theo thông báo",
                source="Thông báo thử nghiệm",
                confidence="verified",
            )
            forget()
            assert recompute_due_dates(actor=SYSTEM, day=off, at=now()) == 1
            assert recompute_due_dates(actor=SYSTEM, day=off, at=now()) == 0
            after = Case.objects.get(pk=got.dossier_id)
            assert recompute_due_dates(actor=SYSTEM, day=off + timedelta(days=60), at=now()) == 0
    forget()
    assert after.due_at and before.due_at and after.due_at > before.due_at
    assert after.promised_at == before.promised_at
    assert "case.due_recomputed" in [line.verb for line in timeline(got.dossier_id)]
