"""Error pages: what happened, that nothing is lost, what to do next. Missing and forbidden look alike."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from lienthong.fronts.public.views.frame import NOT_KEPT, chosen_language


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page for which the acting post has no right: it looks as if it were not there."""
    return not_found(request, exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or not for this account."""
    with translation.override(chosen_language(request)):
        sentence = _("Địa chỉ có thể đã đổi, hoặc trang không dành cho tài khoản đang dùng.")
        return _page(404, "page.missing", _("Không tìm thấy trang này"), sentence)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: nothing of the request was stored."""
    with translation.override(chosen_language(request)):
        sentence = _("Hệ thống gặp lỗi và chưa ghi gì của lần gửi này. Hãy thử lại sau ít phút.")
        return _page(500, "page.broken", _("Trang đang gặp lỗi"), sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came from a stale page: nothing was stored, say what to do."""
    with translation.override(chosen_language(request)):
        sentence = _("Trang đã cũ nên chưa gửi được gì. Hãy quay lại, tải lại trang rồi gửi lại.")
        return _page(403, "csrf.stale", _("Chưa gửi được"), sentence)


def _page(status: int, code: str, heading: str, sentence: str) -> HttpResponse:
    """Rendered without the request: an error page needs no session and no database, which may be what failed."""
    shown = render_to_string("shell/error.html", {"heading": heading, "sentence": sentence, "code": code})
    return HttpResponse(shown, status=status, headers={"Cache-Control": NOT_KEPT})
