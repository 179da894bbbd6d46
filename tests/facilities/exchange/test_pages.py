"""The exchange pages: what waits, what is stuck and why, since when; sent again by a button."""

import dataclasses
import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lienthong.core.journal.models import Entry, Stumble
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.facilities.exchange import access, actions, queries
from lienthong.facilities.exchange.models import Client as Registered
from lienthong.facilities.exchange.models import Delivery, Subscription
from lienthong.people.identity.models import Account
from lienthong.people.identity.queries import posts_of
from tests.cast import Cast
from tests.facilities.exchange.conftest import SCOPES, Portal
from tests.facilities.exchange.receiver import is_signed, listening
from tests.facilities.fees.pages.conftest import as_officer as as_officer

pytestmark = pytest.mark.django_db
Officer = Callable[[Actor], Client]


def words(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def keyed(**values: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), **values}


@pytest.fixture
def city(portal: Portal, as_officer: Officer) -> Client:
    return as_officer(portal.cast.city)


def stuck(portal: Portal, status: int = 400) -> list[Delivery]:
    """Two dossiers whose events the receiver refused too often; the address answers again by now."""
    with listening(lambda _event: status) as receiver:
        portal.subscribe(receiver.url)
        portal.dossier(code="A-1")
        portal.dossier("079190000124", code="A-2")
        portal.tell()
        with entered(SYSTEM):
            Delivery.objects.update(tries=12)
        actions.send_due()
    return portal.deliveries()


def test_an_empty_exchange_says_what_would_be_here(portal: Portal, city: Client) -> None:
    Registered.objects.all().delete()
    page = words(city.get("/exchange/"))
    assert "Chưa có bên kết nối nào" in page and "Mọi dòng nhật ký đã được xử lý." in page


def test_the_page_says_what_is_stuck_why_and_since_when(portal: Portal, city: Client) -> None:
    stuck(portal)
    page = words(city.get("/exchange/"))
    assert "Cổng thử nghiệm" in page and "có thông báo bị kẹt" in page
    assert "Máy nhận từ chối thông báo này." in page
    own = words(city.get(f"/exchange/clients/{portal.client_id}/"))
    assert "A-1" in own and "A-2" in own and "(HTTP 400)" in own and "Được tiếp nhận" in own
    waiting = words(city.get(f"/exchange/clients/{portal.client_id}/?state=waiting"))
    assert "Không còn gì chờ gửi" in waiting


@pytest.mark.parametrize("who", ["clerk", "administrator", "chair"])
def test_nobody_else_sees_it(portal: Portal, as_officer: Officer, who: str) -> None:
    other = as_officer(getattr(portal.cast, who))
    assert other.get("/exchange/").status_code == 404
    assert other.get(f"/exchange/clients/{portal.client_id}/").status_code == 404
    assert other.post(f"/exchange/clients/{portal.client_id}/resend/", keyed()).status_code == 404


def test_one_is_sent_again_by_its_button_and_the_journal_says_so(portal: Portal, city: Client) -> None:
    first, second = stuck(portal)
    form = keyed()
    for _twice in range(2):
        answer = city.post(f"/exchange/deliveries/{first.pk}/resend/", form)
        assert answer.status_code == 302 and answer["Location"] == f"/exchange/clients/{portal.client_id}/"
    assert [one.state for one in portal.deliveries()] == ["waiting", "stuck"]
    entry = Entry.objects.get(verb="exchange.delivery_resent")
    assert entry.account_id == portal.cast.city.account_id and entry.data["count"] == 1
    assert second.state == "stuck"


def test_all_of_a_client_are_sent_again_and_arrive(portal: Portal, city: Client) -> None:
    stuck(portal)
    with listening() as receiver:
        with entered(SYSTEM):
            Subscription.objects.update(url=receiver.url)
        city.post(f"/exchange/clients/{portal.client_id}/resend/", keyed())
        actions.send_due()
        # Two dossiers: each event once; the order between them is promised to nobody.
        assert sorted(event["data"]["external_code"] for event in receiver.events) == ["A-1", "A-2"]
    assert {one.state for one in portal.deliveries()} == {"delivered"}
    assert Entry.objects.get(verb="exchange.delivery_resent").data["count"] == 2
    delivered = words(city.get(f"/exchange/clients/{portal.client_id}/?state=delivered"))
    assert "A-1" in delivered and "Giao lúc" in delivered


def test_a_delivered_one_may_be_asked_for_again_under_the_same_id(portal: Portal, city: Client) -> None:
    with listening() as receiver:
        portal.subscribe(receiver.url)
        portal.dossier()
        portal.tell()
        actions.send_due()
        city.post(f"/exchange/deliveries/{portal.deliveries()[0].pk}/resend/", keyed())
        actions.send_due()
        assert len(receiver.events) == 2 and len({event["id"] for event in receiver.events}) == 1


def test_a_button_without_its_key_does_nothing_and_says_why(portal: Portal, city: Client) -> None:
    (first, _second) = stuck(portal)
    for url in (f"deliveries/{first.pk}/resend/", f"clients/{portal.client_id}/resend/"):
        answer = city.post(f"/exchange/{url}", {})
        assert answer.status_code == 422 and "tải lại trang" in words(answer)
    assert {one.state for one in portal.deliveries()} == {"stuck"}


def test_what_is_not_there_is_not_found(portal: Portal, city: Client) -> None:
    for number in (10**12, 10**24):
        for url in (
            f"deliveries/{number}/resend/",
            f"clients/{number}/resend/",
            f"clients/{number}/stop/",
            f"tokens/{number}/revoke/",
            f"subscriptions/{number}/rotate/",
            f"stumbles/exchange/{number}/retry/",
        ):
            assert city.post(f"/exchange/{url}", keyed(reason="Thử")).status_code == 404, url
        assert city.get(f"/exchange/clients/{number}/").status_code == 404


def test_a_client_is_registered_over_the_page(portal: Portal, city: Client) -> None:
    form = keyed(name="Sở Tư pháp", kind="sector", scopes=SCOPES, units="27475, 27286", rate="60")
    answer = city.post("/exchange/clients/register/", form)
    made = Registered.objects.get(name="Sở Tư pháp")
    assert answer["Location"] == f"/exchange/clients/{made.pk}/"
    assert len(made.unit_ids) == 2 and made.rate_per_minute == 60
    page = words(city.get(answer["Location"]))
    assert "Tân Hưng" in page and "60 lượt gọi mỗi phút" in page


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"name": ""}, 422, "Hãy ghi tên bên kết nối."),
        ({"scopes": []}, 422, "Hãy chọn ít nhất một phạm vi."),
        ({"units": "Tân Hưng"}, 422, "Mã đơn vị gồm 5 chữ số"),
        ({"rate": "0"}, 422, "từ 1 đến 60.000"),
        ({"name": "Cổng thử nghiệm"}, 409, "Đã có bên kết nối mang tên này."),
    ],
)
def test_a_bad_registration_says_what_to_do_and_keeps_what_was_typed(
    portal: Portal, city: Client, changes: dict[str, Any], status: int, sentence: str
) -> None:
    form = keyed(name="Sở Tư pháp", kind="sector", scopes=SCOPES, units="", rate="60")
    answer = city.post("/exchange/clients/register/", {**form, **changes})
    assert answer.status_code == status and sentence in words(answer)
    assert not Registered.objects.filter(name="Sở Tư pháp").exists()


def test_a_token_is_shown_once_and_works(portal: Portal, city: Client) -> None:
    until = timezone.localdate() + timedelta(days=30)
    form = keyed(scopes=SCOPES, expires_on=f"{until:%d/%m/%Y}", username="")
    url = f"/exchange/clients/{portal.client_id}/issue-token/"
    assert city.get(url).status_code == 200
    shown = city.post(url, form)
    raw = re.search(r"lt_[\w-]{43}", shown.content.decode())
    assert raw is not None and "Chỉ hiện một lần này" in words(shown)
    assert shown["Cache-Control"].count("no-store") == 1
    assert access.client_by_token(raw[0]) is not None
    again = city.post(url, form)
    assert raw[0] not in again.content.decode() and "đã làm ở lần gửi trước" in words(again)
    page = city.get(f"/exchange/clients/{portal.client_id}/")
    assert raw[0] not in page.content.decode() and f"lt_…{raw[0][-4:]}" in words(page)
    known = access.client_by_token(raw[0])
    assert known is not None
    city.post(f"/exchange/tokens/{known.token_id}/revoke/")
    assert access.client_by_token(raw[0]) is None


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"expires_on": ""}, 422, "Hãy ghi ngày hết hạn."),
        ({"expires_on": "31/02/2027"}, 422, "Dùng đến hết ngày"),
        ({"expires_on": "01/01/2020"}, 409, "phải sau hôm nay"),
        ({"scopes": ["dossiers:pay"]}, 422, "Mã này mở"),
        ({"username": "khong.co"}, 409, "Không có tài khoản nào mang tên này"),
    ],
)
def test_a_bad_token_form_says_what_to_do(
    portal: Portal, city: Client, changes: dict[str, Any], status: int, sentence: str
) -> None:
    form = keyed(scopes=SCOPES, expires_on="01/06/2027", username="")
    answer = city.post(f"/exchange/clients/{portal.client_id}/issue-token/", {**form, **changes})
    assert answer.status_code == status and sentence in words(answer)


def test_where_an_officer_holds_several_posts_none_is_taken_by_itself(
    cast: Cast, city: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with entered(cast.city):
        client_id = actions.register_client(
            actor=cast.city, key=uuid4(), name="Phần mềm", kind="office", scopes=["desk:act"]
        )
    worker, other = cast.specialist, cast.head.acting_post
    (post,) = posts_of(worker.account_id or 0, timezone.localdate())
    two = [post, dataclasses.replace(post, post_id=other, title="Phó trưởng phòng")]
    monkeypatch.setattr(queries, "posts_of", lambda *_: two)
    name = Account.objects.get(pk=worker.account_id).username
    until = timezone.localdate() + timedelta(days=30)
    form = {"scopes": ["desk:act"], "expires_on": f"{until:%d/%m/%Y}", "username": name}
    url = f"/exchange/clients/{client_id}/issue-token/"
    asked = city.post(url, keyed(**form))
    assert asked.status_code == 409 and f"{other}: Phó trưởng phòng" in words(asked)
    assert city.post(url, keyed(**form, post="1")).status_code == 409
    assert city.post(url, keyed(**form, post=str(worker.post_id))).status_code == 200
    data = Entry.objects.get(verb="exchange.token_issued", data__client=client_id).data
    assert (data["for_account"], data["for_post"]) == (worker.account_id, worker.post_id)


def test_an_address_is_added_paused_resumed_and_given_a_new_secret(portal: Portal, city: Client) -> None:
    with listening() as receiver:
        url = f"/exchange/clients/{portal.client_id}/subscribe/"
        assert "Hãy ghi địa chỉ nhận." in words(city.post(url, keyed(url="")))
        bad = city.post(url, keyed(url="ftp://a"))
        assert bad.status_code == 409 and "https://" in words(bad)
        shown = city.post(url, keyed(url=receiver.url))
        secret = re.search(r"whsec_[\w+/=]+", html.unescape(shown.content.decode()))
        with entered(SYSTEM):
            found = Subscription.objects.get()
        base = f"/exchange/subscriptions/{found.pk}"
        assert city.post(f"{base}/pause/", keyed(reason="")).status_code == 422
        assert city.post(f"{base}/pause/", keyed(reason="Bảo trì")).status_code == 302
        assert "Bảo trì" in words(city.get(f"/exchange/clients/{portal.client_id}/"))
        portal.dossier()
        portal.tell()
        assert actions.send_due() == 0
        assert city.post(f"{base}/resume/").status_code == 302
        assert actions.send_due() == 1
        assert secret is not None and is_signed(secret[0], receiver.headers[0], receiver.bodies[0])
        rotated = words(city.post(f"{base}/rotate/", keyed()))
        assert "bảy ngày" in rotated
        assert "khóa ký cũ còn dùng đến" in words(city.get(f"/exchange/clients/{portal.client_id}/"))


def test_a_client_is_stopped_and_resumed_over_its_page(portal: Portal, city: Client) -> None:
    base = f"/exchange/clients/{portal.client_id}"
    city.post(f"{base}/stop/")
    assert "Bên kết nối đang ngừng" in words(city.get(f"{base}/")) and "đã ngừng" in words(
        city.get("/exchange/")
    )
    city.post(f"{base}/resume/")
    assert "Bên kết nối đang ngừng" not in words(city.get(f"{base}/"))


def test_a_stumble_is_shown_and_tried_again_at_once(portal: Portal, city: Client) -> None:
    case_id = portal.dossier()
    entry = Entry.objects.filter(case_id=case_id).latest("id")
    later = timezone.now() + timedelta(hours=5)
    Stumble.objects.create(
        listener="exchange",
        entry=entry,
        case_id=case_id,
        tries=3,
        error="ValueError: hỏng",
        next_try_at=later,
    )
    page = words(city.get("/exchange/"))
    assert "ValueError: hỏng" in page and "Xử lý lại ngay" in page
    answer = city.post(f"/exchange/stumbles/exchange/{entry.pk}/retry/")
    assert answer.status_code == 302
    assert Stumble.objects.get().next_try_at <= timezone.now()
    assert Entry.objects.get(verb="journal.stumble_retried").data["listener"] == "exchange"


def test_long_lists_go_page_by_page(portal: Portal, city: Client) -> None:
    portal.subscribe("https://cong.example.vn/")
    case_id = portal.dossier()
    portal.tell()
    (one,) = portal.deliveries()
    with entered(SYSTEM):
        Delivery.objects.bulk_create(
            Delivery(
                subscription_id=one.subscription_id,
                entry_id=10**9 + number,
                case_id=case_id,
                verb=one.verb,
                payload=one.payload,
                next_try_at=one.next_try_at,
            )
            for number in range(60)
        )
    base = f"/exchange/clients/{portal.client_id}/?state=waiting"
    first = city.get(base)
    after = re.search(r"after=(\d+)", first.content.decode())
    assert after is not None and words(first).count("CQG-") == 50
    second = city.get(f"{base}&after={after[1]}")
    assert words(second).count("CQG-") == 11
    assert "Chờ thông báo trước của cùng hồ sơ." in words(first)


def test_a_page_takes_few_statements_however_much_waits(portal: Portal, city: Client) -> None:
    stuck(portal)
    with CaptureQueriesContext(connection) as seen:
        city.get("/exchange/")
    asked = [q["sql"] for q in seen.captured_queries if "exchange_" in q["sql"] or "journal_" in q["sql"]]
    assert len(asked) == 2


def test_resending_asks_who_may(portal: Portal) -> None:
    (first, _second) = stuck(portal)
    administrator = portal.cast.administrator
    with entered(administrator):
        with pytest.raises(NotFound):
            actions.resend_delivery(actor=administrator, key=uuid4(), delivery_id=first.pk)
        with pytest.raises(NotFound):
            actions.resend_all(actor=administrator, key=uuid4(), client_id=portal.client_id)
