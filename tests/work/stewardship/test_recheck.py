"""An entry that reaches back is held against what was done before it was entered."""

from datetime import timedelta
from uuid import uuid4

import pgtrigger
import pytest
from django.utils import timezone

from lienthong.core.journal.events import check_event
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.facilities.casework.models import Case
from lienthong.mandate.competence.actions import assign_work, end_assignment
from lienthong.mandate.competence.enums import AssignedDuty
from lienthong.mandate.competence.models import WorkAssignment
from lienthong.mandate.competence.queries import responsible_for, take_snapshot
from lienthong.people.organisation.queries import posts_of_unit
from lienthong.work.dossiers.actions.process import approve_dossier
from lienthong.work.stewardship.queries.approving import ACTS
from lienthong.work.stewardship.queries.rechecking import done_meanwhile, recheck
from lienthong.work.stewardship.values import Noted
from tests.cast import PROVINCE, TAN_HUNG, Cast
from tests.work.dossiers.pages.conftest import Stage
from tests.work.dossiers.pages.conftest import stage as stage
from tests.work.dossiers.stage import received
from tests.work.stewardship.rows import TASK

pytestmark = pytest.mark.django_db


def assigned(cast: Cast, post_id: int, days_ago: int) -> int:
    with entered(cast.chair):
        return assign_work(
            actor=cast.chair,
            key=uuid4(),
            unit_id=cast.chair.unit_id or 0,
            subject_key=f"task:{TASK}",
            duty=AssignedDuty.PROCESSING,
            post_id=post_id,
            valid_from=today() - timedelta(days=days_ago),
            instrument_text="QĐ 5/QĐ-UBND",
        )


def recorded(tenths: int) -> None:
    """The cases as recorded some tenths of a second from now: within a test's one transaction everything has one moment."""
    with entered(SYSTEM):
        Case.objects.update(recorded_at=timezone.now() + timedelta(milliseconds=100 * tenths))


def found() -> list[Noted]:
    with entered(SYSTEM):
        return done_meanwhile(take_snapshot(province=PROVINCE, unit_codes=[TAN_HUNG]))


def test_a_case_that_went_to_another_post_meanwhile_is_named(cast: Cast) -> None:
    case = received(cast.clerk)
    recorded(-1)
    row_id = assigned(cast, _other(cast), 10)
    (one,) = found()
    assert one.code == "done_meanwhile" and one.data["cases"] == str(case.dossier_id) and one.tasks == (TASK,)
    with entered(SYSTEM):
        snapshot = take_snapshot(province=PROVINCE, unit_codes=[TAN_HUNG])
        assert recheck("assignment", row_id, snapshot) == one
        assert recheck("assignment", row_id + 1, snapshot) is None


def test_what_agrees_with_the_late_entry_is_no_finding(cast: Cast) -> None:
    received(cast.clerk)
    recorded(-1)
    holder = _holder(cast)
    assigned(cast, holder, 10)
    assert found() == []


def test_a_case_received_after_the_entry_was_made_is_no_finding(cast: Cast) -> None:
    assigned(cast, _other(cast), 10)
    received(cast.clerk)
    recorded(1)
    assert found() == []


def test_an_approval_by_a_leader_whose_field_was_taken_back_before_is_named(stage: Stage) -> None:
    cast = stage.cast
    row_id = _leading(cast, 10)
    dossier_id = stage.awaiting()
    stage.act(approve_dossier, cast.vice_chair, dossier_id)
    assert found() == []
    _ended(cast, row_id, 5)
    (one,) = found()
    assert one.code == "done_meanwhile" and one.data["cases"] == str(dossier_id) and one.tasks == (TASK,)
    assert one.since_on == today() - timedelta(days=5)


def test_the_chairs_own_approval_needs_no_assignment(stage: Stage) -> None:
    cast = stage.cast
    row_id = _leading(cast, 10)
    dossier_id = stage.awaiting()
    stage.act(approve_dossier, cast.chair, dossier_id)
    _ended(cast, row_id, 5)
    assert found() == []


def test_an_end_that_lies_ahead_looks_back_at_nothing(stage: Stage) -> None:
    cast = stage.cast
    row_id = _leading(cast, 10)
    dossier_id = stage.awaiting()
    stage.act(approve_dossier, cast.vice_chair, dossier_id)
    _ended(cast, row_id, -5)
    assert found() == []


def test_every_act_that_is_rechecked_is_an_act_of_the_journal() -> None:
    for verb in ACTS:
        assert check_event(verb).name == verb


def _leading(cast: Cast, days_ago: int) -> int:
    """The Vice Chair is in charge of the task, as entered before anything was done."""
    with entered(cast.chair):
        return assign_work(
            actor=cast.chair,
            key=uuid4(),
            unit_id=cast.chair.unit_id or 0,
            subject_key=f"task:{TASK}",
            duty=AssignedDuty.APPROVAL,
            post_id=cast.vice_chair.post_id or 0,
            valid_from=today() - timedelta(days=days_ago),
            instrument_text="QĐ 6/QĐ-UBND",
        )


def _ended(cast: Cast, row_id: int, days_ago: int) -> None:
    """The assignment ended so many days ago, as entered after everything else.

    A test's transaction has one moment: the entry's is moved to the real time, past the trigger that fixes it.
    """
    with entered(cast.chair):
        end_assignment(
            actor=cast.chair,
            key=uuid4(),
            assignment_id=row_id,
            valid_to=today() - timedelta(days=days_ago),
        )
    with entered(SYSTEM), pgtrigger.ignore("competence.WorkAssignment:no_assignment_is_edited"):
        WorkAssignment.objects.filter(replaces_id=row_id).update(recorded_at=timezone.now())


def _holder(cast: Cast) -> int:
    """Who answers for the task today."""
    return responsible_for(TASK, cast.chair.unit_id or 0, today()).post_id or 0


def _other(cast: Cast) -> int:
    """Another post of the same body."""
    answer = responsible_for(TASK, cast.chair.unit_id or 0, today())
    posts = posts_of_unit(cast.chair.unit_id or 0, today())
    return next(one.id for one in posts if one.body_id == answer.body_id and one.id != answer.post_id)
