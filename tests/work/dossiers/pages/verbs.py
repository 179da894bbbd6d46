"""Every verb of a dossier: from which state, whose act it is, what is sent, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.facilities.fees import actions as fees
from lienthong.facilities.fees.values import NewCharge
from lienthong.work.dossiers.actions import process, waiting
from lienthong.work.dossiers.values import Lack
from tests.work.dossiers.pages.conftest import Stage

Prepared = Callable[[Stage], int]


def proposed(stage: Stage) -> int:
    dossier_id = stage.in_progress()
    stage.act(process.propose_dossier, stage.worker, dossier_id, grants=True, text="Đủ", basis="Luật Hộ tịch")
    return dossier_id


def lacking(stage: Stage) -> int:
    dossier_id = stage.in_progress()
    lacks = (Lack("Giấy chứng sinh", "Luật Hộ tịch, Điều 16"),)
    stage.act(waiting.request_supplement, stage.worker, dossier_id, lacks=lacks)
    return dossier_id


def owing(stage: Stage) -> int:
    dossier_id = stage.in_progress()
    charge = NewCharge("Lệ phí cấp bản sao", 8_000, "NQ minh họa")
    with entered(stage.clerk):
        unit_id = stage.clerk.unit_id or 0
        fees.charge_fee(actor=stage.clerk, key=uuid4(), case_id=dossier_id, unit_id=unit_id, charge=charge)
    return dossier_id


def paid(stage: Stage) -> int:
    dossier_id = owing(stage)
    stage.act(waiting.request_payment, stage.worker, dossier_id)
    with entered(stage.clerk):
        fees.take_payment(actor=stage.clerk, key=uuid4(), case_id=dossier_id, amount=8_000, method="cash")
    return dossier_id


@dataclass(frozen=True)
class Verb:
    """Một việc: `words` gives what is sent; `required` is the word without which it is not done."""

    name: str
    prepared: Prepared
    actor: Callable[[Stage, int], Actor]
    event: str
    state: str
    words: Callable[[Stage], dict[str, Any]] = field(default=lambda stage: {})
    required: str = ""
    other: dict[str, Any] = field(default_factory=dict)


def worker(stage: Stage, _: int) -> Actor:
    return stage.worker


def clerk(stage: Stage, _: int) -> Actor:
    return stage.clerk


def head(stage: Stage, _: int) -> Actor:
    return stage.head


def chair(stage: Stage, _: int) -> Actor:
    return stage.cast.chair


def leader(stage: Stage, dossier_id: int) -> Actor:
    return stage.leader(dossier_id)


def says(**words: Any) -> Callable[[Stage], dict[str, Any]]:
    return lambda stage: words


LACK = {"rows": 1, "what_1": "Giấy chứng sinh bản chính", "basis_1": "Luật Hộ tịch, Điều 16"}
PROPOSAL = {"grants": "yes", "text": "Đủ điều kiện đăng ký", "basis": "Luật Hộ tịch, Điều 16"}
VERBS = [
    Verb(
        "assign", Stage.received, head, "dossier.assigned", "assigned",
        lambda stage: {"to_post_id": stage.worker.post_id}, "to_post_id",
    ),
    Verb("take_up", Stage.received, worker, "dossier.taken_up", "in_progress"),
    Verb(
        "propose", Stage.in_progress, worker, "dossier.proposed", "proposed", says(**PROPOSAL), "text",
        {"text": "Khác"},
    ),
    Verb("submit", proposed, worker, "dossier.submitted", "awaiting_approval"),
    Verb("approve", Stage.awaiting, leader, "dossier.approved", "approved"),
    Verb(
        "send_back", Stage.awaiting, leader, "dossier.sent_back", "in_progress",
        says(reason="Thiếu căn cứ cư trú"), "reason", {"reason": "Khác"},
    ),
    Verb(
        "complete", Stage.approved, worker, "dossier.completed", "completed",
        says(result_number="12/TLKS", result_summary="Trích lục"), "result_number", {"result_number": "13"},
    ),
    Verb(
        "return", Stage.completed, clerk, "dossier.returned", "returned",
        says(mode="counter", returned_to="Công dân 0123"), "returned_to", {"returned_to": "Công dân 9"},
    ),
    Verb(
        "request_supplement", Stage.in_progress, worker, "dossier.supplement_requested",
        "supplement_requested", says(**LACK), "basis_1", {"what_1": "Khác"},
    ),
    Verb(
        "receive_supplement", lacking, clerk, "dossier.supplement_received", "in_progress",
        says(note="Đủ giấy tờ"), "", {"note": "Khác"},
    ),
    Verb("request_payment", owing, worker, "dossier.payment_requested", "payment_requested"),
    Verb("settle_payment", paid, clerk, "dossier.payment_settled", "in_progress"),
    Verb(
        "refuse", Stage.received, clerk, "dossier.refused", "refused",
        says(**LACK, guidance="Nộp tại nơi cư trú"), "what_1", {"guidance": "Khác"},
    ),
    Verb(
        "halt", Stage.in_progress, chair, "dossier.halted", "halted",
        says(reason="Người nộp đã qua đời", basis="NĐ 118/2025/NĐ-CP"), "basis", {"reason": "Khác"},
    ),
    Verb(
        "withdraw", Stage.in_progress, clerk, "dossier.withdrawn", "withdrawn",
        says(reason="Không còn nhu cầu"), "reason", {"reason": "Khác"},
    ),
    Verb(
        "extend", Stage.in_progress, head, "dossier.extended", "in_progress",
        says(days=3, cause="Chờ xác minh, xin lỗi"), "cause", {"days": 4},
    ),
    Verb(
        "correct", Stage.in_progress, clerk, "dossier.corrected", "in_progress",
        says(name="phone", value="0900000999", reason="Gõ nhầm"), "reason", {"value": "0900000998"},
    ),
]  # fmt: skip
NAMES = [verb.name for verb in VERBS]
