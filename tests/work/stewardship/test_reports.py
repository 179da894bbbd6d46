"""Reports on delegated acts come by themselves when their period is over; each act is counted once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from lienthong.core.journal.actions import record
from lienthong.core.journal.events import Event, register_events
from lienthong.core.journal.models import Entry
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import now, today
from lienthong.facilities.documents.queries import render
from lienthong.mandate.competence.actions import revoke_delegation
from lienthong.mandate.competence.queries import take_snapshot
from lienthong.mandate.competence.values import Snapshot
from lienthong.work.stewardship.access import find_report
from lienthong.work.stewardship.actions.reporting import produce_reports
from lienthong.work.stewardship.models import DelegationReport
from lienthong.work.stewardship.queries.keeping import reported_until
from lienthong.work.stewardship.queries.papers import report_paper
from lienthong.work.stewardship.queries.rechecking import done_meanwhile
from lienthong.work.stewardship.rules.reporting import due_periods, periods
from tests.cast import NHA_BE, PROVINCE, TAN_HUNG, Cast
from tests.work.dossiers.stage import received
from tests.work.stewardship.rows import delegated

pytestmark = pytest.mark.django_db
register_events(Event("test.signed", "Ký thử"))


def signed(cast: Cast, delegation_id: int, days_ago: int) -> int:
    """An act under the delegation, as every room writes it: its number stands in the entry."""
    case = received(cast.clerk)
    at = now() - timedelta(days=days_ago)
    with entered(cast.head):
        record(
            "test.signed",
            subject=Subject("case", case.dossier_id, case.dossier_id),
            actor=cast.head,
            at=at,
            data={"delegation_id": delegation_id},
        )
    return case.dossier_id


def test_a_month_that_is_over_is_reported_once_with_its_acts(cast: Cast) -> None:
    delegation_id = delegated(cast)
    signed(cast, delegation_id, 20)
    signed(cast, delegation_id, 1)  # of the running month
    assert produce_reports(actor=SYSTEM) == 1 and produce_reports(actor=SYSTEM) == 0
    with entered(SYSTEM):
        report = DelegationReport.objects.get(delegation_id=delegation_id)
        assert report.acts == 1 and report.first_on == today() - timedelta(days=40)
        assert reported_until() == {delegation_id: report.last_on.toordinal() + 1}
        entry = Entry.objects.get(verb="stewardship.reported")
        assert entry.data["acts"] == 1 and "delegation_id" not in entry.data


def test_it_is_a_paper_of_the_unit_and_of_nobody_else(cast: Cast) -> None:
    delegation_id = delegated(cast)
    signed(cast, delegation_id, 20)
    produce_reports(actor=SYSTEM)
    with entered(cast.chair):
        report = DelegationReport.objects.get(delegation_id=delegation_id)
        paper = report_paper(find_report(cast.chair, report.pk))
        assert paper.acts[0].act == "Ký thử" and "12/QĐ-UQ" in paper.number
        assert render(paper).startswith(b"%PDF")
    stranger = cast.of(f"chutich.{NHA_BE}")
    with entered(stranger):
        assert DelegationReport.objects.count() == 0
        with pytest.raises(NotFound):
            find_report(stranger, report.pk)


def test_without_a_period_in_the_paper_nothing_is_reported(cast: Cast) -> None:
    delegated(cast, months=None)
    assert produce_reports(actor=SYSTEM) == 0


def test_a_revocation_ends_the_last_period(cast: Cast) -> None:
    delegation_id = delegated(cast, begins=today() - timedelta(days=10))
    with entered(cast.chair):
        revoke_delegation(
            actor=cast.chair, key=uuid4(), delegation_id=delegation_id, from_day=today(), reason="Đổi việc"
        )
    assert produce_reports(actor=SYSTEM, day=today() + timedelta(days=1)) == 1
    with entered(SYSTEM):
        assert DelegationReport.objects.get().last_on == today() - timedelta(days=1)


def test_periods_keep_their_day_and_end_with_the_term() -> None:
    told = list(periods(date(2027, 1, 31), date(2027, 4, 10), 1))
    assert [first for first, _last in told] == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]
    assert told[-1] == (date(2027, 3, 31), date(2027, 4, 9))
    assert list(periods(date(2028, 1, 29), date(2028, 3, 1), 1))[1][0] == date(2028, 2, 29)


def test_a_period_is_due_on_the_day_after_its_last() -> None:
    term = (date(2027, 1, 1), date(2027, 12, 31), 1)
    assert due_periods(*term, None, date(2027, 1, 31)) == []
    assert len(due_periods(*term, None, date(2027, 2, 1))) == 1
    assert due_periods(*term, date(2027, 1, 31), date(2027, 2, 1)) == []


def test_what_was_done_under_a_paper_revoked_from_an_earlier_day_is_a_finding(cast: Cast) -> None:
    delegation_id = delegated(cast)
    case_id = signed(cast, delegation_id, 2)
    with entered(SYSTEM):
        assert done_meanwhile(_snapshot()) == []
    with entered(cast.chair):
        from_day = today() - timedelta(days=5)
        revoke_delegation(
            actor=cast.chair, key=uuid4(), delegation_id=delegation_id, from_day=from_day, reason="Sai căn cứ"
        )
    with entered(SYSTEM):
        (found,) = done_meanwhile(_snapshot())
    assert found.code == "done_meanwhile" and found.data["cases"] == str(case_id)


def _snapshot() -> Snapshot:
    return take_snapshot(province=PROVINCE, unit_codes=[TAN_HUNG])
