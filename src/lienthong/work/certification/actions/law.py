"""Correcting what the law's data says: a new row from a day on; what was done before it rests on the former one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.instruments.queries import by_slug
from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.scope.actions import one_act
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.work.certification.actions.step import demand
from lienthong.work.certification.models import FeeRate, RefusedOriginal
from lienthong.work.certification.rules import why_not_correct_law
from lienthong.work.certification.values import Rate


@one_act
def correct_rate(
    *, actor: Actor, key: UUID, rate: Rate, instrument: str, article: str, from_day: date
) -> int:
    """A task's fee from a day on, by an instrument (its slug) and article ("" where not stated). Row's id."""
    told = {"task": rate.task_code, "amount": rate.amount, "instrument": instrument, "from": from_day}
    former = begin_command(
        key, "certification.correct_rate", told | {"rate": str(rate), "article": article}, actor
    )
    if former is not None:
        return int(former)
    standing = FeeRate.objects.filter(task_code=rate.task_code).order_by("-id").first()
    _end(actor, standing, from_day)
    row = FeeRate.objects.create(
        task_code=rate.task_code,
        label=rate.label,
        basis=rate.basis,
        amount=rate.amount,
        tier_from=rate.tier_from,
        tier_amount=rate.tier_amount,
        most=rate.most,
        instrument=by_slug(instrument),
        article=article.strip(),
        confidence=rate.confidence,
        valid_during=DateRange(from_day, None),
    )
    _tell("certification.rate_corrected", "fee_rate", row.pk, actor, key, told)
    return row.pk


@one_act
def correct_ban(
    *,
    actor: Actor,
    key: UUID,
    code: str,
    text: str,
    instrument: str,
    article: str,
    confidence: str,
    from_day: date,
) -> int:
    """A row of the list of originals from a day on; `text` "" takes it off the list. Row's id (the ended one's)."""
    told = {"code": code, "instrument": instrument, "from": from_day}
    more = {"text": text, "article": article, "confidence": confidence}
    former = begin_command(key, "certification.correct_ban", told | more, actor)
    if former is not None:
        return int(former)
    standing = RefusedOriginal.objects.filter(code=code).order_by("-id").first()
    _end(actor, standing, from_day)
    row = standing
    if text.strip() or row is None:
        row = RefusedOriginal.objects.create(
            code=code,
            text=text.strip(),
            instrument=by_slug(instrument),
            article=article.strip(),
            confidence=confidence,
            valid_during=DateRange(from_day, None),
        )
    _tell("certification.ban_corrected", "refused_original", row.pk, actor, key, told)
    return row.pk


def _end(actor: Actor, standing: Any, from_day: date) -> None:
    """End the standing row the day the new one begins. Raises Refused: not yours to say, or a day in its past."""
    start = standing.valid_during.lower if standing else None
    demand(why_not_correct_law(actor, from_day, now().date(), start), status=422)
    if standing and (standing.valid_during.upper is None or standing.valid_during.upper > from_day):
        standing.valid_during = DateRange(start, from_day)
        standing.save(update_fields=["valid_during"])


def _tell(event: str, kind: str, row: int, actor: Actor, key: UUID, told: dict[str, Any]) -> None:
    data = {**told, "from": f"{told['from']:%d/%m/%Y}"}
    record(event, subject=Subject(kind, row), actor=actor, at=now(), data=data, closes=(key, row))
