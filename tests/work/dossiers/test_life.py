"""A dossier's whole life through the actions, and what each act costs, however long the history."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.core.journal.queries import timeline
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.people.organisation.enums import BodyKind
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.ending import return_result
from lienthong.work.dossiers.actions.process import (
    approve_dossier,
    assign_dossier,
    complete_dossier,
    propose_dossier,
    send_back_dossier,
    take_up_dossier,
)
from lienthong.work.dossiers.actions.receive import receive_dossier
from lienthong.work.dossiers.actions.waiting import receive_supplement, request_supplement
from lienthong.work.dossiers.models import Decision
from lienthong.work.dossiers.values import Lack
from tests.cast import Cast
from tests.work.dossiers.stage import intake, received

pytestmark = pytest.mark.django_db

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")
RECEIVE_AT_MOST, STEP_AT_MOST = 1, 7


def spent(act: Callable[..., Any], actor: Actor, **values: Any) -> int:
    """How many statements an act takes, transaction control not counted."""
    with entered(actor), CaptureQueriesContext(connection) as seen:
        act(actor=actor, key=uuid4(), **values)
    return sum(not query["sql"].startswith(CONTROL) for query in seen)


def leader_of(cast: Cast, dossier_id: int) -> Actor:
    """Who holds it for approval: the leader in charge by assignment, else the Chair."""
    with entered(cast.chair):
        holder = find_dossier(cast.chair, dossier_id).case.holder_id
    return next(a for a in (cast.chair, cast.vice_chair, cast.director) if a.post_id == holder)


def test_from_the_counter_to_the_result(cast: Cast) -> None:
    head, worker = cast.head_of(BodyKind.OFFICE), cast.specialist_in(BodyKind.OFFICE)
    received(cast.clerk)  # what a process keeps in mind (unit, calendar) is there as it is in service
    with entered(cast.clerk):
        wanted = intake("079190000777")
    number = {"dossier_id": 0}

    def receive(**values: Any) -> None:
        number["dossier_id"] = receive_dossier(intake=wanted, **values).dossier_id

    costs = {"receive": spent(receive, cast.clerk)}
    costs["assign"] = spent(assign_dossier, head, to_post_id=worker.post_id, **number)
    costs["take_up"] = spent(take_up_dossier, worker, **number)
    proposal = {"grants": True, "text": "Đủ điều kiện", "basis": "Luật Hộ tịch", "submit": True}
    costs["propose"] = spent(propose_dossier, worker, **proposal, **number)
    leader = leader_of(cast, number["dossier_id"])
    costs["send_back"] = spent(send_back_dossier, leader, reason="Thiếu căn cứ", **number)
    costs["propose again"] = spent(propose_dossier, worker, **proposal, **number)
    costs["approve"] = spent(approve_dossier, leader, **number)
    costs["complete"] = spent(
        complete_dossier, worker, result_number="01/2026", result_summary="Giấy khai sinh", **number
    )
    costs["return"] = spent(return_result, cast.clerk, returned_to="Công dân 0777", **number)

    assert costs.pop("receive") <= RECEIVE_AT_MOST
    assert {name: cost for name, cost in costs.items() if cost > STEP_AT_MOST} == {}
    with entered(cast.clerk):
        case = find_dossier(cast.clerk, number["dossier_id"]).case
        decision = Decision.objects.filter(dossier_id=case.pk).latest("id")
    assert (case.state, case.outcome, case.on_time) == ("returned", "done", True)
    assert decision.answer["leader_post_id"] == leader.post_id
    assert [line.verb for line in timeline(case.pk)] == [
        "dossier.received",
        "dossier.assigned",
        "dossier.taken_up",
        "dossier.submitted",
        "dossier.sent_back",
        "dossier.submitted",
        "dossier.approved",
        "dossier.completed",
        "dossier.returned",
    ]


def test_a_step_costs_the_same_after_a_long_history(cast: Cast) -> None:
    head = cast.head_of(BodyKind.OFFICE)
    posts = [cast.specialist_in(BodyKind.OFFICE, number).post_id for number in (1, 2)]
    got = received(cast.clerk)
    costs = [
        spent(assign_dossier, head, dossier_id=got.dossier_id, to_post_id=posts[turn % 2])
        for turn in range(30)
    ]
    assert len(timeline(got.dossier_id)) == 31
    # The first one may have to ask who works in the unit; from then on that is remembered.
    assert set(costs[1:]) == {costs[1]} and costs[1] <= costs[0] <= STEP_AT_MOST


def test_the_clock_stands_while_papers_are_lacking_and_the_second_request_counts_as_late(cast: Cast) -> None:
    got = received(cast.clerk)
    lacks = [Lack("Tờ khai", "NĐ 118/2025/NĐ-CP")]
    for sequence in (1, 2):
        cost = spent(request_supplement, cast.clerk, dossier_id=got.dossier_id, lacks=lacks)
        assert cost <= STEP_AT_MOST
        with entered(cast.clerk):
            dossier = find_dossier(cast.clerk, got.dossier_id)
        case = dossier.case
        assert (case.state, case.due_at, dossier.supplement_count) == ("supplement_requested", None, sequence)
        assert case.remaining is not None and case.remaining > 0
        assert case.late_by_rule is (sequence == 2)
        assert spent(receive_supplement, cast.clerk, dossier_id=got.dossier_id) <= STEP_AT_MOST
        with entered(cast.clerk):
            case = find_dossier(cast.clerk, got.dossier_id).case
        assert (case.state, case.remaining) == ("received", None)
        assert case.due_at and case.due_at >= case.promised_at
