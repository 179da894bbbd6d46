"""What can be done with a dossier: each act as the page offers it, asked of the same rules as its POST."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import Act
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.queries import why_not_offer_now
from lienthong.work.dossiers.actions.step import refusals, warranted
from lienthong.work.dossiers.models import Dossier
from lienthong.work.dossiers.rules import ENDED, LIFECYCLE, why_not_extend

# Acts that need no words: one press, from the page itself.
AT_ONE_PRESS = frozenset({"receive", "take_up", "submit", "approve", "request_payment", "settle_payment"})
DANGEROUS = frozenset({"refuse", "halt", "withdraw"})
# The order in which acts are offered; the first possible one is the page's one primary act.
ROAD = (
    "receive", "answer_at_once", "take_up", "propose", "submit", "approve", "complete", "return_result",
    "receive_supplement", "settle_payment", "assign",
)  # fmt: skip
BESIDE = ("send_back", "request_supplement", "request_payment", "withdraw", "refuse", "halt")
KEYS = {
    "receive": "n", "take_up": "n", "propose": "t", "submit": "t", "approve": "d", "complete": "h", "return_result": "h",
    "assign": "g", "request_supplement": "b", "receive_supplement": "h", "ask_opinion": "o", "send_back": "r",
}  # fmt: skip
# Said also where the state does not allow them yet: what people wait for.
AWAITED = frozenset({"approve", "return_result", "extend"})
BEFORE_THE_END = frozenset({"extend", "ask_opinion", "offer"})
LABELS = {
    "receive": _("Tiếp nhận hồ sơ"),
    "propose": _("Đề xuất và trình"),
    "extend": _("Xin lỗi và gia hạn"),
    "correct": _("Đính chính lỗi ghi"),
    "ask_opinion": _("Lấy ý kiến phối hợp"),
    "offer": _("Chuyển đơn vị khác"),
    "complete": _("Ghi kết quả, hoàn thành"),
}

URL_NAMES = {
    verb: f"dossier_{verb}" for verb in (*ROAD, *BESIDE, "extend", "correct", "ask_opinion", "offer")
}


@dataclass(frozen=True, slots=True)
class Asked:
    """An act and why it is not possible (None: it is)."""

    verb: str
    refusal: Refusal | None


def asked_of(actor: Actor, dossier: Dossier, *, open_offer: bool = False) -> list[Asked]:
    """Every act on a dossier with its first refusal, in the order of the page.

    No statement; one where the matter waits for approval and the actor, no leader, may be a delegate.
    `open_offer`: another unit has been offered the matter and has not answered.
    """
    case = dossier.case
    paper = warranted(actor, "approve", dossier, now())
    found = [Asked(verb, _first(refusals(actor, verb, dossier, paper=paper))) for verb in (*ROAD, *BESIDE)]
    found = [one for one in found if dossier.at_once or one.verb != "answer_at_once"]
    late = why_not_extend(days=1, paused=case.due_at is None, closed=case.closed_at is not None, cause="-")
    found.append(Asked("extend", _first(refusals(actor, "extend", dossier, lifecycle=False)) or late))
    for verb in ("correct", "ask_opinion"):
        found.append(Asked(verb, _first(refusals(actor, verb, dossier, lifecycle=False))))
    offered = _first(refusals(actor, "offer", dossier, lifecycle=False))
    found.append(Asked("offer", offered or why_not_offer_now(case, open_offer=open_offer)))
    return found


def acts_for(actor: Actor, dossier: Dossier, *, open_offer: bool = False) -> list[Act]:
    """The acts that the page shows: possible ones, and those not possible that somebody may look for."""
    shown = [one for one in asked_of(actor, dossier, open_offer=open_offer) if _is_shown(one, dossier)]
    return [act_of(one, dossier) for one in shown]


def act_of(one: Asked, dossier: Dossier) -> Act:
    """The act as the shell's parts take it. A one-press act carries the version that the page showed."""
    url = reverse(URL_NAMES[one.verb], args=[dossier.pk])
    at_one_press = one.verb in AT_ONE_PRESS
    return Act(
        name=one.verb,
        label=str(LABELS.get(one.verb) or LIFECYCLE.verb_label(one.verb)),
        url=f"{url}?version={dossier.case.version}" if at_one_press else url,
        reason=one.refusal.sentence if one.refusal else "",
        article=one.refusal.article if one.refusal else "",
        key=KEYS.get(one.verb, "") if one.refusal is None else "",
        post=at_one_press,
        danger=one.verb in DANGEROUS,
    )


def primary_of(acts: list[Act]) -> Act | None:
    """The first possible act on the dossier's road; None where somebody else's turn has come."""
    return next((act for act in acts if act.enabled and act.name in ROAD), None)


def _first(found: list[Refusal]) -> Refusal | None:
    return found[0] if found else None


def _is_shown(one: Asked, dossier: Dossier) -> bool:
    if dossier.case.state in ENDED and one.verb != "correct":
        return False
    if dossier.case.closed_at is not None and one.verb in BEFORE_THE_END:
        return False
    if one.refusal is None:
        return True
    if one.refusal.code == "dossier.other_unit" or one.verb in DANGEROUS:
        return False
    return one.refusal.code != "lifecycle.state" or one.verb in AWAITED


def elsewhere(actor: Actor, dossier: Dossier) -> Any:
    """The one sentence for whoever may look at the dossier but not act on it; "" for everybody else."""
    first = _first(refusals(actor, "correct", dossier, lifecycle=False))
    return first.sentence if first and first.code == "dossier.other_unit" else ""
