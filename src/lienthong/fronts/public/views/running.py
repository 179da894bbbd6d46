"""What is not a page: the sign of life, and the choice of a language."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from lienthong.fronts.public.views.frame import NOT_KEPT, open_page

YEAR = 365 * 24 * 3600


@open_page
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the process and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": NOT_KEPT})


@open_page
@require_safe
def choose_language(request: HttpRequest, language: str) -> HttpResponse:
    """Keep the chosen language in a cookie and go back. A link, so that it works without a script or a token."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("next", "")
    is_here = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = redirect(back if is_here else reverse("home"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )
    response.headers["Cache-Control"] = NOT_KEPT
    return response
