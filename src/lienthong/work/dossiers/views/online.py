"""A dossier that was lodged online, at the counter: accept it. What lacks, or is refused: waiting.py, ending.py."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.views import refusals_as_page
from lienthong.people.identity.middleware import needs
from lienthong.work.dossiers.actions import online
from lienthong.work.dossiers.views.acting import Page, Refusals, act_page

RECEIVE = Page(
    verb="receive",
    title=_("Tiếp nhận hồ sơ trực tuyến"),
    button=_("Tiếp nhận"),
    done=_("Đã tiếp nhận hồ sơ và lập giấy tiếp nhận, hẹn trả kết quả."),
    action=online.accept_dossier,
    hint=_("Hồ sơ đã có mã, người giữ và ngày hẹn từ lúc nộp; tiếp nhận lập mẫu 01 và các khoản phải thu."),
)


@needs()
@refusals_as_page
def receive(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Accept a dossier that was lodged online."""
    return act_page(request, dossier_id, RECEIVE, refusals)
