"""A small site for the middleware's tests: one view of each kind of marking."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

import config.urls
from lienthong.core.registry.values import Refused
from lienthong.people.identity.middleware import needs, public
from lienthong.people.parties import access, actions
from lienthong.people.parties.models import Party
from lienthong.people.parties.values import PartyDraft


@public
def open_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mở")


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("không ai được vào")


@needs()
def any_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.label}|{request.acting.substitute}")  # type: ignore[attr-defined]


@needs("approval")
def approval(request: HttpRequest) -> HttpResponse:
    return HttpResponse("phê duyệt")


@needs()
def party(request: HttpRequest, party_id: int) -> HttpResponse:
    return HttpResponse(access.find_party(request.actor, party_id).name)  # type: ignore[attr-defined]


@needs()
def all_parties(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(Party.objects.values_list("name", flat=True)))


@needs()
def write_and_fail(request: HttpRequest, how: str) -> HttpResponse:
    draft = PartyDraft(name=f"Công dân hỏng {how}")
    actions.register_party(actor=request.actor, party=draft)  # type: ignore[attr-defined]
    if how == "refused":
        raise Refused(code="test.refused", sentence="Chưa làm được. Hãy thử lại.", article="Đ.1")
    if how == "missing":
        raise Http404
    raise RuntimeError(str(UUID(int=0)))


urlpatterns = [
    *config.urls.urlpatterns,
    path("open/", open_page),
    path("unmarked/", unmarked),
    path("any/", any_post),
    path("approval/", approval),
    path("party/<int:party_id>/", party),
    path("parties/", all_parties),
    path("fail/<str:how>/", write_and_fail),
]
