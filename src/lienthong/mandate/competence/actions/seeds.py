"""The register's reference data: standing duties, rules, bases, norms of delegating, and one what-if draft.

Idempotent: what is there stays, also where an office has ended or amended it since.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.instruments.enums import Confidence
from lienthong.core.instruments.queries import ids_by_slug
from lienthong.mandate.competence import rules
from lienthong.mandate.competence.enums import ChangeKind, TaskKind
from lienthong.mandate.competence.models import (
    CompetenceRule,
    DelegationNorm,
    Draft,
    DraftChange,
    Task,
    TaskBasis,
)

SEEDS = Path(__file__).parents[1] / "seeds"
LAPSE_DRAFT = "28 nghị định hết hiệu lực 01/3/2027"
LAPSE_NOTE = (
    "Giả định: các nghị định tháng 6/2025 về phân định, phân quyền, phân cấp không được kéo dài sau 28/02/2027. "
    "Việc xếp lĩnh vực vào nghị định theo bộ quản lý là giả định, không có trong nguồn; hãy sửa theo văn bản."
)
Row = dict[str, str]


@transaction.atomic
def load_seeds() -> dict[str, int]:
    """Load the register's reference data. Idempotent; how many rows are new."""
    instruments = ids_by_slug()
    return {
        "tasks": _load_tasks(instruments),
        "competence_rules": _load_rules(instruments),
        "task_bases": _load_bases(instruments),
        "delegation_norms": _load_norms(instruments),
        "draft_changes": _load_draft(instruments),
    }


def _load_tasks(instruments: Mapping[str, int]) -> int:
    known = set(Task.objects.values_list("code", flat=True))
    new = [
        Task(
            code=row["code"],
            kind=TaskKind.STANDING,
            name=row["name"],
            field=row["field"],
            instrument_id=instruments[row["instrument"]] if row["instrument"] else None,
        )
        for row in _read("tasks.csv")
        if row["code"] not in known
    ]
    Task.objects.bulk_create(new)
    return len(new)


def _load_rules(instruments: Mapping[str, int]) -> int:
    known = {
        (subject, reach, body, during.lower)
        for subject, reach, body, during in CompetenceRule.objects.values_list(
            "subject_key", "reach_key", "body_kind", "valid_during"
        )
    }
    new = [
        rule
        for rule in (_rule(row, instruments) for row in _read("rules.csv"))
        if (rule.subject_key, rule.reach_key, rule.body_kind, rule.valid_during.lower) not in known
    ]
    before = CompetenceRule.objects.count()
    # Where an office has entered another lead meanwhile, that one stays.
    CompetenceRule.objects.bulk_create(new, ignore_conflicts=True)
    return CompetenceRule.objects.count() - before


def _rule(row: Row, instruments: Mapping[str, int]) -> CompetenceRule:
    reach = rules.reach_of(row["reach"])
    if reach is None:
        raise ValueError(f"rules.csv: reach {row['reach']!r}")
    return CompetenceRule(
        subject_key=f"{row['subject_kind']}:{row['subject']}",
        reach=reach,
        reach_key=row["reach"],
        role=row["role"],
        body_kind=row["body"],
        post_kind=row["post"],
        valid_during=_during(row),
        instrument_id=instruments[row["instrument"]],
        article=row["article"],
        confidence=row["confidence"],
        note=row["note"],
    )


def _load_bases(instruments: Mapping[str, int]) -> int:
    known = set(TaskBasis.objects.values_list("subject_key", "instrument_id"))
    rows = [
        TaskBasis(
            subject_key=f"{row['subject_kind']}:{row['subject']}",
            instrument_id=instruments[row["instrument"]],
            article=row["article"],
            division=row["division"],
            confidence=row["confidence"],
            valid_during=_during(row),
            note=row["note"],
        )
        for row in _read("bases.csv")
    ]
    new = [row for row in rows if (row.subject_key, row.instrument_id) not in known]
    TaskBasis.objects.bulk_create(new)
    return len(new)


def _load_norms(instruments: Mapping[str, int]) -> int:
    known = set(DelegationNorm.objects.values_list("kind", "subject_key", "grantor_kind", "grantee_kind"))
    rows = [
        DelegationNorm(
            kind=row["kind"],
            subject_key=row["subject_key"],
            grantor_kind=row["grantor"],
            grantee_kind=row["grantee"],
            instrument_id=instruments[row["instrument"]],
            article=row["article"],
            confidence=row["confidence"],
            valid_during=_during(row),
        )
        for row in _read("delegation_norms.csv")
    ]
    new = [
        row for row in rows if (row.kind, row.subject_key, row.grantor_kind, row.grantee_kind) not in known
    ]
    DelegationNorm.objects.bulk_create(new)
    return len(new)


def _load_draft(instruments: Mapping[str, int]) -> int:
    """The draft "28 decrees lapse", once: what an office changes in it, or closes, stays so."""
    if Draft.objects.filter(name=LAPSE_DRAFT).exists():
        return 0
    draft = Draft.objects.create(name=LAPSE_DRAFT, note=LAPSE_NOTE)
    changes = [*_lapses(draft, instruments), *_mapping(draft, instruments)]
    DraftChange.objects.bulk_create(changes)
    return len(changes)


def _lapses(draft: Draft, instruments: Mapping[str, int]) -> Iterator[DraftChange]:
    for row in _read("lapsing_decrees.csv"):
        yield DraftChange(
            draft=draft,
            kind=ChangeKind.INSTRUMENT_ENDS,
            data={"instrument": instruments[row["instrument"]], "on": row["on"]},
            confidence=row["confidence"],
            note=row["note"],
        )


def _mapping(draft: Draft, instruments: Mapping[str, int]) -> Iterator[DraftChange]:
    for row in _read("fields_by_decree.csv"):
        basis = {"subject_key": rules.subject_of_field(row["field"]), "article": ""}
        days = {"from": "2025-07-01", "to": None}
        yield DraftChange(
            draft=draft,
            kind=ChangeKind.BASIS_ADDED,
            data={**basis, "instrument": instruments[row["instrument"]], **days},
            confidence=Confidence.ASSUMPTION,
            note=row["note"],
        )


def _read(name: str) -> Iterator[Row]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _during(row: Row) -> DateRange:
    end = row["valid_to"]
    return DateRange(date.fromisoformat(row["valid_from"]), date.fromisoformat(end) if end else None)
