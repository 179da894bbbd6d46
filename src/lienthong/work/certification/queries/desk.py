"""What the pages of certification list: open cases, what was done today, what waits for a signature, one number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from django.db.models import Count, Q, QuerySet

from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import calendar_for
from lienthong.lib.calendar import LimitUnit, TimeLimit, due_at
from lienthong.lib.calendar.days import VIETNAM
from lienthong.mandate.competence.enums import DelegableAct
from lienthong.mandate.competence.queries import warrant_of, warrants_for
from lienthong.mandate.competence.values import Warrant
from lienthong.mandate.procedures.queries import effective_terms, limits_for, procedure_names
from lienthong.people.organisation.queries import holders_of, unit_code_of
from lienthong.work.certification.access import certifications_open_to
from lienthong.work.certification.enums import CertificationState
from lienthong.work.certification.models import BookEntry, Certification
from lienthong.work.certification.queries.law import act_rules

OPEN = (CertificationState.RECEIVED, CertificationState.SIGNED)


@dataclass(frozen=True, slots=True)
class Counts:
    """Hôm nay: taken in, given back in one sitting, still waiting for a signature, waiting to be handed over."""

    received: int
    at_once: int
    to_sign: int
    to_return: int


@dataclass(frozen=True, slots=True)
class Signer:
    """Người ký được lúc này, as a page tells it."""

    name: str
    title: str
    capacity: str
    is_actor: bool


def task_names(at: datetime) -> dict[str, str]:
    """The acts that may be asked for on a day, by name: copies first. Two statements."""
    names = dict(procedure_names(at.date()))
    rules = sorted(act_rules(at.date()), key=lambda rule: (_ORDER.get(rule.act, 9), rule.task_code))
    return {rule.task_code: names[rule.task_code] for rule in rules if rule.task_code in names}


def promise_of(task_code: str, actor: Actor, at: datetime) -> datetime:
    """The due date that a request taken in now would get (NĐ 23/2015/NĐ-CP Đ.7)."""
    code = unit_code_of(actor.unit_id or 0)
    terms = effective_terms(task_code, code, at.date())
    limits = limits_for(terms, "counter") if terms else ()
    calendar = calendar_for(code)
    if not limits:
        return due_at(at, TimeLimit(0, LimitUnit.WORKING_DAY), calendar)
    if limits[0].cutoff:
        calendar = replace(calendar, cutoff=time.fromisoformat(limits[0].cutoff))
    return due_at(at, TimeLimit(limits[0].amount or 0, LimitUnit(limits[0].unit)), calendar)


def is_at_once(task_code: str, actor: Actor, at: datetime) -> bool:
    """Whether the catalogue calls it an act that is answered in one sitting."""
    terms = effective_terms(task_code, unit_code_of(actor.unit_id or 0), at.date())
    return bool(terms and terms.at_once)


_ORDER = {"copy": 0, "signature": 1, "translator": 2, "transaction": 3}


def listed(
    actor: Actor, which: str, at: datetime, after: str = "", limit: int = 100
) -> tuple[list[Certification], str]:
    """A page of the unit's certifications, and the mark of its end ("" on the last page). One statement.

    "open" and "signed" (to be handed over) by due date, "today" (taken in today) newest first.
    """
    rows, mark = _own(actor), _mark(after)
    if which == "today":
        rows = rows.filter(case__opened_at__gte=_dawn(at)).order_by("-pk")
        rows = rows.filter(pk__lt=mark[1]) if mark else rows
    else:
        states = (CertificationState.SIGNED,) if which == "signed" else OPEN
        rows = rows.filter(case__state__in=states).order_by("case__due_at", "pk")
        if mark:
            rows = rows.filter(Q(case__due_at__gt=mark[0]) | Q(case__due_at=mark[0], pk__gt=mark[1]))
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, ""
    last = found[limit - 1]
    return found[:limit], f"{last.case.due_at or last.case.promised_at:%Y%m%dT%H%M%S.%f%z}_{last.pk}"


def _mark(after: str) -> tuple[datetime, int] | None:
    """Where a page ended; None for the first page and for what is no mark."""
    moment, _between, ident = after.partition("_")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S.%f%z"), int(ident)
    except ValueError:
        return None


def counts_of(actor: Actor, at: datetime) -> Counts:
    """The figures above the list. One statement."""
    today = Q(case__opened_at__gte=_dawn(at))
    found = _own(actor).aggregate(
        received=Count("pk", filter=today),
        at_once=Count("pk", filter=today & Q(is_at_once=True)),
        to_sign=Count("pk", filter=Q(case__state=CertificationState.RECEIVED)),
        to_return=Count("pk", filter=Q(case__state=CertificationState.SIGNED)),
    )
    return Counts(**found)


def signing_queue(actor: Actor, at: datetime, limit: int = 200) -> list[tuple[Certification, Warrant]]:
    """What waits for a signature and this person may sign from this post now. One statement a kind of task, and three."""
    rows = _own(actor).filter(case__state=CertificationState.RECEIVED).order_by("case__due_at", "pk")
    waiting = rows.order_by().values_list("task_code", flat=True).distinct()
    rights = {code: right for code in waiting if (right := my_warrant(actor, code, at))}
    found = rows.filter(task_code__in=rights).prefetch_related("items")[:limit] if rights else []
    return [(row, rights[row.task_code]) for row in found]


def my_warrant(actor: Actor, task_code: str, at: datetime) -> Warrant | None:
    """By what right the actor signs this act here and now; None where they may not."""
    unit, sign = actor.unit_id or 0, DelegableAct.SIGN.value
    found = warrant_of(actor.post_id, actor.person_id, task_code, unit, sign, at)
    return found if isinstance(found, Warrant) else None


def signers_now(actor: Actor, task_code: str, at: datetime) -> list[Signer]:
    """Who may sign this act in the actor's unit now, in the order of the house. Two statements."""
    warrants = warrants_for(task_code, actor.unit_id or 0, DelegableAct.SIGN.value, at)
    return named_signers(actor, warrants, at)


def named_signers(actor: Actor, warrants: Sequence[Warrant], at: datetime) -> list[Signer]:
    """The same people by name."""
    people = holders_of({one.post_id for one in warrants}, at)
    return [
        Signer(
            people[one.post_id].name,
            people[one.post_id].post_title,
            one.capacity,
            (one.post_id, one.person_id) == (actor.post_id, actor.person_id),
        )
        for one in warrants
        if one.post_id in people
    ]


def entry_of_number(actor: Actor, book: str, year: int, number: int) -> BookEntry | None:
    """One number of the actor's unit's book. One statement."""
    rows = BookEntry.objects.filter(unit_id=actor.unit_id, book=book, year=year, number=number)
    return rows.select_related("item__certification__case").first()


def persons_of(actor: Actor, certification_ids: Iterable[int]) -> dict[int, str]:
    """Who asked, by certification, of those that the actor sees. One statement."""
    rows = certifications_open_to(actor).filter(pk__in=set(certification_ids))
    return dict(rows.values_list("pk", "case__subject_name"))


def _own(actor: Actor) -> "QuerySet[Certification]":
    return certifications_open_to(actor).filter(case__responsible_unit_id=actor.unit_id)


def _dawn(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(VIETNAM).date(), time.min, VIETNAM)
