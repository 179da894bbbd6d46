"""Storing versions of procedures together with their tasks: seeds and imports both end here."""

from collections.abc import Sequence
from typing import Any

from lienthong.lib.text import fold, initials
from lienthong.mandate.competence.actions import keep_tasks
from lienthong.mandate.competence.enums import TaskKind
from lienthong.mandate.competence.values import NewTask
from lienthong.mandate.procedures.enums import ExecutingBody
from lienthong.mandate.procedures.models import Procedure, ProcedureVersion
from lienthong.people.organisation.enums import Level

EMPTY_OPENING = "thu tuc "
# Lodged at the commune level, but done by others: no unit of the commune level leaves a gap there.
ELSEWHERE = {ExecutingBody.OTHER, ExecutingBody.VERTICAL_AGENCY}


def search_key_of(code: str, name: str, field: str) -> str:
    """What a search looks through: code, name without tones, its initials (dkks), field."""
    folded = fold(name)
    plain = folded.removeprefix(EMPTY_OPENING)
    return " ".join((code, folded, fold(initials(plain)), fold(field)))


def stated_by(version: ProcedureVersion) -> list[Any]:
    """What the source states in a version; what an annotation or an office added is left out."""
    limits = [row for row in version.time_limits or [] if not row["citation"]]
    return [
        version.name,
        version.field,
        version.level,
        version.executing_text,
        list(version.channels),
        version.subjects,
        version.result,
        version.source_url,
        version.decision_id,
        [(r["channel"], r["amount"], r["unit"], r["text"], r["case"]) for r in limits],
        [(r["channel"], r["amount"], r["per"], r["text"], r["case"]) for r in version.fees or []],
    ]


def add_versions(rows: Sequence[tuple[str, ProcedureVersion]]) -> None:
    """Store (code, version) pairs; procedures and tasks that are missing come into being. Few statements."""
    tasks = keep_tasks(
        NewTask(code, TaskKind.PROCEDURE, version.name, version.field, version.decision_id, _level(version))
        for code, version in rows
    )
    Procedure.objects.bulk_create(
        [Procedure(code=code, task_id=tasks[code]) for code, _version in rows], ignore_conflicts=True
    )
    ids = dict(Procedure.objects.filter(code__in=tasks).values_list("code", "pk"))
    for code, version in rows:
        version.procedure_id = ids[code]
        version.search_key = search_key_of(code, version.name, version.field)
    ProcedureVersion.objects.bulk_create([version for _code, version in rows])


def _level(version: ProcedureVersion) -> Level:
    """The level whose task it is, by who the source says carries it out."""
    return Level.PROVINCE if version.executing_body in ELSEWHERE else Level.COMMUNE
