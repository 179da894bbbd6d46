"""What a draft would bring: findings alike in many units said once, the fields and the cases they touch."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from lienthong.lib.text import sort_key
from lienthong.mandate.competence.values import BasisRow, Found, Snapshot
from lienthong.work.stewardship.rules.noting import day_of

Pairs = Mapping[tuple[str, int], int]


def decisive_day(changes: Iterable[Mapping[str, Any]], today: date) -> date:
    """The day on which the last of the changes has taken effect; never before today."""
    days = [
        date.fromisoformat(str(told))
        for one in changes
        for told in (one.get("on") or one.get("from"),)
        if told
    ]
    return max([*days, today])


def grouped(found: Iterable[Found], pairs: Pairs) -> list[dict[str, Any]]:
    """The findings as a page shows them: the same cause in many units is one line; most cases first."""
    alike: dict[tuple[Any, ...], list[Found]] = defaultdict(list)
    for one in found:
        alike[(one.kind, one.code, one.subject, one.since, one.until, one.mend, one.tasks)].append(one)
    lines = [_line(same, pairs) for same in alike.values()]
    return sorted(
        lines, key=lambda line: (-line["cases"], line["since"] or "", line["kind"], line["subject"])
    )


def lost_tasks(before: Snapshot, after: Snapshot, day: date) -> list[dict[str, Any]]:
    """The tasks that lose their basis by a day, and the instruments (ids) that it was; by field.

    A basis is lost wherever the task is owed, also in a unit that lacks its Chair already.
    """
    lost, had = baseless(after, day), baseless(before, day)
    units = len(units_on(after, day))
    return [
        {
            "code": task.code,
            "name": task.name,
            "field": task.field,
            "units": units,
            "instruments": sorted(lost[task.code]),
        }
        for task in sorted(after.tasks, key=lambda task: (sort_key(task.field), task.code))
        if task.code in lost.keys() - had.keys()
    ]


def baseless(snapshot: Snapshot, day: date) -> dict[str, set[int]]:
    """The tasks whose bases (their own, else their field's) are stated and do not hold on a day, by instruments."""
    on, found = day.toordinal(), {}
    papers = {row.id: row for row in snapshot.instruments}
    bases: dict[str, list[BasisRow]] = defaultdict(list)
    for row in snapshot.bases:
        if row.start < row.end:
            bases[row.subject_key].append(row)
    for task in snapshot.tasks:
        rows = bases.get(f"task:{task.code}") or bases.get(f"field:{task.field}") or []
        spans = [(row, papers[row.instrument_id]) for row in rows if task.start <= on < task.end]
        if spans and not any(max(row.start, by.start) <= on < min(row.end, by.end) for row, by in spans):
            found[task.code] = {by.id for _row, by in spans}
    return found


def units_on(snapshot: Snapshot, day: date) -> list[int]:
    """The units that exist on a day."""
    on = day.toordinal()
    return sorted(unit.id for unit in snapshot.units if any(one.start <= on < one.end for one in unit.facts))


def by_field(
    lost: Sequence[Mapping[str, Any]], moved: Iterable[tuple[str, int]], pairs: Pairs, snapshot: Snapshot
) -> list[dict[str, Any]]:
    """Per field: tasks that lose their basis, in how many units, and open cases that would move; the most first."""
    fields = {task.code: task.field for task in snapshot.tasks}
    every = Counter(fields.values())
    cases: Counter[str] = Counter()
    for code, unit_id in moved:
        cases[fields.get(code, "")] += pairs.get((code, unit_id), 0)
    tasks: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in lost:
        tasks[str(row["field"])].append(row)
    rows = [
        {
            "field": field,
            "tasks": len(tasks[field]),
            "all": every[field],
            "units": max((row["units"] for row in tasks[field]), default=0),
            "instruments": sorted({paper for row in tasks[field] for paper in row["instruments"]}),
            "cases": cases[field],
        }
        for field in {*tasks, *cases}
    ]
    return sorted(rows, key=lambda row: (-row["cases"], -row["tasks"], sort_key(row["field"])))


def _line(same: Sequence[Found], pairs: Pairs) -> dict[str, Any]:
    one = same[0]
    units = sorted({each.unit_id for each in same if each.unit_id})
    codes = set(one.tasks)
    cases = sum(
        number for (code, unit), number in pairs.items() if code in codes and (not units or unit in units)
    )
    since, until = day_of(one.since), day_of(one.until)
    return {
        "kind": str(one.kind),
        "code": str(one.code),
        "subject": one.subject,
        "data": dict(one.data) if len(same) == 1 else _common(same),
        "units": units,
        "tasks": list(one.tasks),
        "since": since.isoformat() if since else "",
        "until": until.isoformat() if until else "",
        "mend": one.mend,
        "cases": cases,
    }


def _common(same: Sequence[Found]) -> dict[str, str]:
    """What the data of all of them say alike."""
    shared = set(same[0].data).intersection(*(each.data for each in same[1:]))
    return dict(sorted(shared))
