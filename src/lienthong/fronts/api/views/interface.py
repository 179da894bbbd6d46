"""The interface: one django-ninja API, whose operations say which scope they need and which problems they tell."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.params.functions import Header, Path
from ninja.parser import Parser

from lienthong.facilities.exchange.values import ClientPass
from lienthong.fronts.api.access import admitted
from lienthong.fronts.api.forms.answers import Problem
from lienthong.fronts.api.views.problems import explained

View = TypeVar("View", bound=Callable[..., HttpResponse])
VERSION = "1.0.0"
JSON, UPLOAD = "application/json", "multipart/form-data"
KEY: Any = Header(
    ..., alias="Idempotency-Key", description="UUID; cùng khóa và nội dung thì chỉ làm một lần."
)
CODE: Any = Path(..., description="Mã hồ sơ của hệ thống.")
READ_PROBLEMS = (401, 403, 404, 405, 422, 429, 500, 503)
WRITE_PROBLEMS = (400, 401, 403, 404, 405, 409, 411, 413, 415, 422, 429, 500, 503)


class Token:
    """The bearer token, and the scopes of which an operation demands one."""

    def __init__(self, *scopes: str) -> None:
        self.scopes = scopes

    def __call__(self, request: HttpRequest) -> ClientPass:
        return admitted(request, *self.scopes)


class Strictly(Parser):
    """JSON as its standard has it: no NaN, no Infinity, UTF-8."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body. Raises ValueError, which ninja tells as 400."""
        try:
            return json.loads(request.body, parse_constant=_never)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def _never(word: str) -> None:
    raise ValueError(word)


api = NinjaAPI(
    title="Liên Thông API",
    version=VERSION,
    docs_url=None,
    openapi_url=None,
    parser=Strictly(),
)


def _explained(request: HttpRequest, error: Any) -> HttpResponse:
    return explained(error)


for _kind in (Exception, HttpError, ValidationError):
    api.add_exception_handler(_kind, _explained)


def operation(
    method: str,
    path: str,
    *,
    scope: str,
    or_scope: str = "",
    answer: Any,
    status: int = 200,
    summary: str,
    about: str,
    tag: str,
) -> Callable[[View], View]:
    """Mark a view as an operation: its address, the scope it needs (or the other), its answer, what may go wrong."""
    scopes = [scope, or_scope] if or_scope else [scope]
    problems = WRITE_PROBLEMS if method == "POST" else READ_PROBLEMS
    return api.api_operation(
        [method],
        path,
        auth=Token(*scopes),
        response={status: answer, **dict.fromkeys(problems, Problem)},
        summary=summary,
        description=about,
        tags=[tag],
        openapi_extra={"x-scopes": scopes},
    )


def client_of(request: HttpRequest) -> ClientPass:
    """The client that was admitted."""
    found: ClientPass = request.auth  # type: ignore[attr-defined]
    return found


def answer(
    body: Any, status: int = 200, *, location: str = "", repeated: bool = False, headers: Any = None
) -> HttpResponse:
    """A success, ready shaped."""
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=JSON, headers=headers
    )
    if location:
        response.headers["Location"] = location
    if repeated:
        response.headers["Idempotency-Replayed"] = "true"
    return response
