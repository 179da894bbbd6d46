"""Reading one certification: its documents, their numbers, who signed."""

from datetime import datetime

from lienthong.facilities.documents.values import Letterhead
from lienthong.people.organisation.values import UnitCard
from lienthong.work.certification.models import Attestation, BookEntry, CertifiedItem
from lienthong.work.certification.values import AttestationLine, BookNumber, ItemLine


def head_of(unit: UnitCard, at: datetime) -> Letterhead:
    """The unit's own head: certification is done in the name of the one who signs, not of the service centre."""
    return Letterhead(
        parent_name=None,
        agency_name=f"Ủy ban nhân dân {unit.name}",
        place=unit.short_name,
        number=None,
        issued_on=at.date(),
    )


def items_of(certification_id: int) -> list[ItemLine]:
    """The documents of a certification with their numbers, in order. Two statements."""
    numbers = {one.item_id: one for one in numbers_of(certification_id)}
    rows = CertifiedItem.objects.filter(certification_id=certification_id).order_by("sequence")
    return [
        ItemLine(
            row.pk,
            row.sequence,
            row.document_name,
            row.issuer,
            row.issued_on,
            row.pages,
            row.copies,
            row.signer,
            numbers.get(row.pk),
        )
        for row in rows
    ]


def numbers_of(certification_id: int) -> list[BookNumber]:
    """The numbers in use, in the order of the items. One statement."""
    rows = BookEntry.objects.filter(item__certification_id=certification_id, voided_at__isnull=True)
    names = ("item_id", "book", "year", "number")
    return [BookNumber(*row) for row in rows.order_by("item__sequence").values_list(*names)]


def attestation_of(certification_id: int) -> AttestationLine | None:
    """Who signed and by what right; None while nobody did. One statement."""
    row = Attestation.objects.filter(certification_id=certification_id).first()
    if row is None:
        return None
    return AttestationLine(
        row.post_id, row.person_id, row.capacity, row.warrant, row.signed_at, row.signature is not None
    )
