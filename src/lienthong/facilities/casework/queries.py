"""Lists, search and the story of a due date. Every one starts from `access.cases_open_to`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.queries import ask
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.access import OPEN_TO, cases_open_to, find_case, open_to_values
from lienthong.facilities.casework.enums import ConsultationState, HandOverState
from lienthong.facilities.casework.models import Case, ClockEntry, Consultation, HandOver
from lienthong.facilities.casework.rules import (
    FRESH,
    MOST_HOPS,
    LedgerRow,
    behind,
    calendar_of,
    dispute_of,
    is_arbiter,
    is_plain,
    limit_of,
    midnight_after,
    read_mark,
    sees_person,
    soon_until,
    stretches,
    why_not_arbitrate,
    why_not_offer,
)
from lienthong.facilities.casework.rules import due_from_ledger as due_from_ledger
from lienthong.facilities.casework.rules import minutes_left as minutes_left
from lienthong.facilities.casework.values import (
    ClockLine,
    Course,
    DisputeRow,
    Filter,
    OfferLine,
    OpinionLine,
    WorkRow,
)
from lienthong.lib.calendar import DayLine, explain
from lienthong.lib.records import names, records
from lienthong.lib.text import fold

__all__ = [
    "calendar_of",
    "case_page",
    "day_story",
    "disputes",
    "find_case",
    "offers_to",
    "opinions_owed",
    "search",
    "sees_person",
    "worklist",
]

_COLUMNS = (
    "id", "kind", "code", "state", "title", "subject_name", "responsible_unit_id", "holder_id",
    "due_at", "remaining", "opened_at", "closed_at", "hops",
)  # fmt: skip
_DISPUTE = (
    "id", "case_id", "case__kind", "case__code", "case__title", "case__responsible_unit_id", "case__hops",
    "case__due_at", "case__remaining", "case__closed_at", "from_unit_id", "to_unit_id", "proposed_unit_id",
    "state", "offered_at", "answer_by", "answered_at",
)  # fmt: skip

_PLAIN_LIST = f"""
SELECT {", ".join(f"c.{name}" for name in _COLUMNS)} FROM casework_case c
WHERE c.closed_at IS NULL AND {OPEN_TO}
"""
_PLAIN = {
    "mine": f"{_PLAIN_LIST} AND c.holder_id = %(post)s::bigint",
    "unit": f"{_PLAIN_LIST} AND c.responsible_unit_id = %(unit)s::bigint",
}
_PLAIN_VALUES = {"mine": {"post", "limit"}, "unit": {"limit"}}
_AFTER: dict[str, tuple[str, set[str]]] = {
    "first": ("", set()),
    "dated": (
        "AND (c.due_at > %(moment)s OR c.due_at = %(moment)s AND c.id > %(last)s::bigint OR c.due_at IS NULL)",
        {"moment", "last"},
    ),
    "undated": ("AND c.due_at IS NULL AND c.id > %(last)s::bigint", {"last"}),
}
_IN_ORDER = "ORDER BY c.due_at, c.id LIMIT %(limit)s::int"


# As the lists of the same names are narrowed: see _conditions.
TABS = ("mine", "overdue", "today", "soon", "waiting", "fresh", "unit", "unit_overdue")
_TAB_COUNTS = f"""
SELECT count(*) FILTER (WHERE mine),
  count(*) FILTER (WHERE mine AND due_at < %(at)s::timestamptz),
  count(*) FILTER (WHERE mine AND due_at >= %(at)s::timestamptz AND due_at < %(midnight)s::timestamptz),
  count(*) FILTER (WHERE mine AND due_at >= %(at)s::timestamptz AND due_at <= %(soon)s::timestamptz),
  count(*) FILTER (WHERE mine AND (due_at IS NULL OR EXISTS (SELECT FROM casework_consultation asked
    WHERE asked.case_id = open.id AND asked.state = %(asked)s::text))),
  count(*) FILTER (WHERE mine AND held_since >= %(since)s::timestamptz),
  count(*) FILTER (WHERE unit),
  count(*) FILTER (WHERE unit AND due_at < %(at)s::timestamptz){{more}}
FROM (
  SELECT c.id, c.due_at, c.held_since, c.state,
    c.holder_id = %(post)s::bigint AS mine, c.responsible_unit_id = %(unit)s::bigint AS unit
  FROM casework_case c WHERE c.closed_at IS NULL AND {OPEN_TO}
    AND (c.holder_id = %(post)s::bigint OR c.responsible_unit_id = %(unit)s::bigint)
) open
"""


def worklist(actor: Actor, wanted: Filter, at: datetime) -> list[WorkRow]:
    """One page of a list, by due date (open) or newest first (closed). One statement, keyset, no count.

    One row more than `wanted.limit` is read, so that the caller knows whether there is a next page.
    """
    if is_plain(wanted):
        return _work_rows(actor, _plain_rows(actor, wanted))
    found = _narrowed(cases_open_to(actor), actor, wanted, at)
    return _work_rows(actor, found.values_list(*_COLUMNS)[: wanted.limit + 1])


def standing_of_case(case_id: int) -> tuple[str, int]:
    """State and version of a case that the actor has just acted on. Raises NotFound. One statement."""
    rows = ask("SELECT state, version FROM casework_case WHERE id = %s::bigint", [case_id])
    if not rows:
        raise NotFound
    return rows[0][0], rows[0][1]


def tab_counts(actor: Actor, at: datetime, states: Mapping[str, str] | None = None) -> dict[str, int]:
    """How many open cases each saved list holds: the acting post's own, and the unit's. One statement.

    `states`: a list's name -> the state of the unit's cases in it. Bounded by what is open (partial indexes),
    whatever the history. Every officer's page asks it, so it is planned once.
    """
    wanted = list((states or {}).items())
    more = "".join(
        f", count(*) FILTER (WHERE unit AND state = %(state_{n})s::text)" for n in range(len(wanted))
    )
    (found,) = ask(
        _TAB_COUNTS.format(more=more),
        {
            "post": actor.post_id,
            "asked": ConsultationState.ASKED.value,
            "at": at,
            "midnight": midnight_after(at),
            "soon": soon_until(at),
            "since": at - FRESH,
            **{f"state_{n}": state for n, (_name, state) in enumerate(wanted)},
            **open_to_values(actor),
        },
    )
    return dict(zip((*TABS, *(name for name, _state in wanted)), found, strict=True))


def keyset_mark(row: WorkRow, closed: bool = False) -> str:
    """The mark behind which the next page begins."""
    moment = row.closed_at if closed else row.due_at
    return f"{moment.isoformat() if moment else ''}_{row.id}"


def search(actor: Actor, text: str, limit: int = 30) -> list[WorkRow]:
    """Cases by code or by name without accents (identity number and phone: see parties). One statement.

    Runs in one database function that takes the scope from the act, because non-leakproof operators (LIKE)
    lose their index behind a policy.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM casework_search(%s, %s, %s)",
            [fold(text), text.strip().upper(), limit],
        )
        return _work_rows(actor, cursor.fetchall())


def cases_of_party(actor: Actor, party_ids: Sequence[int], limit: int = 30) -> list[WorkRow]:
    """A person's cases, newest first, as far as the actor may see them. One statement."""
    rows = cases_open_to(actor).filter(party_id__in=party_ids).order_by("-id").values_list(*_COLUMNS)
    return _work_rows(actor, rows[:limit])


def case_page(actor: Actor, case_id: int) -> Case:
    """The case with what its page shows beside it."""
    return find_case(actor, case_id)


def course_of(case_id: int) -> Course:
    """The case's ledger, hand-overs and consultations. One statement.

    Ask only for a case that `access` found.
    """
    row = Case.objects.filter(pk=case_id).values_list(
        _children(ClockEntry, ClockLine, "from_at"),
        _children(HandOver, OfferLine, "id"),
        _children(Consultation, OpinionLine, "id"),
        "arbiter__unit_id",
        "arbiter__max_hops",
    )[0]
    clock, offers, opinions, *arbiter = row
    return Course(
        records(ClockLine, clock), records(OfferLine, offers), records(OpinionLine, opinions), *arbiter
    )


def day_story(case: Case, at: datetime, place: str = "") -> list[DayLine]:
    """How the due date came about, day by day, from the ledger and the calendar. One statement.

    An extension begins a new stretch on the day on which the former one was due.
    """
    rows = case.clock.order_by("from_at", "id")
    return [line for stretch in day_stretches(case, list(rows), place) for line in stretch]


def day_stretches(case: Case, ledger: Sequence[LedgerRow], place: str = "") -> list[list[DayLine]]:
    """The days of the limit itself, then those of each extension; a stretch ends on the day it was due.

    No statement. The day on which a later stretch begins is the one that ended the former, and not repeated.
    """
    calendar = calendar_of(place or case.place, case.cutoff)
    limit = limit_of(case.limit_amount, case.limit_unit)
    found = [
        explain(one.start, one.limit, one.pauses, behind(calendar) if number else calendar)
        for number, one in enumerate(stretches(case.clock_start, limit, ledger, calendar))
    ]
    return [found[0], *(_without_first_day(stretch) for stretch in found[1:])]


def why_not_offer_now(case: Case, *, open_offer: bool) -> Refusal | None:
    """Why a case cannot be offered to any unit now: what `offer_case` would say. No statement."""
    return why_not_offer(
        open_offer=open_offer,
        closed=case.closed_at is not None,
        same_unit=False,
        hops=case.hops,
        most=MOST_HOPS,
    )


def why_not_arbitrate_now(actor: Actor, case: Case, course: Course, at: datetime) -> Refusal | None:
    """Why the actor cannot settle a case's dispute now: what `arbitrate_case` would say. No statement."""
    return why_not_arbitrate(
        is_arbiter=is_arbiter(actor, course.arbiter_unit_id),
        closed=case.closed_at is not None,
        disputed=dispute_of(course.offers, at, hops=case.hops, most=course.most_hops) is not None,
        reason="-",
    )


def disputes(actor: Actor, at: datetime, after: int = 0, limit: int = 50) -> list[DisputeRow]:
    """What waits for the actor's decision as arbiter, the longest waiting first. One statement.

    An offer refused, an offer unanswered past its time, or the bound of hops reached; each open case once, by
    its last hand-over. One row more than `limit` is read; `after`: the last row's `offer_id`.
    """
    later = HandOver.objects.filter(case_id=OuterRef("case_id"), id__gt=OuterRef("id"))
    found = (
        HandOver.objects.filter(
            _in_dispute(at), _decided_by(actor), case__closed_at__isnull=True, id__gt=after
        )
        .filter(case__in=cases_open_to(actor))
        .exclude(Exists(later.exclude(state=HandOverState.WITHDRAWN)))
        .order_by("id")
    )
    rows = [DisputeRow(*row) for row in found.values_list(*_DISPUTE)[: limit + 1]]
    # The statement has applied the bound of the case's own plan, so the row is asked without it.
    return [replace(row, dispute=dispute_of([row], at, hops=row.hops, most=0) or "") for row in rows]


def offers_to(actor: Actor) -> "QuerySet[HandOver]":
    """Cases that another unit offers to the actor's unit, the oldest first."""
    return (
        HandOver.objects.filter(to_unit_id=actor.unit_id or 0, state=HandOverState.OFFERED)
        .select_related("case")
        .order_by("answer_by")
    )


def opinions_owed(actor: Actor) -> "QuerySet[Consultation]":
    """Opinions that the actor's unit owes, or the actor's department of it, the most urgent first."""
    theirs = Q(body__isnull=True) | Q(body_id=actor.body_id) | Q(holder_id=actor.post_id)
    return (
        Consultation.objects.filter(theirs, unit_id=actor.unit_id or 0, state=ConsultationState.ASKED)
        .select_related("case")
        .order_by("due_at")
    )


def _in_dispute(at: datetime) -> Q:
    """The last hand-over as `dispute_of` judges it."""
    unanswered = Q(state=HandOverState.OFFERED, answer_by__lt=at)
    bound = Q(state=HandOverState.ACCEPTED, case__hops__gte=Coalesce(F("case__arbiter__max_hops"), MOST_HOPS))
    return unanswered | Q(state=HandOverState.REFUSED) | bound


def _decided_by(actor: Actor) -> Q:
    """The cases whose arbiter is the actor, as `is_arbiter` says."""
    named = Q(case__arbiter__unit_id=actor.unit_id or 0)
    return named | Q(case__arbiter__isnull=True) if actor.reach == "province" else named


def _plain_rows(actor: Actor, wanted: Filter) -> list[tuple[Any, ...]]:
    """As `_narrowed` would give them; a statement that is planned once, not written anew for each page."""
    moment, last = read_mark(wanted.after)
    mark = "first" if not last else "dated" if moment else "undated"
    values = {"post": actor.post_id, "moment": moment, "last": last, "limit": wanted.limit + 1}
    used = {
        name: value for name, value in values.items() if name in _PLAIN_VALUES[wanted.whose] | _AFTER[mark][1]
    }
    return ask(f"{_PLAIN[wanted.whose]} {_AFTER[mark][0]} {_IN_ORDER}", used | open_to_values(actor))


def _work_rows(actor: Actor, rows: Iterable[Sequence[Any]]) -> list[WorkRow]:
    """The rows, without the person's name where the actor may see the matter only."""
    found = [WorkRow(*row) for row in rows]
    return [
        row if sees_person(actor, row.responsible_unit_id) else replace(row, subject_name="") for row in found
    ]


def _narrowed(found: "QuerySet[Case]", actor: Actor, wanted: Filter, at: datetime) -> "QuerySet[Case]":
    if wanted.whose == "mine":
        theirs = Q(responsible_unit_id=actor.unit_id, task__code__in=wanted.tasks) if wanted.tasks else Q()
        found = found.filter(Q(holder_id=actor.post_id) | theirs)
    elif wanted.whose == "unit":
        found = found.filter(responsible_unit_id=actor.unit_id)
    if wanted.text and not sees_person(actor):  # whoever may not see names does not find by them either
        found = found.none()
    for condition in _conditions(wanted, at):
        found = found.filter(condition)
    if wanted.closed:
        return _after_closed(found.filter(closed_at__isnull=False), wanted.after)
    return _after_open(found.filter(closed_at__isnull=True), wanted.after)


def _conditions(wanted: Filter, at: datetime) -> list[Q]:
    found: list[Q] = []
    if wanted.due:
        found.append(_due_condition(wanted.due, at))
    if wanted.waiting:
        found.append(_waits())
    if wanted.fresh:
        found.append(Q(held_since__gte=at - FRESH))
    if wanted.state:
        found.append(Q(state__in=wanted.state.split(",")))
    if wanted.field:
        found.append(Q(field=wanted.field))
    if wanted.text:
        found.append(Q(search_key__contains=fold(wanted.text)))
    return found


def _waits() -> Q:
    """Paused, or an opinion is owed. EXISTS, not a join: two opinions asked are one row."""
    asked = Consultation.objects.filter(case_id=OuterRef("pk"), state=ConsultationState.ASKED)
    return Q(due_at__isnull=True) | Q(Exists(asked))


def _due_condition(word: str, at: datetime) -> Q:
    if word == "overdue":
        return Q(due_at__lt=at)
    if word == "today":
        return Q(due_at__gte=at, due_at__lt=midnight_after(at))
    return Q(due_at__gte=at, due_at__lte=soon_until(at))


def _after_open(found: "QuerySet[Case]", mark: str) -> "QuerySet[Case]":
    moment, last = read_mark(mark)
    if last and moment:
        found = found.filter(Q(due_at__gt=moment) | Q(due_at=moment, id__gt=last) | Q(due_at__isnull=True))
    elif last:
        found = found.filter(due_at__isnull=True, id__gt=last)
    return found.order_by(F("due_at").asc(nulls_last=True), "id")


def _after_closed(found: "QuerySet[Case]", mark: str) -> "QuerySet[Case]":
    moment, last = read_mark(mark)
    if last and moment:
        found = found.filter(Q(closed_at__lt=moment) | Q(closed_at=moment, id__lt=last))
    return found.order_by("-closed_at", "-id")


def _without_first_day(stretch: list[DayLine]) -> list[DayLine]:
    return [line for line in stretch if line.day != stretch[0].day] or stretch[-1:]


def _children(model: Any, kind: type[Any], order: str) -> ArraySubquery:
    """The rows of a case's child table, oldest first, as JSON of a plain value's fields."""
    columns = JSONObject(**{name: name for name in names(kind)})
    rows = model.objects.filter(case=OuterRef("pk")).order_by(order, "id")
    return ArraySubquery(rows.values(line=columns))
