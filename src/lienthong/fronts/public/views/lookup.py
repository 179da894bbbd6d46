"""Looking up a dossier: by code and second fact, or by the receipt's QR. Never by a code alone."""

from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lienthong.core.workdays.queries import now
from lienthong.fronts.public.actions import try_code, try_receipt
from lienthong.fronts.public.enums import Gate
from lienthong.fronts.public.forms import LookupForm
from lienthong.fronts.public.queries import sight
from lienthong.fronts.public.views.frame import open_page, page
from lienthong.work.dossiers.queries import Found


@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """The two fields; what was typed stays where nothing was found."""
    form = LookupForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return page(request, "public/lookup.html", {"form": form}, current="lookup", kept=False)
    if not form.is_valid():
        return page(request, "public/lookup.html", {"form": form}, current="lookup", status=422, kept=False)
    typed = form.cleaned_data
    answer = try_code(
        actor=request.actor,  # type: ignore[attr-defined]
        code=typed["code"],
        fact=typed["fact"],
        address=address_of(request),
        at=now(),
    )
    return _answered(request, answer, form)


@open_page
@require_safe
def lookup_by_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The QR on the receipt leads here."""
    answer = try_receipt(actor=request.actor, token=token, address=address_of(request), at=now())  # type: ignore[attr-defined]
    return _answered(request, answer, LookupForm())


def address_of(request: HttpRequest) -> str:
    """Where the visitor comes from: behind a proxy on this machine, the last address that it has seen."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    try:
        is_proxy = not direct or ip_address(direct).is_loopback
    except ValueError:
        is_proxy = True
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() if is_proxy else ""
    return seen or direct


def _answered(request: HttpRequest, answer: Found | Gate, form: LookupForm) -> HttpResponse:
    """The dossier's page; or the form again with the one sentence that fits."""
    if isinstance(answer, Found):
        return page(
            request, "public/found.html", {"sight": sight(answer, now())}, current="lookup", kept=False
        )
    by_receipt = not form.is_bound
    sentences = {
        Gate.OPEN: _("Không tìm thấy hồ sơ với mã QR này. Hãy quét lại, hoặc điền hai ô dưới đây.")
        if by_receipt
        else _(
            "Không tìm thấy hồ sơ khớp với cả hai ô. Hãy xem lại mã và bốn số cuối, hoặc quét mã QR trên giấy hẹn."
        ),
        Gate.CODE: _(
            "Mã hồ sơ này đã bị nhập sai nhiều lần nên tạm dừng tra cứu bằng mã."
            " Hãy quét mã QR trên giấy hẹn, hoặc thử lại sau 15 phút."
        ),
        Gate.ADDRESS: _("Mạng này vừa tra cứu sai quá nhiều lần. Hãy đợi một phút rồi thử lại."),
    }
    context = {"form": form, "sentence": sentences[answer]}
    status = 429 if answer is not Gate.OPEN else 404 if by_receipt else 422
    return page(request, "public/lookup.html", context, current="lookup", status=status, kept=False)
