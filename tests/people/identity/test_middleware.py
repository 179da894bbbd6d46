"""Closed by default; from one post at a time; another unit's rows do not exist."""

from datetime import date, timedelta

import pytest
from django.test import Client

from lienthong.core.journal.models import Reading
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.people.organisation.actions import record_absence
from lienthong.people.parties.actions import register_party
from lienthong.people.parties.models import Party
from lienthong.people.parties.values import PartyDraft
from tests.cast import NHA_BE, TAN_HUNG, Cast
from tests.people.identity.conftest import SignIn

pytestmark = pytest.mark.django_db
CLERK, CHAIR, DIRECTOR = f"motcua1.{TAN_HUNG}", f"chutich.{TAN_HUNG}", f"phochutich2.{TAN_HUNG}"


def test_an_open_page_is_open_to_everybody(client: Client) -> None:
    assert client.get("/open/").content.decode() == "mở"


@pytest.mark.parametrize("url", ["/unmarked/", "/any/", "/approval/", "/account/post/"])
def test_every_other_page_sends_a_visitor_to_sign_in_and_back(client: Client, url: str) -> None:
    answer = client.get(f"{url}?x=1")
    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next={url.replace('/', '%2F')}%3Fx%3D1"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client: Client) -> None:
    answer = client.get("/any/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/account/login/")


def test_an_unmarked_page_is_closed_to_officers_too(sign_in: SignIn) -> None:
    assert sign_in(CHAIR).get("/unmarked/").status_code == 403


def test_a_page_that_needs_a_duty_is_open_to_posts_that_carry_it(sign_in: SignIn) -> None:
    assert sign_in(CHAIR).get("/approval/").status_code == 200
    assert sign_in(CLERK).get("/approval/").status_code == 403


def test_the_only_post_is_taken_without_asking(sign_in: SignIn) -> None:
    text = sign_in(CLERK).get("/any/").content.decode()
    assert text == "Cán bộ một cửa 1 P. Tân Hưng · Cán bộ một cửa · Phường Tân Hưng|False"


def test_an_officer_with_two_posts_chooses_first(sign_in: SignIn, cast: Cast) -> None:
    browser = sign_in(DIRECTOR)
    answer = browser.get("/any/")
    assert answer["Location"] == "/account/post/?next=%2Fany%2F"
    page = browser.get(answer["Location"]).content.decode()
    assert "Giám đốc Trung tâm" in page
    assert "Phó Chủ tịch UBND" in page
    chosen = browser.post("/account/post/", {"post": cast.director.post_id, "next": "/any/"})
    assert chosen["Location"] == "/any/"
    assert "Giám đốc Trung tâm" in browser.get("/any/").content.decode()


def test_nobody_chooses_a_post_of_somebody_else(sign_in: SignIn, cast: Cast) -> None:
    answer = sign_in(DIRECTOR).post("/account/post/", {"post": cast.chair.post_id})
    assert answer.status_code == 409
    assert "post.not_yours" in answer.content.decode()


def test_the_way_back_does_not_lead_elsewhere(sign_in: SignIn, cast: Cast) -> None:
    elsewhere = {"post": cast.director.post_id, "next": "https://elsewhere.example/"}
    assert sign_in(DIRECTOR).post("/account/post/", elsewhere)["Location"] == "/desk/start/"


def test_a_substitute_may_act_from_the_absent_holders_post(sign_in: SignIn, cast: Cast) -> None:
    record_absence(
        actor=cast.chair,
        post_id=cast.chair.post_id or 0,
        starts_on=today(),
        ends_on=today() + timedelta(days=1),
        substitute_id=cast.vice_chair.person_id,
    )
    browser = sign_in(f"phochutich1.{TAN_HUNG}")
    browser.post("/account/post/", {"post": cast.chair.post_id})
    assert browser.get("/any/").content.decode().endswith("Chủ tịch UBND · Phường Tân Hưng|True")


def test_a_post_that_is_no_longer_held_is_lost_at_once(sign_in: SignIn, cast: Cast) -> None:
    record_absence(
        actor=cast.chair,
        post_id=cast.chair.post_id or 0,
        starts_on=date(2026, 1, 5),
        ends_on=date(2026, 1, 6),
        substitute_id=cast.vice_chair.person_id,
    )
    answer = sign_in(f"phochutich1.{TAN_HUNG}").post("/account/post/", {"post": cast.chair.post_id})
    assert answer.status_code == 409


def test_another_units_rows_are_not_there(sign_in: SignIn, cast: Cast) -> None:
    with entered(cast.clerk):
        party = register_party(actor=cast.clerk, party=PartyDraft(name="Công dân 0456"))
    assert sign_in(CLERK).get(f"/party/{party}/").content.decode() == "Công dân 0456"
    assert "0456" in sign_in(CLERK).get("/parties/").content.decode()
    stranger = sign_in(f"motcua1.{NHA_BE}")
    assert "0456" not in stranger.get("/parties/").content.decode()
    refused = stranger.get(f"/party/{party}/")
    assert refused.status_code == 404
    assert "0456" not in refused.content.decode()
    missing = stranger.get("/party/987654321/")
    assert (missing.status_code, missing.content) == (404, refused.content)


def test_a_refused_reading_is_written_though_the_request_rolled_back(sign_in: SignIn, cast: Cast) -> None:
    with entered(cast.clerk):
        party = register_party(actor=cast.clerk, party=PartyDraft(name="Công dân 0457"))
    sign_in(f"motcua1.{NHA_BE}").get(f"/party/{party}/")
    with entered(SYSTEM):
        row = Reading.objects.get(subject_kind="party", subject_id=party)
    assert (row.unit_id, row.allowed) == (cast.stranger.unit_id, False)


@pytest.mark.parametrize(("how", "status"), [("refused", 409), ("missing", 404), ("broken", 500)])
def test_a_request_that_fails_leaves_nothing_behind(
    sign_in: SignIn, cast: Cast, how: str, status: int
) -> None:
    answer = sign_in(CLERK).get(f"/fail/{how}/")
    assert answer.status_code == status
    with entered(cast.clerk):
        assert not Party.objects.filter(name=f"Công dân hỏng {how}").exists()


def test_a_refusal_is_told_in_its_own_sentence(sign_in: SignIn) -> None:
    page = sign_in(CLERK).get("/fail/refused/").content.decode()
    assert "Chưa làm được. Hãy thử lại." in page
    assert "test.refused" in page
    part = sign_in(CLERK).get("/fail/refused/", headers={"HX-Request": "true"}).content.decode()
    assert "Chưa làm được. Hãy thử lại." in part
    assert "<html" not in part
