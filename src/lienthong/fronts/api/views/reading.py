"""Reading: where a dossier stands, and what has changed since."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.params.functions import Query

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.fronts.api.access import actor_for, found_link
from lienthong.fronts.api.forms.answers import Changes, DossierList, DossierStatus
from lienthong.fronts.api.forms.fields import ChangeMark, DossierCode, ExternalCode, Lines
from lienthong.fronts.api.queries import MOST_LINES, changes_page, dossier_status
from lienthong.fronts.api.views.interface import CODE, answer, client_of, operation

READ = "dossiers:read"
AFTER: Any = Query("", description="Mốc next của lần hỏi trước; để trống là từ đầu.")
LIMIT: Any = Query(MOST_LINES, description="Số dòng tối đa, từ 1 đến 100.")
EXTERNAL: Any = Query(..., description="Mã hồ sơ của bên gửi.")


@operation(
    "GET",
    "/dossiers/{code}",
    scope=READ,
    answer=DossierStatus,
    summary="Tình trạng một hồ sơ",
    about="Hồ sơ do chính bên gửi nộp, theo mã của hệ thống. Không có dữ liệu cá nhân.",
    tag="Theo dõi",
)
def status(request: HttpRequest, code: DossierCode = CODE) -> HttpResponse:
    """Where one of the client's own dossiers stands, by our code. No personal data."""
    linked = found_link(client_of(request), code=code)
    actor = actor_for(client_of(request), linked)
    with entered(actor):
        return answer(dossier_status(actor, linked))


@operation(
    "GET",
    "/changes",
    scope=READ,
    answer=Changes,
    summary="Thay đổi từ mốc trước",
    about="Các thay đổi trong hồ sơ của bên gửi, cũ trước; dành cho nơi không nhận được webhook.",
    tag="Theo dõi",
)
def changes(request: HttpRequest, after: ChangeMark = AFTER, limit: Lines = LIMIT) -> HttpResponse:
    """What has changed in the client's own dossiers, oldest first: for who cannot receive webhooks, or missed some."""
    return answer(changes_page(client_of(request), after, limit))


@operation(
    "GET",
    "/dossiers",
    scope=READ,
    answer=DossierList,
    summary="Tìm hồ sơ theo mã của bên gửi",
    about="Không hoặc một hồ sơ: cách hỏi lại khi mất câu trả lời.",
    tag="Theo dõi",
)
def by_external_code(request: HttpRequest, external_code: ExternalCode = EXTERNAL) -> HttpResponse:
    """The client's own dossier with this external code, if there is one: how to ask after a lost reply."""
    try:
        linked = found_link(client_of(request), external_code=external_code)
    except NotFound:
        return answer({"items": []})
    actor = actor_for(client_of(request), linked)
    with entered(actor):
        return answer({"items": [dossier_status(actor, linked)]})
