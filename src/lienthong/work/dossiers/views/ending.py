"""How a dossier ends, and how its date or its typing errors are amended."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.views import refusals_as_page
from lienthong.people.identity.middleware import needs
from lienthong.work.dossiers.actions import amending, ending
from lienthong.work.dossiers.forms.ending import (
    AnswerAtOnceForm,
    CorrectForm,
    ExtendForm,
    HaltForm,
    ReturnForm,
    WithdrawForm,
)
from lienthong.work.dossiers.forms.waiting import RefuseForm
from lienthong.work.dossiers.views.acting import Page, Refusals, act_page

REFUSE = Page(
    verb="refuse",
    title=_("Từ chối tiếp nhận"),
    button=_("Từ chối và in phiếu"),
    done=_("Đã lập phiếu từ chối."),
    action=ending.refuse_dossier,
    form=RefuseForm,
    template="dossiers/lacks.html",
    hint=_("Mỗi lý do kèm căn cứ; người nộp nhận phiếu mẫu 03."),
    danger=True,
    prints=True,
)
HALT = Page(
    verb="halt",
    title=_("Dừng giải quyết"),
    button=_("Dừng giải quyết"),
    done=_("Đã dừng giải quyết và lập thông báo."),
    action=ending.halt_dossier,
    form=HaltForm,
    hint=_("Dừng là kết thúc hồ sơ, không phải tạm dừng thời hạn."),
    danger=True,
    prints=True,
)
WITHDRAW = Page(
    verb="withdraw",
    title=_("Người nộp rút hồ sơ"),
    button=_("Ghi nhận rút hồ sơ"),
    done=_("Đã ghi nhận người nộp rút hồ sơ."),
    action=ending.withdraw_dossier,
    form=WithdrawForm,
    danger=True,
)
RETURN = Page(
    verb="return_result",
    title=_("Trả kết quả"),
    button=_("Đã trả kết quả"),
    done=_("Đã trả kết quả."),
    action=ending.return_result,
    form=ReturnForm,
)
AT_ONCE = Page(
    verb="answer_at_once",
    title=_("Giải quyết và trả ngay"),
    button=_("Đã giải quyết và trả"),
    done=_("Đã giải quyết và trả kết quả."),
    action=ending.answer_at_once,
    form=AnswerAtOnceForm,
)
EXTEND = Page(
    verb="extend",
    title=_("Xin lỗi và gia hạn"),
    button=_("Lập văn bản, hẹn ngày mới"),
    done=_("Đã lập văn bản xin lỗi và hẹn lại."),
    action=amending.extend_dossier,
    form=ExtendForm,
    hint=_("Ngày mới tính nối tiếp hạn hiện tại; hẹn lần đầu vẫn được giữ."),
    prints=True,
)
CORRECT = Page(
    verb="correct",
    title=_("Đính chính lỗi ghi"),
    button=_("Lưu đính chính"),
    done=_("Đã đính chính; giá trị cũ được giữ."),
    action=amending.correct_dossier,
    form=CorrectForm,
)


@needs()
@refusals_as_page
def refuse(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Refuse, every reason with its basis."""
    return act_page(request, dossier_id, REFUSE, refusals)


@needs()
@refusals_as_page
def halt(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Stop for good."""
    return act_page(request, dossier_id, HALT, refusals)


@needs()
@refusals_as_page
def withdraw(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """The applicant takes the dossier back."""
    return act_page(request, dossier_id, WITHDRAW, refusals)


@needs()
@refusals_as_page
def return_result(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Hand the result over."""
    return act_page(request, dossier_id, RETURN, refusals)


@needs()
@refusals_as_page
def answer_at_once(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Answer in one sitting."""
    return act_page(request, dossier_id, AT_ONCE, refusals)


@needs()
@refusals_as_page
def extend(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Apologise and promise a new date."""
    return act_page(request, dossier_id, EXTEND, refusals)


@needs()
@refusals_as_page
def correct(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Correct a typing error of the intake."""
    return act_page(request, dossier_id, CORRECT, refusals)
