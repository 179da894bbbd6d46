"""Supplements and payments: the clock pauses and runs on."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.views import refusals_as_page
from lienthong.people.identity.middleware import needs
from lienthong.work.dossiers.actions import waiting
from lienthong.work.dossiers.forms.waiting import LacksForm, ReceiveSupplementForm
from lienthong.work.dossiers.views.acting import Page, Refusals, act_page

REQUEST_SUPPLEMENT = Page(
    verb="request_supplement",
    title=_("Yêu cầu bổ sung giấy tờ"),
    button=_("Lập phiếu, tạm dừng tính hạn"),
    done=_("Đã lập phiếu yêu cầu bổ sung; thời hạn tạm dừng."),
    action=waiting.request_supplement,
    form=LacksForm,
    template="dossiers/lacks.html",
    hint=_("Nêu hết trong một phiếu, mỗi nội dung kèm căn cứ. Yêu cầu lần thứ hai bị tính là trễ (QĐ 766)."),
    prints=True,
)
RECEIVE_SUPPLEMENT = Page(
    verb="receive_supplement",
    title=_("Tiếp nhận giấy tờ bổ sung"),
    button=_("Đã nhận đủ, tính tiếp thời hạn"),
    done=_("Đã nhận bổ sung; thời hạn tính tiếp."),
    action=waiting.receive_supplement,
    form=ReceiveSupplementForm,
)
REQUEST_PAYMENT = Page(
    verb="request_payment",
    title=_("Yêu cầu nộp phí, lệ phí"),
    button=_("Yêu cầu nộp, tạm dừng tính hạn"),
    done=_("Đã yêu cầu nộp phí, lệ phí; thời hạn tạm dừng."),
    action=waiting.request_payment,
)
SETTLE_PAYMENT = Page(
    verb="settle_payment",
    title=_("Đã nộp phí, lệ phí"),
    button=_("Đã nộp đủ, tính tiếp thời hạn"),
    done=_("Đã nộp đủ; thời hạn tính tiếp."),
    action=waiting.settle_payment,
)


@needs()
@refusals_as_page
def request_supplement(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """One sheet with every lack and its basis."""
    return act_page(request, dossier_id, REQUEST_SUPPLEMENT, refusals)


@needs()
@refusals_as_page
def receive_supplement(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """The papers came."""
    return act_page(request, dossier_id, RECEIVE_SUPPLEMENT, refusals)


@needs()
@refusals_as_page
def request_payment(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Ask for the fees before work goes on."""
    return act_page(request, dossier_id, REQUEST_PAYMENT, refusals)


@needs()
@refusals_as_page
def settle_payment(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """The fees are paid."""
    return act_page(request, dossier_id, SETTLE_PAYMENT, refusals)
