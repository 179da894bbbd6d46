"""What every public page has: its language, its navigation, how long it may be kept."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lienthong.core.shell.values import NavItem
from lienthong.core.workdays.queries import today
from lienthong.people.identity.middleware import public
from lienthong.people.organisation.queries import unit_by_code

View = TypeVar("View", bound=Callable[..., HttpResponse])
KEPT = "public, max-age=300"
NOT_KEPT = "no-store"


def open_page(view: View) -> View:
    """Mark a view as open to everybody and run it in the language the visitor has chosen.

    The browser's own wish is not asked: offices lend their machines, and a page must not change its language
    from one desk to the next.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = chosen_language(request)
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Cookie"])
        return response

    return cast(View, public(shown))


def chosen_language(request: HttpRequest) -> str:
    """The language of the visitor's cookie, else Vietnamese."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def page(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    *,
    current: str = "",
    status: int = 200,
    kept: bool = True,
) -> HttpResponse:
    """The page with its frame. A signed-in officer's copy is never kept."""
    response = render(request, name, {**frame(request, current), **context}, status=status)
    may_keep = kept and not request.user.is_authenticated
    response.headers["Cache-Control"] = KEPT if may_keep else NOT_KEPT
    return response


def frame(request: HttpRequest, current: str = "") -> dict[str, Any]:
    """Navigation, the province's name and the other language."""
    entries = (
        ("lookup", _("Tra cứu hồ sơ")),
        ("catalogue", _("Thủ tục")),
        ("who_page", _("Ai giải quyết")),
        ("units", _("Các phường, xã")),
    )
    other = "en" if translation.get_language() == "vi" else "vi"
    here = request.get_full_path() if request.method == "GET" else request.path
    return {
        "public_nav": [NavItem(label, reverse(name), name == current) for name, label in entries],
        "home_url": reverse("home"),
        "unit_name": province_name(),
        "languages_url": f"{reverse('choose_language', args=[other])}?{urlencode({'next': here})}",
    }


def province_name() -> str:
    """The name of the province this deployment serves."""
    return _province_name(settings.PROVINCE, today().isoformat())


@lru_cache(maxsize=4)
def _province_name(code: str, _day: str) -> str:
    return unit_by_code(code, today()).name
