"""Whatever comes: a clear sentence, and nothing lost or half done."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import UnreadablePostError
from django.test import Client
from django.utils import timezone

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.casework.models import Case
from lienthong.facilities.exchange.access import forget_tokens
from lienthong.facilities.exchange.actions import revoke_token, stop_client
from lienthong.facilities.exchange.models import Client as Registration
from lienthong.facilities.exchange.models import ClientToken
from tests.fronts.api.conftest import Portal, Registered, dossier, problem, told

pytestmark = pytest.mark.django_db
ATTACH = "/api/v1/dossiers/X-1/attachments"


def _part(name: str, content: str, file: str = "") -> bytes:
    named = f'name="{name}"' + (f'; filename="{file}"' if file else "")
    return f"--x\r\nContent-Disposition: form-data; {named}\r\n\r\n{content}\r\n".encode()


@pytest.mark.parametrize(
    "body",
    ["", "{", "[1, 2", '{"a": NaN}', "\xff\xfe", b"\xff\xfe\x00", "[" * 100_000, '{"a": Infinity}'],
    ids=["empty", "cut", "list", "nan", "latin", "bytes", "deep", "infinity"],
)
def test_malformed_json(portal: Portal, body: str | bytes) -> None:
    answer = portal.post("/dossiers", body)
    assert told(answer)["code"] in {"api.malformed", "api.fields", "api.media_type"}
    assert answer["Content-Type"] == "application/problem+json" and answer.status_code in {400, 415, 422}


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"colour": "red"}, "#/colour", "extra_forbidden"),
        ({"quantity": "2"}, "#/quantity", "int_type"),
        ({"quantity": 0}, "#/quantity", "greater_than_equal"),
        ({"unit_code": None}, "#/unit_code", "string_type"),
        ({"note": "a\x00b"}, "#/note", "string_pattern_mismatch"),
        ({"applicant": {"name": "A", "born_on": "31/12/1990"}}, "#/applicant/born_on", None),
        (
            {"applicant": {"name": "A", "papers": [{"kind": "x", "number": "1"}]}},
            "#/applicant/papers/0/kind",
            None,
        ),
        ({"form": {"a/b~c": 1}}, "#/form/a~1b~0c", "string_type"),
        ({"links": [{"url": "file:///etc/passwd", "name": "a.pdf"}]}, "#/links/0/url", None),
    ],
)
def test_a_wrong_field_is_named(portal: Portal, changes: Any, pointer: str, code: str | None) -> None:
    found = problem(portal.post("/dossiers", dossier(**changes)), 422, "api.fields")
    (error,) = found["errors"]
    assert error["pointer"] == pointer and error["detail"].endswith(".") and code in (None, error["code"])


def test_what_was_sent_is_never_repeated_in_the_answer(portal: Portal) -> None:
    body = dossier(applicant={"name": 12, "phone": "bí-mật-0912345678"})
    assert "0912345678" not in portal.post("/dossiers", body).content.decode()


def test_a_missing_or_odd_key_is_named(portal: Portal) -> None:
    for key in ("", "abc"):
        found = problem(portal.post("/dossiers", dossier(), **{"Idempotency-Key": key}), 422, "api.fields")
        assert found["errors"][0]["parameter"] == "Idempotency-Key"


def test_an_over_size_body_is_not_read(portal: Portal) -> None:
    problem(portal.post("/dossiers", dossier(note="x" * 1_100_000)), 413, "api.too_large")


def test_a_body_in_pieces_is_asked_for_its_length(portal: Portal) -> None:
    problem(portal.post("/dossiers", dossier(), **{"Transfer-Encoding": "chunked"}), 411, "api.length")


def test_another_kind_of_body_is_refused(portal: Portal) -> None:
    answer = portal.browser.post("/api/v1/dossiers", {"a": 1}, headers=portal._headers())
    problem(answer, 415, "api.media_type")  # type: ignore[arg-type]


@pytest.mark.parametrize("token", ["", "lt_unknown", "x" * 5000, "lt_" + "é" * 10])
def test_an_unknown_token(portal: Portal, token: str) -> None:
    portal.token = token
    answer = portal.post("/dossiers", dossier())
    problem(answer, 401, "api.no_token")
    assert answer["WWW-Authenticate"].startswith("Bearer ")


def test_an_expired_revoked_or_stopped_token(registered: Registered) -> None:
    expired, revoked, stopped = registered(), registered(), registered()
    with entered(SYSTEM):
        moment = timezone.now() - timedelta(seconds=1)
        ClientToken.objects.filter(client_id=expired.client_id).update(expires_at=moment)
        revoke_token(actor=SYSTEM, token_id=ClientToken.objects.get(client_id=revoked.client_id).pk)
        stop_client(actor=SYSTEM, client_id=stopped.client_id)
    forget_tokens()
    for portal in (expired, revoked, stopped):
        problem(portal.get("/dossiers/X-1"), 401, "api.no_token")


def test_a_foreign_scope(registered: Registered) -> None:
    reader = registered(["dossiers:read"])
    problem(reader.post("/dossiers", dossier()), 403, "api.scope")
    problem(reader.get("/desk/worklist"), 403, "api.scope")


def test_calls_beyond_the_rate_wait(registered: Registered) -> None:
    slow = registered(rate=2)
    answers = [slow.get("/dossiers/X-1") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    problem(answers[2], 429, "api.too_often")
    assert 1 <= int(answers[2]["Retry-After"]) <= 31


@pytest.mark.parametrize(
    ("kind", "body", "status", "code"),
    [
        ("multipart/form-data", b"--x\r\n\r\n--x--", 400, "api.malformed"),
        ("multipart/form-data; boundary=\xe9", b"--x\r\n\r\n--x--", 400, "api.malformed"),
        ("multipart/form-data; boundary=x", _part("paper", "a" * 4_300_000), 413, "api.too_large"),
        ("multipart/form-data; boundary=x", _part("paper", "a") * 1_100, 413, "api.too_large"),
        ("multipart/form-data; boundary=x", _part("file", "a", "a.pdf") * 110, 413, "api.too_large"),
    ],
    ids=["no boundary", "odd boundary", "long field", "many fields", "many files"],
)
def test_a_form_that_cannot_be_read_is_told(
    portal: Portal, kind: str, body: bytes, status: int, code: str
) -> None:
    headers = {**portal._headers(), "Idempotency-Key": str(uuid4())}
    answer = portal.browser.post(ATTACH, body, content_type=kind, headers=headers)
    problem(answer, status, code)  # type: ignore[arg-type]


def test_a_sender_that_hangs_up_is_told_so(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise UnreadablePostError

    monkeypatch.setattr("django.http.request.HttpRequest._load_post_and_files", broken)
    problem(portal.browser.post(ATTACH, {"a": 1}, headers=portal._headers()), 400, "api.malformed")  # type: ignore[arg-type]


def test_a_client_on_trial_calls_a_demonstration_only(
    registered: Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial, real = registered(), registered()
    with entered(SYSTEM):
        Registration.objects.filter(pk=trial.client_id).update(sandbox=True)
    forget_tokens()
    assert trial.post("/dossiers", dossier()).status_code == 201
    monkeypatch.setattr("lienthong.fronts.api.access.is_demonstration", lambda: False)
    problem(trial.post("/dossiers", dossier("079190000124")), 403, "api.sandbox")
    problem(trial.get("/changes"), 403, "api.sandbox")
    assert real.post("/dossiers", dossier("079190000124")).status_code == 201


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v2/dossiers", "/api/v1/dossier", "/api/v1/dossiers/"]
)
def test_an_unknown_address(path: str) -> None:
    problem(Client().get(path), 404, "api.missing")  # type: ignore[arg-type]


def test_a_method_that_is_not_taken(portal: Portal) -> None:
    answer = portal.browser.delete("/api/v1/dossiers", headers=portal._headers())
    problem(answer, 405, "api.method")  # type: ignore[arg-type]
    assert {one.strip() for one in answer["Allow"].split(",")} == {"GET", "POST"}


def test_a_fault_of_ours_undoes_everything_and_says_so(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What breaks after the act: the act is undone, the key is free, the same call succeeds later."""
    body, key = dossier(links=[{"url": "https://example.org/a.pdf", "name": "a.pdf"}]), uuid4()
    with monkeypatch.context() as broken:
        broken.setattr("lienthong.fronts.api.views.lodging.order_links", lambda *_: json.loads("{"))
        problem(portal.post("/dossiers", body, key), 500, "api.broken")
    with entered(SYSTEM):
        before = Case.objects.count()
    answer = portal.post("/dossiers", body, key)
    assert answer.status_code == 201 and "Idempotency-Replayed" not in answer
    with entered(SYSTEM):
        assert Case.objects.count() == before + 1


def test_the_pages_for_people_are_not_taken_by_the_gate() -> None:
    for path in ("/api/v1/docs", "/api/problems/api.too_often", "/api/problems/party.name_empty"):
        answer = Client().get(path)
        assert answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
