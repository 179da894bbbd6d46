"""What the load needs of a database that `lienthong generate` has filled: tokens, sessions, dossiers to step on.

`python -m bench.ground` prints, a line of JSON a figure, the clients' requests and how many statements one takes, and
waits for a line before it lays the ground of the next: what one figure writes is not there when a former is measured.
Reading comes first, while the database is as large as its name says.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

CLIENTS = 8
MOST_A_MINUTE = 60_000
# Not among the statements: transaction control; and the calls that enter a scope, which are counted by themselves.
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
ENTERING = "SELECT set_config"
SEARCHED = "cong dan 01"
FULL_PAGE = 100


def main() -> None:
    """Lay the ground of one figure after the other, as long as somebody measures."""
    import django

    django.setup()
    from django.db import connections

    for name, clients in _figures():
        statements, entering = _statements(clients[0]["requests"])
        connections.close_all()
        told = {"name": name, "clients": clients, "statements": statements, "entering": entering}
        print(json.dumps(told, ensure_ascii=False), flush=True)
        if not sys.stdin.readline():
            return


def _figures() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    from tests.cast import Cast

    cast = Cast()
    yield from _reading(cast)
    yield from _writing(cast)


def _reading(cast: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    from tests.cast import PROVINCE, SIX

    clerk = cast.of(f"motcua1.{SIX[0]}")
    _fill_page(clerk)
    bearer = _desk_token(clerk)
    listed = _get(f"/api/v1/desk/worklist?whose=unit&limit={FULL_PAGE}", bearer)
    yield "worklist (JSON)", [{"requests": [listed]}]
    session = _session(clerk)
    yield "worklist (page)", [{"requests": [_get("/desk/?list=unit", session)]}]
    yield "search", [{"requests": [_search(session)]}]
    chair = _session(cast.of(f"chutich.{SIX[0]}"))
    yield "overview", [{"requests": [_get("/overview/", chair)]}]
    city = _session(cast.of(f"thanhpho.{PROVINCE}"))
    yield "city", [{"requests": [_get("/cockpit/", city)]}]
    yield "receipt", [{"requests": [_get(f"/papers/forms/{_receipt(clerk)}.pdf", session)]}]


def _writing(cast: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    from tests.cast import SIX

    yield "step", [{"requests": _steps(cast, SIX[n % len(SIX)], n)} for n in range(CLIENTS)]
    token = _token()
    yield "create", [{"requests": [_lodging(token, SIX[n % len(SIX)])]} for n in range(CLIENTS)]
    yield "batch", [{"requests": [_batch(token, [SIX[n % len(SIX)]])]} for n in range(CLIENTS)]
    yield "batch of six units", [{"requests": [_batch(token, list(SIX))]} for n in range(CLIENTS)]


def _fill_page(clerk: Any) -> None:
    """In a small database a unit has a handful of open cases: admit what a full page of its worklist lacks."""
    from lienthong.core.scope.actions import entered
    from lienthong.core.scope.values import SYSTEM
    from lienthong.facilities.casework.models import Case
    from tests.work.dossiers.stage import received

    with entered(SYSTEM):
        there = Case.objects.filter(responsible_unit_id=clerk.unit_id, closed_at=None).count()
    for number in range(there, FULL_PAGE):
        received(clerk, number=f"0790000{5000 + number:05d}")  # named so that `search` does not find them


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


def _statements(requests: list[dict[str, Any]]) -> tuple[int, int]:
    """How many statements the last of four requests takes, and how often it enters a scope. Raises if one fails."""
    from django.db import connection
    from django.test import Client

    from bench.load import fresh

    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    connection.force_debug_cursor = True
    for turn in range(4):
        one = requests[turn % len(requests)]
        headers = {name: fresh(text) for name, text in one["headers"].items()}
        kind = headers.pop("Content-Type", "application/json")
        body = fresh(one.get("body", ""))
        answer = client.generic(one["method"], one["path"], body, kind, headers=headers)
        if not 200 <= answer.status_code < 300:
            raise SystemExit(f"{one['path']}: {answer.status_code} {answer.content[:500]!r}")
    connection.force_debug_cursor = False
    return counted(entry["sql"] or "" for entry in connection.queries_log)  # emptied when a request begins


def counted(said: Iterable[str]) -> tuple[int, int]:
    """Statements, and apart from them the calls that enter a scope; transaction control is neither."""
    own = [sql.lstrip() for sql in said if not sql.lstrip().startswith(TRANSACTION)]
    entering = sum(sql.startswith(ENTERING) for sql in own)
    return len(own) - entering, entering


if __name__ == "__main__":
    main()
