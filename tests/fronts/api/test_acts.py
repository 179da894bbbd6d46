"""Supplement, payment, withdrawal, files, status and changes over HTTP."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.casework.models import Case
from lienthong.facilities.documents.models import Attachment, FileOrder
from lienthong.facilities.fees.actions import charge_fee
from lienthong.facilities.fees.values import NewCharge
from lienthong.fronts.api import queries
from lienthong.people.organisation.models import UnitFact
from lienthong.people.organisation.queries import forget_units
from lienthong.work.dossiers.actions.online import accept_dossier
from lienthong.work.dossiers.actions.waiting import request_supplement
from lienthong.work.dossiers.values import Lack
from tests.cast import TAN_HUNG, Cast
from tests.fronts.api.conftest import Portal, Registered, dossier, problem, told
from tests.work.dossiers.pages.test_papers import PDF

pytestmark = pytest.mark.django_db


def case_of(code: str) -> Case:
    with entered(SYSTEM):
        return Case.objects.get(code=code)


def lacking(portal: Portal, cast: Cast) -> str:
    code = portal.lodged()["code"]
    with entered(cast.clerk):
        lacks = (Lack("Giấy chứng sinh", "Luật Hộ tịch, Điều 16"),)
        request_supplement(actor=cast.clerk, dossier_id=case_of(code).pk, key=uuid4(), lacks=lacks)
    return str(code)


def uploaded(
    portal: Portal, code: str, content: bytes, key: Any = None, name: str = "don.pdf"
) -> HttpResponse:
    return portal.browser.post(  # type: ignore[return-value]
        f"/api/v1/dossiers/{code}/attachments",
        {"file": SimpleUploadedFile(name, content), "paper": "Tờ khai"},
        headers={**portal._headers(), "Idempotency-Key": str(key or uuid4())},
    )


def test_the_status_by_our_code_and_by_theirs(portal: Portal) -> None:
    lodged = portal.lodged()
    status = told(portal.get(f"/dossiers/{lodged['code']}"))
    found = told(portal.get("/dossiers", external_code=lodged["external_code"]))
    assert found["items"] == [status] and status["status"]["code"] == "1"
    assert status["due_at"] == status["promised_at"] == lodged["due_at"]
    assert "0123" not in str(status)
    assert told(portal.get("/dossiers", external_code="G22-none")) == {"items": []}


def test_another_clients_dossier_looks_as_if_it_were_not_there(
    portal: Portal, registered: Registered
) -> None:
    code, other = portal.lodged()["code"], registered()
    for path in (code, "MH.79.27.475-991231-0001"):
        problem(other.get(f"/dossiers/{path}"), 404, "not_found")
        problem(other.post(f"/dossiers/{path}/withdrawal", {"reason": "x"}), 404, "not_found")
        problem(other.post(f"/dossiers/{path}/supplements", {}), 404, "not_found")
        problem(other.post(f"/dossiers/{path}/payments", {"reference": "a", "amount": 1}), 404, "not_found")
        problem(uploaded(other, path, PDF), 404, "not_found")


def test_a_supplement_answers_what_was_asked_for(portal: Portal, cast: Cast) -> None:
    code, key = lacking(portal, cast), uuid4()
    status = told(portal.get(f"/dossiers/{code}"))
    assert status["status"]["code"] == "5" and status["due_at"] is None
    assert status["lacks"] == [{"what": "Giấy chứng sinh", "basis": "Luật Hộ tịch, Điều 16"}]
    first, again = (portal.post(f"/dossiers/{code}/supplements", {"note": "Đã tải"}, key) for _ in range(2))
    assert told(first) == told(again) and told(first)["status"]["code"] == "1" and told(first)["due_at"]
    assert again["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
    assert told(portal.get(f"/dossiers/{code}"))["lacks"] == []
    problem(portal.post(f"/dossiers/{code}/supplements", {}), 409, "lifecycle.state")


def test_a_withdrawal_ends_it(portal: Portal) -> None:
    code = portal.lodged()["code"]
    assert told(portal.post(f"/dossiers/{code}/withdrawal", {"reason": "Nộp nhầm"}))["status"]["code"] == "7"
    problem(portal.post(f"/dossiers/{code}/withdrawal", {"reason": "Nộp nhầm"}), 409, "lifecycle.state")


def test_a_payment_beyond_what_is_open_is_refused_and_one_within_gives_a_receipt(
    portal: Portal, cast: Cast
) -> None:
    code = portal.lodged(quantity=3)["code"]
    with entered(cast.clerk):
        accept_dossier(actor=cast.clerk, dossier_id=(case_id := case_of(code).pk), key=uuid4())

    def paid(amount: int) -> HttpResponse:
        return portal.post(f"/dossiers/{code}/payments", {"reference": "TT-1", "amount": amount})

    problem(paid(1), 409, "payment.nothing_due")
    unit, charge = cast.clerk.unit_id or 0, NewCharge("Lệ phí", 8_000, "NQ minh họa")
    with entered(cast.clerk):
        charge_fee(actor=cast.clerk, key=uuid4(), case_id=case_id, unit_id=unit, charge=charge)
    owed = told(portal.get(f"/dossiers/{code}"))["fees"]["open"]
    assert owed == 8_000
    problem(paid(owed + 1), 409, "payment.too_much")
    answer = paid(owed)
    assert answer.status_code == 201 and told(answer)["fees"] == {"due": owed, "paid": owed, "open": 0}


def test_a_file_is_kept_once_for_a_key_and_only_as_what_it_is(
    portal: Portal, settings: Any, tmp_path: Any
) -> None:
    settings.FILES_ROOT = tmp_path
    code, key = portal.lodged()["code"], uuid4()
    first, again = uploaded(portal, code, PDF, key), uploaded(portal, code, PDF, key)
    assert (first.status_code, told(first)) == (201, told(again))
    with entered(SYSTEM):
        assert Attachment.objects.filter(case_id=case_of(code).pk).count() == 1
    answer = uploaded(portal, code, b"MZ\x90 program", name="don.pdf")
    assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"


def test_an_ended_dossier_takes_no_more_files(portal: Portal, settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    code, key = portal.lodged()["code"], uuid4()
    first = uploaded(portal, code, PDF, key)
    portal.post(f"/dossiers/{code}/withdrawal", {"reason": "Nộp nhầm"})
    problem(uploaded(portal, code, PDF), 409, "lifecycle.state")
    again = uploaded(portal, code, PDF, key)
    assert told(again) == told(first) and again["Idempotency-Replayed"] == "true"
    with entered(SYSTEM):
        assert Attachment.objects.filter(case_id=case_of(code).pk).count() == 1


def test_an_ended_dossier_is_told_after_its_unit_is_no_more(portal: Portal) -> None:
    lodged = portal.lodged()
    portal.post(f"/dossiers/{lodged['code']}/withdrawal", {"reason": "Nộp nhầm"})
    with entered(SYSTEM):
        UnitFact.objects.filter(unit__code=TAN_HUNG).update(valid_during=(date(2025, 7, 1), date(2026, 1, 1)))
    forget_units()
    status = told(portal.get(f"/dossiers/{lodged['code']}"))
    assert (status["unit_code"], status["status"]["code"]) == (TAN_HUNG, "7")
    assert told(portal.get("/dossiers", external_code=lodged["external_code"]))["items"] == [status]
    forget_units()


def test_links_are_ordered_with_the_dossier_and_once(portal: Portal) -> None:
    links = [{"url": "https://portal.example/a.pdf", "name": "a.pdf", "paper": "Tờ khai"}]
    body, key = dossier(links=links), uuid4()
    code = told(portal.post("/dossiers", body, key))["code"]
    portal.post("/dossiers", body, key)
    with entered(SYSTEM):
        assert [order.url for order in FileOrder.objects.filter(case_id=case_of(code).pk)] == [
            links[0]["url"]
        ]


def test_the_same_supplement_with_another_link_is_another_command(portal: Portal, cast: Cast) -> None:
    code, key = lacking(portal, cast), uuid4()
    links = [{"url": "https://portal.example/a.pdf", "name": "a.pdf"}]
    assert portal.post(f"/dossiers/{code}/supplements", {"links": links}, key).status_code == 200
    links[0]["url"] = "https://portal.example/b.pdf"
    problem(portal.post(f"/dossiers/{code}/supplements", {"links": links}, key), 409, "key.reused")


def test_changes_are_told_in_their_order_and_only_to_whom_they_concern(
    portal: Portal, registered: Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal's window shows only what older transactions wrote: here the test's own must count as one."""
    stranger, code = registered(), portal.lodged()["code"]
    portal.post(f"/dossiers/{code}/withdrawal", {"reason": "Nộp nhầm"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (xid,) = cursor.fetchone()
        cursor.execute("SELECT min(id) - 1 FROM journal_entry WHERE xid = %s", [xid])
        (first,) = cursor.fetchone()
    shown = queries.entries_after
    monkeypatch.setattr(queries, "entries_after", lambda *place: shown(*place) or _own(*place))
    page = told(portal.get("/changes", after=f"{xid}.{first}"))
    assert [item["data"]["status"]["code"] for item in page["items"]] == ["1", "7"] and not page["more"]
    assert {item["data"]["code"] for item in page["items"]} == {code}
    one = told(portal.get("/changes", after=f"{xid}.{first}", limit=1))
    assert one["more"] and one["items"] == page["items"][:1]
    assert told(portal.get("/changes", after=one["next"]))["items"] == page["items"][1:]
    assert told(stranger.get("/changes", after=f"{xid}.{first}"))["items"] == []


def _own(xid: int, entry_id: int, limit: int) -> list[Any]:
    from lienthong.core.journal.values import HAPPENED, Happened

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {HAPPENED} FROM journal_entry e WHERE (e.xid, e.id) > (%s, %s) ORDER BY e.xid, e.id LIMIT %s",
            [xid, entry_id, limit],
        )
        return [Happened.of(row) for row in cursor.fetchall()]
