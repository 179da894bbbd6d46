"""Fees on the dossier's page: charged with a citation, paid with a receipt that opens to print, waived with a reason."""

from html import unescape
from uuid import uuid4

import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.fees.queries import charges_of, dues_of
from tests.work.dossiers.pages.conftest import Stage
from tests.work.dossiers.pages.verbs import owing

pytestmark = pytest.mark.django_db


def dues(dossier_id: int) -> tuple[int, int]:
    with entered(SYSTEM):
        found = dues_of(dossier_id)
    return found.due, found.open


def test_a_typed_charge_needs_its_citation_and_keeps_the_sum(stage: Stage) -> None:
    dossier_id = stage.received()
    browser = stage.browser(stage.clerk)
    back = stage.post(browser, dossier_id, "charge", label="Lệ phí", amount=12_000, citation="")
    assert back.status_code == 422
    assert "12000" in back.content.decode()
    done = stage.post(browser, dossier_id, "charge", label="Lệ phí", amount=12_000, citation="NQ 1/2026")
    assert done.status_code == 302
    assert dues(dossier_id) == (12_000, 12_000)
    assert stage.told(dossier_id)[-1] == "fee.charged"


def test_paying_twice_with_one_key_takes_the_money_once(stage: Stage) -> None:
    dossier_id, key = owing(stage), uuid4()
    browser = stage.browser(stage.clerk)
    first = stage.post(browser, dossier_id, "pay", amount=8_000, method="cash", key=key)
    again = stage.post(browser, dossier_id, "pay", amount=8_000, method="cash", key=key)
    assert first["Location"] == again["Location"]
    assert dues(dossier_id) == (8_000, 0)
    paper = browser.get(f"/papers/forms/{first['Location'].rpartition('print=')[2]}.pdf")
    assert paper.content.startswith(b"%PDF")


def test_more_than_is_open_is_refused_and_the_sum_stays(stage: Stage) -> None:
    dossier_id = owing(stage)
    back = stage.post(stage.browser(stage.clerk), dossier_id, "pay", amount=9_000, method="cash")
    text = unescape(back.content.decode())
    assert (back.status_code, dues(dossier_id)) == (409, (8_000, 8_000))
    assert "Chỉ còn phải thu 8.000" in text
    assert 'value="9000"' in text


def test_a_post_without_the_duty_takes_no_money(stage: Stage) -> None:
    dossier_id = owing(stage)
    back = stage.post(stage.browser(stage.worker), dossier_id, "pay", amount=8_000, method="cash")
    assert back.status_code == 403
    assert dues(dossier_id) == (8_000, 8_000)


def test_a_result_is_not_returned_before_the_fee_is_paid(stage: Stage) -> None:
    dossier_id = stage.completed()
    browser = stage.browser(stage.clerk)
    stage.post(browser, dossier_id, "charge", label="Lệ phí", amount=8_000, citation="NQ 1/2026")
    words = {"mode": "counter", "returned_to": "Công dân 0123"}
    back = stage.post(browser, dossier_id, "return", **words)
    assert back.status_code == 409
    assert "8.000" in unescape(back.content.decode())
    stage.post(browser, dossier_id, "pay", amount=8_000, method="transfer")
    assert stage.post(browser, dossier_id, "return", **words).status_code == 302


def test_a_waiver_needs_a_reason_and_concerns_this_dossier_only(stage: Stage) -> None:
    dossier_id, other = owing(stage), owing(stage)
    browser = stage.browser(stage.clerk)
    with entered(SYSTEM):
        own, foreign = charges_of(dossier_id)[0].id, charges_of(other)[0].id
    assert stage.post(browser, dossier_id, "waive", charge_id=own, reason="").status_code == 422
    assert stage.post(browser, dossier_id, "waive", charge_id=foreign, reason="Hộ nghèo").status_code == 422
    assert dues(other) == (8_000, 8_000)
    key = uuid4()
    for _ in range(2):
        done = stage.post(browser, dossier_id, "waive", charge_id=own, reason="Hộ nghèo", key=key)
        assert done.status_code == 302
    assert dues(dossier_id) == (0, 0)
    assert "Hộ nghèo" in unescape(browser.get(f"/dossiers/{dossier_id}/").content.decode())
