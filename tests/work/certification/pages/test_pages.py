"""The case, the signing queue, the books and their papers; each closed to another unit."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import now, today
from lienthong.work.certification.queries import attestation_of, items_of, numbers_of
from lienthong.work.certification.queries.desk import listed
from tests.work.certification.pages.conftest import Pages, text_of
from tests.work.certification.stage import received, request, signed

pytestmark = pytest.mark.django_db
QUEUE = "/certification/signing/"


def test_the_page_tells_who_may_sign_and_offers_the_act_to_whom_it_is(pages: Pages) -> None:
    ident = pages.received()
    text = text_of(pages.browser(pages.cast.chair).get(f"/certification/{ident}/"))
    assert f"/certification/{ident}/sign/" in text and "Ai đang giữ" in text
    clerk = text_of(pages.browser(pages.cast.clerk).get(f"/certification/{ident}/"))
    assert "aria-disabled" in clerk


def test_the_chair_signs_with_one_press_and_the_page_says_by_what_right(pages: Pages) -> None:
    ident = pages.received()
    client = pages.browser(pages.cast.chair)
    assert client.post(f"/certification/{ident}/sign/", {"key": uuid4()}).status_code == 302
    text = text_of(client.get(f"/certification/{ident}/"))
    assert "thẩm quyền của mình" in text and f"SCT/BS năm {today().year}" in text
    assert client.get(f"/certification/{ident}/attestation.pdf").content.startswith(b"%PDF")


def test_who_may_not_sign_is_refused_with_the_registers_sentence(pages: Pages) -> None:
    ident = pages.received()
    answer = pages.browser(pages.cast.clerk).post(f"/certification/{ident}/sign/", {"key": uuid4()})
    assert answer.status_code == 403
    with entered(pages.cast.clerk):
        assert attestation_of(ident) is None


def test_the_queue_shows_what_this_post_may_sign_and_signs_many(pages: Pages) -> None:
    first, second = pages.received(), pages.received()
    chair = pages.browser(pages.cast.chair)
    text = text_of(chair.get(QUEUE))
    assert f"/certification/{first}/" in text and f"/certification/{second}/" in text
    assert f"/certification/{first}/" not in text_of(pages.browser(pages.cast.clerk).get(QUEUE))
    assert chair.post(QUEUE, {"key": uuid4(), "case": [first, second]}).status_code == 302
    with entered(pages.cast.chair):
        assert {len(numbers_of(ident)) for ident in (first, second)} == {1}
    assert "Không có việc nào" in text_of(chair.get(QUEUE))


def test_the_queue_of_the_clerk_signs_nothing_without_the_right(pages: Pages) -> None:
    ident = pages.received()
    client = pages.browser(pages.cast.clerk)
    client.post(QUEUE, {"key": uuid4(), "case": [ident]})
    assert pages.row(ident).case.state == "received"


def test_handing_over_takes_the_fee(pages: Pages) -> None:
    ident = pages.received()
    signed(pages.cast.chair, ident)
    client = pages.browser(pages.cast.clerk)
    assert "Công dân" in text_of(client.get(f"/certification/{ident}/return/"))
    data = {"key": uuid4(), "returned_to": "Công dân 0123", "method": "cash"}
    assert client.post(f"/certification/{ident}/return/", data).status_code == 302
    assert pages.row(ident).case.state == "returned"


def test_a_refusal_needs_its_article_and_prints_its_paper(pages: Pages) -> None:
    ident = pages.received()
    client, url = pages.browser(pages.cast.clerk), f"/certification/{ident}/refuse/"
    assert client.post(url, {"key": uuid4(), "reason": "Bản chính bị tẩy xóa"}).status_code == 422
    data = {"key": uuid4(), "reason": "Bản chính bị tẩy xóa", "article": "NĐ 23/2015/NĐ-CP Điều 22"}
    assert client.post(url, data).status_code == 302
    assert client.get(f"/certification/{ident}/refusal.pdf").content.startswith(b"%PDF")


def test_an_extension_is_at_most_two_days(pages: Pages) -> None:
    ident = pages.received()
    client, url = pages.browser(pages.cast.clerk), f"/certification/{ident}/extend/"
    words = {"reason": "Nhiều trang", "document": "01/PH"}
    assert client.post(url, {"key": uuid4(), "days": 3, **words}).status_code == 422
    assert client.post(url, {"key": uuid4(), "days": 2, **words}).status_code == 302


def test_a_withdrawal_and_a_voided_number(pages: Pages) -> None:
    ident = pages.received()
    client = pages.browser(pages.cast.clerk)
    data = {"key": uuid4(), "reason": "Không cần nữa"}
    assert client.post(f"/certification/{ident}/withdraw/", data).status_code == 302
    other = pages.received()
    signed(pages.cast.chair, other)
    with entered(pages.cast.clerk):
        (item,) = items_of(other)
    url = f"/certification/{other}/void/{item.id}/"
    assert client.post(url, {"key": uuid4(), "reason": "Hỏng tờ lời chứng"}).status_code == 302
    day = today()
    book = text_of(
        client.get("/certification/books/", {"book": "SCT/BS", "year": day.year, "month": day.month})
    )
    assert "Hỏng tờ lời chứng" in book and "1 số đã bỏ" in book


def test_a_number_is_found_and_a_number_never_issued_is_said_so(pages: Pages) -> None:
    ident = pages.received()
    number = signed(pages.cast.chair, ident).numbers[0].number
    client = pages.browser(pages.cast.clerk)
    month = {"book": "SCT/BS", "year": today().year, "month": today().month}
    assert f"/certification/{ident}/" in text_of(
        client.get("/certification/books/", month | {"number": number})
    )
    assert "chưa cấp số 999" in text_of(client.get("/certification/books/", month | {"number": 999}))


def test_a_month_that_is_over_is_closed_and_printed(pages: Pages) -> None:
    before = today().replace(day=1) - timedelta(days=3)
    with acting_at(now().replace(year=before.year, month=before.month, day=before.day)):
        signed(pages.cast.chair, pages.received())
    client = pages.browser(pages.cast.records)
    month = f"book=SCT/BS&year={before.year}&month={before.month}"
    assert "Khóa sổ tháng này" in text_of(client.get(f"/certification/books/?{month}"))
    assert client.post(f"/certification/books/close/?{month}", {"key": uuid4()}).status_code == 302
    assert client.get(f"/certification/books/close/?{month}").status_code == 409
    assert client.get(f"/certification/books.pdf?{month}").content.startswith(b"%PDF")
    assert client.get("/certification/books.pdf").status_code == 404


def test_the_list_counts_what_was_answered_at_once(pages: Pages) -> None:
    ident = pages.received()
    text = text_of(pages.browser(pages.cast.clerk).get("/certification/"))
    assert f"/certification/{ident}/" in text and "Trong đó trả ngay" in text
    for which in ("today", "signed", "other"):
        assert pages.browser(pages.cast.clerk).get("/certification/", {"which": which}).status_code == 200


def test_the_originals_come_with_their_articles(pages: Pages) -> None:
    text = text_of(pages.browser(pages.cast.clerk).get("/certification/originals/"))
    assert "tẩy xóa" in text and "Điều 22" in text


def test_another_unit_finds_none_of_it(pages: Pages) -> None:
    ident = received(pages.cast.clerk, request()).certification_id
    signed(pages.cast.chair, ident)
    stranger = pages.browser(pages.cast.stranger)
    for path in (
        "",
        "sign/",
        "return/",
        "extend/",
        "refuse/",
        "withdraw/",
        "void/1/",
        "attestation.pdf",
        "slip.pdf",
    ):
        assert stranger.get(f"/certification/{ident}/{path}").status_code == 404, path
    assert f"/certification/{ident}/" not in text_of(stranger.get("/certification/?which=today"))


def test_a_long_list_goes_on_where_the_page_ended(pages: Pages) -> None:
    idents, at = [pages.received() for _ in range(5)], now()
    for which, expected in (("open", idents), ("today", idents[::-1])):
        seen, after = list[int](), ""
        with entered(pages.cast.clerk):
            for _ in range(3):
                rows, after = listed(pages.cast.clerk, which, at, after, limit=2)
                seen += [row.pk for row in rows]
        assert (seen, after) == (expected, ""), which
    strange = pages.browser(pages.cast.clerk).get("/certification/?after=x")
    assert strange.status_code == 200
