"""The gate before all pages: what is under /api/ goes no further into the middleware than here.

No session, no form token, no template: a program calls with a token of its own. It is a middleware, and not a
server of its own, so that every way into the product (granian, the tests' client) has the same one.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, path
from django.urls.resolvers import RegexPattern
from django.utils import translation

from lienthong.core.journal.actions import flush_readings
from lienthong.core.registry.values import Refused
from lienthong.fronts.api.rules import TROUBLES, why_not_body, why_not_media
from lienthong.fronts.api.views.documentation import written
from lienthong.fronts.api.views.interface import JSON, UPLOAD, api
from lienthong.fronts.api.views.problems import PROBLEM, explained, missing, trouble

# Pages for people, which go the way of all pages.
FOR_PEOPLE = ("/api/v1/docs", "/api/problems/")
RESOLVER = URLResolver(RegexPattern(r"^/"), [path("api/v1/", api.urls)])
DOCUMENT = "/api/v1/openapi.json"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class ApiGate:
    """Answers what is under /api/; lets everything else pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/") or request.path_info.startswith(FOR_PEOPLE):
            return self.get_response(request)
        return answered(request)


def answered(request: HttpRequest) -> HttpResponse:
    """The answer of the API, whatever happens. Every act under it opens its own transaction in its own scope."""
    translation.activate("vi")
    try:
        response = _dispatched(request)
    except Exception as error:
        response = explained(error)
    finally:
        flush_readings()
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Django would log every refused request with its address; what matters is logged by `explained`.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _dispatched(request: HttpRequest) -> HttpResponse:
    if request.path_info == DOCUMENT and request.method == "GET":
        return HttpResponse(written(), content_type=JSON, headers={"Cache-Control": "public, max-age=300"})
    _demand_body(request)
    try:
        match = RESOLVER.resolve(request.path_info)
    except Resolver404:
        return missing()
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    if response.status_code == 405 and response.headers.get("Content-Type") != PROBLEM:
        sentence = f"Địa chỉ này không nhận {request.method}. Các phương thức được nhận: {response['Allow']}."
        return trouble("api.method", sentence, {"Allow": response["Allow"]})
    return response


def _demand_body(request: HttpRequest) -> None:
    """Refuse by the head of a request what is not worth reading. Raises Refused."""
    if request.method not in ("POST", "PUT", "PATCH"):
        return
    is_upload = request.path_info.endswith("/attachments")
    refusal = why_not_body(
        length=request.META.get("CONTENT_LENGTH") or "",
        chunked="chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower(),
        is_upload=is_upload,
    ) or why_not_media(request.META.get("CONTENT_TYPE", ""), UPLOAD if is_upload else JSON)
    if refusal:
        raise Refused.because(refusal, status=TROUBLES[refusal.code].status)
