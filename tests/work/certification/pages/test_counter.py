"""The counter of certification: received or attested at once, the fee as the server says, and what stops it."""

import io
import re

import pytest
from pypdf import PdfReader

from lienthong.core.scope.actions import entered
from lienthong.work.certification.models import Certification
from lienthong.work.certification.queries import items_of
from tests.work.certification.pages.conftest import Pages, text_of
from tests.work.certification.stage import LAND, SIGNATURE

pytestmark = pytest.mark.django_db
NEW = "/certification/new/"


def done_id(url: str) -> int:
    return int(re.search(r"done=(\d+)", url).group(1))  # type: ignore[union-attr]


def test_who_may_not_sign_receives_and_gives_a_slip(pages: Pages) -> None:
    client = pages.browser(pages.cast.clerk)
    text = text_of(client.get(NEW))
    assert "Tiếp nhận, hẹn trả" in text and 'value="at_once"' not in text
    answer = client.post(NEW, pages.typed(act="receive"))
    assert answer.status_code == 302
    row = pages.row(done_id(answer.url))
    assert row.case.state == "received"
    shown = text_of(client.get(answer.url))
    assert row.case.code in shown.replace("<span>", "").replace("</span>", "")
    assert client.get(f"/certification/{row.pk}/slip.pdf").content.startswith(b"%PDF")


def test_the_delegate_does_all_of_it_at_once_and_the_paper_opens(pages: Pages) -> None:
    pages.delegate()
    client = pages.browser(pages.cast.clerk)
    assert "Chứng thực ngay, in lời chứng" in text_of(client.get(NEW))
    answer = client.post(NEW, pages.typed(act="at_once"))
    assert answer.status_code == 302 and "print=1" in answer.url
    row = pages.row(done_id(answer.url))
    assert row.case.state == "returned" and row.is_at_once
    assert "data-open-print" in text_of(client.get(answer.url))
    paper = client.get(f"/certification/{row.pk}/attestation.pdf")
    assert paper["Content-Type"] == "application/pdf"
    (sheet,) = PdfReader(io.BytesIO(paper.content)).pages
    told = " ".join(sheet.extract_text().split()).replace("/ ", "/")
    for words in ("TUQ. CHỦ TỊCH", "12/QĐ-UBND", "Giấy khai sinh", "SCT/BS năm", "2 bản, 5 trang mỗi bản"):
        assert words in told


def test_a_form_without_the_delegation_cannot_attest_at_once(pages: Pages) -> None:
    answer = pages.browser(pages.cast.clerk).post(NEW, pages.typed(act="at_once"))
    assert answer.status_code == 403
    assert "Giấy khai sinh" in text_of(answer)
    with entered(pages.cast.clerk):
        assert not Certification.objects.exists()


def test_the_fee_is_the_servers_word_while_one_types(pages: Pages) -> None:
    client = pages.browser(pages.cast.clerk)
    items = ({"document_name": "Bằng", "pages": 5, "copies": 2}, {"document_name": "Học bạ", "pages": 2})
    text = text_of(client.post(f"{NEW}fee/", pages.typed(*items)))
    assert "18.000 đ" in text and "14.000 đ" in text and "4.000 đ" in text
    assert 'hx-swap-oob="true"' in text
    pages.delegate()
    assert 'value="at_once"' in text_of(client.post(f"{NEW}fee/", pages.typed(*items)))


def test_half_a_row_costs_nothing_yet(pages: Pages) -> None:
    answer = pages.browser(pages.cast.clerk).post(
        f"{NEW}fee/", pages.typed({"document_name": "", "pages": 9})
    )
    assert answer.status_code == 200 and ">0 đ<" in text_of(answer)


def test_every_row_is_an_original_and_untouched_ones_are_none(pages: Pages) -> None:
    items = ({"document_name": "Bằng"}, {"document_name": "Học bạ", "issuer": "Trường X", "copies": 3})
    answer = pages.browser(pages.cast.clerk).post(NEW, pages.typed(*items, act="receive"))
    with entered(pages.cast.clerk):
        kept = items_of(done_id(answer.url))
    assert [(one.document_name, one.copies) for one in kept] == [("Bằng", 1), ("Học bạ", 3)]


def test_what_lacks_is_told_and_nothing_typed_is_lost(pages: Pages) -> None:
    data = pages.typed({"document_name": ""}, name="", note="Đợi ở quầy số 2", act="receive")
    answer = pages.browser(pages.cast.clerk).post(NEW, data)
    text = text_of(answer)
    assert answer.status_code == 422
    assert "Chưa có tên" in text and "Hãy ghi tên giấy tờ" in text and "Đợi ở quầy số 2" in text


def test_an_original_that_may_not_be_copied_is_refused_with_its_article(pages: Pages) -> None:
    client = pages.browser(pages.cast.clerk)
    banned = {"document_name": "Bằng", "ban": "altered"}
    told = text_of(client.post(f"{NEW}fee/", pages.typed(banned)))
    assert "Điều 22" in told
    answer = client.post(NEW, pages.typed(banned, act="receive"))
    assert answer.status_code == 422 and "Điều 22" in text_of(answer)


def test_land_elsewhere_is_refused_at_the_counter(pages: Pages) -> None:
    words = {"task": LAND, "property_kind": "land", "property_place": "27655", "act": "receive"}
    answer = pages.browser(pages.cast.clerk).post(NEW, pages.typed(**words))
    assert answer.status_code == 422 and "nơi có đất" in text_of(answer)


def test_a_signature_costs_the_case(pages: Pages) -> None:
    text = text_of(pages.browser(pages.cast.clerk).post(f"{NEW}fee/", pages.typed(task=SIGNATURE)))
    assert "10.000 đ" in text


def test_the_same_form_twice_is_one_certification(pages: Pages) -> None:
    client, data = pages.browser(pages.cast.clerk), pages.typed(act="receive")
    assert client.post(NEW, data).url == client.post(NEW, data).url


def test_a_scan_without_script_is_read_by_the_server(pages: Pages) -> None:
    card = "079190000456||CÔNG DÂN THỬ NGHIỆM|01021990|Nam|Số 1, Khu phố 1, Phường Tân Hưng|02032021"
    data = pages.typed(scan=card, name="", number="", act="receive")
    answer = pages.browser(pages.cast.clerk).post(NEW, data)
    assert pages.row(done_id(answer.url)).case.subject_name == "CÔNG DÂN THỬ NGHIỆM"
    unread = pages.browser(pages.cast.clerk).post(NEW, pages.typed(scan="abc", act="receive"))
    assert unread.status_code == 422


def test_only_the_counter_sees_it(pages: Pages) -> None:
    assert pages.browser(pages.cast.specialist).get(NEW).status_code == 404
