"""The document of the interface: OpenAPI for programs, and a page for people."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienthong.core.workdays.queries import today
from lienthong.fronts.api.rules import fields_of
from lienthong.fronts.api.views import acting, desk, files, lodging, reading, who
from lienthong.fronts.api.views.interface import JSON, api
from lienthong.fronts.api.views.problems import PROBLEM
from lienthong.people.identity.middleware import public

OPERATIONS = (
    lodging,
    files,
    acting,
    reading,
    desk,
    who,
)  # loaded: each registers its operations with the interface
TOKEN = {"type": "http", "scheme": "bearer", "description": "Mã truy cập do người vận hành cấp."}
TAGS = ("Nộp hồ sơ", "Sau khi nộp", "Theo dõi", "Bàn làm việc", "Thẩm quyền")
ABOUT = (
    "Nối Cổng Dịch vụ công và các hệ thống khác với Liên Thông. Lỗi theo RFC 9457; mọi POST kèm tiêu đề"
    " Idempotency-Key (trong lô: khóa của từng hồ sơ); trạng thái theo mười mã của Cổng Dịch vụ công quốc gia."
)


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document: ninja's, with our media type of problems and our scopes."""
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="api/v1/")))
    found["info"]["description"] = ABOUT
    found["components"]["securitySchemes"] = {"Token": TOKEN}
    for shape in found["components"]["schemas"].values():
        shape.pop("description", None)  # a note for who reads our source
    for methods in found["paths"].values():
        for operation in methods.values():
            operation["security"] = [{"Token": [scope]} for scope in operation.pop("x-scopes")]
            for status, told in operation["responses"].items():
                if int(status) >= 400:
                    told["content"] = {PROBLEM: told["content"][JSON]}
    return found


@cache
def written() -> bytes:
    """The document as it is served."""
    return json.dumps(document(), ensure_ascii=False).encode()


@public
@require_safe
def docs_page(request: HttpRequest) -> HttpResponse:
    """The interface, to read: operations with their scopes, fields and problems. No script."""
    found = document()
    groups: dict[str, list[dict[str, Any]]] = {tag: [] for tag in TAGS}
    for path, methods in found["paths"].items():
        for method, told in methods.items():
            shown = _shown(found["components"]["schemas"], method.upper(), path, told)
            groups[told["tags"][0]].append(shown)
    context = {"groups": groups, "version": found["info"]["version"], "about": ABOUT, "today": today()}
    return render(request, "api/docs.html", context)


def _shown(shapes: dict[str, Any], method: str, path: str, told: dict[str, Any]) -> dict[str, Any]:
    """An operation as the page shows it."""
    body = next(iter(told.get("requestBody", {}).get("content", {}).items()), None)
    good = next(status for status in told["responses"] if int(status) < 400)
    answer = told["responses"][good]["content"][JSON]["schema"]
    return {
        "method": method,
        "path": path,
        "anchor": told["operationId"],
        "summary": told["summary"],
        "description": told.get("description", ""),
        "scope": ", ".join(way["Token"][0] for way in told["security"]),
        "parameters": told["parameters"],
        "media": body[0] if body else "",
        "fields": fields_of(body[1]["schema"], shapes) if body else [],
        "status": good,
        "answer": fields_of(answer, shapes),
        "problems": [status for status in told["responses"] if int(status) >= 400],
    }
