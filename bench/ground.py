"""What the load needs of a database that `lienthong generate` has filled: tokens, sessions, dossiers to step on.

`python -m bench.ground` prints as JSON the clients' requests of each figure, and how many statements one takes.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

CLIENTS = 8
MOST_A_MINUTE = 60_000
STATEMENTS_APART = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT set_config")
SEARCHED = "cong dan 01"


def main() -> None:
    """Lay the ground and print the plan."""
    import django

    django.setup()
    print(json.dumps(plan(), ensure_ascii=False))


def plan() -> dict[str, Any]:
    """Requests by figure: what each of the clients asks, in turn."""
    found = dict(_figures())
    return {
        name: {"clients": clients, "statements": _statements(clients[0]["requests"])}
        for name, clients in found.items()
    }


def _figures() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    from tests.cast import PROVINCE, SIX, Cast

    cast = Cast()
    token = _token()
    yield "create", [{"requests": [_lodging(token, SIX[n % len(SIX)])]} for n in range(CLIENTS)]
    yield "batch", [{"requests": [_batch(token, [SIX[n % len(SIX)]])]} for n in range(CLIENTS)]
    yield "batch of six units", [{"requests": [_batch(token, list(SIX))]} for n in range(CLIENTS)]
    yield "step", [{"requests": _steps(cast, SIX[n % len(SIX)], n)} for n in range(CLIENTS)]
    clerk = cast.of(f"motcua1.{SIX[0]}")
    bearer = _desk_token(clerk)
    listed = _get("/api/v1/desk/worklist?whose=unit&limit=100", bearer)
    yield "worklist (JSON)", [{"requests": [listed]}]
    session = _session(clerk)
    yield "worklist (page)", [{"requests": [_get("/desk/?list=unit", session)]}]
    yield "search", [{"requests": [_search(session)]}]
    chair = _session(cast.of(f"chutich.{SIX[0]}"))
    yield "overview", [{"requests": [_get("/overview/", chair)]}]
    city = _session(cast.of(f"thanhpho.{PROVINCE}"))
    yield "city", [{"requests": [_get("/cockpit/", city)]}]
    yield "receipt", [{"requests": [_get(f"/papers/forms/{_receipt(clerk)}.pdf", session)]}]


def _token() -> dict[str, str]:
    """The portal's token, with the right to lodge anywhere in the province."""
    from lienthong.facilities.exchange.enums import ApiScope, ClientKind

    return _issued(ClientKind.PORTAL, [ApiScope.LODGE])


def _desk_token(actor: Any) -> dict[str, str]:
    """A token of an office's own software, for an officer's post."""
    from lienthong.facilities.exchange.enums import ApiScope, ClientKind

    scopes = [ApiScope.DESK_READ, ApiScope.DESK_ACT]
    return _issued(ClientKind.OFFICE, scopes, account_id=actor.account_id, post_id=actor.post_id)


def _issued(kind: str, scopes: list[str], **officer: Any) -> dict[str, str]:
    from lienthong.core.scope.actions import entered
    from lienthong.core.scope.values import SYSTEM
    from lienthong.core.workdays.queries import now
    from lienthong.facilities.exchange.actions import issue_token, register_client

    with entered(SYSTEM):
        client = register_client(
            actor=SYSTEM,
            key=uuid4(),
            name=f"Đo tốc độ {uuid4().hex[:8]}",
            kind=kind,
            scopes=scopes,
            rate_per_minute=MOST_A_MINUTE,
        )
        issued = issue_token(
            actor=SYSTEM,
            key=uuid4(),
            client_id=client,
            scopes=scopes,
            expires_at=now() + timedelta(days=1),
            **officer,
        )
    return {"Authorization": f"Bearer {issued.raw}"}


def _lodging(token: dict[str, str], code: str) -> dict[str, Any]:
    return _post("/api/v1/dossiers", token, _dossier(code))


def _batch(token: dict[str, str], codes: list[str]) -> dict[str, Any]:
    items = [{"key": "@KEY@", "dossier": _dossier(codes[n % len(codes)])} for n in range(100)]
    return _post("/api/v1/dossiers/batch", token, {"items": items})


def _dossier(code: str) -> dict[str, Any]:
    from tests.work.dossiers.stage import intake

    wanted = intake()
    return {
        "unit_code": code,
        "external_code": "@CODE@",
        "procedure_code": wanted.procedure_code,
        "applicant": {
            "name": "Công dân 0123",
            "papers": [{"kind": "citizen_card", "number": "@NUMBER@"}],
            "address": "Số 1, Khu phố 1",
            "phone": "0900000123",
        },
        "papers": [
            {"name": paper.name, "originals": paper.given_originals, "copies": paper.given_copies}
            for paper in wanted.papers
        ],
    }


def _steps(cast: Any, code: str, number: int) -> list[dict[str, Any]]:
    """Assign and assign again: one step whose history grows; its cost must not."""
    from lienthong.people.organisation.enums import BodyKind
    from tests.work.dossiers.stage import received

    head = cast.head_of(BodyKind.OFFICE, code)
    posts = [cast.specialist_in(BodyKind.OFFICE, which, code).acting_post for which in (1, 2)]
    got = received(cast.of(f"motcua1.{code}"), number=f"0790000{number:05d}")
    token = _desk_token(head)
    path = f"/api/v1/desk/dossiers/{got.dossier_id}/assign"
    return [_post(path, token, {"to_post_id": post}) for post in posts]


def _receipt(clerk: Any) -> int:
    from tests.work.dossiers.stage import received

    return received(clerk, number="079000099999").receipt_id


def _session(actor: Any) -> dict[str, str]:
    """A signed-in officer's cookies, and the form's token."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    from lienthong.people.identity.middleware import SESSION_POST

    account = get_user_model().objects.get(pk=actor.account_id)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[SESSION_POST] = actor.post_id
    session.save()
    form = "b" * 32
    return {"Cookie": f"sessionid={session.session_key}; csrftoken={form}", "X-CSRFToken": form}


def _get(path: str, headers: dict[str, str]) -> dict[str, Any]:
    return {"method": "GET", "path": path, "headers": headers}


def _post(path: str, token: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
    headers = {**token, "Content-Type": "application/json", "Idempotency-Key": "@KEY@"}
    return {
        "method": "POST",
        "path": path,
        "headers": headers,
        "body": json.dumps(body, ensure_ascii=False),
    }


def _search(session: dict[str, str]) -> dict[str, Any]:
    headers = {**session, "Content-Type": "application/x-www-form-urlencoded"}
    return {"method": "POST", "path": "/desk/search/", "headers": headers, "body": f"q={SEARCHED}"}


def _statements(requests: list[dict[str, Any]]) -> int:
    """How many statements the last of four requests takes, transaction control apart. Raises if it fails."""
    from django.db import connection
    from django.test import Client

    from bench.load import fresh

    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    connection.force_debug_cursor = True
    for turn in range(4):
        one = requests[turn % len(requests)]
        headers = {name: fresh(text, turn) for name, text in one["headers"].items()}
        kind = headers.pop("Content-Type", "application/json")
        answer = client.generic(
            one["method"], one["path"], fresh(one.get("body", ""), turn), kind, headers=headers
        )
        if not 200 <= answer.status_code < 300:
            raise SystemExit(f"{one['path']}: {answer.status_code} {answer.content[:500]!r}")
    connection.force_debug_cursor = False
    said = [entry["sql"] or "" for entry in connection.queries_log]  # emptied when a request begins
    return sum(not sql.lstrip().startswith(STATEMENTS_APART) for sql in said)


if __name__ == "__main__":
    main()
