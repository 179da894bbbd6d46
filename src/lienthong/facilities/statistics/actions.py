"""Rolling up closed days: some statements a day for all units and kinds, repeatable."""

from datetime import date, datetime, time, timedelta

from django.db import connection, transaction

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.statistics.rules import AT_ONCE, CLOSED, EXTENDED, ON_TIME, OPENED, source_of
from lienthong.facilities.statistics.values import online_condition
from lienthong.lib.calendar.days import VIETNAM

LONGEST_BACK = 400
FIGURES = (
    "received", "received_for_others", "finished", "finished_on_time", "refused", "halted", "withdrawn",
    "at_once", "extensions", "in_progress", "overdue_open", "online",
)  # fmt: skip
_HEADS = ", ".join(FIGURES)
_SUMS = ", ".join(f"sum({name})" for name in FIGURES)
_ANEW = ", ".join(f"{name} = excluded.{name}" for name in FIGURES)
# Who was responsible at the day's end: whoever handed the case over later, else who is responsible now.
_THEN = """coalesce((SELECT h.from_unit_id FROM casework_handover h WHERE h.case_id = c.id
  AND h.state IN ('accepted', 'arbitrated') AND h.answered_at >= %(until)s
  ORDER BY h.answered_at LIMIT 1), c.responsible_unit_id)"""
# What has vanished since (the unit or the field was put right) must not stay beside the new count.
_CLEARED = tuple(
    f"DELETE FROM {table} WHERE day = %(day)s" for table in ("statistics_dayroll", "statistics_unitday")
)
# Counting goes on after the newest closed day, or begins again at what was put into the past since.
_FROM = """
SELECT least((SELECT min(first_day) FROM statistics_staleday),
 coalesce((SELECT max(day) + 1 FROM statistics_dayroll WHERE unit_id = 0),
 (SELECT (min(opened_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM casework_case))),
 (SELECT array_agg(id) FROM statistics_staleday)
"""
_UNITS = f"""
INSERT INTO statistics_unitday (unit_id, day, kind, {_HEADS})
SELECT unit_id, day, kind, {_SUMS} FROM statistics_dayroll WHERE day = %(day)s AND unit_id <> 0
GROUP BY unit_id, day, kind
ON CONFLICT (unit_id, day, kind) DO UPDATE SET {_ANEW}
"""


def _events() -> str:
    """What happened on the day, a row each, and what was open at its end."""
    legs = (
        (
            "c.receiving_unit_id",
            f"casework_case c WHERE {OPENED}",
            {
                "received": "1",
                "received_for_others": "(c.responsible_unit_id <> c.receiving_unit_id)::int",
                "online": f"({online_condition()})::int",
            },
        ),
        (
            "c.responsible_unit_id",
            f"casework_case c WHERE {CLOSED}",
            {
                "finished": "(c.outcome = 'done')::int",
                "finished_on_time": f"(c.outcome = 'done' AND {ON_TIME})::int",
                "refused": "(c.outcome = 'refused')::int",
                "halted": "(c.outcome = 'halted')::int",
                "withdrawn": "(c.outcome = 'withdrawn')::int",
                "at_once": f"{AT_ONCE}::int",
            },
        ),
        ("c.responsible_unit_id", f"{source_of(EXTENDED)} WHERE {EXTENDED}", {"extensions": "1"}),
        (
            _THEN,
            "casework_case c WHERE c.opened_at < %(until)s AND (c.closed_at IS NULL OR c.closed_at >= %(until)s)",
            {"in_progress": "1", "overdue_open": "coalesce(c.due_at < %(until)s, false)::int"},
        ),
    )
    told = [
        f"SELECT {unit}, c.kind, c.field, {', '.join(figures.get(name, '0') for name in FIGURES)} FROM {rows}"
        for unit, rows, figures in legs
    ]
    return " UNION ALL ".join([*told, f"SELECT 0, '', '', {', '.join('0' for _ in FIGURES)}"])


def _roll() -> str:
    return (
        f"INSERT INTO statistics_dayroll (unit_id, day, kind, field, {_HEADS})"
        f" SELECT unit_id, %(day)s, kind, field, {_SUMS} FROM ({_events()}) e (unit_id, kind, field, {_HEADS})"
        f" GROUP BY unit_id, kind, field ON CONFLICT (unit_id, day, kind, field) DO UPDATE SET {_ANEW},"
        " rolled_at = now()"
    )


@transaction.atomic
def roll_up_day(*, actor: Actor = SYSTEM, day: date, at: datetime | None = None) -> int:
    """Count a closed day for all units; returns the rows written. Repeated, it counts anew.

    Raises Refused for a day that is not over: its figures are read live. Five statements.
    """
    moment = at or now()
    if day >= moment.astimezone(VIETNAM).date():
        raise Refused(code="statistics.day_open", sentence="Ngày chưa kết thúc; số liệu hôm nay là số sống.")
    since = datetime.combine(day, time(0), VIETNAM)
    with entered(SYSTEM), connection.cursor() as cursor:
        values = {"day": day, "since": since, "until": since + timedelta(days=1)}
        for statement in _CLEARED:
            cursor.execute(statement, values)
        cursor.execute(_roll(), values)
        rows = int(cursor.rowcount)
        cursor.execute(_UNITS, values)
        record(
            "statistics.day_rolled",
            subject=Subject("day", day.toordinal()),
            actor=actor,
            at=moment,
            data={"day": day.isoformat(), "rows": rows},
        )
    return rows


def roll_up_missing(*, actor: Actor = SYSTEM, at: datetime | None = None) -> int:
    """Roll up every closed day that is not yet, or no longer right; returns how many days. A transaction a day.

    The oldest first: from the first case or the first stale day on, at most LONGEST_BACK days ago.
    """
    moment = at or now()
    today = moment.astimezone(VIETNAM).date()
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_FROM)
        first, marks = cursor.fetchone()
    day = max(first or today, today - timedelta(days=LONGEST_BACK))
    rolled = 0
    while day < today:
        roll_up_day(actor=actor, day=day, at=moment)
        day, rolled = day + timedelta(days=1), rolled + 1
    _forget(marks)
    return rolled


def mark_stale(*, actor: Actor, since: datetime) -> None:
    """Tell that an act has put something into the past: closed days from this moment's on are counted anew.

    Part of the act, which journals; the next `roll_up_missing` counts.
    """
    with entered(actor), connection.cursor() as cursor:
        # Without the row back: who acts may write it, but not read it.
        cursor.execute(
            "INSERT INTO statistics_staleday (first_day) VALUES (%s)", [since.astimezone(VIETNAM).date()]
        )


def _forget(marks: list[int] | None) -> None:
    """These very marks have been counted; one that came meanwhile stays for the next time."""
    if marks:
        with entered(SYSTEM), connection.cursor() as cursor:
            cursor.execute("DELETE FROM statistics_staleday WHERE id = ANY(%s)", [marks])
