"""What every answer carries, an error's too; and that no address leads away from here."""

import re

import pytest
from django.test import Client

from tests.cast import TAN_HUNG
from tests.people.identity.conftest import SignIn

pytestmark = pytest.mark.django_db
CLERK = f"motcua1.{TAN_HUNG}"
PAGES = ["/", "/account/login/", "/desk/", "/approval/", "/nowhere/", "/fail/error/", "/fail/refused/"]


@pytest.mark.parametrize("url", PAGES)
def test_nothing_runs_that_is_not_ours(sign_in: SignIn, url: str) -> None:
    answer = sign_in(CLERK).get(url)
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not re.search(rb"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", answer.content)


def test_what_an_officer_saw_is_kept_nowhere(sign_in: SignIn) -> None:
    assert "no-store" in sign_in(CLERK).get("/any/")["Cache-Control"]


@pytest.mark.parametrize(
    "away", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:1"]
)
@pytest.mark.parametrize("url", ["/ngon-ngu/en/", "/account/login/"])
def test_no_address_leads_away(sign_in: SignIn, url: str, away: str) -> None:
    answer = sign_in(CLERK).get(url, {"next": away})
    assert answer.status_code == 302
    assert re.match(r"/(?![/\\])", answer["Location"])


def test_signing_out_needs_a_post(sign_in: SignIn) -> None:
    client: Client = sign_in(CLERK)
    client.get("/account/logout/")
    assert client.get("/any/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/any/").status_code == 302
