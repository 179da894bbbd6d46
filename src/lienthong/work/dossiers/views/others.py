"""Hand-over to another unit, and opinions of others: the pages on which they are offered, answered and asked."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.shell.views import refusals_as_page
from lienthong.facilities.casework.actions import consulting, handing
from lienthong.facilities.casework.queries import course_of
from lienthong.people.identity.middleware import needs
from lienthong.work.dossiers.forms.acting import ActForm
from lienthong.work.dossiers.forms.others import AskOpinionForm, GiveOpinionForm, OfferForm, RefuseOfferForm
from lienthong.work.dossiers.views.acting import Page, Refusals, act_page, found


def of_case(action: Any) -> Any:
    """The case's action, called with a dossier's id."""

    def done(*, actor: Actor, dossier_id: int, key: UUID, version: int | None = None, **words: Any) -> Any:
        return action(actor=actor, case_id=dossier_id, key=key, **words)

    return done


def of_child(action: Any, name: str, child_id: int) -> Any:
    """The action on one offer or consultation of the case."""

    def done(*, actor: Actor, dossier_id: int, key: UUID, version: int | None = None, **words: Any) -> Any:
        return action(actor=actor, key=key, **{name: child_id}, **words)

    return done


OFFER = Page(
    verb="offer",
    title=_("Chuyển đơn vị khác"),
    button=_("Đề nghị chuyển"),
    done=_("Đã đề nghị chuyển; đơn vị của bạn vẫn chịu trách nhiệm đến khi bên kia nhận."),
    action=of_case(handing.offer_case),
    form=OfferForm,
    hint=_("Thời hạn không tính lại. Bên nhận phải trả lời; im lặng không phải là đồng ý."),
)
ASK_OPINION = Page(
    verb="ask_opinion",
    title=_("Lấy ý kiến phối hợp"),
    button=_("Gửi đề nghị cho ý kiến"),
    done=_("Đã gửi đề nghị cho ý kiến; hồ sơ vẫn ở đơn vị bạn."),
    action=of_case(consulting.ask_opinion),
    form=AskOpinionForm,
    hint=_("Hồ sơ và thời hạn ở nguyên chỗ; bên được hỏi có hạn riêng."),
)


@needs()
@refusals_as_page
def offer(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Offer the matter to another unit."""
    return act_page(request, dossier_id, OFFER, refusals)


@needs()
@refusals_as_page
def accept(request: HttpRequest, dossier_id: int, offer_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Take the matter over for the own unit."""
    _belongs(request, dossier_id, offer_id, "offers")
    page = Page(
        verb="accept",
        by_others=True,
        title=_("Nhận giải quyết"),
        button=_("Nhận giải quyết"),
        done=_("Đơn vị của bạn chịu trách nhiệm từ lúc này; thời hạn không tính lại."),
        action=of_child(handing.accept_offer, "offer_id", offer_id),
        form=ActForm,
    )
    return act_page(request, dossier_id, page, refusals)


@needs()
@refusals_as_page
def refuse_offer(
    request: HttpRequest, dossier_id: int, offer_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """Refuse the matter, with the reason and who should have it."""
    _belongs(request, dossier_id, offer_id, "offers")
    page = Page(
        verb="refuse_offer",
        by_others=True,
        title=_("Không nhận giải quyết"),
        button=_("Không nhận"),
        done=_("Đã trả lời không nhận; đơn vị đề nghị vẫn chịu trách nhiệm."),
        action=of_child(handing.refuse_offer, "offer_id", offer_id),
        form=RefuseOfferForm,
        danger=True,
    )
    return act_page(request, dossier_id, page, refusals)


@needs()
@refusals_as_page
def withdraw_offer(
    request: HttpRequest, dossier_id: int, offer_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """Take the offer back before it is answered."""
    _belongs(request, dossier_id, offer_id, "offers")
    page = Page(
        verb="withdraw_offer",
        by_others=True,
        title=_("Rút đề nghị chuyển"),
        button=_("Rút đề nghị"),
        done=_("Đã rút đề nghị chuyển."),
        action=of_child(handing.withdraw_offer, "offer_id", offer_id),
    )
    return act_page(request, dossier_id, page, refusals)


@needs()
@refusals_as_page
def ask_opinion(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Ask another unit or department."""
    return act_page(request, dossier_id, ASK_OPINION, refusals)


@needs()
@refusals_as_page
def give_opinion(
    request: HttpRequest, dossier_id: int, opinion_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """Answer for the unit that was asked."""
    _belongs(request, dossier_id, opinion_id, "opinions")
    page = Page(
        verb="give_opinion",
        by_others=True,
        title=_("Cho ý kiến phối hợp"),
        button=_("Gửi ý kiến"),
        done=_("Đã gửi ý kiến."),
        action=of_child(consulting.give_opinion, "consultation_id", opinion_id),
        form=GiveOpinionForm,
    )
    return act_page(request, dossier_id, page, refusals)


@needs()
@refusals_as_page
def cancel_opinion(
    request: HttpRequest, dossier_id: int, opinion_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """No longer wait for the opinion."""
    _belongs(request, dossier_id, opinion_id, "opinions")
    page = Page(
        verb="cancel_opinion",
        by_others=True,
        title=_("Không lấy ý kiến nữa"),
        button=_("Không lấy ý kiến nữa"),
        done=_("Không chờ ý kiến này nữa."),
        action=of_child(consulting.cancel_opinion, "consultation_id", opinion_id),
    )
    return act_page(request, dossier_id, page, refusals)


def _belongs(request: HttpRequest, dossier_id: int, child_id: int, kind: str) -> None:
    """Raises NotFound where the offer or consultation is another dossier's."""
    found(request, dossier_id)
    if child_id not in {row.id for row in getattr(course_of(dossier_id), kind)}:
        raise NotFound
