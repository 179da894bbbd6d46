"""What the register's acts share: refusing, ending a row by a new one, telling the database's refusal, journalling."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Now

from lienthong.core.instruments.queries import is_registered
from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.lib.calendar.days import VIETNAM
from lienthong.mandate.competence import rules
from lienthong.mandate.competence.models import CompetenceRule, TaskBasis, WorkAssignment

Kept = CompetenceRule | TaskBasis | WorkAssignment


def refuse(refusal: Refusal | None) -> None:
    """Raise the refusal, if there is one."""
    if refusal:
        raise Refused.because(refusal)


def journal(
    verb: str,
    subject: Subject,
    actor: Actor,
    at: datetime | None,
    data: dict[str, Any],
    since: date | None = None,
) -> None:
    """The act's row of the journal; `since` a day that has passed is flagged (a back-dated instrument)."""
    moment = at or now()
    if since is not None and rules.is_backdated(since, day_of_act(moment)):
        data = {**data, "backdated": True}
    record(verb, subject=subject, actor=actor, at=moment, data=data)


def day_of_act(at: datetime | None) -> date:
    """The day in Vietnam of an act's moment (None: now)."""
    return (at or now()).astimezone(VIETNAM).date()


@contextmanager
def alone(constraint: str, refusal: Callable[[], Refusal]) -> Iterator[None]:
    """Turn the database's refusal of an overlap into a sentence; the transaction stays usable."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", None) != constraint:
            raise
        raise Refused.because(refusal()) from error


def why_not_instrument(instrument_id: int) -> Refusal | None:
    """What is entered rests on an instrument that is registered. One statement."""
    return None if is_registered(instrument_id) else rules.instrument_unknown()


def unit_of_post(post_id: int, on: date) -> int | None:
    """The unit of a post that stands on the day. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_id FROM organisation_post WHERE id = %s AND valid_during @> %s::date", [post_id, on]
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None


def why_not_shorten(row: Kept, valid_to: date) -> Refusal | None:
    """Why a row cannot be ended from that day."""
    during = row.valid_during
    return rules.why_not_shorten(row.superseded_at is None, during.isempty, during.upper, valid_to)


def shorten(row: Kept, valid_to: date) -> int:
    """Let a present row end earlier: a new row replaces it, nothing is edited or deleted. Its id.

    A row that had not begun becomes empty.
    """
    start = row.valid_during.lower
    if start is not None and valid_to <= start:
        return replace(row, DateRange(empty=True))
    return replace(row, DateRange(start, valid_to))


def supersede(row: Kept) -> datetime:
    """From now on the register no longer says so; the row stays as it was entered. The moment."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    # The real time, as the database's own column has it.
    rows.update(superseded_at=Now())
    return rows.values_list("superseded_at", flat=True).get() or row.recorded_at


def replace(row: Kept, valid_during: DateRange) -> int:
    """Supersede a row by one that says the same of another time (the caller may have changed other columns).

    The new one is recorded at the very moment at which the former ends: the register is never silent between.
    """
    former, moment = row.pk, supersede(row)
    row.pk, row._state.adding = None, True
    if not isinstance(row, TaskBasis):
        row.replaces_id = former
    row.valid_during, row.recorded_at, row.superseded_at = valid_during, moment, None
    row.save(force_insert=True)
    return int(row.pk)
