"""The page of a dossier: the answer line, the acts, how the date came about, and what the page costs."""

from html import unescape
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.journal.models import Reading
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.documents.actions import attach_file
from lienthong.work.dossiers.actions import amending, ending, waiting
from lienthong.work.dossiers.values import Lack
from lienthong.work.dossiers.views.acts import asked_of
from tests.work.dossiers.pages.conftest import Spent, Stage

pytestmark = pytest.mark.django_db
LACKS = (Lack("Giấy chứng sinh", "Luật Hộ tịch, Điều 16"), Lack("Giấy tờ tùy thân", "NĐ 123/2015/NĐ-CP"))


def read(stage: Stage, actor: Any, dossier_id: int) -> str:
    page = stage.browser(actor).get(f"/dossiers/{dossier_id}/")
    assert page.status_code == 200
    return unescape(page.content.decode())


@pytest.mark.parametrize("state", ["received", "in_progress", "awaiting", "approved", "completed"])
def test_it_opens_in_every_state_for_everybody_of_the_unit(stage: Stage, state: str) -> None:
    dossier_id = getattr(stage, state)()
    for actor in (stage.clerk, stage.worker, stage.head, stage.cast.chair):
        assert stage.dossier(dossier_id).case.code.rpartition("-")[2] in read(stage, actor, dossier_id)


def test_it_says_who_holds_it_until_when_and_what_next(stage: Stage) -> None:
    text = read(stage, stage.worker, stage.in_progress())
    assert "Chuyên viên 1 Văn phòng P. Tân Hưng" in text
    assert "Đề xuất và trình" in text
    assert "còn " in text


def test_a_stranger_finds_nothing_and_the_try_is_written_down(stage: Stage) -> None:
    dossier_id = stage.received()
    assert stage.browser(stage.cast.stranger).get(f"/dossiers/{dossier_id}/").status_code == 404
    assert stage.browser(stage.cast.stranger).get("/dossiers/999999999/").status_code == 404
    with entered(SYSTEM):
        tries = Reading.objects.filter(subject_kind="dossier", subject_id=dossier_id, allowed=False)
        assert tries.count() == 1


def test_a_reading_is_written_down_once_a_view(stage: Stage) -> None:
    dossier_id = stage.received()
    read(stage, stage.clerk, dossier_id)
    with entered(SYSTEM):
        readings = Reading.objects.filter(subject_kind="dossier", subject_id=dossier_id, allowed=True)
        assert list(readings.values_list("account_id", "purpose")) == [
            (stage.clerk.account_id, "dossier_page")
        ]


def test_a_greyed_act_and_a_post_say_the_same_sentence(stage: Stage) -> None:
    dossier_id = stage.in_progress()
    text = read(stage, stage.worker, dossier_id)
    with entered(stage.worker):
        refused = {a.verb: a.refusal for a in asked_of(stage.worker, stage.dossier(dossier_id)) if a.refusal}
    for verb, address in (("approve", "approve"), ("return_result", "return"), ("assign", "assign")):
        sentence = refused[verb].sentence  # type: ignore[union-attr]
        words = {"to_post_id": stage.worker.post_id, "mode": "counter", "returned_to": "Công dân"}
        sent = stage.post(stage.browser(stage.worker), dossier_id, address, **words)
        assert sent.status_code in (403, 409)
        assert sentence in text
        assert sentence in unescape(sent.content.decode())


def test_an_act_of_another_ones_duty_names_the_duty(stage: Stage) -> None:
    assert "là việc của vị trí có nhiệm vụ “xử lý hồ sơ”" in read(stage, stage.clerk, stage.in_progress())


def test_the_extended_date_is_explained_and_the_first_promise_kept(stage: Stage) -> None:
    dossier_id = stage.in_progress()
    stage.act(amending.extend_dossier, stage.head, dossier_id, days=3, cause="Chờ xác minh, xin lỗi ông bà")
    text = read(stage, stage.worker, dossier_id)
    for words in ("hẹn cũ, được gia hạn", "hẹn lần đầu", "Gia hạn lần 1", "Chờ xác minh, xin lỗi ông bà"):
        assert words in text


def test_a_paused_dossier_lists_every_lack_with_its_basis(stage: Stage) -> None:
    dossier_id = stage.in_progress()
    stage.act(waiting.request_supplement, stage.worker, dossier_id, lacks=LACKS)
    text = read(stage, stage.clerk, dossier_id)
    for words in ("Giấy chứng sinh", "NĐ 123/2015/NĐ-CP", "chưa bổ sung", "tạm dừng", "đang chờ"):
        assert words in text


def test_a_second_supplement_counts_as_late(stage: Stage) -> None:
    dossier_id = stage.in_progress()
    for _ in range(2):
        stage.act(waiting.request_supplement, stage.worker, dossier_id, lacks=LACKS)
        stage.act(waiting.receive_supplement, stage.clerk, dossier_id)
    assert "tính là trễ hạn" in read(stage, stage.clerk, dossier_id)


def test_a_correction_keeps_the_old_value_in_sight(stage: Stage) -> None:
    dossier_id = stage.received()
    words = {"name": "phone", "value": "0900000999", "reason": "Gõ nhầm số"}
    stage.act(amending.correct_dossier, stage.clerk, dossier_id, **words)
    text = read(stage, stage.clerk, dossier_id)
    assert "0900000123" in text
    assert "0900000999" in text
    assert "Gõ nhầm số" in text


def test_a_file_that_was_not_scanned_says_so(stage: Stage) -> None:
    dossier_id = stage.received()
    pdf = BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    with entered(stage.clerk):
        words = {"case_id": dossier_id, "party_id": None, "paper": "Tờ khai", "name": "to-khai.pdf"}
        attach_file(actor=stage.clerk, key=uuid4(), upload=pdf, **words)  # type: ignore[arg-type]
    assert "chưa quét" in read(stage, stage.clerk, dossier_id)


def test_an_ended_dossier_says_so_and_offers_no_act_of_the_road(stage: Stage) -> None:
    dossier_id = stage.completed()
    stage.act(ending.return_result, stage.clerk, dossier_id, returned_to="Công dân 0007")
    text = read(stage, stage.clerk, dossier_id)
    assert "Đã kết thúc" in text
    assert "Công dân 0007" in text
    assert f"/dossiers/{dossier_id}/take_up/" not in text
    assert f"/dossiers/{dossier_id}/return/" not in text


def test_a_form_just_issued_opens_ready_to_print(stage: Stage) -> None:
    dossier_id = stage.in_progress()
    lack = {"rows": 1, "what_1": "Giấy chứng sinh", "basis_1": "Luật Hộ tịch"}
    browser = stage.browser(stage.worker)
    done = stage.post(browser, dossier_id, "request_supplement", **lack)
    text = browser.get(done["Location"]).content.decode()
    form_id = done["Location"].rpartition("print=")[2]
    assert f'href="/papers/forms/{form_id}.pdf"' in text
    assert "data-open-print" in text
    drawn = browser.get(f"/papers/forms/{form_id}.pdf")
    assert drawn.content.startswith(b"%PDF")


def test_the_control_slip_is_drawn_from_the_journal(stage: Stage) -> None:
    dossier_id = stage.awaiting()
    drawn = stage.browser(stage.worker).get(f"/dossiers/{dossier_id}/control_slip.pdf")
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "application/pdf")
    assert (
        stage.browser(stage.cast.stranger).get(f"/dossiers/{dossier_id}/control_slip.pdf").status_code == 404
    )


def test_the_page_costs_the_same_whatever_the_history(stage: Stage, spent: Spent) -> None:
    dossier_id = stage.in_progress()
    browser = stage.browser(stage.worker)
    browser.get(f"/dossiers/{dossier_id}/")
    short = spent(lambda: browser.get(f"/dossiers/{dossier_id}/"))
    for _ in range(12):
        stage.act(waiting.request_supplement, stage.worker, dossier_id, lacks=LACKS)
        stage.act(waiting.receive_supplement, stage.clerk, dossier_id)
    assert len(stage.told(dossier_id)) >= 27
    browser.get(f"/dossiers/{dossier_id}/")  # what a process remembers for half a minute is not counted
    long = spent(lambda: browser.get(f"/dossiers/{dossier_id}/"))
    assert len(long) <= len(short) <= 16, "\n".join(sql[:90] for sql in short)
