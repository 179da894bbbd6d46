"""The closed days of a generated year, counted in two statements; the figures are those of `roll_up_day`."""

from datetime import date, timedelta

from django.db import connection

from lienthong.facilities.statistics.actions import FIGURES
from lienthong.facilities.statistics.queries import AT_ONCE, ON_TIME
from lienthong.facilities.statistics.values import online_condition

STOCK = ("in_progress", "overdue_open")
# A spell: a unit answers for a case from one day on, until the day on which it ends or is handed over.
SPELLS = """
hand AS (
  SELECT case_id, from_unit_id, (answered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
         lag((answered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) OVER way AS former,
         row_number() OVER (PARTITION BY case_id ORDER BY answered_at DESC) AS backward
  FROM casework_handover WHERE state IN ('accepted', 'arbitrated') WINDOW way AS (PARTITION BY case_id ORDER BY answered_at)
), dated AS (
  SELECT c.*, (opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS opened,
         (closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS closed,
         (due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS due
  FROM casework_case c
), spell AS (
  SELECT h.from_unit_id AS unit, c.kind, c.field, coalesce(h.former, c.opened) AS first, h.day AS last, c.due
  FROM hand h JOIN dated c ON c.id = h.case_id
  UNION ALL
  SELECT c.responsible_unit_id, c.kind, c.field, coalesce(h.day, c.opened), c.closed, c.due
  FROM dated c LEFT JOIN hand h ON h.case_id = c.id AND h.backward = 1
)"""
LATE = "due IS NOT NULL AND (last IS NULL OR last > greatest(first, due))"


def roll_up(until: date) -> int:
    """Count every day before `until`, of every unit and field; returns the rows written."""
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '256MB'")
        cursor.execute(_days(), {"last": until - timedelta(days=1)})
        written = int(cursor.rowcount)
        cursor.execute(_units())
    return written


def refresh() -> None:
    """Fresh planner statistics and a visibility map, so that the first readers do not pay for them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")


def _events() -> str:
    """Everything that changes a figure, with its unit and day; a stock by what it grows and shrinks."""
    received = {
        "received": "1",
        "received_for_others": "(c.responsible_unit_id <> c.receiving_unit_id)::int",
        "online": f"({online_condition()})::int",
    }
    finished = {
        "finished": "(c.outcome = 'done')::int",
        "finished_on_time": f"(c.outcome = 'done' AND {ON_TIME})::int",
        "refused": "(c.outcome = 'refused')::int",
        "halted": "(c.outcome = 'halted')::int",
        "withdrawn": "(c.outcome = 'withdrawn')::int",
        "at_once": f"{AT_ONCE}::int",
    }
    extended = "casework_clockentry e JOIN dated c ON c.id = e.case_id WHERE e.kind = 'extension'"
    return " UNION ALL ".join(
        (
            _leg("c.receiving_unit_id", "c.opened", "dated c", received),
            _leg("c.responsible_unit_id", "c.closed", "dated c WHERE c.closed IS NOT NULL", finished),
            _leg(
                "c.responsible_unit_id",
                "(e.from_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date",
                extended,
                {"extensions": "1"},
            ),
            _leg("c.unit", "c.first", "spell c", {"in_progress": "1"}),
            _leg("c.unit", "c.last", "spell c WHERE last IS NOT NULL", {"in_progress": "-1"}),
            _leg("c.unit", "greatest(c.first, c.due)", f"spell c WHERE {LATE}", {"overdue_open": "1"}),
            _leg("c.unit", "c.last", f"spell c WHERE {LATE} AND last IS NOT NULL", {"overdue_open": "-1"}),
        )
    )


def _leg(unit: str, day: str, rows: str, figures: dict[str, str]) -> str:
    counts = ", ".join(figures.get(name, "0") for name in FIGURES)
    return f"SELECT {unit}, {day}, c.kind, c.field, {counts} FROM {rows}"


def _days() -> str:
    heads = ", ".join(FIGURES)
    sums = ", ".join(f"sum({name}) AS {name}" for name in FIGURES)
    flows = [f"coalesce(s.{name}, 0) AS {name}" for name in FIGURES if name not in STOCK]
    stocks = [f"sum(coalesce(s.{name}, 0)) OVER line AS {name}" for name in STOCK]
    anew = ", ".join(f"{name} = excluded.{name}" for name in FIGURES)
    return f"""
WITH {SPELLS}, event (unit, day, kind, field, {heads}) AS MATERIALIZED ({_events()}
), summed AS (
  SELECT unit, day, kind, field, {sums} FROM event GROUP BY unit, day, kind, field
), begun AS (
  SELECT unit, kind, field, min(day) AS first FROM summed GROUP BY unit, kind, field
), whole AS (
  SELECT g.unit, d::date AS day, g.kind, g.field, {", ".join((*flows, *stocks))}
  FROM begun g CROSS JOIN LATERAL generate_series(g.first, %(last)s::date, interval '1 day') d
  LEFT JOIN summed s ON s.unit = g.unit AND s.kind = g.kind AND s.field = g.field AND s.day = d::date
  WINDOW line AS (PARTITION BY g.unit, g.kind, g.field ORDER BY d)
)
INSERT INTO statistics_dayroll (unit_id, day, kind, field, {heads})
SELECT unit, day, kind, field, {heads} FROM whole WHERE ({heads}) <> ({", ".join("0" for _ in FIGURES)})
UNION ALL
SELECT 0, d::date, '', '', {", ".join("0" for _ in FIGURES)}
FROM generate_series((SELECT min(first) FROM begun), %(last)s::date, interval '1 day') d
ON CONFLICT (unit_id, day, kind, field) DO UPDATE SET {anew}, rolled_at = now()
"""


def _units() -> str:
    """All fields of a unit together."""
    heads = ", ".join(FIGURES)
    return (
        f"INSERT INTO statistics_unitday (unit_id, day, kind, {heads})"
        f" SELECT unit_id, day, kind, {', '.join(f'sum({name})' for name in FIGURES)} FROM statistics_dayroll"
        " WHERE unit_id <> 0 GROUP BY unit_id, day, kind ON CONFLICT (unit_id, day, kind) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in FIGURES)
    )
