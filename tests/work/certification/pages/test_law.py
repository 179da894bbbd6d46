"""The city corrects the tariff and the list of originals; a unit reads them and cannot change them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.workdays.queries import today
from lienthong.work.certification.queries import bans, rate_of
from tests.work.certification.pages.conftest import Pages, text_of
from tests.work.certification.stage import COPY

pytestmark = pytest.mark.django_db
RATE = f"/certification/rates/{COPY}/correct/"
BAN = "/certification/originals/altered/correct/"
SOURCE = {"instrument": "nd-23-2015-nd-cp", "article": "", "confidence": "assumption"}


def rate_form(**changes: object) -> dict[str, object]:
    return {
        "key": uuid4(),
        **SOURCE,
        "from_day": f"{today() + timedelta(days=3):%Y-%m-%d}",
        "label": "Phí chứng thực bản sao",
        "basis": "page",
        "amount": 3000,
        "tier_from": 3,
        "tier_amount": 1500,
        "most": 300_000,
        **changes,
    }


def test_the_city_sets_a_rate_from_a_day_on(pages: Pages) -> None:
    city = pages.browser(pages.cast.city)
    assert "2000" in text_of(city.get(RATE))
    assert city.post(RATE, rate_form()).status_code == 302
    with entered(pages.cast.city):
        before, after = rate_of(COPY, today()), rate_of(COPY, today() + timedelta(days=3))
    assert before is not None and before.amount == 2000
    assert after is not None and (after.amount, after.tier_amount, after.most) == (3000, 1500, 300_000)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tier_amount": ""}, "cả trang bắt đầu"),
        ({"tier_amount": 4000}, "không cao hơn"),
        ({"instrument": ""}, "error"),
        ({"from_day": "2020-01-01"}, "từ hôm nay trở đi"),
    ],
)
def test_what_is_wrong_comes_back_with_its_sentence(
    pages: Pages, changes: dict[str, object], said: str
) -> None:
    answer = pages.browser(pages.cast.city).post(RATE, rate_form(**changes))
    assert answer.status_code == 422 and said in text_of(answer)
    with entered(pages.cast.city):
        late = rate_of(COPY, today() + timedelta(days=3))
    assert late is not None and late.amount == 2000


def test_the_list_of_originals_is_corrected_and_grows(pages: Pages) -> None:
    city, day = pages.browser(pages.cast.city), f"{today():%d/%m/%Y}"
    assert f'value="{day}"' in city.get(BAN).content.decode()  # a day as an office writes it
    words = {"key": uuid4(), **SOURCE, "from_day": day, "text": "Bản chính bị tẩy xóa"}
    assert city.post(BAN, words).status_code == 302
    new = {**words, "key": uuid4(), "code": "blank", "text": "Bản chính để trống nội dung"}
    assert city.post("/certification/originals/add/", new).status_code == 302
    with entered(pages.cast.city):
        listed = bans(today())
    assert listed["altered"].text == "Bản chính bị tẩy xóa" and "blank" in listed
    assert BAN in text_of(city.get("/certification/originals/"))


def test_a_unit_reads_but_does_not_correct(pages: Pages) -> None:
    clerk = pages.browser(pages.cast.clerk)
    text = text_of(clerk.get("/certification/rates/"))
    assert "200.000 đ" in text and "/correct/" not in text
    for path in (RATE, BAN, "/certification/originals/add/"):
        assert clerk.get(path).status_code == clerk.post(path, rate_form()).status_code == 404
