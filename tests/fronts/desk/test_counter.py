"""The counter over HTTP: what is typed is stored once, or told why not, and nothing typed is lost."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.lib.dates import format_date
from lienthong.work.dossiers.queries import find_dossier
from tests.cast import TAN_THUAN, Cast

pytestmark = pytest.mark.django_db
Officer = Callable[[Actor], Client]
BIRTH, COPIES = "1.001193", "2.000815"
CARD = "079190000123||CÔNG DÂN THỬ NGHIỆM|01021990|Nam|Số 1, Khu phố 1, Phường Tân Hưng|02032021"


def filled(**changes: Any) -> dict[str, Any]:
    """A whole intake as the form sends it."""
    values = {
        "key": str(uuid4()),
        "paper_kind": "citizen_card",
        "number": "079090000123",
        "name": "Công dân 0123",
        "born": "01/02/1990",
        "sex": "male",
        "address": "Số 1, Khu phố 1",
        "phone": "0900000123",
        "contact": "sms",
        "procedure": BIRTH,
        "procedure_search": "Thủ tục đăng ký khai sinh",
        "terms_for": BIRTH,
        "channel": "counter",
        "return_mode": "counter",
        "paper": ["0", "1", "2"],
    }
    return {**values, **changes}


def sent(client: Client, **changes: Any) -> Any:
    return client.post("/desk/counter/", filled(**changes))


def taken_in(client: Client, **changes: Any) -> int:
    """The id of the dossier that this intake made."""
    answer = sent(client, **changes)
    assert answer.status_code == 302, words(answer)
    return int(answer["Location"].partition("done=")[2])


def words(answer: Any) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_counter_is_closed_to_who_does_not_receive(as_officer: Officer, cast: Cast) -> None:
    assert as_officer(cast.specialist).get("/desk/counter/").status_code in {403, 404}


def test_an_intake_is_stored_and_its_receipt_offered(as_officer: Officer, cast: Cast) -> None:
    client = as_officer(cast.clerk)
    dossier_id = taken_in(client, note="Nộp thay mẹ", queue_ticket="A012")
    page = client.get(f"/desk/counter/?done={dossier_id}")
    assert page.status_code == 200
    assert "Công dân 0123" in words(page) and ".pdf" in page.content.decode()
    with entered(cast.clerk):
        dossier = find_dossier(cast.clerk, dossier_id)
    assert (dossier.note, dossier.queue_ticket, len(dossier.papers)) == ("Nộp thay mẹ", "A012", 3)
    assert all(paper["given_originals"] for paper in dossier.papers)


def test_the_page_is_never_kept_by_a_browser(as_officer: Officer, cast: Cast) -> None:
    assert "no-store" in as_officer(cast.clerk).get("/desk/counter/")["Cache-Control"]


def test_a_scan_gives_the_fields_of_the_form(as_officer: Officer, cast: Cast) -> None:
    part = as_officer(cast.clerk).post("/desk/counter/person/", {"scan": CARD})
    told = html.unescape(part.content.decode())
    assert "data-scanned" in told and '"born": "01/02/1990"' in told and "079190000123" in told


@pytest.mark.parametrize(
    ("scan", "sentence"),
    [
        ("https://example.invalid/qr", "không phải mã QR của thẻ căn cước"),
        ("079190000123|Công dân", "phải có 7 ô"),
        ("07919000012||CÔNG DÂN THỬ NGHIỆM|01021990|Nam|Số 1|02032021", "đủ 12 chữ số"),
        (
            "079190000123||CÔNG DÂN THỬ NGHIỆM|31021990|Nam|Số 1|02032021",
            "Ngày sinh trong mã QR không đọc được",
        ),
    ],
)
def test_a_bad_scan_says_so_and_loses_nothing(
    as_officer: Officer, cast: Cast, scan: str, sentence: str
) -> None:
    client = as_officer(cast.clerk)
    assert sentence in words(client.post("/desk/counter/person/", {"scan": scan}))
    page = sent(client, scan=scan)
    assert page.status_code == 422
    assert sentence in words(page) and 'value="Công dân 0123"' in page.content.decode()


def test_a_known_person_is_filled_in(as_officer: Officer, cast: Cast) -> None:
    client = as_officer(cast.clerk)
    taken_in(client)
    part = client.post("/desk/counter/person/", {"paper_kind": "citizen_card", "number": "079 090 000 123"})
    told = html.unescape(part.content.decode())
    assert "Đã từng nộp hồ sơ" in told and "0900000123" in told


def test_half_a_number_shows_nobody(as_officer: Officer, cast: Cast) -> None:
    client = as_officer(cast.clerk)
    taken_in(client)
    part = client.post("/desk/counter/person/", {"paper_kind": "citizen_card", "number": "079090"})
    assert "data-fill" not in part.content.decode() and "12 chữ số" in words(part)


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"number": "07909000012"}, "đủ 12 chữ số"),
        ({"born": "01/02/1991"}, "ứng với năm sinh 1990"),
        ({"sex": "female"}, "ứng với giới tính nam"),
    ],
)
def test_a_doubtful_number_warns_and_never_blocks(
    as_officer: Officer, cast: Cast, changes: dict[str, str], warning: str
) -> None:
    client = as_officer(cast.clerk)
    dossier_id = taken_in(client, **changes)
    assert warning in words(client.get(f"/desk/counter/?done={dossier_id}"))


def test_a_birth_date_tomorrow_is_refused_beside_its_field(as_officer: Officer, cast: Cast) -> None:
    page = sent(as_officer(cast.clerk), born=format_date(today() + timedelta(days=1)))
    assert page.status_code == 422
    assert "Ngày sinh ở sau ngày hôm nay" in words(page)
    assert 'href="#id_born"' in page.content.decode() and 'value="Công dân 0123"' in page.content.decode()


def test_a_date_that_is_none_is_refused(as_officer: Officer, cast: Cast) -> None:
    assert "Ngày không đúng" in words(sent(as_officer(cast.clerk), born="31/02/1990"))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("9.999999", "không có hiệu lực hôm nay"),
        ("1.115148", "chưa nêu thời hạn"),
        ("", "Chưa chọn thủ tục"),
    ],
)
def test_a_procedure_that_cannot_be_taken_says_why(
    as_officer: Officer, cast: Cast, code: str, sentence: str
) -> None:
    page = sent(as_officer(cast.clerk), procedure=code, terms_for=code, procedure_search="")
    assert page.status_code == 422
    assert sentence in words(page) and 'value="0900000123"' in page.content.decode()


def test_a_code_typed_in_full_needs_no_list(as_officer: Officer, cast: Cast) -> None:
    assert taken_in(as_officer(cast.clerk), procedure="", procedure_search=BIRTH, terms_for="")


def test_a_place_outside_the_province_is_refused(as_officer: Officer, cast: Cast) -> None:
    page = sent(as_officer(cast.clerk), place="00004", place_search="Ba Đình")
    assert page.status_code == 422
    assert "trong cùng tỉnh, thành phố" in words(page)


def test_a_place_that_is_no_choice_is_asked_again(as_officer: Officer, cast: Cast) -> None:
    page = sent(as_officer(cast.clerk), place="", place_search="không đâu cả")
    assert page.status_code == 422 and "Chưa chọn nơi giải quyết" in words(page)


def test_any_counter_takes_a_dossier_of_another_unit(as_officer: Officer, cast: Cast) -> None:
    dossier_id = taken_in(as_officer(cast.clerk), place=TAN_THUAN, place_search="Tân Thuận")
    with entered(cast.clerk):
        case = find_dossier(cast.clerk, dossier_id).case
    assert (case.receiving_unit_id, case.responsible_unit_id) == (cast.clerk.unit_id, cast.unit_id(TAN_THUAN))


def test_the_same_form_sent_twice_is_one_dossier(as_officer: Officer, cast: Cast) -> None:
    client, key = as_officer(cast.clerk), str(uuid4())
    assert taken_in(client, key=key) == taken_in(client, key=key)


def test_a_form_sent_back_with_another_content_is_told_and_can_be_sent(
    as_officer: Officer, cast: Cast
) -> None:
    """The back button: the old page, its old key, something else typed."""
    client, key = as_officer(cast.clerk), str(uuid4())
    first = taken_in(client, key=key)
    page = sent(client, key=key, name="Công dân 0999", number="079090000999")
    assert page.status_code == 409 and 'value="Công dân 0999"' in page.content.decode()
    fresh = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    assert fresh and fresh.group(1) != key
    again = taken_in(client, key=fresh.group(1), name="Công dân 0999", number="079090000999")
    assert again != first


def test_what_lacks_is_asked_for_in_the_same_act(as_officer: Officer, cast: Cast) -> None:
    client = as_officer(cast.clerk)
    dossier_id = taken_in(client, paper=["0"], then="supplement", basis="Thành phần hồ sơ của thủ tục")
    with entered(cast.clerk):
        dossier = find_dossier(cast.clerk, dossier_id)
        (request,) = dossier.supplements.all()
    assert dossier.case.state == "supplement_requested" and dossier.case.due_at is None
    assert [lack["what"] for lack in request.lacks] == [paper["name"] for paper in dossier.papers[1:]]
    assert "bổ sung" in words(client.get(f"/desk/counter/?done={dossier_id}"))


def test_a_refusal_at_the_counter_is_one_act(as_officer: Officer, cast: Cast) -> None:
    client = as_officer(cast.clerk)
    dossier_id = taken_in(
        client, then="refuse", lacks="Không thuộc đối tượng", basis="Quyết định công bố thủ tục"
    )
    with entered(cast.clerk):
        assert find_dossier(cast.clerk, dossier_id).case.state == "refused"


def test_a_refusal_without_basis_takes_nothing_in(as_officer: Officer, cast: Cast) -> None:
    page = sent(as_officer(cast.clerk), then="refuse", lacks="Không thuộc đối tượng", basis="")
    assert page.status_code == 422 and "căn cứ" in words(page).lower()


def test_fees_are_charged_as_chosen(as_officer: Officer, cast: Cast) -> None:
    client = as_officer(cast.clerk)
    part = client.post("/desk/counter/terms/", filled(procedure=COPIES))
    assert "2.000 đ" in words(part)
    dossier_id = taken_in(client, procedure=COPIES, terms_for=COPIES, fee=["0"], quantity="5", paper=["0"])
    assert "Còn phải thu 7.000 đ" in words(client.get(f"/desk/counter/?done={dossier_id}"))


def test_an_at_once_matter_is_answered_in_one_sitting(as_officer: Officer, cast: Cast) -> None:
    client = as_officer(cast.clerk)
    at_once = {
        "procedure": COPIES,
        "terms_for": COPIES,
        "fee": ["0"],
        "quantity": "2",
        "at_once": "1",
        "paper": ["0"],
    }
    dossier_id = taken_in(client, **at_once)
    page = client.get(f"/desk/counter/?done={dossier_id}")
    signer = re.search(r'name="signer" value="(\d+)"', page.content.decode())
    assert signer
    answer = {
        "key": str(uuid4()),
        "signer": signer.group(1),
        "result_number": "15/2026-SCT",
        "result_summary": "Bản sao",
        "method": "cash",
        "returned_to": "Công dân 0123",
    }
    unpaid = client.post(f"/desk/counter/{dossier_id}/answer/", answer)
    assert unpaid.status_code == 409 and 'value="15/2026-SCT"' in unpaid.content.decode()
    paid = client.post(f"/desk/counter/{dossier_id}/answer/", {**answer, "paid": "4000"})
    assert paid.status_code == 302
    with entered(cast.clerk):
        assert find_dossier(cast.clerk, dossier_id).case.state == "returned"


def test_the_list_of_procedures_needs_no_tones(as_officer: Officer, cast: Cast) -> None:
    part = as_officer(cast.clerk).post("/desk/counter/procedures/", {"procedure_search": "khai sinh"})
    first = re.search(r'data-value="([^"]+)"', part.content.decode())
    assert first and first.group(1) == BIRTH


def test_a_place_by_its_old_name_says_what_became_of_it(as_officer: Officer, cast: Cast) -> None:
    part = as_officer(cast.clerk).post("/desk/counter/places/", {"place_search": "tan quy"})
    assert "Nay" in words(part)


def test_without_script_the_same_form_reads_the_card_and_finds_the_procedure(
    as_officer: Officer, cast: Cast
) -> None:
    client = as_officer(cast.clerk)
    page = client.post(
        "/desk/counter/", {"key": str(uuid4()), "act": "look", "scan": CARD, "procedure_search": "khai sinh"}
    )
    text = page.content.decode()
    assert (
        page.status_code == 200 and 'value="079190000123"' in text and f'name="pick" value="{BIRTH}"' in text
    )
    picked = client.post("/desk/counter/", {"key": str(uuid4()), "pick": BIRTH, "name": "Công dân 0123"})
    assert 'name="paper"' in picked.content.decode()
