"""Rolling up closed days: one statement a day for all units and kinds, repeatable."""

from datetime import date, datetime, time, timedelta

from django.db import connection, transaction

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.statistics.rules import AT_ONCE, CLOSED, ON_TIME, OPENED
from lienthong.lib.calendar.days import VIETNAM

LONGEST_BACK = 400
_FIGURES = (
    "received", "received_for_others", "finished", "finished_on_time", "refused", "halted", "withdrawn",
    "at_once", "extensions", "in_progress", "overdue_open",
)  # fmt: skip
# Who was responsible at the day's end: whoever handed the case over later, else who is responsible now.
_THEN = """coalesce((SELECT h.from_unit_id FROM casework_handover h WHERE h.case_id = c.id
  AND h.state IN ('accepted', 'arbitrated') AND h.answered_at >= %(until)s
  ORDER BY h.answered_at LIMIT 1), c.responsible_unit_id)"""
_EVENTS = f"""
SELECT c.receiving_unit_id, c.kind, c.field, 1, (c.responsible_unit_id <> c.receiving_unit_id)::int,
       0, 0, 0, 0, 0, 0, 0, 0, 0
FROM casework_case c WHERE {OPENED}
UNION ALL
SELECT c.responsible_unit_id, c.kind, c.field, 0, 0, (c.outcome = 'done')::int,
       (c.outcome = 'done' AND {ON_TIME})::int, (c.outcome = 'refused')::int, (c.outcome = 'halted')::int,
       (c.outcome = 'withdrawn')::int, {AT_ONCE}::int, 0, 0, 0
FROM casework_case c WHERE {CLOSED}
UNION ALL
SELECT c.responsible_unit_id, c.kind, c.field, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0
FROM casework_clockentry e JOIN casework_case c ON c.id = e.case_id
WHERE e.kind = 'extension' AND e.from_at >= %(since)s AND e.from_at < %(until)s
UNION ALL
SELECT {_THEN}, c.kind, c.field, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, coalesce(c.due_at < %(until)s, false)::int
FROM casework_case c WHERE c.opened_at < %(until)s AND (c.closed_at IS NULL OR c.closed_at >= %(until)s)
UNION ALL
SELECT 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
"""
_ROLL = f"""
INSERT INTO statistics_dayroll (unit_id, day, kind, field, {", ".join(_FIGURES)})
SELECT unit_id, %(day)s, kind, field, {", ".join(f"sum({name})" for name in _FIGURES)}
FROM ({_EVENTS}) e (unit_id, kind, field, {", ".join(_FIGURES)})
GROUP BY unit_id, kind, field
ON CONFLICT (unit_id, day, kind, field) DO UPDATE SET
{", ".join(f"{name} = excluded.{name}" for name in _FIGURES)}, rolled_at = now()
"""


@transaction.atomic
def roll_up_day(*, actor: Actor = SYSTEM, day: date, at: datetime | None = None) -> int:
    """Count a closed day for all units; returns the rows written. Repeated, it counts anew.

    Raises Refused for a day that is not over: its figures are read live. Two statements.
    """
    moment = at or now()
    if day >= moment.astimezone(VIETNAM).date():
        raise Refused(code="statistics.day_open", sentence="Ngày chưa kết thúc; số liệu hôm nay là số sống.")
    since = datetime.combine(day, time(0), VIETNAM)
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_ROLL, {"day": day, "since": since, "until": since + timedelta(days=1)})
        rows = int(cursor.rowcount)
        record(
            "statistics.day_rolled",
            subject=Subject("day", day.toordinal()),
            actor=actor,
            at=moment,
            data={"day": day.isoformat(), "rows": rows},
        )
    return rows


def roll_up_missing(*, actor: Actor = SYSTEM, at: datetime | None = None) -> int:
    """Roll up every closed day that is not yet, the oldest first; returns how many days. A transaction a day.

    Begins with the first case, at most LONGEST_BACK days ago.
    """
    moment = at or now()
    today = moment.astimezone(VIETNAM).date()
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT max(day) + 1 FROM statistics_dayroll WHERE unit_id = 0),"
            " (SELECT (min(opened_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM casework_case))"
        )
        (first,) = cursor.fetchone()
    day = max(first or today, today - timedelta(days=LONGEST_BACK))
    rolled = 0
    while day < today:
        roll_up_day(actor=actor, day=day, at=moment)
        day, rolled = day + timedelta(days=1), rolled + 1
    return rolled
