"""The staff pages: the list by body, a post and its acts, slips; each unit its own, the city all of them."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import now, today
from lienthong.fronts.administration.queries.staff import standing_of
from lienthong.people.identity.models import Account
from lienthong.people.identity.queries import seat_of
from lienthong.people.identity.values import Seat
from lienthong.people.organisation.actions import appoint, create_post
from tests.cast import NHA_BE, PROVINCE, TAN_HUNG, Cast
from tests.fronts.administration.files import signed_in

pytestmark = pytest.mark.django_db
STAFF = "/administration/staff/"
ACTS = [
    "appoint",
    "substitute",
    "end_absence",
    "invite",
    "slip",
    "reset",
    "lock",
    "unlock",
    "end_holding",
    "close_post",
]
CONTROL = (
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "BEGIN",
    "COMMIT",
    "SELECT set_config",
    "SELECT lienthong_unit",
)


@pytest.fixture
def at(client: Client) -> Callable[[Actor], Client]:
    return lambda actor: signed_in(client, actor)


At = Callable[[Actor], Client]


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def act(client: Client, actor: Actor, verb: str, **given: Any) -> Any:
    return client.post(f"{STAFF}posts/{actor.post_id}/{verb}/", {"key": str(uuid4()), **given})


def seat(actor: Actor) -> Seat:
    found = seat_of(actor.acting_post, today())
    assert found is not None
    return found


def test_the_list_has_every_post_with_its_holder(at: At, cast: Cast) -> None:
    told = words(at(cast.administrator).get(STAFF))
    for part in ("Chủ tịch UBND", cast.chair.name, f"motcua1.{TAN_HUNG}", "Chưa đăng nhập", "19 vị trí"):
        assert part in told
    assert cast.stranger.name not in told


def test_a_list_of_vacancies_leads_to_filling_them(at: At, cast: Cast) -> None:
    client = at(cast.administrator)
    assert "Không có vị trí nào trong danh sách này" in words(client.get(f"{STAFF}?list=vacant"))
    assert act(client, cast.specialist, "end_holding", ends_on=f"{today():%d/%m/%Y}").status_code == 302
    told = words(client.get(f"{STAFF}?list=vacant"))
    assert "Trống" in told and cast.chair.name not in told


def test_the_city_sees_all_units_and_opens_one(at: At, cast: Cast) -> None:
    client = at(cast.city)
    told = words(client.get(STAFF))
    assert "Phường Tân Hưng" in told and "169 đơn vị" in told
    assert cast.chair.name in words(client.get(f"{STAFF}?unit={TAN_HUNG}"))
    assert client.get(f"{STAFF}?unit=99999").status_code == 404


def test_a_unit_sees_only_its_own(at: At, cast: Cast) -> None:
    client = at(cast.of(f"quantri.{NHA_BE}"))
    for address in (f"{STAFF}?unit={TAN_HUNG}", f"{STAFF}xlsx/?unit={TAN_HUNG}", f"{STAFF}import/?unit={TAN_HUNG}",
                    f"{STAFF}slips/?unit={TAN_HUNG}", f"{STAFF}posts/add/?unit={TAN_HUNG}",
                    f"{STAFF}posts/{cast.clerk.post_id}/"):  # fmt: skip
        assert client.get(address).status_code == 404, address
    for verb in ACTS:
        assert client.get(f"{STAFF}posts/{cast.clerk.post_id}/{verb}/").status_code == 404
        assert act(client, cast.clerk, verb).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "head", "vice_chair", "records"])
def test_who_has_no_such_duty_finds_nothing(at: At, cast: Cast, who: str) -> None:
    client = at(getattr(cast, who))
    for address in ("/administration/", STAFF, f"{STAFF}import/", f"{STAFF}posts/{cast.clerk.post_id}/"):
        assert client.get(address).status_code == 404


def test_the_citys_own_administrator_staffs_the_city_alone(at: At, cast: Cast) -> None:
    client = at(cast.of(f"quantri.{PROVINCE}"))
    assert "Chuyên viên theo dõi" in words(client.get(STAFF))
    assert client.get(f"{STAFF}?unit={TAN_HUNG}").status_code == 404


def test_a_post_says_who_answers_when_it_is_vacant_and_why_an_act_is_not_possible(at: At, cast: Cast) -> None:
    told = words(at(cast.administrator).get(f"{STAFF}posts/{cast.specialist.post_id}/"))
    assert f"{cast.head.name} ({cast.head.title}) trả lời" in told
    assert "Người này đã có tài khoản." in told and "đang giữ vị trí này" in told


def test_a_post_is_added_and_somebody_is_put_in_and_invited(at: At, cast: Cast) -> None:
    client = at(cast.administrator)
    assert client.post(f"{STAFF}posts/add/", {"key": str(uuid4())}).status_code == 422
    given = {
        "body_id": cast.clerk.body_id,
        "kind": "one_stop_clerk",
        "title": "Cán bộ một cửa 3",
        "starts_on": "1/7/2026",
    }
    added = client.post(f"{STAFF}posts/add/", {"key": str(uuid4()), **given})
    assert added.status_code == 302
    new = {
        "new_name": "Cán bộ Mới",
        "starts_on": "01/07/2026",
        "instrument_text": "5/QĐ-UBND",
        "key": str(uuid4()),
    }
    assert (
        client.post(f"{added['Location']}appoint/", {**new, "person_id": cast.clerk.person_id}).status_code
        == 422
    )
    assert client.post(f"{added['Location']}appoint/", new).status_code == 302
    bad = client.post(f"{added['Location']}invite/", {"username": f"motcua1.{TAN_HUNG}", "key": str(uuid4())})
    assert bad.status_code == 409 and "account.taken" in bad.content.decode()
    slip = client.post(f"{added['Location']}invite/", {"username": "moi.27475", "key": str(uuid4())})
    assert slip.status_code == 200
    told = words(slip)
    assert "Cán bộ Mới" in told and "moi.27475" in told and re.search(r"(\w{4}-){3}\w{4}", told)
    assert "Chờ nhận phiếu" in words(client.get(added["Location"]))


def test_a_reset_shows_the_slip_and_sending_it_again_shows_the_same(at: At, cast: Cast) -> None:
    client, given = at(cast.administrator), {"key": str(uuid4())}
    shown = [act(client, cast.clerk, "reset", **given) for _time in range(2)]
    codes = [re.findall(r"(?:\w{4}-){3}\w{4}", words(one)) for one in shown]
    assert [one.status_code for one in shown] == [200, 200]
    assert codes[0] == codes[1] and len(codes[0]) == 1
    assert not Account.objects.get(pk=cast.clerk.account_id).has_usable_password()


def test_slips_for_all_who_wait_are_printed_together(at: At, cast: Cast) -> None:
    client = at(cast.administrator)
    for one in (cast.clerk, cast.second_clerk):
        act(client, one, "reset")
    assert cast.clerk.name in words(client.get(f"{STAFF}slips/"))
    chosen = [cast.clerk.account_id, cast.second_clerk.account_id, cast.stranger.account_id]
    printed = client.post(f"{STAFF}slips/", {"key": str(uuid4()), "account": chosen})
    assert len(re.findall(r"(?:\w{4}-){3}\w{4}", words(printed))) == 2
    assert "/account/invitation/, gõ mã" in words(printed)
    assert client.post(f"{STAFF}slips/", {"key": str(uuid4())}).status_code == 409


def test_locking_asks_for_a_reason_and_unlocking_gives_the_account_back(at: At, cast: Cast) -> None:
    client = at(cast.administrator)
    assert act(client, cast.clerk, "lock").status_code == 422
    assert act(client, cast.clerk, "lock", reason="nghỉ việc").status_code == 302
    assert "nghỉ việc" in words(client.get(f"{STAFF}?list=locked"))
    assert act(client, cast.clerk, "reset").status_code == 409
    assert act(client, cast.clerk, "unlock").status_code == 302
    assert seat(cast.clerk).is_active
    assert act(client, cast.administrator, "lock", reason="thử").status_code == 409


def test_an_absence_with_its_substitute_is_named_and_ended(at: At, cast: Cast) -> None:
    client = at(cast.administrator)
    days = {"starts_on": f"{today():%d/%m/%Y}", "last_day": "31/12/2098"}
    assert act(client, cast.clerk, "substitute", **{**days, "last_day": ""}).status_code == 422
    assert (
        act(client, cast.clerk, "substitute", substitute_id=cast.second_clerk.person_id, **days).status_code
        == 302
    )
    assert cast.second_clerk.name in words(client.get(f"{STAFF}posts/{cast.clerk.post_id}/"))
    overlap = act(client, cast.clerk, "substitute", **days)
    assert overlap.status_code == 409 and "post.absence_overlaps" in overlap.content.decode()
    assert act(client, cast.clerk, "end_absence", ends_on="01/01/2098").status_code == 302


def test_an_account_that_waits_is_told_from_one_whose_slip_is_over(at: At, cast: Cast) -> None:
    waits = replace(seat(cast.clerk), has_password=False, invited_until=now() + timedelta(days=1))
    assert standing_of(waits, now()).word == "Chờ nhận phiếu"
    assert standing_of(replace(waits, invited_until=now()), now()).word == "Phiếu hết hạn"
    assert standing_of(replace(waits, invited_until=None), now()).word == "Chưa cấp phiếu"
    assert standing_of(replace(waits, account_id=None), now()).word == "Chưa có"


def test_what_the_pages_ask_of_the_database(at: At, cast: Cast) -> None:
    """Session, account and posts are three of them."""
    for actor, address, most in (
        (cast.administrator, STAFF, 6),
        (cast.city, STAFF, 6),
        (cast.city, f"{STAFF}?unit={TAN_HUNG}", 6),
        (cast.administrator, f"{STAFF}posts/{cast.clerk.post_id}/", 8),
    ):
        client = at(actor)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        asked = [one["sql"] for one in seen.captured_queries if not one["sql"].startswith(CONTROL)]
        assert len(asked) <= most, "\n".join(asked)


def test_the_account_of_who_left_is_locked_and_given_back(at: At, cast: Cast) -> None:
    """No post leads to it any more; who works here is found by the post, not here."""
    accounts = f"{STAFF}accounts/"
    lock = f"{accounts}{cast.clerk.account_id}/lock/"
    client = at(cast.administrator)
    assert client.get(lock).status_code == 404
    assert act(client, cast.clerk, "end_holding", ends_on=f"{today():%d/%m/%Y}").status_code == 302
    assert f"motcua1.{TAN_HUNG}" in words(client.get(accounts))
    assert client.get(lock).status_code == 200
    assert client.post(lock, {"key": str(uuid4())}).status_code == 422
    told = client.post(lock, {"key": str(uuid4()), "reason": "nghỉ việc"})
    assert (told.status_code, told["Location"]) == (302, accounts)
    assert not Account.objects.get(pk=cast.clerk.account_id).is_active
    assert "nghỉ việc" in words(client.get(accounts))
    assert client.get(lock).status_code == 409
    assert client.post(lock.replace("lock", "unlock"), {"key": str(uuid4())}).status_code == 302
    assert Account.objects.get(pk=cast.clerk.account_id).is_active
    stranger = at(cast.of(f"quantri.{NHA_BE}"))
    assert stranger.get(lock).status_code == 404 and f"motcua1.{TAN_HUNG}" not in words(
        stranger.get(accounts)
    )
    assert at(cast.city).get(lock).status_code == 200


def test_a_post_says_that_its_holder_also_works_elsewhere(at: At, cast: Cast) -> None:
    words_of = {"kind": "one_stop_clerk", "title": "Kiêm nhiệm", "starts_on": today(), "rank": 9}
    post = create_post(actor=SYSTEM, body_id=cast.stranger.body_id or 0, **words_of)  # type: ignore[arg-type]
    appoint(actor=SYSTEM, post_id=post, person_id=cast.clerk.person_id or 0, starts_on=today())
    client = at(cast.administrator)
    assert "còn giữ vị trí ở đơn vị khác" in words(client.get(f"{STAFF}posts/{cast.clerk.post_id}/"))
    assert act(client, cast.clerk, "reset").status_code == 409
