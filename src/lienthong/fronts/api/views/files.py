"""Papers: uploaded, or fetched by us from links."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja.files import UploadedFile
from ninja.params.functions import File, Form

from lienthong.core.journal.queries import was_done
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.facilities.documents.actions import order_files
from lienthong.facilities.documents.values import LinkedFile
from lienthong.fronts.api.access import actor_for, found_link
from lienthong.fronts.api.forms.answers import Attached
from lienthong.fronts.api.forms.dossiers import FileLink
from lienthong.fronts.api.forms.fields import DossierCode, PaperName
from lienthong.fronts.api.views.interface import CODE, KEY, answer, client_of, operation
from lienthong.work.dossiers.actions.online import attach_online
from lienthong.work.dossiers.queries import find_dossier

FILE: Any = File(..., description="Tệp PDF, JPEG, PNG, TIFF, DOCX, XLSX hoặc ODT, tối đa 20 MB.")
PAPER: Any = Form(..., description="Tên thành phần hồ sơ mà tệp này là.")


@operation(
    "POST",
    "/dossiers/{code}/attachments",
    scope="dossiers:supplement",
    answer=Attached,
    status=201,
    summary="Gửi một tệp",
    about="Tệp được kiểm tra và quét mã độc như mọi giấy tờ khác; hồ sơ đã kết thúc không nhận thêm tệp.",
    tag="Sau khi nộp",
)
def attach(
    request: HttpRequest,
    file: UploadedFile = FILE,
    paper: PaperName = PAPER,
    code: DossierCode = CODE,
    idempotency_key: UUID = KEY,
) -> HttpResponse:
    """Put a file into a dossier of the client's own; it is checked and scanned like every other."""
    linked = found_link(client_of(request), code=code)
    actor = actor_for(client_of(request), linked)
    with entered(actor):
        repeated = was_done(idempotency_key, actor)
        attached = attach_online(
            actor=actor,
            dossier_id=linked.case_id,
            key=idempotency_key,
            paper=paper,
            upload=file,
            name=file.name or "",
        )
        return answer({"attachment_id": attached}, 201, repeated=repeated)


def order_links(actor: Actor, dossier_id: int, links: Sequence[FileLink]) -> int:
    """Have files fetched for a dossier; a part of the act that brings them. Four statements."""
    party_id = find_dossier(actor, dossier_id).applicant_id
    return order_files(actor=actor, case_id=dossier_id, party_id=party_id, files=files_of(links))


def files_of(links: Sequence[FileLink]) -> list[LinkedFile]:
    """The links as an action takes them."""
    return [LinkedFile(link.url, link.name, link.paper) for link in links]
