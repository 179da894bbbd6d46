"""An office's own software, acting for an officer's post: the worklist, and the acts on what stands in it."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja.params.functions import Path, Query
from pydantic import Field

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.values import Filter
from lienthong.fronts.api.access import officer_of
from lienthong.fronts.api.forms.acts import DeskAct, DeskVerb
from lienthong.fronts.api.forms.answers import DeskActed, Worklist
from lienthong.fronts.api.forms.fields import Lines, Whose, WorkMark
from lienthong.fronts.api.queries import MOST_LINES, standing_of, worklist_page
from lienthong.fronts.api.views.interface import KEY, answer, client_of, operation
from lienthong.work.dossiers.actions import process

TAG = "Bàn làm việc"
ID: Any = Path(..., description="Số của hồ sơ trong danh sách việc.")
VERB: Any = Path(..., description="Việc cần làm.")
WHOSE: Any = Query("mine", description="mine: vị trí đang giữ; unit: cả đơn vị.")
AFTER: Any = Query("", description="Mốc next của trang trước.")
LIMIT: Any = Query(MOST_LINES, description="Số dòng mỗi trang, tối đa 100.")

Taken = Annotated[int, Field(ge=1, le=2**63 - 1)]
# Each verb: the action, and which fields of the body it takes.
ACTS: Mapping[str, tuple[Callable[..., int], tuple[str, ...]]] = {
    "take_up": (process.take_up_dossier, ()),
    "assign": (process.assign_dossier, ("to_post_id",)),
    "propose": (process.propose_dossier, ("grants", "text", "basis")),
    "propose_and_submit": (process.propose_dossier, ("grants", "text", "basis")),
    "submit": (process.submit_dossier, ()),
    "approve": (process.approve_dossier, ()),
    "send_back": (process.send_back_dossier, ("reason",)),
    "complete": (process.complete_dossier, ("result_number", "result_summary")),
}


@operation(
    "GET",
    "/desk/worklist",
    scope="desk:read",
    answer=Worklist,
    summary="Danh sách việc của vị trí",
    about="Việc đang mở của vị trí mà mã truy cập gắn với, gần hạn trước.",
    tag=TAG,
)
def worklist(
    request: HttpRequest, whose: Whose = WHOSE, after: WorkMark = AFTER, limit: Lines = LIMIT
) -> HttpResponse:
    """Open work of the token's post (or of its unit), the most urgent first; go on with `after`."""
    actor = officer_of(client_of(request))
    with entered(actor):
        return answer(worklist_page(actor, Filter(whose=whose, after=after, limit=limit), now()))


@operation(
    "POST",
    "/desk/dossiers/{dossier_id}/{verb}",
    scope="desk:act",
    answer=DeskActed,
    summary="Làm một việc trên hồ sơ",
    about="Làm thay vị trí mà mã truy cập gắn với: cùng quy tắc và nhật ký như trên trang.",
    tag=TAG,
)
def act(
    request: HttpRequest,
    payload: DeskAct,
    dossier_id: Taken = ID,
    verb: DeskVerb = VERB,
    idempotency_key: UUID = KEY,
) -> HttpResponse:
    """Do an act for the token's post: the same rules as on the page, the same journal."""
    actor = officer_of(client_of(request))
    action, fields = ACTS[verb]
    values = {name: _given(payload, name) for name in fields}
    if verb == "propose_and_submit":
        values["submit"] = True
    with entered(actor, whole=True):
        action(actor=actor, dossier_id=dossier_id, key=idempotency_key, version=payload.version, **values)
        return answer(standing_of(dossier_id))


def _given(payload: DeskAct, name: str) -> Any:
    value = getattr(payload, name)
    if value is None:
        raise Refused(code="api.fields", sentence=f"Việc này cần trường “{name}”.", status=422)
    return value
