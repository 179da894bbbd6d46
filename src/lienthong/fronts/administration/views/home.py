"""The first page of administration: what may be administered from the acting post."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.fronts.administration.values import Entry
from lienthong.people.identity.middleware import needs
from lienthong.work.readiness.access import board_closed_to

# In the order of going live: who works here, how the office is set, what is brought along, whether all is ready.
ENTRIES = (
    Entry(
        "staff_list",
        _("Cán bộ, vị trí, tài khoản"),
        _("Ai giữ vị trí nào, ai thay khi vắng; phiếu mời, đặt lại mật khẩu, khóa tài khoản."),
        ("administration", "city"),
    ),
    Entry(
        "staff_import",
        _("Nhập cán bộ từ bảng tính"),
        _("Nạp cả đơn vị từ một tệp XLSX: kiểm tra từng dòng trước, rồi mới ghi."),
        ("administration", "city"),
    ),
    Entry(
        "office_settings",
        _("Thiết lập"),
        _(
            "Giờ làm việc, ngày nghỉ và làm bù, mã định danh, nội dung thủ tục và phí: từng mục hoặc từ bảng tính."
        ),
        ("administration", "city"),
    ),
    Entry(
        "take_over",
        _("Nhập hồ sơ từ hệ thống cũ"),
        _("Mang hồ sơ đang giải quyết sang: giữ mã, ngày nhận, ngày hẹn; mỗi dòng được nhập hoặc báo lý do."),
        ("administration",),
    ),
    Entry(
        "readiness_board",
        _("Sẵn sàng vận hành"),
        _("Bảng kiểm của đơn vị: còn thiếu gì trước khi vận hành; thành phố xem mọi đơn vị trên một trang."),
        ("administration", "approval", "overview", "city"),
    ),
)


@needs("administration", "city")
@require_safe
def administration_home(request: HttpRequest) -> HttpResponse:
    """The entries that the acting post may open."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    hidden = {"readiness_board"} if board_closed_to(actor, today()) else set()
    shown = [
        (entry, reverse(entry.url_name))
        for entry in ENTRIES
        if any(map(actor.may, entry.duties)) and entry.url_name not in hidden
    ]
    return render(request, "administration/home.html", {"entries": shown})
