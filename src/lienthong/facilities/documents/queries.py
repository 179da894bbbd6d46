"""Reading papers: lists of a case, what may be reused, and the drawn forms."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from lienthong.core.scope.values import Actor
from lienthong.facilities.documents import access
from lienthong.facilities.documents.enums import FormKind, OrderState, ScanState
from lienthong.facilities.documents.models import Attachment, FileOrder, IssuedForm
from lienthong.facilities.documents.rules import KINDS
from lienthong.facilities.documents.typesetting import render as typeset
from lienthong.facilities.documents.values import (
    AttachmentLine,
    Form,
    FormLine,
    Letterhead,
    OrderLine,
    Reusable,
    from_json,
)
from lienthong.lib.text import fold
from lienthong.people.organisation.values import UnitCard

_LABELS = {kind.media_type: kind.label for kind in KINDS}


def render(form: Form) -> bytes:
    """Any paper as PDF, with the fonts of this installation. No statement."""
    return typeset(form, font_dir=settings.FONT_DIR)


def letterhead(unit: UnitCard, at: datetime, number: str | None = None) -> Letterhead:
    """The head of a unit's paper: the Centre issues under its People's Committee (NĐ 118/2025 Đ.10)."""
    return Letterhead(
        parent_name=f"ỦY BAN NHÂN DÂN {unit.name.upper()}",
        agency_name="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        place=unit.short_name,
        number=number,
        issued_on=at.date(),
    )


def form_pdf(actor: Actor, form_id: int) -> bytes:
    """An issued form drawn from its frozen content. Raises NotFound. One statement."""
    return render(from_json(access.find_form(actor, form_id).content))


def forms_of_case(case_id: int) -> list[FormLine]:
    """The forms issued in a case, oldest first. One statement."""
    rows = IssuedForm.objects.filter(case_id=case_id).order_by("issued_at", "id")
    return [FormLine(*row) for row in rows.values_list("id", "form", "number", "sequence", "issued_at")]


def contents_by_number(unit_id: int, form: FormKind, numbers: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The frozen content of a unit's forms of one kind, by number. One statement."""
    rows = IssuedForm.objects.filter(unit_id=unit_id, form=form, number__in=numbers)
    return dict(rows.values_list("number", "content"))


def attachments_of(case_id: int) -> list[AttachmentLine]:
    """The papers in a case, in the order they came; withdrawn ones are left out. One statement."""
    rows = Attachment.objects.filter(case_id=case_id, withdrawn_at=None).select_related("file").order_by("id")
    return [
        AttachmentLine(
            id=row.pk,
            paper=row.paper,
            file_name=row.file_name,
            kind=_LABELS.get(row.file.media_type, row.file.media_type),
            size=row.file.size,
            scan=str(ScanState(row.file.scan_state).label),
            scan_note=row.file.scan_note,
            added_at=row.added_at,
            reused=row.reused_from_id is not None,
        )
        for row in rows
    ]


def orders_of(case_id: int) -> list[OrderLine]:
    """Files of a case that were offered by a link and are not there (yet). One statement.

    Ask only for a case that `access` found.
    """
    rows = FileOrder.objects.filter(case_id=case_id).exclude(state=OrderState.FETCHED).order_by("id")
    return [OrderLine(*row) for row in rows.values_list("file_name", "paper", "state", "error")]


def reusable_for(
    actor: Actor, party_id: int, papers: Sequence[str], *, except_case: int | None = None
) -> list[Reusable]:
    """The newest paper of each name that this person has given and the actor may see (M28). One statement.

    Names are matched without tones and case; what was withdrawn or found infected is never offered.
    """
    rows = (
        access.visible_attachments(actor)
        .filter(party_id=party_id, paper_key__in={fold(paper) for paper in papers}, withdrawn_at=None)
        .exclude(file__scan_state=ScanState.INFECTED)
        .exclude(case_id=except_case or 0)
        .order_by("paper_key", "-added_at", "-id")
        .distinct("paper_key")
    )
    return [Reusable(*row) for row in rows.values_list("id", "case_id", "paper", "file_name", "added_at")]


def stored_path(sha256: str) -> Path:
    """Where the bytes of this digest lie, whether or not they are there."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def quarantine_path(sha256: str) -> Path:
    """Where a file goes in which something was found: nothing reads from there."""
    return Path(settings.FILES_ROOT) / "quarantine" / sha256
