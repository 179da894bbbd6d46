"""The register with something in it: a rule, an assignment, a delegation and a draft of Tân Hưng."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lienthong.core.instruments.queries import ids_by_slug
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.lib.spreadsheet import write_sheet
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.enums import AssignedDuty
from lienthong.mandate.competence.models import Task, TaskBasis
from lienthong.mandate.competence.queries.sheets import PARTS
from lienthong.people.organisation.queries import posts_of_unit
from tests.cast import ON, TAN_HUNG, Cast
from tests.facilities.fees.pages.conftest import as_officer as as_officer
from tests.facilities.fees.pages.conftest import statements as statements

Officer = Callable[[Actor], Client]
FIELD = "Chứng thực"


@dataclass
class Register:
    """The ids of what was entered, and the browsers of who reads it."""

    cast: Cast
    as_officer: Officer
    ids: dict[str, int]
    task: str

    def city(self) -> Client:
        return self.as_officer(self.cast.city)

    def chair(self) -> Client:
        return self.as_officer(self.cast.chair)


def words(answer: Any) -> str:
    """What a page says."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def keyed(**values: Any) -> dict[str, Any]:
    """A form with its command's key."""
    return {"key": str(uuid4()), **values}


def sheet(part: str, *rows: tuple[object, ...]) -> BytesIO:
    """A file of a part's columns; a row may leave its last cells out."""
    fields, file = PARTS[part].fields, BytesIO()
    full = [(*row, *(None,) * (len(fields) - len(row))) for row in rows]
    write_sheet(file, "Dữ liệu", [one.column() for one in fields], full)
    file.seek(0)
    file.name = f"{part}.xlsx"
    return file


def post_of(cast: Cast, kind: str, code: str = TAN_HUNG) -> int:
    """The first post of a kind in a unit."""
    with entered(SYSTEM):
        return posts_of_unit(cast.unit_id(code), ON, [kind])[0].id


def entered_register(cast: Cast) -> tuple[dict[str, int], str]:
    """One of everything, for Tân Hưng; the ids by the names that addresses use, and the task's code."""
    task = Task.objects.filter(field=FIELD).order_by("code")[0]
    instrument = ids_by_slug()["nd-150-2025-nd-cp"]
    own = cast.unit_id(TAN_HUNG)
    with entered(cast.city):
        rule_id = actions.add_rule(
            actor=cast.city,
            key=uuid4(),
            subject_key=f"task:{task.code}",
            reach_key=f"unit:{TAN_HUNG}",
            body_kind="office",
            instrument_id=instrument,
            confidence="assumption",
            valid_from=date(2026, 1, 1),
        )
        basis_id = actions.add_basis(
            actor=cast.city,
            key=uuid4(),
            subject_key=f"task:{task.code}",
            instrument_id=instrument,
            confidence="assumption",
            valid_from=date(2026, 1, 1),
        )
        draft_id = actions.open_draft(actor=cast.city, key=uuid4(), name="Phương án thử")
        change_id = actions.add_change(
            actor=cast.city,
            key=uuid4(),
            draft_id=draft_id,
            kind="instrument_ends",
            data={"instrument": instrument, "on": "2027-03-01"},
        )
    with entered(cast.chair):
        assignment_id = actions.assign_work(
            actor=cast.chair,
            key=uuid4(),
            unit_id=own,
            subject_key=f"field:{FIELD}",
            duty=AssignedDuty.APPROVAL,
            post_id=post_of(cast, "vice_chair"),
            valid_from=date(2026, 1, 1),
            instrument_text="QĐ 01/QĐ-UBND",
        )
        delegation_id = actions.delegate(
            actor=cast.chair,
            key=uuid4(),
            unit_id=own,
            grantor_post_id=post_of(cast, "chair"),
            grantee_post_id=post_of(cast, "department_head"),
            task_codes=[task.code],
            acts=["approve", "sign"],
            valid_from=date(2026, 1, 1),
            valid_to=date(2027, 1, 1),
            number="05/GUQ-UBND",
            signed_on=date(2025, 12, 30),
            report_months=3,
        )
    ids = {
        "rule_id": rule_id,
        "basis_id": basis_id,
        "draft_id": draft_id,
        "change_id": change_id,
        "assignment_id": assignment_id,
        "delegation_id": delegation_id,
        "instrument_id": instrument,
    }
    return ids, task.code


@pytest.fixture
def register(cast: Cast, as_officer: Officer) -> Register:
    ids, task = entered_register(cast)
    assert TaskBasis.objects.filter(pk=ids["basis_id"]).exists()
    return Register(cast, as_officer, ids, task)
