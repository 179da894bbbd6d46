"""Assign, take up, propose, submit, approve, send back, complete."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.views import refusals_as_page
from lienthong.people.identity.middleware import needs
from lienthong.work.dossiers.actions import process
from lienthong.work.dossiers.forms.process import AssignForm, CompleteForm, ProposeForm, SendBackForm
from lienthong.work.dossiers.views.acting import Page, Refusals, act_page

ASSIGN = Page(
    verb="assign",
    title=_("Phân công xử lý"),
    button=_("Phân công"),
    done=_("Đã phân công."),
    action=process.assign_dossier,
    form=AssignForm,
)
TAKE_UP = Page(
    verb="take_up",
    title=_("Nhận xử lý"),
    button=_("Nhận xử lý"),
    done=_("Bạn đang giữ hồ sơ này."),
    action=process.take_up_dossier,
    hint=_("Từ lúc nhận, bạn là người chịu trách nhiệm xử lý hồ sơ."),
)
PROPOSE = Page(
    verb="propose",
    title=_("Đề xuất"),
    button=_("Gửi đề xuất"),
    done=_("Đã ghi đề xuất. Ai đang giữ hồ sơ và việc tiếp theo: xem dòng đầu trang."),
    action=process.propose_dossier,
    form=ProposeForm,
)
SUBMIT = Page(
    verb="submit",
    title=_("Trình phê duyệt"),
    button=_("Trình lãnh đạo"),
    done=_("Đã trình lãnh đạo phê duyệt."),
    action=process.submit_dossier,
)
APPROVE = Page(
    verb="approve",
    title=_("Phê duyệt"),
    button=_("Phê duyệt"),
    done=_("Đã phê duyệt."),
    action=process.approve_dossier,
    hint=_("Thẩm quyền được kiểm tra tại thời điểm này và lưu cùng quyết định."),
)
SEND_BACK = Page(
    verb="send_back",
    title=_("Trả lại để làm lại"),
    button=_("Trả lại"),
    done=_("Đã trả lại người đề xuất."),
    action=process.send_back_dossier,
    form=SendBackForm,
)
COMPLETE = Page(
    verb="complete",
    title=_("Ghi kết quả, hoàn thành"),
    button=_("Hoàn thành"),
    done=_("Đã xử lý xong; kết quả chờ trả."),
    action=process.complete_dossier,
    form=CompleteForm,
)


@needs()
@refusals_as_page
def assign(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Give the matter to an officer."""
    return act_page(request, dossier_id, ASSIGN, refusals)


@needs()
@refusals_as_page
def take_up(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Begin to work on the matter."""
    return act_page(request, dossier_id, TAKE_UP, refusals)


@needs()
@refusals_as_page
def propose(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Propose, and submit in the same act where asked."""
    return act_page(request, dossier_id, PROPOSE, refusals)


@needs()
@refusals_as_page
def submit(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Put the proposal before the leader."""
    return act_page(request, dossier_id, SUBMIT, refusals)


@needs()
@refusals_as_page
def approve(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Approve what was proposed."""
    return act_page(request, dossier_id, APPROVE, refusals)


@needs()
@refusals_as_page
def send_back(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Return the proposal with the reason."""
    return act_page(request, dossier_id, SEND_BACK, refusals)


@needs()
@refusals_as_page
def complete(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Write down the result."""
    return act_page(request, dossier_id, COMPLETE, refusals)
