"""Whose findings, reports and drafts may be seen: a unit's own, and all of them for the city."""

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.people.organisation.queries import unit_by_code, unit_by_id
from lienthong.people.organisation.values import UnitCard
from lienthong.work.stewardship.models import DelegationReport, DraftProof, Finding, RegulationDraft

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

Row = TypeVar("Row")


def sees_all(actor: Actor) -> bool:
    """Whether the actor sees the findings of every unit."""
    return actor.reach in ("province", "system")


def findings_open_to(actor: Actor) -> "QuerySet[Finding]":
    """The findings that the actor may see: lists, counts and pages start here."""
    return _own(actor, Finding)  # type: ignore[return-value]


def reports_open_to(actor: Actor) -> "QuerySet[DelegationReport]":
    """The reports on delegated acts that the actor may see."""
    return _own(actor, DelegationReport)  # type: ignore[return-value]


def regulations_open_to(actor: Actor) -> "QuerySet[RegulationDraft]":
    """The drafts of working regulations that the actor may see."""
    return _own(actor, RegulationDraft)  # type: ignore[return-value]


def draft_proofs_open_to(actor: Actor) -> "QuerySet[DraftProof]":
    """The results of checked drafts that the actor may see."""
    return _own(actor, DraftProof)  # type: ignore[return-value]


def find_finding(actor: Actor, finding_id: int) -> Finding:
    """The finding, if the actor may see it. Raises NotFound."""
    return _found(findings_open_to(actor).select_related("unit").filter(pk=finding_id).first())


def find_report(actor: Actor, report_id: int) -> DelegationReport:
    """The report, if the actor may see it. Raises NotFound."""
    return _found(reports_open_to(actor).filter(pk=report_id).first())


def find_regulation(actor: Actor, regulation_id: int) -> RegulationDraft:
    """The draft regulation, if the actor may see it. Raises NotFound."""
    return _found(regulations_open_to(actor).filter(pk=regulation_id).first())


def find_unit(actor: Actor, code: str, on: date) -> UnitCard:
    """The unit whose work the actor may see: the own one, for the city any ("": the own). Raises NotFound."""
    unit = unit_by_code(code, on) if code else unit_by_id(actor.unit_id or 0, on)
    if unit.id != actor.unit_id and not sees_all(actor):
        raise NotFound
    return unit


def _own(actor: Actor, model: "type[Model]") -> "QuerySet[Model]":
    rows = model._default_manager.all()
    return rows if sees_all(actor) else rows.filter(unit_id=actor.unit_id)


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row
