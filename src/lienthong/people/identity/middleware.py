"""Every request has an actor; every page is closed unless its view is marked open."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lienthong.core.journal.actions import flush_readings
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import enter
from lienthong.core.scope.values import ANONYMOUS
from lienthong.core.workdays.queries import today
from lienthong.people.identity.queries import ActingPost, posts_of

View = TypeVar("View", bound=Callable[..., HttpResponse])
SESSION_POST = "acting_post"
# allauth's own pages decide for themselves who may see them.
SELF_GUARDED = ("allauth.",)


def public(view: View) -> View:
    """Mark a view as open to everybody (a citizen's page). An unmarked view is closed."""
    view.open_to = "everybody"  # type: ignore[attr-defined]
    return view


def needs(*duties: str) -> Callable[[View], View]:
    """Mark a view as open to acting posts that carry at least one of the duties (none named: any post)."""

    def mark(view: View) -> View:
        view.open_to = duties  # type: ignore[attr-defined]
        return view

    return mark


def needs_no_post(view: View) -> View:
    """Mark a view as open to whoever is signed in, also before a post is chosen."""
    view.open_to = ()  # type: ignore[attr-defined]
    view.without_post = True  # type: ignore[attr-defined]
    return view


class ActingPostMiddleware:
    """Loads the acting post, opens the request's transaction in its scope, and closes unmarked pages.

    The whole request is one transaction, because the database's own wall (row-level security) lives by
    SET LOCAL; an error rolls it back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = None  # type: ignore[attr-defined]
        request.actor = ANONYMOUS  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                if request.session.get("_auth_user_id") and request.user.is_authenticated:
                    self._load(request)
                enter(request.actor)  # type: ignore[attr-defined]
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
        finally:
            flush_readings()
        if request.acting is not None:  # type: ignore[attr-defined]
            # What an officer saw stays on no disk, behind no proxy; a view may say otherwise.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None where the view may run; else the way to sign in, to choose a post, or the refusal."""
        open_to = getattr(view, "open_to", None)
        if open_to == "everybody":
            return None
        translation.activate("vi")  # officers' pages have one language; the open web follows its reader
        if view.__module__.startswith(SELF_GUARDED):
            return None
        if not request.user.is_authenticated:
            return _sent(request, reverse(settings.LOGIN_URL))
        if request.acting is None:  # type: ignore[attr-defined]
            return None if getattr(view, "without_post", False) else _sent(request, reverse("choose_post"))
        if open_to is None or (open_to and not any(request.actor.may(duty) for duty in open_to)):  # type: ignore[attr-defined]
            raise PermissionDenied
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An unhandled error undoes the request's writes; a refusal is told in its own sentence."""
        if type(exception).__module__.startswith(SELF_GUARDED):
            return None  # allauth's way of asking for the password again; its own middleware answers
        transaction.set_rollback(True)
        if not isinstance(exception, Refused):
            return None
        refusal = exception.refusal
        if request.headers.get("HX-Request"):
            parts = {"refusals": [refusal]}
            return render(request, "shell/parts/errors.html", parts, status=exception.status)
        page = {"heading": _("Chưa thực hiện được"), "sentence": refusal.sentence}
        more = {"article": refusal.article, "code": refusal.code, "next_url": self._back(request)}
        return render(request, "shell/error.html", page | more, status=exception.status)

    def _back(self, request: HttpRequest) -> str:
        return str(settings.LOGIN_REDIRECT_URL) if request.acting else "/"  # type: ignore[attr-defined]

    def _load(self, request: HttpRequest) -> None:
        account_id = int(request.session["_auth_user_id"])
        posts = posts_of(account_id, today())
        request.posts = posts  # type: ignore[attr-defined]
        chosen = _chosen(posts, request.session.get(SESSION_POST))
        if chosen:
            request.acting = chosen  # type: ignore[attr-defined]
            request.actor = chosen.actor(account_id)  # type: ignore[attr-defined]


def actor_context(request: HttpRequest) -> dict[str, Any]:
    """Template names `acting` (ActingPost or None), `actor` and `posts`."""
    return {
        "acting": getattr(request, "acting", None),
        "actor": getattr(request, "actor", ANONYMOUS),
        "posts": getattr(request, "posts", []),
    }


def _chosen(posts: list[ActingPost], post_id: int | None) -> ActingPost | None:
    """The post of the session; the only one where there is one; None where a choice is due."""
    for post in posts:
        if post.post_id == post_id:
            return post
    return posts[0] if len(posts) == 1 else None


def _sent(request: HttpRequest, url: str) -> HttpResponse:
    """The way there and back again; a part of a page sends the whole page there."""
    back = request.get_full_path() if request.method == "GET" else ""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return redirect(f"{url}?{urlencode({'next': back})}" if back else url)
