"""What a portal does to a dossier of its own: supplement, payment, withdrawal."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from lienthong.core.journal.queries import was_done
from lienthong.core.scope.actions import entered
from lienthong.fronts.api.access import actor_for, found_link
from lienthong.fronts.api.forms.acts import Payment, Supplement, Withdrawal
from lienthong.fronts.api.forms.answers import Acted, Paid
from lienthong.fronts.api.forms.fields import DossierCode
from lienthong.fronts.api.queries import acted_of, fees_of
from lienthong.fronts.api.views.files import files_of
from lienthong.fronts.api.views.interface import CODE, KEY, answer, client_of, operation
from lienthong.people.identity.enums import Duty
from lienthong.work.dossiers.actions.ending import withdraw_dossier
from lienthong.work.dossiers.actions.online import notify_payment, supplement_online

TAG = "Sau khi nộp"


@operation(
    "POST",
    "/dossiers/{code}/supplements",
    scope="dossiers:supplement",
    answer=Acted,
    summary="Nộp bổ sung",
    about="Trả lời yêu cầu bổ sung; hồ sơ đi tiếp từ chỗ đã dừng, thời hạn tính tiếp.",
    tag=TAG,
)
def supplement(
    request: HttpRequest, payload: Supplement, code: DossierCode = CODE, idempotency_key: UUID = KEY
) -> HttpResponse:
    """The applicant answers a request for what lacks: the dossier goes on from where it stood, its clock too.

    Files come before it (`attachments`) or with it (`links`).
    """
    linked = found_link(client_of(request), code=code)
    actor = actor_for(client_of(request), linked)
    with entered(actor):
        repeated = was_done(idempotency_key, actor)
        supplement_online(
            actor=actor,
            dossier_id=linked.case_id,
            key=idempotency_key,
            note=payload.note,
            files=files_of(payload.links),
        )
        return answer(acted_of(actor, linked), repeated=repeated)


@operation(
    "POST",
    "/dossiers/{code}/payments",
    scope="dossiers:pay",
    answer=Paid,
    status=201,
    summary="Báo đã nộp phí, lệ phí",
    about="Lập biên lai có số. Một mã thanh toán là một lần nộp, dù báo bao nhiêu lần.",
    tag=TAG,
)
def payment(
    request: HttpRequest, payload: Payment, code: DossierCode = CODE, idempotency_key: UUID = KEY
) -> HttpResponse:
    """The applicant has paid at the portal: a receipt is numbered. One `reference` is one payment."""
    linked = found_link(client_of(request), code=code)
    actor = actor_for(client_of(request), linked, Duty.FEES)
    with entered(actor):
        repeated = was_done(idempotency_key, actor)
        paid = notify_payment(
            actor=actor, dossier_id=linked.case_id, key=idempotency_key, **payload.model_dump()
        )
        body: dict[str, Any] = {"code": linked.code, **paid, "fees": fees_of(linked.case_id)}
        return answer(body, 201, location=f"/api/v1/dossiers/{linked.code}", repeated=repeated)


@operation(
    "POST",
    "/dossiers/{code}/withdrawal",
    scope="dossiers:withdraw",
    answer=Acted,
    summary="Rút hồ sơ",
    about="Người nộp rút hồ sơ; hồ sơ kết thúc.",
    tag=TAG,
)
def withdrawal(
    request: HttpRequest, payload: Withdrawal, code: DossierCode = CODE, idempotency_key: UUID = KEY
) -> HttpResponse:
    """The applicant takes the dossier back; it ends."""
    linked = found_link(client_of(request), code=code)
    actor = actor_for(client_of(request), linked)
    with entered(actor):
        repeated = was_done(idempotency_key, actor)
        withdraw_dossier(actor=actor, dossier_id=linked.case_id, key=idempotency_key, reason=payload.reason)
        return answer(acted_of(actor, linked), repeated=repeated)
