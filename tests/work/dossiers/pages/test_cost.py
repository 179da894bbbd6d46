"""What a step costs in statements, whatever the history: at most seven, and an assignment three."""

from uuid import uuid4

import pytest

from lienthong.core.scope.actions import entered
from lienthong.work.dossiers.actions import amending, ending, process, waiting
from lienthong.work.dossiers.values import Lack
from tests.work.dossiers.pages.conftest import Spent, Stage

pytestmark = pytest.mark.django_db
LACKS = (Lack("Giấy chứng sinh", "Luật Hộ tịch, Điều 16"),)


def test_a_step_costs_at_most_seven_statements_after_thirty_acts(stage: Stage, spent: Spent) -> None:
    dossier_id = stage.in_progress()
    for _ in range(14):
        stage.act(waiting.request_supplement, stage.worker, dossier_id, lacks=LACKS)
        stage.act(waiting.receive_supplement, stage.clerk, dossier_id)
    assert len(stage.told(dossier_id)) >= 30
    costs = {}
    for action, actor, words in (
        (
            amending.correct_dossier,
            stage.clerk,
            {"name": "phone", "value": "0900000999", "reason": "Gõ nhầm"},
        ),
        (process.assign_dossier, stage.head, {"to_post_id": stage.worker.post_id}),
        (process.take_up_dossier, stage.worker, {}),
        (waiting.request_supplement, stage.worker, {"lacks": LACKS}),
        (waiting.receive_supplement, stage.clerk, {"note": "Đủ"}),
        (process.propose_dossier, stage.worker, {"grants": True, "text": "Đủ", "basis": "Luật Hộ tịch"}),
        (process.submit_dossier, stage.worker, {}),
        (process.send_back_dossier, None, {"reason": "Thiếu căn cứ"}),
        (
            process.propose_dossier,
            stage.worker,
            {"grants": True, "text": "Đủ", "basis": "Luật", "submit": True},
        ),
        (process.approve_dossier, None, {}),
        (process.complete_dossier, stage.worker, {"result_number": "1", "result_summary": ""}),
        (ending.return_result, stage.clerk, {"returned_to": "Công dân"}),
    ):
        who = actor or stage.leader(dossier_id)
        with entered(who):
            costs[action.__name__] = len(
                spent(lambda a=action, w=who, k=words: a(actor=w, dossier_id=dossier_id, key=uuid4(), **k))  # type: ignore[misc]
            )
    assert max(costs.values()) <= 7, costs
    assert costs["assign_dossier"] <= 3 and costs["take_up_dossier"] <= 2, costs


def test_an_extension_costs_at_most_nine_with_its_letter(stage: Stage, spent: Spent) -> None:
    """A numbered letter is more than a step: its number and its frozen form are two statements more."""
    dossier_id = stage.in_progress()
    with entered(stage.head):
        cost = spent(
            lambda: amending.extend_dossier(
                actor=stage.head, dossier_id=dossier_id, key=uuid4(), days=2, cause="Xin lỗi"
            )
        )
    assert len(cost) <= 9, "\n".join(sql[:90] for sql in cost)
