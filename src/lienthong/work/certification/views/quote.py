"""What is said beside the rows while one types: the fee, the promise, and who may sign at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.rules import vn_number
from lienthong.mandate.competence.enums import Capacity, DelegableAct
from lienthong.mandate.competence.queries import warrant_of
from lienthong.work.certification.enums import FeeBasis
from lienthong.work.certification.queries import act_rule, bans, rate_of
from lienthong.work.certification.queries.desk import Signer, is_at_once, promise_of, signers_now
from lienthong.work.certification.rules import amount_of, fee_of, why_not_copy
from lienthong.work.certification.values import ItemDraft, Rate


@dataclass(frozen=True, slots=True)
class ShownSigner:
    """Người ký được, in words."""

    name: str
    title: str
    capacity: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """Phí, hẹn trả và người ký: the server's word, shown while the clerk types."""

    total: int
    lines: tuple[str, ...]
    citation: str
    due_at: datetime
    signers: tuple[ShownSigner, ...]
    nobody: str
    may_sign: bool
    why_not: str
    refusal: Refusal | None


def quote_of(actor: Actor, task_code: str, items: Sequence[ItemDraft], at: datetime) -> Quote:
    """The quote of what is typed so far. About nine statements."""
    rate, rule = rate_of(task_code, at.date()), act_rule(task_code, at.date())
    people = signers_now(actor, task_code, at)
    mine = any(one.is_actor for one in people)
    at_once = is_at_once(task_code, actor, at)
    return Quote(
        total=amount_of(rate, items) if rate and items else 0,
        lines=_lines(rate, items),
        citation=_citation(rate),
        due_at=promise_of(task_code, actor, at),
        signers=tuple(_shown(one) for one in people),
        nobody="" if people else _why_nobody(actor, task_code, at),
        may_sign=mine and at_once,
        why_not="" if mine and at_once else _why_not(actor, task_code, at, mine=mine),
        refusal=why_not_copy(items, rule.act, bans(at.date())) if rule else None,
    )


def _shown(one: Signer) -> ShownSigner:
    return ShownSigner(one.name, one.title, str(Capacity(one.capacity).label), one.is_actor)


def _lines(rate: Rate | None, items: Sequence[ItemDraft]) -> tuple[str, ...]:
    """How the sum came about: a line for each original that is counted by the page."""
    if rate is None:
        return (_("Chưa có mức thu trong dữ liệu; ghi khoản thu kèm căn cứ sau khi tiếp nhận."),)
    if rate.basis != FeeBasis.PAGE:
        return (f"{rate.label}: {vn_number(rate.amount)} đ",) if items else ()
    words = _("%(name)s: %(copies)d bản × %(pages)d trang = %(sum)s đ")
    return tuple(
        words
        % {
            "name": item.document_name,
            "copies": item.copies,
            "pages": item.pages,
            "sum": vn_number(fee_of(rate, copies=item.copies, pages=item.pages)),
        }
        for item in items
    )


def _citation(rate: Rate | None) -> str:
    return _("Mức thu theo %(source)s") % {"source": rate.citation} if rate and rate.citation else ""


def _why_nobody(actor: Actor, task_code: str, at: datetime) -> str:
    return _("Chưa ai ký được việc này: %(why)s") % {"why": _refused(actor, task_code, at)}


def _why_not(actor: Actor, task_code: str, at: datetime, *, mine: bool) -> str:
    """Why the clerk cannot do it in one sitting: the register's own sentence."""
    if mine:
        return _("Việc này không thuộc diện trả ngay trong lượt.")
    return _refused(actor, task_code, at)


def _refused(actor: Actor, task_code: str, at: datetime) -> str:
    found = warrant_of(
        actor.post_id, actor.person_id, task_code, actor.unit_id or 0, DelegableAct.SIGN.value, at
    )
    return found.sentence if isinstance(found, Refusal) else ""
