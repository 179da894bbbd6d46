"""A portal with a token, and how it calls."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.exchange.access import forget_tokens
from lienthong.facilities.exchange.actions import issue_token, register_client
from lienthong.facilities.exchange.enums import ApiScope
from lienthong.fronts.api import access
from tests.cast import TAN_HUNG, Cast
from tests.work.dossiers.stage import PROCEDURE

OF_A_PORTAL = [scope for scope in ApiScope.values if scope.startswith("dossiers:")]


@dataclass
class Portal:
    """A client of the API: what it holds, and how it calls."""

    token: str
    client_id: int
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.browser.get(f"/api/v1{path}", query, headers=self._headers())  # type: ignore[return-value]

    def post(self, path: str, body: Any, key: UUID | str | None = None, **headers: str) -> HttpResponse:
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        more = {**self._headers(), "Idempotency-Key": str(key or uuid4()), **headers}
        kept = {name: value for name, value in more.items() if value}
        return self.browser.post(  # type: ignore[return-value]
            f"/api/v1{path}", sent, content_type="application/json", headers=kept
        )

    def lodged(self, **changes: Any) -> dict[str, Any]:
        """A dossier just lodged, as the answer tells it."""
        answer = self.post("/dossiers", dossier(**changes))
        assert answer.status_code == 201, answer.content.decode()
        return told(answer)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def told(answer: HttpResponse) -> dict[str, Any]:
    """The body of an answer."""
    found: dict[str, Any] = json.loads(answer.content)
    return found


def problem(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The problem document, checked for its form."""
    found = told(answer)
    assert (answer.status_code, found["code"]) == (status, code), found
    assert answer["Content-Type"] == "application/problem+json"
    assert found["type"] == f"/api/problems/{code}" and found["status"] == status
    assert found["title"] and found["detail"].endswith(".")
    return found


def dossier(number: str = "079190000123", **changes: Any) -> dict[str, Any]:
    """A dossier of a fictitious citizen, as a portal sends it."""
    return {
        "unit_code": TAN_HUNG,
        "external_code": f"G22-{uuid4().hex[:16]}",
        "procedure_code": PROCEDURE,
        "applicant": {
            "name": f"Công dân {number[-4:]}",
            "papers": [{"kind": "citizen_card", "number": number}],
            "address": "Số 1, Khu phố 1",
            "phone": "0900000123",
        },
        "papers": [{"name": "Tờ khai", "originals": 1}],
        **changes,
    }


Registered = Callable[..., Portal]


@pytest.fixture
def registered(db: None) -> Registered:
    """Registers a client and gives it a token."""

    def made(
        scopes: list[str] | None = None,
        units: list[int] | None = None,
        rate: int = 6000,
        officer: Any = None,
    ) -> Portal:
        forget_tokens()
        access._ALLOWANCES.clear()
        scopes = scopes or OF_A_PORTAL
        with entered(SYSTEM):
            client_id = register_client(
                actor=SYSTEM,
                key=uuid4(),
                name=f"Cổng thử {uuid4().hex[:6]}",
                kind="portal",
                scopes=scopes,
                unit_ids=units or (),
                rate_per_minute=rate,
            )
            token = issue_token(
                actor=SYSTEM,
                key=uuid4(),
                client_id=client_id,
                scopes=scopes,
                expires_at=timezone.now() + timedelta(days=30),
                account_id=officer.account_id if officer else None,
                post_id=officer.post_id if officer else None,
            )
        return Portal(token.raw, client_id)

    return made


@pytest.fixture
def portal(registered: Registered) -> Portal:
    """A portal that may do everything a portal does, in the whole province."""
    return registered()


@pytest.fixture
def desk(registered: Registered, cast: Cast) -> Portal:
    """The office's own software, acting for the specialist's post."""
    return registered(["desk:read", "desk:act"], officer=cast.specialist)
