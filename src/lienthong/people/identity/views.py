"""The choice of the acting post; allauth's own views do the rest."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from lienthong.core.registry.values import Refused
from lienthong.people.identity import actions
from lienthong.people.identity.forms import ChoosePostForm
from lienthong.people.identity.middleware import SESSION_POST, needs_no_post


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


def _next(request: HttpRequest) -> str:
    """Where the officer was going, if that is here."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if is_here else str(settings.LOGIN_REDIRECT_URL)
