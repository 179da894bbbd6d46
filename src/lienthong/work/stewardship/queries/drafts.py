"""What a draft changes, and the result of its last check in words."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from lienthong.core.instruments.enums import Confidence
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence.enums import Finding as Lacking
from lienthong.work.stewardship.access import draft_proofs_open_to
from lienthong.work.stewardship.enums import Kind, Mend
from lienthong.work.stewardship.models import DraftProof
from lienthong.work.stewardship.queries.wording import about_of, names_of, sentence_of

_CHANGES = """
SELECT id, kind, data::text FROM competence_draftchange
WHERE draft_id = %(draft)s AND withdrawn_at IS NULL ORDER BY id
"""
_MAPPED = """
SELECT data->>'subject_key', id, confidence FROM competence_draftchange
WHERE draft_id = %(draft)s AND withdrawn_at IS NULL AND kind = 'basis_added' ORDER BY id
"""
_CONFIDENCE = """
SELECT confidence, count(*) FROM competence_draftchange
WHERE draft_id = %(draft)s AND withdrawn_at IS NULL GROUP BY confidence
"""


def changes_of(draft_id: int) -> list[tuple[int, str, dict[str, Any]]]:
    """(id, kind, data) of the changes that a draft supposes, in their order. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, {"draft": draft_id})
        return [(change_id, kind, json.loads(data)) for change_id, kind, data in cursor.fetchall()]


def confidence_of(draft_id: int) -> dict[str, int]:
    """How many changes of a draft are of which confidence. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_CONFIDENCE, {"draft": draft_id})
        return dict(cursor.fetchall())


def proof_of(actor: Actor, draft_id: int) -> DraftProof | None:
    """The result of the draft's last check, if there is one that the actor may see. One statement."""
    return draft_proofs_open_to(actor).filter(draft_id=draft_id).first()


def told(lines: Sequence[Mapping[str, Any]], units: Mapping[int, tuple[str, str]]) -> list[dict[str, Any]]:
    """The findings of a draft in words. At most one statement."""
    names = names_of([line["data"] for line in lines])
    return [
        {
            **line,
            "kind_label": Kind(line["kind"]).label,
            "words": sentence_of(line["kind"], line["code"]),
            "about": about_of(line["subject"], line["data"], names),
            "since_on": day_of(line["since"]),
            "until_on": day_of(line["until"]),
            "mend_label": Mend(line["mend"]).label if line["mend"] in Mend.values else line["mend"],
            "unit_names": [units[unit][1] for unit in line["units"] if unit in units],
        }
        for line in lines
    ]


def fields_told(draft_id: int, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What each field loses: its tasks, the papers that end, how sure their mapping is. Two statements.

    `change`: the draft's change by which the field (or its first task) rests on the paper; None: the register's own.
    """
    mapped = _mapped(draft_id)
    rows = content["by_field"]
    papers = names_of([{"instrument": paper} for row in rows for paper in row["instruments"]])
    return [
        {
            **row,
            "papers": [papers.get(("instrument", str(paper)), "") for paper in row["instruments"]],
            "lost": (lost := [task for task in content["lost"] if task["field"] == row["field"]]),
            "change": (change := _change_of(row["field"], lost, mapped))[0],
            "sure": Confidence(change[1]).label if change[1] else "",
            "is_assumed": change[1] in (Confidence.ASSUMPTION, Confidence.ILLUSTRATIVE),
        }
        for row in rows
    ]


def _change_of(
    field: str, lost: Sequence[Mapping[str, Any]], mapped: Mapping[str, tuple[int, str]]
) -> tuple[int | None, str]:
    subjects = [f"field:{field}", *(f"task:{task['code']}" for task in lost)]
    return next((mapped[subject] for subject in subjects if subject in mapped), (None, ""))


def _mapped(draft_id: int) -> dict[str, tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_MAPPED, {"draft": draft_id})
        return {subject: (change_id, word) for subject, change_id, word in cursor.fetchall()}


def is_masked(content: Mapping[str, Any]) -> bool:
    """Whether in some units the loss is no new gap, since nobody answered there before either."""
    seen = {
        unit for line in content["appeared"] if line["code"] == Lacking.NO_BASIS for unit in line["units"]
    }
    return len(seen) < len(content["units_losing"])


def weight(lines: Sequence[Mapping[str, Any]], kind: Kind) -> int:
    """How many findings of a kind, in all units together."""
    return sum(max(len(line["units"]), 1) for line in lines if line["kind"] == kind)


def day_of(text: str) -> date | None:
    """The day that a kept text states; None where it states none."""
    return date.fromisoformat(text) if text else None
