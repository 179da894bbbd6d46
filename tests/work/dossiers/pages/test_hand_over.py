"""Handing a dossier to another unit, and asking others for an opinion, on the pages."""

from html import unescape
from uuid import uuid4

import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.casework.queries import course_of
from tests.cast import TAN_THUAN
from tests.work.dossiers.pages.conftest import Stage

pytestmark = pytest.mark.django_db


def offered(stage: Stage) -> tuple[int, int]:
    """A dossier that is offered to Tân Thuận, and the offer."""
    dossier_id = stage.in_progress()
    words = {"to_unit_id": stage.cast.unit_id(TAN_THUAN), "reason": "Nơi cư trú thuộc Tân Thuận"}
    assert stage.post(stage.browser(stage.worker), dossier_id, "offer", **words).status_code == 302
    with entered(SYSTEM):
        return dossier_id, course_of(dossier_id).offers[0].id


def asked(stage: Stage) -> tuple[int, int]:
    dossier_id = stage.in_progress()
    words = {
        "of": f"u{stage.cast.unit_id(TAN_THUAN)}",
        "question": "Đã đăng ký tại đây chưa?",
        "within_days": 2,
    }
    assert stage.post(stage.browser(stage.worker), dossier_id, "ask_opinion", **words).status_code == 302
    with entered(SYSTEM):
        return dossier_id, course_of(dossier_id).opinions[0].id


def test_until_it_is_accepted_the_offerer_stays_responsible(stage: Stage) -> None:
    dossier_id, _ = offered(stage)
    assert stage.dossier(dossier_id).case.responsible_unit_id == stage.worker.unit_id
    assert stage.told(dossier_id)[-1] == "case.offered"
    text = unescape(stage.browser(stage.worker).get(f"/dossiers/{dossier_id}/").content.decode())
    assert "Rút đề nghị" in text
    assert "Hãy rút đề nghị đó trước khi chuyển nơi khác" in text


def test_the_other_unit_accepts_and_the_promise_stays(stage: Stage) -> None:
    dossier_id, offer_id = offered(stage)
    before = stage.dossier(dossier_id).case
    other = stage.browser(stage.cast.neighbour_clerk)
    assert "Không nhận" in unescape(other.get(f"/dossiers/{dossier_id}/").content.decode())
    assert other.get(f"/dossiers/{dossier_id}/accept/{offer_id}/").status_code == 200
    key = uuid4()
    for _ in range(2):
        assert stage.post(other, dossier_id, f"accept/{offer_id}", key=key).status_code == 302
    after = stage.dossier(dossier_id).case
    assert after.responsible_unit_id == stage.cast.neighbour_clerk.unit_id
    assert (after.promised_at, after.due_at, after.hops) == (before.promised_at, before.due_at, 1)


def test_a_refusal_needs_its_reason_and_shows_on_the_page(stage: Stage) -> None:
    dossier_id, offer_id = offered(stage)
    other = stage.browser(stage.cast.neighbour_clerk)
    assert stage.post(other, dossier_id, f"refuse_offer/{offer_id}", reason="").status_code == 422
    done = stage.post(other, dossier_id, f"refuse_offer/{offer_id}", reason="Không thuộc địa bàn")
    assert done.status_code == 302
    text = unescape(stage.browser(stage.worker).get(f"/dossiers/{dossier_id}/").content.decode())
    assert "Không thuộc địa bàn" in text
    assert stage.dossier(dossier_id).case.responsible_unit_id == stage.worker.unit_id


def test_only_its_own_side_answers_or_takes_an_offer_back(stage: Stage) -> None:
    dossier_id, offer_id = offered(stage)
    own, other = stage.browser(stage.worker), stage.browser(stage.cast.neighbour_clerk)
    assert stage.post(own, dossier_id, f"accept/{offer_id}").status_code == 403
    assert stage.post(other, dossier_id, f"withdraw_offer/{offer_id}").status_code == 403
    assert stage.post(own, dossier_id, f"withdraw_offer/{offer_id}").status_code == 302
    late = stage.post(other, dossier_id, f"accept/{offer_id}")
    assert late.status_code == 409
    assert "Đề nghị này đã kết thúc" in unescape(late.content.decode())


def test_an_offer_of_another_dossier_is_not_found(stage: Stage) -> None:
    _, offer_id = offered(stage)
    mine = stage.in_progress()
    assert stage.post(stage.browser(stage.worker), mine, f"withdraw_offer/{offer_id}").status_code == 404


def test_the_asked_unit_answers_and_the_dossier_stays(stage: Stage) -> None:
    dossier_id, opinion_id = asked(stage)
    other = stage.browser(stage.cast.neighbour_clerk)
    assert "Đã đăng ký tại đây chưa?" in unescape(other.get(f"/dossiers/{dossier_id}/").content.decode())
    assert stage.post(other, dossier_id, f"give_opinion/{opinion_id}", answer="").status_code == 422
    done = stage.post(other, dossier_id, f"give_opinion/{opinion_id}", answer="Chưa từng đăng ký")
    assert done.status_code == 302
    assert stage.told(dossier_id)[-1] == "case.opinion_given"
    assert stage.dossier(dossier_id).case.responsible_unit_id == stage.worker.unit_id
    text = unescape(stage.browser(stage.worker).get(f"/dossiers/{dossier_id}/").content.decode())
    assert "Chưa từng đăng ký" in text


def test_nobody_else_answers_and_the_asker_may_stop_waiting(stage: Stage) -> None:
    dossier_id, opinion_id = asked(stage)
    own = stage.browser(stage.worker)
    assert stage.post(own, dossier_id, f"give_opinion/{opinion_id}", answer="Tự trả lời").status_code == 409
    stranger = stage.browser(stage.cast.stranger)
    assert stage.post(stranger, dossier_id, f"give_opinion/{opinion_id}", answer="x").status_code == 404
    assert stage.post(own, dossier_id, f"cancel_opinion/{opinion_id}").status_code == 302
    assert stage.told(dossier_id)[-1] == "case.opinion_cancelled"


def test_a_department_of_the_own_unit_can_be_asked(stage: Stage) -> None:
    dossier_id = stage.in_progress()
    words = {"of": f"b{stage.colleague.body_id}", "question": "Ý kiến phòng?", "within_days": 1}
    assert stage.post(stage.browser(stage.worker), dossier_id, "ask_opinion", **words).status_code == 302
    with entered(SYSTEM):
        opinion = course_of(dossier_id).opinions[0]
    assert (opinion.unit_id, opinion.body_id) == (stage.worker.unit_id, stage.colleague.body_id)
