"""Every answer that is no success is a problem document (RFC 9457); each kind has a page to read."""

import json
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja.errors import HttpError, ValidationError

from lienthong.core.registry.values import Refusal, Refused
from lienthong.fronts.api.access import TooOften
from lienthong.fronts.api.rules import TROUBLES, faults_of, title_of
from lienthong.fronts.api.values import Fault
from lienthong.people.identity.middleware import public

PROBLEM = "application/problem+json"
CODE = re.compile(r"[a-z_]{1,40}(\.[a-z_]{1,60})?")
log = logging.getLogger(__name__)
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="lienthong", error="invalid_token"'}


def problem_of(refusal: Refusal, status: int, faults: Sequence[Fault] = ()) -> dict[str, Any]:
    """The document as plain values."""
    return {
        "type": f"/api/problems/{refusal.code}",
        "title": title_of(status, refusal.code),
        "status": status,
        "detail": refusal.sentence,
        "code": refusal.code,
        "article": refusal.article,
        "errors": [fault.as_json() for fault in faults],
    }


def told(
    refusal: Refusal, status: int, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The document as a response."""
    body = json.dumps(problem_of(refusal, status, faults), ensure_ascii=False)
    more = {**(_CHALLENGE if status == 401 else {}), **(headers or {})}
    return HttpResponse(body, status=status, content_type=PROBLEM, headers=more)


def trouble(code: str, sentence: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """One of the API's own problems."""
    return told(Refusal(code, sentence), TROUBLES[code].status, headers=headers)


def refused(error: Refused) -> HttpResponse:
    """What an action or the gate refused."""
    retry = {"Retry-After": str(error.seconds)} if isinstance(error, TooOften) else {}
    return told(error.refusal, error.status, headers=retry)


def explained(error: Exception) -> HttpResponse:
    """The document of whatever went wrong. Nothing of the request was stored."""
    if isinstance(error, Refused):
        return refused(error)
    if isinstance(error, ValidationError):
        return _wrong_fields(error)
    if response := _unreadable(error):
        return response
    if isinstance(error, Http404):
        return missing()
    if isinstance(error, OperationalError):
        log.warning("the database was busy: %s", type(error.__cause__).__name__)
        return trouble(
            "api.busy",
            "Hệ thống đang bận, chưa ghi gì. Hãy gửi lại với cùng khóa sau vài giây.",
            {"Retry-After": "2"},
        )
    if isinstance(error, DatabaseError):
        # Its detail quotes the row, hence a person: only its kind is written down.
        log.error("the database refused: %s", type(error.__cause__).__name__)
    else:
        log.error("the API broke", exc_info=error)
    return trouble("api.broken", "Hệ thống gặp lỗi và chưa ghi gì. Hãy gửi lại với cùng khóa sau ít phút.")


def _unreadable(error: Exception) -> HttpResponse | None:
    """What is said of a body that is none, or that is too much; None where the body is not at fault."""
    if isinstance(error, HttpError) and error.status_code < 500:
        return trouble("api.malformed", "Thân yêu cầu không phải JSON đọc được. Chưa có gì được ghi.")
    if isinstance(error, MultiPartParserError | UnreadablePostError):
        sentence = (
            "Thân yêu cầu không phải multipart/form-data đọc được hết. Chưa có gì được ghi; hãy gửi lại."
        )
        return trouble("api.malformed", sentence)
    if isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        sentence = (
            "Thân yêu cầu có phần quá dài hoặc quá nhiều phần nên chưa được nhận. Chỉ gửi file và paper."
        )
        return trouble("api.too_large", sentence)
    return None


def missing() -> HttpResponse:
    """No such address."""
    return trouble("api.missing", "Không có địa chỉ này trong giao diện. Xem tài liệu tại /api/v1/docs.")


def _wrong_fields(error: ValidationError) -> HttpResponse:
    faults = faults_of(error.errors)
    sentence = f"Có {len(faults)} trường chưa đúng; chưa có gì được ghi. Xem từng trường trong errors."
    return told(Refusal("api.fields", sentence), 422, faults)


@public
@require_safe
def problem_page(request: HttpRequest, code: str) -> HttpResponse:
    """What a problem is and what to do about it: the page that its `type` leads to."""
    if not CODE.fullmatch(code):
        raise Http404
    known = TROUBLES.get(code)
    context = {"code": code, "trouble": known, "title": title_of(known.status if known else 0, code)}
    return render(request, "api/problem.html", context)
