"""The city sets what messages say: dated, never longer than 400, with the closed list of placeholders."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.notifications.actions import set_template
from lienthong.facilities.notifications.enums import TemplateName
from lienthong.facilities.notifications.models import LONGEST, MessageTemplate
from lienthong.facilities.notifications.queries import wording_of, wordings
from tests.cast import NHA_BE, TAN_HUNG
from tests.facilities.notifications.conftest import NOON, Post

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
NAME = TemplateName.RECEIVED
TEXT = "Hồ sơ {mã} đã vào sổ của {đơn vị}, hẹn {hạn}. {tra cứu}"


def put(actor: Actor, text: str = TEXT, place: str = "", valid_from: date | None = TODAY) -> int:
    with entered(actor):
        return set_template(
            actor=actor, key=uuid4(), name=NAME, text=text, place=place, valid_from=valid_from
        )


def refused(actor: Actor, text: str = TEXT, place: str = "") -> str:
    with pytest.raises(Refused) as told:
        put(actor, text, place)
    return told.value.refusal.code


def test_the_city_s_text_is_what_the_applicant_reads(post: Post) -> None:
    put(post.cast.city)
    assert post.message(post.told()).text.startswith("Hồ sơ ")
    assert "đã vào sổ của" in post.message(post.told()).text


def test_a_unit_s_own_text_stands_before_the_province_s(post: Post) -> None:
    put(post.cast.city)
    put(post.cast.city, "Riêng phường: {mã}. {tra cứu}", TAN_HUNG)
    assert wording_of(NAME, TAN_HUNG, TODAY).text.startswith("Riêng phường")
    assert wording_of(NAME, NHA_BE, TODAY).text == TEXT
    assert post.message(post.told()).text.startswith("Riêng phường")


def test_a_text_applies_from_its_day_and_the_former_one_is_kept(post: Post) -> None:
    put(post.cast.city)
    put(post.cast.city, "Mới: {mã}", valid_from=TODAY + timedelta(days=7))
    assert wording_of(NAME, TAN_HUNG, TODAY).text == TEXT
    assert wording_of(NAME, TAN_HUNG, TODAY + timedelta(days=7)).text == "Mới: {mã}"
    assert MessageTemplate.objects.filter(name=NAME).count() == 2


def test_a_correction_made_today_does_not_outlive_what_was_set_for_a_later_day(post: Post) -> None:
    new_year = TODAY + timedelta(days=7)
    put(post.cast.city, "Năm mới: {mã}", valid_from=new_year)
    put(post.cast.city, "Sửa: {mã}")
    put(post.cast.city, "Sửa nữa: {mã}")
    assert wording_of(NAME, TAN_HUNG, TODAY).text == "Sửa nữa: {mã}"
    assert wording_of(NAME, TAN_HUNG, new_year).text == "Năm mới: {mã}"
    for days, text in ((0, "Sửa nữa: {mã}"), (7, "Năm mới: {mã}")):
        with acting_at(NOON + timedelta(days=days)):
            shown = {one.wording.name: one.wording.text for one in wordings(TAN_HUNG)}
        assert shown[NAME] == text


def test_until_somebody_sets_one_the_product_s_own_text_applies(db: None) -> None:
    assert wording_of(NAME, TAN_HUNG, TODAY).set_by is None
    shown = wordings(TAN_HUNG)
    assert [one.wording.name for one in shown] == list(TemplateName)
    assert all("{" not in one.example and one.length <= LONGEST for one in shown)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("   ", "template.empty"),
        ("Chào {tên}, hồ sơ {mã}", "template.placeholder"),
        ("Gửi {số điện thoại}", "template.placeholder"),
        ("Hồ sơ {địa chỉ}", "template.placeholder"),
        ("Hồ sơ {mã", "template.placeholder"),
        ("Hồ sơ {mã}. " + "x" * 380, "template.long"),
        ("Hồ sơ {mã}: gọi 0900 000 123", "template.personal"),
        ("Hồ sơ {mã}: cong-dan@thu.example", "template.personal"),
    ],
)
def test_what_a_text_may_not_be(post: Post, text: str, code: str) -> None:
    assert refused(post.cast.city, text) == code
    assert not MessageTemplate.objects.exists()


def test_only_the_city_sets_texts(post: Post) -> None:
    for actor in (post.cast.clerk, post.cast.administrator, post.cast.chair):
        assert refused(actor) == "messages.not_city"


def test_a_place_that_is_not_there_is_not_found(post: Post) -> None:
    with pytest.raises(NotFound):
        put(post.cast.city, place="99999")


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "Chào {tên}", ""])
def test_the_database_keeps_such_texts_out_too(db: None, text: str) -> None:
    row = MessageTemplate(name=NAME, text=text, valid_during=DateRange(TODAY, None), set_at=NOON)
    with entered(SYSTEM), pytest.raises(DatabaseError), transaction.atomic():
        row.save()


def test_the_database_lets_no_unit_write_texts(post: Post) -> None:
    row = MessageTemplate(name=NAME, text=TEXT, valid_during=DateRange(TODAY, None), set_at=NOON)
    with entered(post.cast.clerk), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        row.save()


def test_the_journal_says_who_set_which_text(post: Post) -> None:
    row = put(post.cast.city)
    entry = Entry.objects.get(verb="notification.template_set", subject_id=row)
    assert entry.account_id == post.cast.city.account_id and entry.data["from"] == "25/11/2026"


def test_the_city_edits_on_a_page_with_its_history(post: Post) -> None:
    browser = post.browser(post.cast.city)
    url = f"/messages/templates/received/?place={TAN_HUNG}"
    assert "mẫu có sẵn" in browser.get(url).content.decode()
    given = {"key": str(uuid4()), "text": TEXT, "valid_from": "", "provider_template": "ZNS-12"}
    assert browser.post(url, given).status_code == 302
    page = browser.get(url).content.decode()
    assert "đã vào sổ của" in page and "trên 400 ký tự" in page and "ZNS-12" in page
    wrong = browser.post(url, {**given, "key": str(uuid4()), "text": "Chào {tên}"})
    assert wrong.status_code == 422 and "chỉ dùng được các chỗ trống" in wrong.content.decode()
    assert "Chào {tên}" in wrong.content.decode()
    long = browser.post(url, {**given, "key": str(uuid4()), "text": "x" * 401})
    assert long.status_code == 422 and "quá 400 ký tự" in long.content.decode()


def test_a_unit_sees_its_templates_and_edits_none(post: Post) -> None:
    browser = post.browser(post.cast.clerk)
    page = browser.get("/messages/templates/")
    assert page.status_code == 200 and "/400" in page.content.decode()
    assert "/messages/templates/received/" not in page.content.decode()
    assert browser.get("/messages/templates/received/").status_code == 404
    assert post.browser(post.cast.city).get("/messages/templates/khac/").status_code == 404
