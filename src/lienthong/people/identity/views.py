"""The choice of the acting post, and taking an account by a slip; allauth's own views do the rest."""

from collections.abc import Sequence

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.shell.views import refusals_as_page
from lienthong.people.identity import actions
from lienthong.people.identity.forms import ChoosePostForm, TakeInvitationForm
from lienthong.people.identity.middleware import SESSION_POST, needs_no_post, public
from lienthong.people.identity.rules import NO_INVITATION, TOO_MANY_CODES

GUESSED = "invitation_failed"


@needs_no_post
def choose_post(request: HttpRequest) -> HttpResponse:
    """Choose from which of their posts the officer acts; every act carries it."""
    refusals = []
    if request.method == "POST":
        form = ChoosePostForm(request.POST)
        post_id = form.cleaned_data["post"] if form.is_valid() else 0
        try:
            chosen = actions.choose_post(account_id=int(request.session["_auth_user_id"]), post_id=post_id)
        except Refused as error:
            refusals = [error.refusal]
        else:
            request.session[SESSION_POST] = chosen.post_id
            return redirect(_next(request))
    context = {"next": _next(request), "refusals": refusals}
    return render(request, "identity/choose_post.html", context, status=409 if refusals else 200)


@public
@refusals_as_page
@never_cache
def take_invitation(request: HttpRequest, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """Whoever holds a slip sets the password of their account, once, and then signs in."""
    translation.activate("vi")  # an officer's page, though open
    form = TakeInvitationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        username = _take(request, given["code"], given["password1"])
        messages.success(request, _("Đã đặt mật khẩu. Hãy đăng nhập bằng tên %(name)s.") % {"name": username})
        return redirect("account_login")
    context = {"form": form, "refusals": refusals}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "identity/take_invitation.html", context, status=status)


def _take(request: HttpRequest, code: str, password: str) -> str:
    """The act, while not too many wrong codes came from the address: the limiter that also counts sign-ins."""
    if not consume(request, action=GUESSED, dry_run=True):
        raise Refused.because(TOO_MANY_CODES, 429)
    try:
        return actions.take_invitation(
            actor=request.actor,  # type: ignore[attr-defined]
            code=code,
            password=password,
        )
    except Refused as refused:
        if refused.refusal.code == NO_INVITATION.code:
            consume(request, action=GUESSED)
        raise


def _next(request: HttpRequest) -> str:
    """Where the officer was going, if that is here."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if is_here else str(settings.LOGIN_REDIRECT_URL)
