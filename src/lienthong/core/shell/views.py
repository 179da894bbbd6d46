"""What the pages of every room share: a refusal is told on the page that asked, and nothing typed is lost."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from lienthong.core.registry.values import NotFound, Refused

View = TypeVar("View", bound=Callable[..., HttpResponse])


def refusals_as_page(view: View) -> View:
    """Let a view show its own form again, with the refusal, when its action raises Refused on a POST.

    The view takes `refusals=()`. Where it is called with some it must not act: it renders the bound form and
    gives `refusals` to shell/parts/errors.html (a part of a page does so as well: htmx swaps 409 and 422).
    The answer carries the refusal's status. What the act had written is undone; the request's transaction and
    its scope go on, so the page can be read. Missing and forbidden (NotFound), and a GET, are told by the
    middleware's page. Stands below `@needs`.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except Refused as refused:
            if request.method != "POST" or isinstance(refused, NotFound):
                raise
            told = view(request, *args, **{**kwargs, "refusals": (refused.refusal,)})
            told.status_code = refused.status
            return told

    return answered  # type: ignore[return-value]
