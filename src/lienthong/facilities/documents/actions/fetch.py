"""Files that come as links: ordered inside the act that brings them, fetched, checked and scanned afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents import access, rules
from lienthong.facilities.documents.actions.attach import attach_file
from lienthong.facilities.documents.actions.download import NotFetched, downloaded
from lienthong.facilities.documents.enums import OrderState
from lienthong.facilities.documents.models import FileOrder
from lienthong.facilities.documents.values import LinkedFile

FIRST_WAIT, MOST_TRIES = timedelta(minutes=2), 8
CLAIM = timedelta(minutes=5)


def order_files(
    *,
    actor: Actor,
    case_id: int,
    party_id: int | None,
    files: Sequence[LinkedFile],
    at: datetime | None = None,
) -> int:
    """Have files fetched into a case; returns how many. Three statements. Raises Refused, NotFound.

    A part of the calling act (a lodging, a supplement): what cannot be fetched later is told on the page.
    """
    moment = at or now()
    refusal = rules.why_not_attach(actor)
    if not refusal:
        refusal = rules.why_not_one_more(access.files_in_case(actor, case_id) + len(files) - 1)
    if refusal:
        raise Refused.because(refusal, status=403 if refusal.code == "document.no_duty" else 422)
    orders = [
        FileOrder(
            case_id=case_id,
            party_id=party_id,
            url=file.url,
            file_name=rules.cleaned_name(file.name),
            paper=rules.cleaned_paper(file.paper),
            next_try_at=moment,
            ordered_at=moment,
        )
        for file in files
    ]
    FileOrder.objects.bulk_create(orders)
    record(
        "document.ordered",
        subject=Subject("case", case_id, case_id),
        actor=actor,
        at=moment,
        data={"count": len(orders)},
    )
    return len(orders)


def fetch_waiting(*, actor: Actor = SYSTEM, limit: int = 50) -> dict[str, int]:
    """Fetch what is ordered and due; returns how many of each outcome. Downloads run outside any transaction."""
    counts = dict.fromkeys(OrderState.values, 0)
    for _turn in range(limit):
        order = _claimed(actor)
        if order is None:
            break
        counts[_fetch(order, actor)] += 1
    return counts


def _claimed(actor: Actor) -> FileOrder | None:
    """The next order that is due, put off so that no second worker takes it; None where there is none."""
    at = now()
    with entered(actor):
        due = FileOrder.objects.filter(state=OrderState.WAITING, next_try_at__lte=at).order_by("next_try_at")
        order = due.select_for_update(skip_locked=True).first()
        if order is not None:
            order.tries += 1
            order.next_try_at = at + CLAIM
            order.save(update_fields=["tries", "next_try_at"])
    return order


def _fetch(order: FileOrder, actor: Actor) -> str:
    try:
        with downloaded(order.url) as file, entered(actor):
            attached = attach_file(
                actor=actor,
                key=uuid5(NAMESPACE_URL, f"file-order:{order.pk}"),
                case_id=order.case_id,
                party_id=order.party_id,
                paper=order.paper or order.file_name,
                upload=file,
                name=order.file_name,
            )
            _settle(order, OrderState.FETCHED, attachment_id=attached)
        return OrderState.FETCHED
    except NotFetched as error:
        return _put_off(order, actor, error.sentence, final=error.final or order.tries >= MOST_TRIES)
    except Refused as refused:  # not a file that is taken in: forbidden, infected, too many
        return _put_off(order, actor, refused.refusal.sentence, final=refused.status != 503)


def _put_off(order: FileOrder, actor: Actor, why: str, *, final: bool) -> str:
    """Try again later, or give up and say so in the case's timeline."""
    with entered(actor):
        if not final:
            wait = FIRST_WAIT * 2 ** (order.tries - 1)
            FileOrder.objects.filter(pk=order.pk).update(error=why[:300], next_try_at=now() + wait)
            return OrderState.WAITING
        _settle(order, OrderState.FAILED, error=why[:300])
        record(
            "document.not_fetched",
            subject=Subject("file_order", order.pk, order.case_id),
            actor=actor,
            at=now(),
            data={"reason": why[:300]},
        )
    return OrderState.FAILED


def _settle(
    order: FileOrder, state: OrderState, *, attachment_id: int | None = None, error: str = ""
) -> None:
    FileOrder.objects.filter(pk=order.pk).update(
        state=state, attachment_id=attachment_id, error=error, url=""
    )
